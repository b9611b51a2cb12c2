"""
The company's appointments, listed.
"""

from datetime import date
from typing import Any

import pytest

from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.messages import CancelAppointment, ListAppointments
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentLine, AppointmentLinesView
from fieldops_core.testing.builders import a_customer, a_work_order, at, fresh
from tests.support.world import World, hidden

VIEW = Action.VIEW
TECH, SALES, PERSONAL = Permission.TECH_SCHEDULER, Permission.SALES_SCHEDULER, Permission.PERSONAL_APPOINTMENTS
WEDNESDAY = date(2026, 5, 27)


def page(world: World, *, by: Actor | None = None, zone: str | None = None, **given: Any) -> AppointmentLinesView:
    return world.ask(ListAppointments(**given), AppointmentLinesView, by=by, zone=zone)


def listed(world: World, *, by: Actor | None = None, **given: Any) -> list[AppointmentLine]:
    return list(page(world, by=by, **given).items)


def ids(lines: list[AppointmentLine]) -> list[object]:
    return [each.id for each in lines]


def booked(world: World, start: str, **given: Any) -> AppointmentId:
    return AppointmentId(world.book(start, **given).id)


@pytest.mark.rule("APT-26")
def test_the_list_holds_all_soonest_first_with_what_a_dispatcher_needs() -> None:
    world = World()
    order = a_work_order(customer=world.maria.id, number=7)
    world.put(order)
    late, soon = booked(world, "2026-05-28T09:00"), booked(world, "2026-05-27T09:00", work_order=order.id)

    lines = listed(world)

    assert ids(lines) == [soon, late]
    first = lines[0]
    assert (first.user.name, first.customer.name, first.type) == ("Ann", "Maria Nielsen", "Service")
    assert (first.start, first.end, first.minutes) == (at("09:00"), at("10:00"), 60)
    assert (first.start.isoformat(), first.zone, first.location) == (
        "2026-05-27T09:00:00-06:00",
        "America/Denver",
        world.provo.id,
    )
    assert first.work_order is not None
    assert (first.work_order.number, lines[1].work_order) == (7, None)
    assert (first.status, first.pending_reassignment, first.double_booked, first.late) == (
        Status.SCHEDULED,
        False,
        False,
        False,
    )


@pytest.mark.rule("APT-26", "SCH-01")
def test_dates_are_those_of_each_appointments_location() -> None:
    world = World(grid_start=0, grid_end=1440)
    phoenix = a_customer(location=world.phoenix.id, point=world.bob.start)
    world.put(phoenix)
    there = booked(world, "2026-05-27T23:00", customer=phoenix.id, user=world.bob.id)  # 00:00 of the 28th in Provo
    here = booked(world, "2026-05-28T00:00")

    assert ids(listed(world, first=WEDNESDAY, last=WEDNESDAY)) == [there]
    assert ids(listed(world, first=date(2026, 5, 28))) == [here]
    assert ids(listed(world, last=WEDNESDAY)) == [there]
    assert ids(listed(world)) == sorted([there, here])
    with pytest.raises(InvalidValue):
        listed(world, first=date(1800, 1, 1))


@pytest.mark.rule("APT-26")
def test_the_list_is_narrowed_by_users_locations_and_status() -> None:
    world = World()
    phoenix = a_customer(location=world.phoenix.id, point=world.bob.start)
    world.put(phoenix)
    anns, gone = booked(world, "2026-05-27T09:00"), booked(world, "2026-05-27T11:00")
    bobs = booked(world, "2026-05-27T09:00", customer=phoenix.id, user=world.bob.id)
    world.execute(CancelAppointment(appointment=gone))

    assert ids(listed(world, users=(world.ann.id,))) == [anns, gone]
    assert ids(listed(world, users=(world.bob.id, world.sam.id))) == [bobs]
    assert ids(listed(world, locations=(world.phoenix.id,))) == [bobs]
    assert ids(listed(world, locations=(world.provo.id,), statuses=(Status.SCHEDULED,))) == [anns]
    assert ids(listed(world, statuses=(Status.CANCELLED, Status.NO_SHOW))) == [gone]
    with pytest.raises(NotFound):
        listed(world, locations=(LocationId(fresh()),))


