"""
A visit's day, over HTTP.
"""

from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_core.kernel.ids import UserId
from fieldops_http import examples
from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany

VISIT = f"/v1/acme/appointments/{examples.VISIT}"
ANY = {"If-Match": "*"}


def post(client: "TestClient[Api]", command: str, **body: Any) -> Any:
    return client.post(f"{VISIT}/{command}", json=body, headers=ANY)


@pytest.mark.rule("FLD-03", "FLD-04", "FLD-05", "APT-08")
def test_a_day_with_a_visit(kept: ExampleCompany) -> None:
    with kept.client(kept.token(UserId(examples.TINA))) as tina:
        set_out = post(tina, "on_my_way", coordinates=examples.NEAR_PROVO)
        post(tina, "check_in")
        unable = post(tina, "check_out", outcome="unable")
        done = post(tina, "check_out", outcome="unable", unable_reason=str(examples.NOBODY_THERE), notes="Twice.")
    with kept.client() as owner:
        shown = owner.get(VISIT).json()
        again = post(owner, "reopen", reason="They are back.")
        denied = post(owner, "check_out", outcome="done")

    assert (set_out.json()["status"], set_out.json()["on_the_way_at"]) == ("en_route", "2026-05-25T06:00:00-06:00")
    assert set_out.json()["moments"][-1]["coordinates"] == examples.NEAR_PROVO
    assert (denied.status_code, denied.json()["type"]) == (403, "/problems/permission.denied")
    assert [each["code"] for each in unable.json()["violations"]] == ["check_out.reason_required"]
    assert (done.status_code, done.headers["etag"]) == (200, '"4"')
    assert (shown["unable_reason"]["name"], shown["check_out_notes"]) == ("Nobody there", "Twice.")
    assert (shown["start"], shown["checked_in_at"]) == ("2026-05-27T13:00:00-06:00", "2026-05-25T06:00:00-06:00")
    assert (again.json()["status"], again.json()["moments"][-1]["reason"]) == ("on_site", "They are back.")


@pytest.mark.rule("FLD-09")
def test_a_late_entry_tells_local_times_and_is_marked_with_the_dispatchers_name(owner: "TestClient[Api]") -> None:
    told = {"status": "completed", "outcome": "done", "checked_in_at": "2026-05-24T09:00"}

    lacking = post(owner, "status", **told)
    done = post(owner, "status", **told, at="2026-05-24T16:30:00Z").json()

    assert [each["code"] for each in lacking.json()["violations"]] == ["status.times_required"]
    assert (done["checked_in_at"], done["checked_out_at"]) == (
        "2026-05-24T09:00:00-06:00",
        "2026-05-24T10:30:00-06:00",
    )
    assert [(each["override"], each["name"]) for each in done["moments"]] == [(True, "Olive Owen")] * 2


@pytest.mark.parametrize("time", ["yesterday", "2026-03-08T02:30", "2026-13-01T09:00", ""])
def test_a_time_that_is_none_is_refused_by_its_name(owner: "TestClient[Api]", time: str) -> None:
    problem = post(owner, "status", status="on_site", at=time)

    assert problem.status_code == 422
    assert [each["field"] for each in problem.json()["violations"]] == ["at"]


@pytest.mark.rule("APT-07")
def test_what_cannot_follow_is_refused_naming_both(owner: "TestClient[Api]") -> None:
    (violation,) = post(owner, "status", status="scheduled").json()["violations"]

    assert (violation["code"], violation["rule"]) == ("appointment.illegal_transition", "APT-07")
    assert violation["facts"] == {"before": "scheduled", "after": "scheduled"}
