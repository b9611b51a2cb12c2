"""
What a visit takes of its user's time once it is completed, and what an overrun does to the next one (APT-24).
"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import FindOpenings, ListCustomerAppointments, ShowAppointment, ShowGrid
from fieldops_core.scheduling.model import Appointment, AppointmentId, Status, StatusChange
from fieldops_core.scheduling.views import AppointmentsView, AppointmentView, CardView, GridView, OpeningsView
from fieldops_core.testing.builders import DAY, a_period, an_appointment, at
from tests.support.world import World, refusal


def visit(world: World, time: str, minutes: int = 60, *, done: str | None = None, **given: Any) -> AppointmentId:
    """
    Ann's visit to Maria, checked in when it was planned, and checked out, if it was.
    """
    period = a_period(time, minutes)
    changes = [(Status.ON_SITE, period.start)] if given.get("status") is Status.ON_SITE or done else []
    changes += [(Status.COMPLETED, at(done))] if done else []
    filled: dict[str, Any] = {
        "user": world.ann.id,
        "customer": world.maria.id,
        "type": world.service.id,
        "location": world.provo.id,
        "status": Status.COMPLETED if done else Status.SCHEDULED,
        "moments": tuple(StatusChange(status=s, at=when, by=None, source=Source.APP) for s, when in changes),
        **given,
    }
    there = an_appointment(period=period, **filled)
    world.put(there)
    return there.id


# --- what it takes --------------------------------------------------------------------------------------


def completed(done: str, kind: Kind = Kind.TECH, minutes: int = 120) -> Appointment:
    """
    From 09:00 for two hours, checked out at a time.
    """
    change = StatusChange(status=Status.COMPLETED, at=at(done), by=None, source=Source.APP)
    return an_appointment(kind=kind, status=Status.COMPLETED, period=a_period("09:00", minutes), moments=(change,))


@pytest.mark.rule("APT-24")
@pytest.mark.parametrize(
    ("done", "until"),
    [
        ("08:30", None),
        ("09:00", None),
        ("09:01", "09:30"),
        ("09:30", "09:30"),
        ("09:31", "10:00"),
        ("10:59", "11:00"),
        ("11:00", "11:00"),
        ("12:10", "11:00"),
    ],
)
def test_a_completed_visit_takes_its_time_up_to_its_check_out_rounded_up_to_the_slot(
    done: str, until: str | None
) -> None:
    taken = completed(done).occupied

    assert taken == (Period(start=at("09:00"), end=at(until)) if until else None)


@pytest.mark.rule("APT-24")
def test_the_slot_of_a_program_visit_is_a_quarter_of_an_hour() -> None:
    taken = completed("09:31", Kind.PROGRAM).occupied

    assert taken == Period(start=at("09:00"), end=at("09:45"))


@pytest.mark.rule("APT-24")
def test_of_a_completed_visit_whose_check_out_nobody_knows_all_is_taken() -> None:
    assert an_appointment(status=Status.COMPLETED).occupied == a_period()


@pytest.mark.rule("APT-24")
@given(st.integers(-90, 300), st.integers(1, 12), st.sampled_from([Kind.TECH, Kind.PROGRAM]))
def test_it_takes_slots_of_its_plan_and_the_last_one_is_that_of_the_check_out(
    done: int, slots: int, kind: Kind
) -> None:
    step = 15 if kind is Kind.PROGRAM else 30
    out = at("09:00") + timedelta(minutes=done)
    change = StatusChange(status=Status.COMPLETED, at=out, by=None, source=Source.APP)
    planned = a_period("09:00", slots * step)
    there = an_appointment(kind=kind, status=Status.COMPLETED, period=planned, moments=(change,))

    naive = [n for n in range(slots) if planned.start + timedelta(minutes=n * step) < out]

    taken = there.occupied
    assert (taken.minutes if taken else 0) == len(naive) * step
    assert taken is None or taken.start == planned.start


@pytest.mark.rule("APT-24")
def test_what_a_completed_visit_leaves_can_be_offered_and_booked() -> None:
    world = World()
    world.clock.set(at("09:40"))
    visit(world, "09:00", 120, done="09:35")

    assert set(refusal(world, world.wish("2026-05-27T09:30", minutes=30))) >= {"slot.taken"}
    question = FindOpenings(customer=world.maria.id, type=world.service.id, first=DAY, minutes=60)
    starts = world.ask(question, OpeningsView).items[0].days[0].starts
    assert starts[0] == at("10:00")
    assert world.book("2026-05-27T10:00")


# --- late -----------------------------------------------------------------------------------------------


def card(world: World, id: AppointmentId) -> CardView:
    grid = world.ask(ShowGrid(first=DAY, kind=Kind.TECH), GridView)
    cards = [block.appointment for row in grid.rows for block in row.blocks if block.appointment]
    return next(each for each in cards if each.id == id)


def expected(world: World, id: AppointmentId) -> object:
    """
    The expected start, which the grid, the visit itself and its customer's list all tell alike.
    """
    shown = world.ask(ShowAppointment(appointment=id), AppointmentView).expected_start
    rows = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items
    listed = next(row.expected_start for row in rows if row.id == id)
    assert shown == listed == card(world, id).expected_start
    return shown


@pytest.mark.rule("APT-24")
@pytest.mark.parametrize(("done", "late"), [("10:00", False), ("11:00", False), ("11:10", True)])
def test_an_overrun_marks_the_next_visit_late_where_it_lasts_beyond_its_start(done: str, late: bool) -> None:
    world = World()
    visit(world, "09:00", done=done)
    following = visit(world, "11:00")
    world.clock.set(at("11:20"))

    assert expected(world, following) == (at(done) if late else None)


@pytest.mark.rule("APT-24")
def test_a_visit_that_goes_on_beyond_its_plan_makes_the_next_one_late_by_the_minute() -> None:
    world = World()
    visit(world, "09:00", status=Status.ON_SITE)
    following = visit(world, "10:00", status=Status.EN_ROUTE)

    found = []
    for now in ("09:59", "10:00", "10:20", "10:45"):
        world.clock.set(at(now))
        found.append(expected(world, following))

    assert found == [None, None, at("10:20"), at("10:45")]


@pytest.mark.rule("APT-24")
def test_an_overrun_moves_nothing_and_takes_nothing_more() -> None:
    world = World()
    visit(world, "09:00", done="11:10")
    following = visit(world, "11:00")
    world.clock.set(at("11:20"))

    shown = world.ask(ShowAppointment(appointment=following), AppointmentView)

    assert (shown.start, shown.end) == (at("11:00"), at("12:00"))
    assert (card(world, following).minutes, len(world.all_appointments())) == (60, 2)
    world.clock.set(at("08:00"))
    assert world.book("2026-05-27T10:00")


@pytest.mark.rule("APT-24")
def test_only_the_next_visit_of_the_same_user_is_late_and_only_until_it_begins() -> None:
    world = World()
    visit(world, "09:00", done="12:30")
    visit(world, "09:30", status=Status.CANCELLED)
    following, third = visit(world, "10:00"), visit(world, "11:00")
    others = visit(world, "10:00", user=world.bob.id)
    world.clock.set(at("12:40"))

    assert [expected(world, id) for id in (following, third)] == [at("12:30"), None]
    assert world.ask(ShowAppointment(appointment=others), AppointmentView).expected_start is None
    world.replace(world.appointment(following), status=Status.ON_SITE)
    assert expected(world, following) is None


@pytest.mark.rule("APT-24")
def test_a_visit_that_should_have_begun_a_day_ago_is_not_late_any_more() -> None:
    world = World()
    visit(world, "09:00", done="11:10")
    following = visit(world, "11:00")

    world.clock.set(at("11:00") + timedelta(hours=23, minutes=59))
    assert expected(world, following) == at("11:10")
    world.clock.set(at("11:00") + timedelta(days=1))
    assert expected(world, following) is None
