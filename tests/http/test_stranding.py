"""
What a change of people's time does to visits, as the API tells it (APT-14).
"""

from typing import Any

import pytest

from fieldops_core.access.model import Action, Grant, Permission
from fieldops_http import examples
from tests.http.example_company import ExampleCompany

TINA, VISIT = f"/v1/acme/users/{examples.TINA}", f"/v1/acme/appointments/{examples.VISIT}"
NO_HOURS: dict[str, Any] = {"weekly": [[]] * 7}
HOLIDAY = {"location": str(examples.PROVO), "first": "2026-05-27", "last": "2026-05-27"}
NOTHING = {"count": 0, "appointments": []}

CHANGES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("PATCH", TINA, {"active": False}, {"version": 1}),
    ("PUT", f"{TINA}/working_hours", NO_HOURS, {"version": 1}),
    ("POST", "/v1/acme/absences", HOLIDAY, {}),
]


@pytest.mark.rule("APT-14")
@pytest.mark.parametrize(("method", "path", "body", "version"), CHANGES, ids=["deactivation", "hours", "holiday"])
def test_a_change_and_its_preview_answer_the_same_visits(
    company: ExampleCompany, method: str, path: str, body: dict[str, Any], version: dict[str, Any]
) -> None:
    with company.client() as client:
        preview = client.post(f"{path}/preview", json=body).json()
        assert not client.get(VISIT).json()["pending_reassignment"]

        done = client.request(method, path, json=body | version).json()

        assert done["stranded"] == preview["stranded"]
        assert preview["violations"] == []
        line = next(each for each in done["stranded"]["appointments"] if each["id"] == str(examples.VISIT))
        assert done["stranded"]["count"] == len(done["stranded"]["appointments"])
        assert (line["id"], line["version"], line["start"]) == (str(examples.VISIT), 2, "2026-05-27T13:00:00-06:00")
        assert client.get(VISIT).json()["pending_reassignment"]


@pytest.mark.rule("APT-14")
def test_the_rule_of_working_hours_is_previewed_too(company: ExampleCompany) -> None:
    with company.client() as client:
        client.put(f"{TINA}/working_hours", json={"version": 1, "weekly": [[{"start": "08:00", "end": "12:00"}]] * 7})

        preview = client.post("/v1/acme/settings/preview", json={"working_hours_rule": "hours"}).json()
        done = client.patch("/v1/acme/settings", json={"version": 1, "working_hours_rule": "hours"}).json()

    assert preview["settings"]["working_hours_rule"] == "hours"
    assert preview["stranded"] == done["stranded"]
    afternoon = {line["id"]: line["why"] for line in done["stranded"]["appointments"]}
    assert afternoon[str(examples.VISIT)] == ["not_working"]
    assert str(examples.FIRST_ROUND) not in afternoon


@pytest.mark.rule("APT-14")
def test_a_change_that_strands_nothing_says_so(company: ExampleCompany) -> None:
    with company.client() as client:
        assert client.patch(TINA, json={"version": 1, "name": "Tia"}).json()["stranded"] == NOTHING
        preview = client.post(f"{TINA}/preview", json={"email": "olive@acme.example"}).json()

    assert preview["user"] is None and preview["stranded"] == NOTHING
    assert [each["code"] for each in preview["violations"]] == ["user.email_taken"]


@pytest.mark.rule("APT-14", "ACC-26")
def test_who_sees_no_appointments_is_told_how_many_there_are(company: ExampleCompany) -> None:
    grants = [Grant(Permission.WORKING_HOURS, Action.MODIFY)]
    with company.client() as client:
        told = client.post(f"{TINA}/working_hours/preview", json=NO_HOURS).json()["stranded"]
    with company.client(company.token_with(grants)) as client:
        done = client.put(f"{TINA}/working_hours", json={"version": 1} | NO_HOURS).json()

    assert told["count"] == len(told["appointments"]) > 0
    assert done["stranded"] == {"count": told["count"], "appointments": []}


@pytest.mark.rule("APT-14", "API-03")
def test_a_holiday_that_is_sent_again_answers_what_it_stranded(company: ExampleCompany) -> None:
    headers = {"Idempotency-Key": "pioneer-day"}
    with company.client() as client:
        first, again = (client.post("/v1/acme/absences", json=HOLIDAY, headers=headers) for _ in range(2))

    assert first.status_code == again.status_code == 201
    assert first.json() == again.json() and first.json()["stranded"]["count"] == 1
    assert first.headers["Location"] == f"/v1/acme/absences/{first.json()['id']}"


@pytest.mark.rule("SCH-13")
def test_a_smaller_radius_tells_what_it_leaves_out_of_coverage(company: ExampleCompany) -> None:
    with company.client() as client:
        preview = client.post(f"{TINA}/preview", json={"coverage_radius": 1_609.3}).json()
        done = client.patch(TINA, json={"version": 1, "coverage_radius": 1_609.3}).json()
        visit = client.get(VISIT).json()

    assert done["out_of_coverage"] == preview["out_of_coverage"]
    assert done["stranded"] == NOTHING
    line = next(each for each in done["out_of_coverage"]["appointments"] if each["id"] == str(examples.VISIT))
    assert (line["id"], line["modes"], line["distance"]["text"]) == (
        str(examples.VISIT),
        ["in_coverage_area"],
        "4.8 mi",
    )
    assert (visit["version"], visit["pending_reassignment"]) == (1, False)
