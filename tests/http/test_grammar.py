"""
Addresses, times, distances and lists, as programs write and read them.
"""

import re
from typing import Any

import pytest
from litestar.testing import TestClient

from fieldops_http import examples
from fieldops_http.app import OPERATIONS, Api
from fieldops_http.examples import EXAMPLES
from tests.http.example_company import ExampleCompany

APPOINTMENTS = "/v1/acme/appointments"
VISIT = f"{APPOINTMENTS}/{examples.VISIT}"
BOOKING: dict[str, Any] = {
    "customer": str(examples.BAKERY),
    "kind": "tech",
    "type": str(examples.INSTALLATION),
    "user": str(examples.TINA),
    "start": "2026-05-27T09:00",
    "minutes": 30,
}
EVERY_DAY = [[{"start": "00:00", "end": "24:00"}]] * 7


def test_a_day_at_the_desk(kept: ExampleCompany) -> None:
    with kept.client() as client:
        booked = client.post(APPOINTMENTS, json=BOOKING)
        visit = booked.headers["location"]
        taken = client.post(APPOINTMENTS, json=BOOKING)
        moved = client.post(f"{visit}/move", json={"start": "2026-05-28T10:00", "version": 1})
        longer = client.post(f"{visit}/resize", json={"minutes": 90, "version": 2})
        given = client.post(f"{visit}/reassign", json={"user": str(examples.TOM), "version": 3})
        edited = client.patch(visit, json={"notes": "Ring twice.", "private_note": "Dog.", "version": 4})
        cancelled = client.post(f"{visit}/cancel", json={"by": "customer", "reason": "Ill.", "version": 5})
        again = client.post(f"{visit}/reinstate", json={}, headers={"If-Match": cancelled.headers["etag"]})
        shown = client.get(visit)

    assert booked.status_code == 201
    assert taken.json()["violations"][0]["code"] == "slot.taken"
    assert moved.json()["start"] == "2026-05-28T10:00:00-06:00"
    assert longer.json()["minutes"] == 90
    assert given.json()["user"]["name"] == "Tom Tanner"
    assert edited.json()["private_note"] == "Dog."
    assert (cancelled.json()["status"], cancelled.json()["cancelled_by"]) == ("cancelled", "customer")
    assert again.json()["status"] == "scheduled"
    assert shown.json() == again.json()


def test_what_is_new_is_found_where_its_location_says(kept: ExampleCompany) -> None:
    with kept.client() as client:
        for id in (
            "create_customer",
            "create_user",
            "create_location",
            "create_appointment_type",
            "hold_time",
            "book_appointment",
        ):
            operation = next(each for each in OPERATIONS if each.id == id)
            made = client.post(operation.address.format(company="acme"), json=EXAMPLES[id].body)
            assert client.get(made.headers["location"]).json() == made.json(), id


@pytest.mark.rule("SCH-01")
def test_times_are_told_with_the_offset_of_the_locations_zone(owner: "TestClient[Api]") -> None:
    visit = owner.get(VISIT).json()

    assert (visit["start"], visit["zone"]) == ("2026-05-27T13:00:00-06:00", "America/Denver")
    assert visit["reader"] is None


@pytest.mark.parametrize(
    "where", [{"params": {"zone": "America/New_York"}}, {"headers": {"Time-Zone": "America/New_York"}}], ids=list
)
def test_a_reader_elsewhere_reads_their_own_time_too(owner: "TestClient[Api]", where: Any) -> None:
    assert owner.get(VISIT, **where).json()["reader"] == {
        "start": "2026-05-27T15:00:00-04:00",
        "end": "2026-05-27T17:00:00-04:00",
        "zone": "America/New_York",
    }


@pytest.mark.parametrize(
    "start",
    [
        "2026-05-27T09:00",
        "2026-05-27T09:00:00",
        "2026-05-27T09:00-06:00",
        "2026-05-27T15:00:00Z",
        "2026-05-28T00:00+09:00",
    ],
)
def test_a_start_is_local_or_has_an_offset(owner: "TestClient[Api]", start: str) -> None:
    assert owner.post(APPOINTMENTS, json=BOOKING | {"start": start}).json()["start"] == "2026-05-27T09:00:00-06:00"


@pytest.mark.parametrize("start", ["2026-05-27T09:00:00-06:00", "2026-05-27T15:00:00+00:00", "2026-05-27T09:00"])
def test_a_plus_in_a_query_may_arrive_as_a_space(owner: "TestClient[Api]", start: str) -> None:
    query = f"user={examples.TINA}&customer={examples.BAKERY}&start={start}"

    assert owner.get(f"/v1/acme/distance_from_previous?{query}").status_code == 200