@pytest.mark.rule("APT-26", "APT-14")
def test_the_list_is_narrowed_by_pending_reassignment() -> None:
    world = World()
    kept, stranded = booked(world, "2026-05-27T09:00"), booked(world, "2026-05-27T11:00")
    world.replace(world.appointment(stranded), pending_reassignment=True)

    assert ids(listed(world, pending_reassignment=True)) == [stranded]
    assert ids(listed(world, pending_reassignment=False)) == [kept]
    assert len(listed(world)) == 2


@pytest.mark.rule("APT-26")
def test_a_visit_is_late_once_its_start_has_passed_and_nobody_is_on_site() -> None:
    world = World()
    first = world.appointment(booked(world, "2026-05-27T09:00"))
    second = booked(world, "2026-05-27T10:30")
    world.clock.set(at("09:00"))
    assert listed(world, late=True) == []

    world.clock.advance(seconds=1)
    assert [(each.id, each.late) for each in listed(world, late=True)] == [(first.id, True)]
    assert [(each.id, each.late) for each in listed(world)] == [(first.id, True), (second, False)]
    first = world.replace(first, status=Status.EN_ROUTE)
    assert ids(listed(world, late=True)) == [first.id]
    for status in (Status.ON_SITE, Status.COMPLETED, Status.NO_SHOW, Status.CANCELLED):
        first = world.replace(first, status=status)
        assert listed(world, late=True) == []


@pytest.mark.rule("APT-26", "API-04")
def test_pages_are_stable_under_inserts() -> None:
    world = World()
    there = [booked(world, f"2026-05-27T{hour:02}:00") for hour in (9, 10, 11, 12, 13)]

    first = page(world, limit=2)
    booked(world, "2026-05-27T08:00")
    late = booked(world, "2026-05-27T14:00")
    second = page(world, limit=2, after=first.next)
    third = page(world, limit=200, after=second.next)

    assert ids([*first.items, *second.items, *third.items]) == [*there, late]
    assert third.next is None
    assert page(world, limit=7).next is None


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "MjAyNi0wNS0yN1QwOTowMHx4"])
def test_a_cursor_of_another_list_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        page(World(), after=cursor)

    assert refused.value.code == "cursor.invalid"


@pytest.mark.rule("APT-26", "API-04")
@pytest.mark.parametrize("limit", [0, 201])
def test_a_page_holds_one_to_two_hundred(limit: int) -> None:
    with pytest.raises(InvalidValue):
        page(World(), limit=limit)


@pytest.mark.rule("APT-26", "ACC-26")
def test_the_list_holds_the_kinds_that_its_reader_sees_where_they_see_them() -> None:
    world = World(sales_scheduler_on_customers=True)
    phoenix = a_customer(location=world.phoenix.id, point=world.bob.start)
    world.replace(world.ann, sales_rep=True)
    world.put(phoenix)
    sales: dict[str, Any] = {"kind": Kind.SALES, "type": world.sales_call.id}
    tech = booked(world, "2026-05-27T09:00")
    far = booked(world, "2026-05-27T10:00", customer=phoenix.id, user=world.bob.id)
    sams = booked(world, "2026-05-27T11:00", user=world.sam.id, **sales)
    anns = booked(world, "2026-05-27T12:00", **sales)

    assert ids(listed(world)) == [tech, far, sams, anns]
    assert ids(listed(world, by=world.actor((TECH, VIEW)))) == [tech, far]
    assert ids(listed(world, by=world.actor((TECH, VIEW), at=world.phoenix.id))) == [far]
    assert ids(listed(world, by=world.actor((SALES, VIEW), at=world.provo.id))) == [sams, anns]
    assert ids(listed(world, by=world.actor((PERSONAL, VIEW), user=world.sam.id))) == [sams]
    assert listed(world, by=world.actor((PERSONAL, VIEW), user=world.sam.id, at=world.phoenix.id)) == []
    assert ids(listed(world, by=world.actor((TECH, VIEW), (PERSONAL, VIEW)))) == [tech, far, anns]
    assert hidden(world, ListAppointments(), by=world.actor((TECH, Action.CREATE))) == "ACC-18"


@pytest.mark.rule("APT-26", "SCH-01")
def test_a_reader_elsewhere_reads_their_own_time_too() -> None:
    world = World()
    booked(world, "2026-05-27T09:00")

    (line,) = page(world, zone="America/New_York").items

    assert line.reader is not None
    assert line.reader.start.isoformat() == "2026-05-27T11:00:00-04:00"
