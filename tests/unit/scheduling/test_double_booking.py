"""
Two visits of one user that overlap on purpose, and nothing else.
"""

from collections.abc import Callable
from typing import Any

import pytest

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.field_work.messages import CheckIn, CheckOut
from fieldops_core.kernel.errors import NotFound
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    HoldTime,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
    ShowAppointment,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, Status, VisitOutcome
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.builders import an_absence, at, fresh
from tests.support.world import World, denial, refusal

TECH = Permission.TECH_SCHEDULER
REASON = "Same building."


def first(world: World, start: str = "2026-05-27T09:00", **given: Any) -> AppointmentId:
    return AppointmentId(world.book(start, **given).id)


def beside(
    world: World, there: AppointmentId, start: str = "2026-05-27T09:30", *, by: Actor | None = None, **given: Any
) -> AppointmentId:
    """
    Another hour of Ann's, on purpose beside the one that is there.
    """
    return AppointmentId(world.book(start, by=by, double_book=there, double_book_reason=REASON, **given).id)


def marks(appointment: Appointment) -> tuple[bool, AppointmentId | None, str]:
    return appointment.double_booked, appointment.double_booked_with, appointment.double_book_reason


def are_a_pair(world: World, one: AppointmentId, other: AppointmentId) -> bool:
    return marks(world.appointment(one)) == (True, other, REASON) and marks(world.appointment(other)) == (
        True,
        one,
        REASON,
    )


def are_single(world: World, *ids: AppointmentId) -> bool:
    return all(marks(world.appointment(id)) == (False, None, "") for id in ids)


def move(id: AppointmentId, time: str, **given: Any) -> MoveAppointment:
    return MoveAppointment(appointment=id, start=at(time), **given)


def override(there: AppointmentId) -> dict[str, Any]:
    return {"double_book": there, "double_book_reason": REASON}


@pytest.mark.rule("SCH-27")
def test_an_override_books_beside_the_visit_that_it_names_and_marks_both() -> None:
    world = World()
    there = first(world)

    added = beside(world, there)

    assert are_a_pair(world, there, added)
    assert (world.appointment(there).version, world.appointment(added).version) == (2, 1)
    shown = world.ask(ShowAppointment(appointment=there), AppointmentView)
    assert (shown.double_booked, shown.double_booked_with, shown.double_book_reason) == (True, added, REASON)


@pytest.mark.rule("SCH-27")
def test_a_double_booking_is_in_the_history_of_both_and_told() -> None:
    world = World()
    there = first(world)
    added = beside(world, there)

    with world.storage.reading(world.company.id) as unit:
        newest = {id: unit.history.of("appointment", id)[0] for id in (there, added)}
    due = world.storage.claim(20, now=world.clock(), lease_seconds=60)

    for entry in newest.values():
        told = {change.field: change.new for change in entry.changes}
        assert (told["double_booked"], told["double_book_reason"]) == (True, REASON)
        assert entry.actor == world.boss.id
    names = [(type(each.event).__name__, each.event.aggregate_id) for each in due]
    assert names == [("AppointmentBooked", there), ("AppointmentBooked", added), ("AppointmentDoubleBooked", there)]
    assert due[1].event.after["double_booked_with"] == str(there)


@pytest.mark.rule("SCH-27")
def test_it_is_never_silent() -> None:
    world = World()
    there = first(world)

    for reason in ("", "  "):
        refused = refusal(world, world.wish("2026-05-27T09:30", double_book=there, double_book_reason=reason))
        assert refused["double_booking.reason_required"].sentence == "Say why Ann is to be in two places at once."
    refused = refusal(world, world.wish("2026-05-27T09:30", double_book_reason=REASON))
    assert set(refused) == {"slot.taken", "double_booking.not_named"}
    assert set(refusal(world, world.wish("2026-05-27T09:30"))) == {"slot.taken"}
    assert are_single(world, there)