@pytest.mark.rule("SCH-02")
def test_one_local_time_is_booked_twice_where_it_occurs_twice(kept: ExampleCompany) -> None:
    with kept.client() as client:
        client.patch("/v1/acme/settings", json={"version": 1, "grid_start": "00:00", "grid_end": "24:00"})
        hours = {"version": 1, "weekly": EVERY_DAY}
        assert client.put(f"/v1/acme/users/{examples.TINA}/working_hours", json=hours).status_code == 200
        body = BOOKING | {"start": "2026-11-01T01:30"}
        first = client.post(APPOINTMENTS, json=body)
        second = client.post(APPOINTMENTS, json=body | {"fold": 1})
        earlier = {"version": 1, "start": "2026-11-01T01:00", "fold": 1}
        moved = client.post(f"{second.headers['location']}/move", json=earlier)

    assert first.json()["start"] == "2026-11-01T01:30:00-06:00"
    assert second.json()["start"] == "2026-11-01T01:30:00-07:00"
    assert moved.json()["start"] == "2026-11-01T01:00:00-07:00"


def test_a_distance_tells_from_where_and_how(owner: "TestClient[Api]") -> None:
    answer = owner.get("/v1/acme/technicians", params={"customer": str(examples.BAKERY)}).json()

    distance = answer["items"][0]["distance"]
    assert set(distance) == {"meters", "text", "kind", "from", "minutes"}
    assert (distance["kind"], distance["from"]) == ("straight_line", "start_location")
    assert re.fullmatch(r"\d+\.\d mi", distance["text"])


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("make", ["create_customer", "create_user"])
def test_pages_follow_one_another_and_stay_stable_under_inserts(kept: ExampleCompany, make: str) -> None:
    address = next(each for each in OPERATIONS if each.id == make).address.format(company="acme")
    with kept.client() as client:
        there = [each["id"] for each in client.get(address).json()["items"]]
        made = [add(client, make, number) for number in range(5)]
        page = client.get(address, params={"limit": 2}).json()
        seen = [each["id"] for each in page["items"]]
        late = add(client, make, 5)
        while page["next"] is not None:
            page = client.get(address, params={"limit": 2, "after": page["next"]}).json()
            assert 1 <= len(page["items"]) <= 2
            seen += [each["id"] for each in page["items"]]

    assert seen == [*there, *made, late]


def add(client: "TestClient[Api]", make: str, number: int) -> str:
    """
    Another customer or user; answers its id.
    """
    operation = next(each for each in OPERATIONS if each.id == make)
    unique: dict[str, object] = {"external_id": f"x-{number}"}
    unique |= {"email": f"u{number}@acme.example"} if make == "create_user" else {"despite_duplicates": True}
    body = dict(EXAMPLES[make].body or {}) | unique
    return str(client.post(operation.address.format(company="acme"), json=body).json()["id"])


@pytest.mark.rule("API-04", "APT-09")
def test_a_customers_appointments_come_in_pages(kept: ExampleCompany) -> None:
    address = f"/v1/acme/customers/{examples.BAKERY}/appointments"
    with kept.client() as client:
        before = client.get(address, params={"count": True}).json()["upcoming"]
        for hour in range(8, 13):
            client.post(APPOINTMENTS, json=BOOKING | {"start": f"2026-05-28T{hour:02}:00"})
        whole = client.get(address, params={"count": True}).json()
        pages = [client.get(address, params={"limit": 4}).json()]
        while after := pages[-1]["next"]:
            pages.append(client.get(address, params={"limit": 4, "after": after}).json())

    assert whole["upcoming"] == before + 5
    assert pages[0]["upcoming"] is None
    assert {len(page["items"]) for page in pages[:-1]} == {4}
    assert [each["id"] for page in pages for each in page["items"]] == [each["id"] for each in whole["items"]]


