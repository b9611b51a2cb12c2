"""
The same request, sent again.
"""

from typing import Any

import pytest

from fieldops_core.access.model import EVERYTHING
from fieldops_http.app import OPERATIONS
from fieldops_http.examples import EXAMPLES
from fieldops_http.operations import Operation
from tests.http.example_company import ExampleCompany

REPEATABLE = [each for each in OPERATIONS if each.repeatable and not each.path.endswith("/preview")]
APPOINTMENTS = "/v1/acme/appointments"
BOOKING: dict[str, Any] = dict(EXAMPLES["book_appointment"].body or {})
KEY = {"Idempotency-Key": "a key of ours"}


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("operation", REPEATABLE, ids=lambda each: each.id)
def test_a_repetition_answers_what_the_first_answered(kept: ExampleCompany, operation: Operation) -> None:
    example = EXAMPLES[operation.id]
    with kept.sender(operation.id) as client:
        address = operation.address.format(**example.path)
        sent: dict[str, Any] = {"params": dict(example.query), "json": example.body, "content": example.content}
        first = client.post(address, headers=KEY, **sent)
        kept.clock.advance(minutes=5)
        second = client.post(address, headers=KEY, **sent)

    assert first.status_code == second.status_code == operation.status
    assert first.content == second.content
    for name in ("etag", "location"):
        assert first.headers.get(name) == second.headers.get(name)


@pytest.mark.rule("API-03")
def test_a_repetition_changes_nothing(kept: ExampleCompany) -> None:
    address = f"/v1/acme/customers/{BOOKING['customer']}/appointments"
    with kept.client() as client:
        before = client.get(address).json()["items"]
        first = client.post(APPOINTMENTS, json=BOOKING, headers=KEY).json()
        client.post(APPOINTMENTS, json=BOOKING, headers=KEY)
        listed = client.get(address).json()["items"]

    assert [each["id"] for each in listed].count(first["id"]) == 1
    assert len(listed) == len(before) + 1


@pytest.mark.rule("API-03")
@pytest.mark.parametrize(
    "change", [{"start": "2026-05-28T09:00"}, {"private_note": "another"}, {"notes": ""}, {"fold": 1}], ids=str
)
def test_the_same_key_with_another_body_is_refused(kept: ExampleCompany, change: dict[str, Any]) -> None:
    with kept.client() as client:
        assert client.post(APPOINTMENTS, json=BOOKING, headers=KEY).status_code == 201
        response = client.post(APPOINTMENTS, json=BOOKING | change, headers=KEY)

    (violation,) = response.json()["violations"]
    assert (response.status_code, violation["code"]) == (422, "idempotency.key_reused")
    assert violation["facts"] == {"key": "a key of ours"}


@pytest.mark.rule("API-03")
def test_the_same_key_for_another_command_is_refused(kept: ExampleCompany) -> None:
    example = EXAMPLES["create_role"]
    with kept.client() as client:
        assert client.post(APPOINTMENTS, json=BOOKING, headers=KEY).status_code == 201
        response = client.post("/v1/acme/roles", json=example.body, headers=KEY)

    assert response.json()["violations"][0]["code"] == "idempotency.key_reused"


@pytest.mark.rule("API-03")
def test_the_same_key_of_another_user_is_another_key(company: ExampleCompany) -> None:
    other = BOOKING | {"start": "2026-05-28T09:00"}
    with company.client() as one:
        assert one.post(APPOINTMENTS, json=BOOKING, headers=KEY).status_code == 201
    with company.client(company.token_with(EVERYTHING)) as another:
        assert another.post(APPOINTMENTS, json=other, headers=KEY).status_code == 201


@pytest.mark.rule("API-03")
def test_a_refusal_is_not_remembered(company: ExampleCompany) -> None:
    with company.client() as client:
        assert client.post(APPOINTMENTS, json=BOOKING | {"minutes": 25}, headers=KEY).status_code == 422
        assert client.post(APPOINTMENTS, json=BOOKING, headers=KEY).status_code == 201


@pytest.mark.rule("API-03")
def test_without_a_key_the_second_is_another_request(company: ExampleCompany) -> None:
    with company.client() as client:
        assert client.post(APPOINTMENTS, json=BOOKING).status_code == 201
        response = client.post(APPOINTMENTS, json=BOOKING)

    assert response.json()["violations"][0]["code"] == "slot.taken"


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("key", ["", "x" * 201, "tab\there", "é"])
def test_a_key_that_is_none_is_malformed(company: ExampleCompany, key: str) -> None:
    with company.client() as client:
        response = client.post(APPOINTMENTS, json=BOOKING, headers={b"Idempotency-Key": key.encode()})

    assert (response.status_code, response.json()["field"]) == (400, "Idempotency-Key")


@pytest.mark.rule("API-03")
@pytest.mark.parametrize("key", ["1", "x" * 200, 'a "quoted" key: ~!'])
def test_a_key_is_up_to_200_printable_characters(company: ExampleCompany, key: str) -> None:
    with company.client() as client:
        assert client.post(APPOINTMENTS, json=BOOKING, headers={"Idempotency-Key": key}).status_code == 201