@pytest.mark.rule("SCH-27", "ACC-25")
def test_only_who_may_double_book_in_the_whole_company_does_it() -> None:
    world = World()
    there = first(world)
    wish = world.wish("2026-05-27T09:30", **override(there))
    grants = ((TECH, Action.VIEW), (TECH, Action.CREATE), (TECH, Action.MODIFY))
    allowed = (Permission.DOUBLE_BOOK, Action.MODIFY)

    assert denial(world, wish, by=world.actor(*grants)) == "ACC-25"
    assert denial(world, wish, by=world.actor(*grants, allowed, at=world.provo.id)) == "ACC-25"
    assert denial(world, move(there, "10:00", **override(there)), by=world.actor(*grants)) == "ACC-25"
    assert world.do(wish, AppointmentView, by=world.actor(*grants, allowed)).double_booked


@pytest.mark.rule("SCH-27")
def test_another_visit_that_stands_there_refuses_all_the_same() -> None:
    world = World()
    there, other = first(world), first(world, "2026-05-27T10:00")

    refused = refusal(world, world.wish("2026-05-27T09:30", **override(there)))["slot.taken"]

    assert refused.facts["appointment"] == other
    assert are_single(world, there, other)


@pytest.mark.rule("SCH-27")
def test_one_of_a_pair_is_doubled_with_no_third() -> None:
    world = World()
    there = first(world, minutes=120)
    added = beside(world, there)

    for named in (there, added):
        assert set(refusal(world, world.wish("2026-05-27T10:00", **override(named)))) == {"slot.taken"}
    assert are_a_pair(world, there, added)


@pytest.mark.rule("SCH-27")
def test_whatever_is_booked_held_moved_or_reinstated_later_is_refused_against_either() -> None:
    world = World()
    gone = first(world, "2026-05-27T10:00", minutes=30)
    world.execute(CancelAppointment(appointment=gone))
    elsewhere = first(world, "2026-05-27T13:00", minutes=30)
    there = first(world)
    beside(world, there)

    for start in ("2026-05-27T08:30", "2026-05-27T10:00"):  # of one alone, and of the other alone
        wish = world.wish(start)
        hold = HoldTime(customer=wish.customer, type=wish.type, user=wish.user, start=wish.start, minutes=60)
        assert set(refusal(world, wish)) == {"slot.taken"}
        assert set(refusal(world, hold, by=world.actor((TECH, Action.CREATE)))) == {"slot.taken"}
    assert set(refusal(world, move(elsewhere, "10:00"))) == {"slot.taken"}
    assert set(refusal(world, ReinstateAppointment(appointment=gone))) == {"slot.taken"}


@pytest.mark.rule("SCH-27")
def test_absences_and_the_limits_of_the_day_are_asked_all_the_same() -> None:
    world = World()
    there = first(world, "2026-05-27T16:00")
    world.put(an_absence(user=world.ann.id, first=at("00:00").date(), start=17 * 60, end=18 * 60))

    assert set(refusal(world, world.wish("2026-05-27T16:30", **override(there)))) == {"user.absent"}
    late = first(world, "2026-05-27T21:00")
    assert set(refusal(world, world.wish("2026-05-27T21:30", **override(late)))) == {"slot.past_end_of_day"}


@pytest.mark.rule("SCH-27")
def test_where_the_named_visit_is_not_in_the_way_nothing_is_doubled() -> None:
    world = World()
    there = first(world)

    added = beside(world, there, "2026-05-27T10:00")

    assert are_single(world, there, added)
    with pytest.raises(NotFound):
        beside(world, AppointmentId(fresh()), "2026-05-27T13:00")


@pytest.mark.rule("SCH-27")
@pytest.mark.parametrize("which", ["there", "added"])
def test_when_one_is_cancelled_the_other_has_its_user_to_itself(which: str) -> None:
    world = World()
    there = first(world)
    pair = {"there": there, "added": beside(world, there)}

    world.execute(CancelAppointment(appointment=pair[which]))

    assert are_single(world, *pair.values())
    (left,) = [id for name, id in pair.items() if name != which]
    with world.storage.reading(world.company.id) as unit:
        fields = {change.field for change in unit.history.of("appointment", left)[0].changes}
    assert fields == {"double_booked", "double_booked_with", "double_book_reason"}
    assert {type(each.event).__name__ for each in world.storage.claim(20, now=world.clock(), lease_seconds=60)} >= {
        "DoubleBookingEnded"
    }


PARTINGS: dict[str, Callable[[World, AppointmentId, AppointmentId], object]] = {
    "moved on": lambda world, there, added: move(added, "10:00"),
    "moved before": lambda world, there, added: move(there, "08:00"),
    "shortened": lambda world, there, added: ResizeAppointment(appointment=there, minutes=30),
    "given away": lambda world, there, added: ReassignAppointment(appointment=added, user=world.sam.id),
}