@pytest.mark.rule("API-04", "APT-26")
def test_the_companys_appointments_come_in_pages(kept: ExampleCompany) -> None:
    with kept.client() as client:
        for hour in range(8, 13):
            client.post(APPOINTMENTS, json=BOOKING | {"start": f"2026-05-28T{hour:02}:00"})
        day = {"from": "2026-05-28", "to": "2026-05-28"}
        whole = client.get(APPOINTMENTS, params=day).json()
        first = client.get(APPOINTMENTS, params=day | {"limit": 3}).json()
        second = client.get(APPOINTMENTS, params=day | {"limit": 3, "after": first["next"]}).json()
        late = client.get(APPOINTMENTS, params={"late": True}).json()

    assert (len(whole["items"]), whole["next"], second["next"]) == (5, None, None)
    assert first["items"] + second["items"] == whole["items"]
    assert late["items"] == []


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("limit", ["0", "201", "-1", "all", "1e3"])
def test_a_page_has_1_to_200_items(owner: "TestClient[Api]", limit: str) -> None:
    response = owner.get(f"/v1/acme/customers?limit={limit}")

    assert (response.status_code, response.json()["field"]) == (400, "limit")


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?sort=newest", [5, 4, 3, 2, 1]),
        ("?search=beehive+bak", [1]),
        ("", [1, 2, 3, 4, 5]),
        ("?number=2", [2]),
        ("?stage=lead", [2]),
        ("?stage=customer", [1, 3, 4, 5]),
        ("?number=9", []),
        ("?archive=archived", [5]),
        ("?archive=active&stage=customer", [1, 3, 4]),
    ],
)
def test_a_list_is_filtered_by_name(owner: "TestClient[Api]", query: str, numbers: list[int]) -> None:
    items = owner.get(f"/v1/acme/customers{query}").json()["items"]

    assert [each["number"] for each in items] == numbers


def test_what_a_change_leaves_out_stays(owner: "TestClient[Api]") -> None:
    address = f"/v1/acme/customers/{examples.BAKERY}"
    before = owner.get(address).json()

    after = owner.patch(address, json={"version": 1, "first_name": "Bee"}).json()

    assert after == before | {"version": 2, "first_name": "Bee", "unfit": {"count": 0, "appointments": []}}


def test_null_takes_away_what_may_be_missing(owner: "TestClient[Api]") -> None:
    address = f"/v1/acme/users/{examples.TINA}"

    after = owner.patch(address, json={"version": 1, "phone": None, "start_coordinates": None}).json()

    assert (after["phone"], after["start_coordinates"]) == (None, None)


def test_a_preview_of_working_hours_answers_the_change_and_changes_nothing(owner: "TestClient[Api]") -> None:
    address = f"/v1/acme/users/{examples.TINA}"
    before = owner.get(address).json()

    preview = owner.post(f"{address}/working_hours/preview", json={"weekly": EVERY_DAY}).json()

    assert preview["violations"] == []
    assert preview["user"]["working_hours"]["weekly"] == EVERY_DAY
    assert owner.get(address).json() == before


@pytest.mark.rule("SCH-10")
def test_the_grid_remembers_what_was_chosen(owner: "TestClient[Api]") -> None:
    body = EXAMPLES["choose_grid"].body or {}

    chosen = owner.put("/v1/acme/grid/choice", json=body).json()

    assert chosen == owner.get("/v1/acme/grid/choice").json()
    assert len(owner.get("/v1/acme/grid").json()["days"]) == 3


@pytest.mark.rule("ACC-19")
def test_every_setting_can_be_changed(owner: "TestClient[Api]") -> None:
    before = owner.get("/v1/acme/settings").json()
    flags = {name: not value for name, value in before.items() if isinstance(value, bool)}
    others = {
        "default_on_site_note": "Wear overshoes.",
        "grid_start": "00:00",
        "grid_end": "24:00",
        "max_coverage_radius": 1_000.5,
        "distance_unit": "kilometre",
        "working_hours_rule": "hours",
        "scheduling_profile": ["in_max_coverage_area", "in_office_location"],
        "default_working_hours": EVERY_DAY,
        "quiet_hours": {"start": "20:00", "end": "07:30"},
        "currency": "CAD",
        "credit_bands": [{"grade": "A", "minimum": 700}, {"grade": "B", "minimum": 600}],
        "sold_by": [str(examples.SAL)],
        "sheet_footer": "Questions? Call the office.",
        "sheet_leaves_out": ["scope", "times"],
    }
    assert set(before) == {"version", *flags, *others}

    after = owner.patch("/v1/acme/settings", json={"version": 1} | flags | others).json()

    nothing = {"count": 0, "appointments": []}
    assert after == {"version": 2, "stranded": nothing, "out_of_coverage": nothing} | flags | others


@pytest.mark.rule("API-07")
def test_health_and_readiness_are_open(company: ExampleCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    with TestClient(company.app) as client:
        assert (client.get("/health").json(), client.get("/ready").json()) == ({"status": "ok"}, {"status": "ready"})

        def unreachable(_: object) -> None:
            raise OSError("no route to 10.1.2.3")

        monkeypatch.setattr(type(company.engine.storage), "ready", unreachable)
        response = client.get("/ready")

    assert (response.status_code, response.json()) == (503, {"status": "not_ready"})
