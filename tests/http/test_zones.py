"""
Another time zone of a location, and closing one, as the API tells it (SCH-26).
"""

import re

import pytest

from fieldops_http import examples
from tests.http.example_company import ExampleCompany

PROVO, PHOENIX = (f"/v1/acme/locations/{id}" for id in (examples.PROVO, examples.PHOENIX))
VISIT = f"/v1/acme/appointments/{examples.VISIT}"


@pytest.mark.rule("SCH-26")
def test_a_change_of_zone_asks_what_is_kept_and_answers_the_visits(company: ExampleCompany) -> None:
    body = {"version": 1, "zone": "America/Chicago"}
    with company.client() as client:
        asked = client.post(f"{PROVO}/zone", json=body)
        preview = client.post(f"{PROVO}/zone/preview", json=body | {"keep": "instants"}).json()
        done = client.post(f"{PROVO}/zone", json=body | {"keep": "instants"})
        visit = client.get(VISIT).json()

    (violation,) = asked.json()["violations"]
    assert (asked.status_code, violation["code"], violation["field"]) == (422, "zone.keep_required", "keep")
    assert preview == {"location": done.json(), "violations": []}
    assert done.headers["ETag"] == '"2"'
    line = next(each for each in done.json()["open"]["appointments"] if each["id"] == str(examples.VISIT))
    assert (line["before"]["start"], line["after"]["start"]) == (
        "2026-05-27T13:00:00-06:00",
        "2026-05-27T14:00:00-05:00",
    )
    assert (visit["start"], visit["agreed"], visit["zone"]) == (
        "2026-05-27T14:00:00-05:00",
        "2026-05-27T14:00",
        "America/Chicago",
    )


@pytest.mark.rule("SCH-26")
def test_a_preview_tells_what_would_refuse_it(company: ExampleCompany) -> None:
    with company.client() as client:
        preview = client.post(f"{PROVO}/zone/preview", json={"zone": "America/Chicago"}).json()

    assert preview["location"] is None
    assert [each["code"] for each in preview["violations"]] == ["zone.keep_required"]


@pytest.mark.rule("SCH-26")
def test_a_location_that_nothing_belongs_to_is_closed_and_another_is_not(company: ExampleCompany) -> None:
    with company.client() as client:
        refused = client.patch(PROVO, json={"version": 1, "active": False}).json()
        closed = client.patch(PHOENIX, json={"version": 1, "active": False}).json()

    assert re.fullmatch(r"Provo still has \d+ open appointments, \d+ customers, 5 users\.", refused["detail"])
    assert closed["active"] is False
