"""
The API over PostgreSQL, whose requests are handled in threads.
"""

from concurrent.futures import ThreadPoolExecutor

from litestar.testing import TestClient

from fieldops_http.app import create_app
from fieldops_http.engine import Engine
from fieldops_http.examples import EXAMPLES
from tests.http.example_company import example_company
from tests.support.databases import postgresql_storage


def test_requests_at_once_book_a_slot_once(postgresql_url: str) -> None:
    company = example_company(postgresql_storage(postgresql_url))
    threaded = Engine(
        fieldops=company.engine.fieldops, storage=company.engine.storage, ids=company.engine.ids, threads=True
    )
    body = EXAMPLES["book_appointment"].body
    headers = {"Authorization": company.client().headers["Authorization"]}
    with TestClient(create_app(threaded)) as client, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.post("/v1/acme/appointments", json=body, headers=headers), range(16)))

    assert sorted(each.status_code for each in answers) == [201] + [422] * 15
    assert {each.json()["violations"][0]["code"] for each in answers if each.status_code == 422} == {"slot.taken"}