@pytest.mark.rule("SCH-27")
@pytest.mark.parametrize("part", PARTINGS.values(), ids=PARTINGS)
def test_when_one_is_moved_resized_or_given_away_so_that_they_part_both_marks_go(
    part: Callable[[World, AppointmentId, AppointmentId], object],
) -> None:
    world = World()
    world.replace(world.sam, technician=True)
    there = first(world)
    added = beside(world, there)

    world.execute(part(world, there, added))

    assert are_single(world, there, added)
    back = MoveAppointment(appointment=added, start=world.appointment(there).period.start, user=world.ann.id)
    assert set(refusal(world, back)) == {"slot.taken"}


@pytest.mark.rule("SCH-27")
def test_while_they_still_overlap_a_pair_stays_one_and_is_not_asked_again() -> None:
    world = World()
    there = first(world)
    added = beside(world, there)

    world.execute(move(added, "09:00"))
    world.execute(ResizeAppointment(appointment=there, minutes=120))
    noted = world.do(EditAppointment(appointment=added, notes="Bring the key."), AppointmentView)

    assert are_a_pair(world, there, added)
    assert noted.unfit == ()
    assert world.appointment(there).version == 3


@pytest.mark.rule("SCH-27")
def test_a_pair_that_is_named_anew_keeps_the_reason_it_was_made_for() -> None:
    world = World()
    there = first(world)
    added = beside(world, there)
    anew: dict[str, Any] = {"double_book": there, "double_book_reason": "They asked for it."}

    unchanged = world.do(EditAppointment(appointment=added, **anew), AppointmentView)
    assert unchanged.version == 1
    world.execute(move(added, "08:30", **anew))

    assert are_a_pair(world, there, added)


@pytest.mark.rule("SCH-27")
def test_a_visit_is_moved_and_reinstated_beside_another_by_an_override() -> None:
    world = World()
    there, moved, gone = first(world), first(world, "2026-05-27T13:00"), first(world, "2026-05-27T15:00")
    other = first(world, "2026-05-27T11:00")
    world.execute(CancelAppointment(appointment=gone))

    world.execute(move(moved, "09:30", **override(there)))
    world.execute(ReinstateAppointment(appointment=gone, start=at("11:00"), **override(other)))

    assert are_a_pair(world, there, moved)
    assert are_a_pair(world, other, gone)
    assert world.appointment(gone).status is Status.SCHEDULED


@pytest.mark.rule("SCH-27")
def test_one_of_a_pair_that_is_moved_beside_a_third_leaves_the_other_alone() -> None:
    world = World()
    there, third = first(world), first(world, "2026-05-27T13:00")
    added = beside(world, there)

    assert set(refusal(world, move(added, "13:00"))) == {"slot.taken"}
    world.execute(EditAppointment(appointment=added, start=at("13:30"), **override(third)))

    assert are_single(world, there)
    assert are_a_pair(world, third, added)


@pytest.mark.rule("SCH-27")
def test_of_a_pair_and_a_third_named_none_may_be_overlapped_at_once() -> None:
    world = World()
    there, third = first(world), first(world, "2026-05-27T10:30")
    added = beside(world, there)

    refused = refusal(world, ResizeAppointment(appointment=added, minutes=90))
    assert refused["slot.taken"].facts["appointment"] == third
    longer = EditAppointment(appointment=added, minutes=90, **override(third))
    assert refusal(world, longer)["slot.taken"].facts["appointment"] == there
    assert are_a_pair(world, there, added)


@pytest.mark.rule("SCH-27", "APT-24")
@pytest.mark.parametrize(("checked_out", "still"), [("09:30", False), ("09:31", True)])
def test_a_check_out_before_the_other_begins_parts_a_pair(checked_out: str, still: bool) -> None:
    world = World()
    there = first(world)
    added = beside(world, there)
    world.clock.set(at("09:00"))
    world.execute(CheckIn(appointment=there), by=world.actor())
    world.clock.set(at(checked_out))

    world.execute(CheckOut(appointment=there, outcome=VisitOutcome.DONE), by=world.actor())

    assert (are_a_pair if still else are_single)(world, there, added)
