"""
What a reader of the day grid is told while others change it.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.kernel.events import NOWHERE, Place
from fieldops_core.scheduling.messages import CancelAppointment, HoldTime, ListGridChanges, ReassignAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentView, GridChangesView, GridChangeView
from fieldops_core.staff.messages import AddAbsence, ChangeUser
from tests.support.world import World, hidden

WEDNESDAY, THURSDAY = date(2026, 5, 27), date(2026, 5, 28)
VIEW = Action.VIEW


@pytest.fixture
def world() -> World:
    return World()


class Reader:
    """
    Somebody who looks at a day grid.
    """

    def __init__(self, world: World, by: Actor | None = None, **asked: object) -> None:
        self.world, self.by = world, by
        self.question = evolve(ListGridChanges(first=WEDNESDAY, days=2), **asked)  # type: ignore[arg-type]
        self.read()

    def answer(self) -> GridChangesView:
        found = self.world.ask(self.question, GridChangesView, by=self.by)
        self.question = evolve(self.question, after=found.place)
        return found

    def read(self) -> tuple[GridChangeView, ...]:
        return self.answer().changes


@pytest.mark.rule("API-06")
def test_a_reader_is_told_of_what_they_may_see(world: World) -> None:
    reader = Reader(world)
    booked = world.book()

    assert reader.read() == (
        GridChangeView(
            user=world.ann.id, days=(WEDNESDAY,), event="AppointmentBooked", appointment=booked.id, version=1
        ),
    )
    assert reader.read() == ()


@pytest.mark.rule("API-06", "ACC-27")
def test_of_what_a_reader_may_not_see_they_are_told_whose_time_it_takes(world: World) -> None:
    at_phoenix = world.actor((Permission.TECH_SCHEDULER, VIEW), at=world.phoenix.id)
    sales = world.actor((Permission.SALES_SCHEDULER, VIEW))
    readers = [Reader(world, at_phoenix), Reader(world, sales)]
    world.book()

    for reader in readers:
        assert reader.read() == (GridChangeView(user=world.ann.id, days=(WEDNESDAY,)),)


@pytest.mark.rule("API-06", "ACC-05", "ACC-27")
def test_of_others_sales_appointments_no_more_is_told_than_of_others(world: World) -> None:
    own = world.actor((Permission.PERSONAL_APPOINTMENTS, VIEW), user=world.sam.id)
    other = world.actor((Permission.PERSONAL_APPOINTMENTS, VIEW), user=world.ann.id)
    readers = Reader(world, own), Reader(world, other)
    call: dict[str, Any] = {
        "kind": world.sales_call.kind,
        "type": world.sales_call.id,
        "user": world.sam.id,
        "customer": world.lead.id,
    }
    booked = world.book(**call)

    mine, theirs = (reader.read() for reader in readers)

    assert [each.appointment for each in mine] == [booked.id]
    assert theirs == (GridChangeView(user=world.sam.id, days=(WEDNESDAY,)),)


@pytest.mark.rule("API-06")
def test_only_of_the_users_and_days_that_are_asked_for(world: World) -> None:
    others, thursday, phoenix = (
        Reader(world, users=(world.bob.id,)),
        Reader(world, first=THURSDAY, days=1),
        Reader(world, locations=(world.phoenix.id,)),
    )
    ann = Reader(world, users=(world.ann.id,), locations=(world.provo.id,))
    world.book()

    assert [reader.read() for reader in (others, thursday, phoenix)] == [(), (), ()]
    assert [each.user for each in ann.read()] == [world.ann.id]


@pytest.mark.rule("API-06")
def test_who_has_an_appointment_no_more_is_told_too(world: World) -> None:
    cal = world.replace(world.bob, home=world.provo.id, start=world.ann.start, coverage_radius=100_000.0)
    booked, reader = world.book(), Reader(world)

    world.do(ReassignAppointment(appointment=AppointmentId(booked.id), user=cal.id), AppointmentView)

    assert [(each.user, each.event) for each in reader.read()] == [
        (world.ann.id, "AppointmentReassigned"),
        (cal.id, "AppointmentReassigned"),
    ]
    world.do(CancelAppointment(appointment=AppointmentId(booked.id)), AppointmentView)
    assert [(each.user, each.event) for each in reader.read()] == [(cal.id, "AppointmentCancelled")]


@pytest.mark.rule("API-06")
def test_holds_absences_and_hours_are_told_without_a_word(world: World) -> None:
    reader = Reader(world, users=(world.ann.id,))
    hold = HoldTime(
        kind=world.service.kind,
        customer=world.maria.id,
        type=world.service.id,
        user=world.ann.id,
        start=world.wish().start,
        minutes=60,
    )
    world.do(hold, object)
    world.do(AddAbsence(user=world.ann.id, first=THURSDAY, last=THURSDAY), object)
    world.do(AddAbsence(location=world.provo.id, first=THURSDAY + timedelta(days=9), last=date(2026, 7, 1)), object)
    world.do(ChangeUser(user=world.ann.id, name="Ann B."), object)
    world.do(ChangeUser(user=world.ann.id, language="es"), object)
    world.do(ChangeUser(user=world.bob.id, name="Bob B."), object)

    assert reader.read() == (
        GridChangeView(user=world.ann.id, days=(WEDNESDAY,)),
        GridChangeView(user=world.ann.id, days=(WEDNESDAY, THURSDAY)),
        GridChangeView(user=world.ann.id, days=None),
    )


@pytest.mark.rule("API-06")
def test_a_holiday_is_everybodys_of_its_location(world: World) -> None:
    reader = Reader(world)
    world.do(AddAbsence(location=world.phoenix.id, first=WEDNESDAY, last=WEDNESDAY), object)

    assert {each.user for each in reader.read()} == {world.bob.id}


@pytest.mark.rule("API-06")
def test_a_reader_goes_on_from_any_place_in_pages(world: World) -> None:
    reader = Reader(world, limit=2)
    for hour in range(9, 14):
        world.book(f"2026-05-27T{hour:02d}:00")
    pages = [reader.answer() for _ in range(4)]

    assert [(len(page.changes), page.more) for page in pages] == [(2, True), (2, True), (1, False), (0, False)]
    reader.question = evolve(reader.question, after=pages[0].place)
    assert reader.read() == pages[1].changes


@pytest.mark.rule("API-06")
@pytest.mark.parametrize("place", ["", "x", "7", "-1.0", "99999." + "0" * 32, f"{10**19}." + "0" * 32])
def test_who_comes_from_a_place_that_nobody_knows_begins_anew(world: World, place: str) -> None:
    world.book()
    answer = world.ask(ListGridChanges(first=WEDNESDAY, after=place), GridChangesView)

    assert (answer.reset, answer.changes) == (True, ())
    again = world.ask(ListGridChanges(first=WEDNESDAY, after=answer.place), GridChangesView)
    assert not again.reset


@pytest.mark.rule("API-06", "ACC-26")
def test_who_sees_no_appointments_anywhere_hears_nothing(world: World) -> None:
    assert hidden(world, ListGridChanges(first=WEDNESDAY), world.actor((Permission.CUSTOMERS, VIEW))) == "ACC-18"


def test_a_place_is_told_and_read() -> None:
    assert Place.of(str(NOWHERE)) == NOWHERE
