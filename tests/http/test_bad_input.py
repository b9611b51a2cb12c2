"""
What bad input gets: a 4xx with code, sentence and facts, never a 500.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_core.company.model import Settings
from fieldops_http import examples
from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany, other_company

BOOKING: dict[str, Any] = {
    "customer": str(examples.BAKERY),
    "kind": "tech",
    "type": str(examples.INSTALLATION),
    "user": str(examples.TINA),
    "start": "2026-05-27T09:00",
    "minutes": 60,
}


def book(client: "TestClient[Api]", **changes: Any) -> dict[str, Any]:
    """
    The one violation, or the problem, that a booking gets.
    """
    response = client.post("/v1/acme/appointments", json=BOOKING | changes)
    problem: dict[str, Any] = response.json()
    assert 400 <= response.status_code < 500, problem
    return problem


def codes(problem: dict[str, Any]) -> list[str]:
    return [each["code"] for each in problem["violations"]]


@pytest.mark.rule("SCH-04")
def test_a_start_off_the_half_hour_is_refused(owner: "TestClient[Api]") -> None:
    assert "start.step" in codes(book(owner, start="2026-05-27T10:10"))


@pytest.mark.rule("SCH-04")
@pytest.mark.parametrize("minutes", [0, -30, 25 * 60, 10**6, -(10**6)])
def test_an_impossible_duration_is_refused(owner: "TestClient[Api]", minutes: int) -> None:
    problem = book(owner, minutes=minutes)

    assert problem["status"] == 422
    assert problem["violations"][0]["sentence"]


@pytest.mark.parametrize("minutes", [10**6 + 1, 10**30, 1.5, "60", True, None])
def test_a_duration_that_is_no_number_is_malformed_or_left_out(owner: "TestClient[Api]", minutes: object) -> None:
    response = owner.post("/v1/acme/appointments", json=BOOKING | {"minutes": minutes})

    if minutes is None:
        assert response.status_code == 201
    else:
        assert response.status_code == 400
        assert response.json()["field"] == "minutes"


@pytest.mark.rule("SCH-02")
def test_a_time_that_the_clocks_skip_is_refused(owner: "TestClient[Api]") -> None:
    owner.patch("/v1/acme/settings", json={"version": 1, "grid_start": "00:00", "grid_end": "24:00"})

    assert "time.nonexistent" in codes(book(owner, start="2027-03-14T02:30"))


@pytest.mark.rule("SEC-01")
def test_another_companys_ids_are_not_found(company: ExampleCompany) -> None:
    stranger = other_company(company)
    with stranger.client() as client:
        response = client.post("/v1/globex/appointments", json=BOOKING)

    assert response.status_code == 404
    assert response.json()["facts"] == {"kind": "customer", "id": str(examples.BAKERY)}


@pytest.mark.rule("APT-04")
def test_a_lead_gets_no_tech_visit(owner: "TestClient[Api]") -> None:
    problem = book(owner, customer=str(examples.LEAD))

    assert problem["status"] == 422
    assert codes(problem) == ["appointment.tech_on_lead"]


@pytest.mark.rule("APT-02")
def test_an_inactive_type_is_not_booked(owner: "TestClient[Api]") -> None:
    address = f"/v1/acme/catalogs/appointment_types/{examples.INSTALLATION}"
    assert owner.patch(address, json={"version": 1, "active": False}).status_code == 200

    assert codes(book(owner)) == ["type.inactive"]


@pytest.mark.rule("SCH-17")
def test_a_technician_400_miles_away_is_not_booked(owner: "TestClient[Api]") -> None:
    body = {"version": 1, "start_coordinates": {"latitude": 34.5, "longitude": -111.6}}
    assert owner.patch(f"/v1/acme/users/{examples.TINA}", json=body).status_code == 200

    problem = book(owner, mode="in_coverage_area")

    assert codes(problem) == ["technician.out_of_coverage"]
    assert problem["violations"][0]["facts"]


@pytest.mark.parametrize(
    ("start", "status"),
    [
        ("", 422),
        ("tomorrow", 422),
        ("2026-05-27", 422),
        ("2026-05-27T09", 422),
        ("2026-13-27T09:00", 422),
        ("2026-02-30T09:00", 422),
        ("2026-05-27T25:00", 422),
        ("2026-05-27T09:00+25:00", 422),
        ("2026-W22-3T09:00", 422),
        ("0001-01-01T00:00+14:00", 422),
        ("9999-12-31T23:59-14:00", 422),
        ("٢٠٢٦-٠٥-٢٧T٠٩:٠٠", 422),
        ("2026-05-27T09:00\x00", 422),
        ("x" * 100_000, 422),
        (5, 400),
        (None, 400),
        ({}, 400),
    ],
)
def test_a_start_that_is_no_time_is_refused(owner: "TestClient[Api]", start: object, status: int) -> None:
    problem = book(owner, start=start)

    assert problem["status"] == status
    assert (problem.get("field") or problem["violations"][0]["field"]) == "start"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"null",
        b"[]",
        b"{",
        b'{"name": NaN}',
        b'{"name": "a"} {}',
        b"\xff\xfe",
        b'{"name": "\xff"}',
        b'{"name": "\xed\xa0\x80"}',
        b'{"name": "\\ud800"}',
        b'{"name": "\\udc00 x"}',
        b"[" * 100_000,
        b'{"grants": ' + b"[" * 100_000,
        b'{"grants": ' * 50_000,
    ],
    ids=lambda content: repr(content[:24]),
)
def test_a_body_that_is_no_json_is_malformed(owner: "TestClient[Api]", content: bytes) -> None:
    response = owner.post("/v1/acme/roles", content=content, headers={"Content-Type": "application/json"})

    problem = response.json()
    assert response.status_code == 400, problem
    assert problem["type"].startswith("/problems/body.")
    assert problem["detail"]
    assert "facts" in problem


@pytest.mark.rule("API-04")
def test_a_large_body_is_refused_before_it_is_read(owner: "TestClient[Api]") -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        for _ in range(100):
            read += 1_000_000
            yield b" " * 1_000_000

    announced = owner.post("/v1/acme/roles", content=b"x" * 1_000_001)
    streamed = owner.post("/v1/acme/roles", content=endless())

    for response in (announced, streamed):
        assert response.status_code == 413
        assert response.json()["facts"] == {"limit": 1_000_000}


def test_a_body_of_a_million_bytes_is_still_read(owner: "TestClient[Api]") -> None:
    body = b'{"name": "Desk"' + b" " * (1_000_000 - 16) + b"}"

    assert owner.post("/v1/acme/roles", content=body).status_code == 201


def test_a_field_that_is_not_known_is_malformed(owner: "TestClient[Api]") -> None:
    problem = book(owner, colour="red")

    assert (problem["status"], problem["field"]) == (400, "colour")


def test_a_field_that_is_missing_is_named(owner: "TestClient[Api]") -> None:
    response = owner.post("/v1/acme/roles", json={})

    assert (response.status_code, response.json()["field"]) == (400, "name")


def test_a_field_below_another_is_named_with_it(owner: "TestClient[Api]") -> None:
    response = owner.post("/v1/acme/customers", json={"phone": "1", "coordinates": {"latitude": "north"}})

    assert (response.status_code, response.json()["field"]) == (400, "coordinates.latitude")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"coordinates": {"latitude": 91, "longitude": 0}}, "coordinates.invalid", "coordinates.latitude"),
        ({"coordinates": {"latitude": 0, "longitude": -180.1}}, "coordinates.invalid", "coordinates.longitude"),
        ({"address": {"postal_code": "22"}}, "postal_code.invalid", "address.postal_code"),
        ({"address": {"state": "Utopia"}}, "state.unknown", "address.state"),
        ({"phone": "call me"}, "phone.invalid", "phone"),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(
    owner: "TestClient[Api]", change: dict[str, object], code: str, field: str
) -> None:
    response = owner.patch(f"/v1/acme/customers/{examples.BAKERY}", json={"version": 1} | change)

    (violation,) = response.json()["violations"]
    assert (response.status_code, violation["code"], violation["field"]) == (422, code, field)
    assert violation["facts"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=soon", "from"),
        ("from=2026-02-30", "from"),
        ("days=many", "days"),
        ("days=99999999999999999999", "days"),
        ("kind=party", "kind"),
        ("users=1", "users"),
        ("pending_reassignment=perhaps", "pending_reassignment"),
        ("form=2026-05-27", "form"),
    ],
)
def test_a_parameter_that_cannot_be_read_is_named(owner: "TestClient[Api]", query: str, field: str) -> None:
    response = owner.get(f"/v1/acme/grid?{query}")

    assert (response.status_code, response.json()["field"]) == (400, field)


@pytest.mark.parametrize(
    "query",
    ["from=0001-01-01", "from=9999-12-31", "days=0", "days=8", "days=-1", "zone=Mars/Base", "zone=%00", "zone=.."],
)
def test_a_parameter_that_makes_no_sense_is_refused(owner: "TestClient[Api]", query: str) -> None:
    assert owner.get(f"/v1/acme/grid?kind=tech&{query}").status_code == 422


def test_a_parameter_that_is_missing_is_named(owner: "TestClient[Api]") -> None:
    response = owner.get("/v1/acme/openings")

    assert response.status_code == 400
    assert response.json()["field"] in {"customer", "type", "from"}


@pytest.mark.parametrize("cursor", ["x", "0", "AAAA", "%00", "fDF8", "é", "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMA"])
def test_a_cursor_that_is_none_is_refused(owner: "TestClient[Api]", cursor: str) -> None:
    for address in (f"/v1/acme/customers/{examples.BAKERY}/appointments", "/v1/acme/customers"):
        assert owner.get(f"{address}?after={cursor}").status_code == 422


@pytest.mark.rule("CUS-15")
@pytest.mark.parametrize(
    "search", ["%00", "%25", "_", "'", '"', "a*", "(801", "AND", "%F0%9F%8F%A0", "%D0%B6", "a" * 200]
)
def test_whatever_is_searched_for_is_answered(owner: "TestClient[Api]", search: str) -> None:
    response = owner.get(f"/v1/acme/customers?search={search}")

    assert response.status_code == (422 if search == "%00" else 200)


def test_settings_have_the_fields_that_the_core_knows(owner: "TestClient[Api]") -> None:
    known = set(Settings.__annotations__)

    assert set(owner.get("/v1/acme/settings").json()) - {"version"} == known
