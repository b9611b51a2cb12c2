"""
Holds: a user's time, taken for a while.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    FindOpenings,
    HoldTime,
    MoveAppointment,
    ReinstateAppointment,
    ReleaseHold,
    ShowGrid,
    ShowHold,
)
from fieldops_core.scheduling.model import AppointmentId, HoldId
from fieldops_core.scheduling.views import AppointmentView, GridView, HoldView, OpeningsView
from fieldops_core.testing.builders import an_absence, at, fresh
from tests.support.world import World, denial, hidden, refusal

WEDNESDAY = date(2026, 5, 27)
TECH = Permission.TECH_SCHEDULER
DESK = ((TECH, Action.VIEW), (TECH, Action.CREATE))


def wish(world: World, start: str = "2026-05-27T09:00", **given: Any) -> HoldTime:
    """
    Hold an hour of Ann's for Maria, on Wednesday at 09:00, unless told otherwise.
    """
    booking = world.wish(start)
    command = HoldTime(
        customer=booking.customer,
        type=booking.type,
        user=booking.user,
        start=booking.start,
        kind=booking.kind,
        minutes=booking.minutes,
    )
    return evolve(command, **given)


def hold(world: World, start: str = "2026-05-27T09:00", *, by: Actor | None = None, **given: Any) -> HoldView:
    return world.do(wish(world, start, **given), HoldView, by=by)


def desk(world: World) -> Actor:
    """
    Another dispatcher, who sees and creates tech visits and no more.
    """
    return world.actor(*DESK, user=world.sam.id)


def starts(world: World, *, by: Actor | None = None, **given: Any) -> list[str]:
    question = FindOpenings(
        customer=world.maria.id, type=world.service.id, first=WEDNESDAY, minutes=60, users=(world.ann.id,)
    )
    (ann,) = world.ask(evolve(question, **given), OpeningsView, by=by).items
    return [f"{start:%H:%M}" for day in ann.days for start in day.starts]


@pytest.mark.rule("BKG-04", "SCH-06")
def test_time_that_is_held_is_booked_by_nobody_else() -> None:
    world = World()
    hold(world)

    refused = refusal(world, world.wish("2026-05-27T09:30"), by=desk(world))

    assert refused["slot.held"].sentence == "Ann's time is held from 09:30 to 10:00 on Wed 27 May 2026."
    assert set(refused) == {"slot.held"}
    assert world.book("2026-05-27T10:00") and world.book("2026-05-27T08:00")


@pytest.mark.rule("BKG-04")
def test_a_refusal_tells_neither_whose_hold_it_is_nor_for_whom() -> None:
    world = World()
    held = hold(world)

    facts = refusal(world, world.wish())["slot.held"].facts

    assert set(facts) == {"user", "from_time", "to_time", "date", "start", "end"}
    assert not {held.id, world.maria.id, world.boss.id} & set(facts.values())


@pytest.mark.rule("BKG-04")
def test_a_hold_expires() -> None:
    world = World()
    held = hold(world, hold_minutes=10)
    assert held.expires_at == world.clock() + timedelta(minutes=10)

    world.clock.advance(minutes=9, seconds=59)
    assert "slot.held" in refusal(world, world.wish())
    world.clock.advance(seconds=1)
    assert world.book().start.hour == 9


@pytest.mark.rule("BKG-04")
@pytest.mark.parametrize("minutes", [0, 61, -5])
def test_time_is_held_for_one_to_sixty_minutes(minutes: int) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        hold(world, hold_minutes=minutes)

    assert (refused.value.code, refused.value.field) == ("hold.minutes_invalid", "hold_minutes")
    assert hold(world, hold_minutes=1) and hold(world, "2026-05-27T11:00", hold_minutes=60)


@pytest.mark.rule("BKG-04")
def test_a_booking_consumes_the_hold_that_it_names() -> None:
    world = World()
    held = hold(world, by=desk(world))

    booked = world.book(hold=HoldId(held.id), by=desk(world))

    assert booked.start == held.start
    with pytest.raises(NotFound):
        world.ask(ShowHold(hold=HoldId(held.id)), HoldView)


@pytest.mark.rule("BKG-04")
def test_a_refused_booking_leaves_its_hold() -> None:
    world = World()
    held = hold(world)

    assert "duration.step" in refusal(world, world.wish(hold=HoldId(held.id), minutes=45))

    assert world.ask(ShowHold(hold=HoldId(held.id)), HoldView) == held


@pytest.mark.rule("BKG-04")
def test_anothers_hold_opens_nothing_and_stays() -> None:
    world = World()
    held = HoldId(hold(world).id)

    assert set(refusal(world, world.wish(hold=held), by=desk(world))) == {"slot.held"}
    assert set(refusal(world, world.wish(hold=HoldId(fresh())), by=desk(world))) == {"slot.held"}
    assert world.book("2026-05-27T11:00", hold=held, by=desk(world))
    assert world.ask(ShowHold(hold=held), HoldView).id == held


@pytest.mark.rule("BKG-04")
def test_of_an_expired_hold_the_ordinary_rules_decide() -> None:
    free, taken = World(), World()
    late, later = HoldId(hold(free).id), HoldId(hold(taken).id)
    for world in (free, taken):
        world.clock.advance(minutes=10)
    taken.book("2026-05-27T09:30", by=desk(taken))

    assert free.book(hold=late).start.hour == 9
    assert set(refusal(taken, taken.wish(hold=later))) == {"slot.taken"}


@pytest.mark.rule("BKG-04")
def test_a_hold_opens_itself_and_no_other_of_the_same_actor() -> None:
    world = World()
    first, second = HoldId(hold(world).id), HoldId(hold(world, "2026-05-27T10:00").id)

    assert set(refusal(world, world.wish(minutes=90, hold=first))) == {"slot.held"}
    assert world.book(hold=first) and world.book("2026-05-27T10:00", hold=second)


@pytest.mark.rule("BKG-04")
def test_a_hold_asks_every_rule_that_a_booking_asks() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    world.book("2026-05-27T13:00")
    world.put(an_absence(user=world.ann.id, first=date(2026, 5, 28)))
    wishes: list[dict[str, Any]] = [
        {"start": at("13:30")},
        {"start": at("16:30")},
        {"start": at("09:10")},
        {"start": at("05:30")},
        {"start": at("09:00", date(2026, 5, 28))},
        {"start": at("05:00", date(2026, 5, 25))},
        {"user": world.bob.id},
        {"minutes": 50},
        {"type": world.sales_call.id},
        {"customer": world.lead.id},
        {"location": world.phoenix.id},
    ]

    for given in wishes:
        booking, holding = evolve(world.wish(), **given), evolve(wish(world), **given)
        assert refusal(world, holding) == refusal(world, booking), given


@pytest.mark.rule("BKG-04")
def test_what_is_held_is_held_by_nobody_else() -> None:
    world = World()
    hold(world)

    assert set(refusal(world, wish(world, "2026-05-27T09:30"), by=desk(world))) == {"slot.held"}
    assert set(refusal(world, wish(world, "2026-05-27T09:30"))) == {"slot.held"}
    assert hold(world, "2026-05-27T10:00", by=desk(world))


@pytest.mark.rule("BKG-04", "ACC-03")
def test_who_may_not_book_may_not_hold() -> None:
    world = World()
    reader, elsewhere = world.actor((TECH, Action.VIEW)), world.actor(*DESK, at=world.phoenix.id)

    assert denial(world, wish(world), by=reader) == "ACC-18"
    assert denial(world, wish(world), by=elsewhere) == "ACC-03"


@pytest.mark.rule("BKG-04", "SCH-08")
def test_held_time_is_not_offered_but_to_who_names_the_hold() -> None:
    world = World()
    held = HoldId(hold(world, "2026-05-27T10:00").id)

    assert not {"09:30", "10:00", "10:30"} & set(starts(world))
    assert {"09:00", "11:00"} <= set(starts(world))
    assert {"09:30", "10:00", "10:30"} <= set(starts(world, hold=held))
    assert not {"09:30", "10:00", "10:30"} & set(starts(world, hold=held, by=desk(world)))


@pytest.mark.rule("BKG-04", "SCH-06")
def test_a_visit_is_neither_moved_nor_reinstated_into_held_time() -> None:
    world = World()
    moved, gone = AppointmentId(world.book("2026-05-27T13:00").id), AppointmentId(world.book().id)
    world.execute(CancelAppointment(appointment=gone))
    hold(world)

    move = MoveAppointment(appointment=moved, start=world.wish("2026-05-27T09:30").start)
    assert set(refusal(world, move)) == {"slot.held"}
    assert set(refusal(world, ReinstateAppointment(appointment=gone))) == {"slot.held"}
    world.clock.advance(minutes=10)
    assert world.do(ReinstateAppointment(appointment=gone), AppointmentView).start.hour == 9


@pytest.mark.rule("BKG-04", "SCH-11")
def test_the_grid_shows_held_stretches() -> None:
    world = World()
    hold(world)
    question = ShowGrid(first=WEDNESDAY, users=(world.ann.id, world.bob.id))

    ann, bob = world.ask(question, GridView).rows
    world.clock.advance(minutes=10)

    assert [(each.start, each.end) for each in ann.held] == [(at("09:00"), at("10:00"))]
    assert bob.held == ()
    assert [row.held for row in world.ask(question, GridView).rows] == [(), ()]


@pytest.mark.rule("BKG-04", "ACC-26")
def test_a_hold_is_released_by_its_maker_and_by_who_may_change_such_visits_there() -> None:
    world = World()
    dispatcher = world.actor((TECH, Action.MODIFY), at=world.provo.id, user=world.pia.id)
    elsewhere = world.actor((TECH, Action.MODIFY), at=world.phoenix.id, user=world.pia.id)
    first, second = (HoldId(hold(world, f"2026-05-27T{hour}:00", by=desk(world)).id) for hour in ("09", "11"))
    colleague = world.actor(*DESK, user=world.pia.id)

    assert denial(world, ReleaseHold(hold=first), by=elsewhere) == "ACC-26"
    assert denial(world, ReleaseHold(hold=first), by=colleague) == "ACC-26"
    assert world.do(ReleaseHold(hold=first), HoldView, by=desk(world)).id == first
    assert world.do(ReleaseHold(hold=second), HoldView, by=dispatcher).id == second
    assert world.book() and world.book("2026-05-27T11:00")


@pytest.mark.rule("BKG-04", "ACC-26")
def test_a_hold_is_shown_to_its_maker_and_to_who_may_see_such_visits_there() -> None:
    world = World()
    maker = world.actor((TECH, Action.CREATE), user=world.sam.id)
    held = ShowHold(hold=HoldId(hold(world, by=maker).id))

    assert world.ask(held, HoldView, by=maker).user.name == "Ann"
    assert world.ask(held, HoldView, by=world.actor((TECH, Action.VIEW), at=world.provo.id)).minutes == 60
    assert hidden(world, held, by=world.actor((TECH, Action.VIEW), at=world.phoenix.id)) == "ACC-26"


@pytest.mark.rule("BKG-04", "EVT-01")
def test_what_becomes_of_a_hold_is_told_and_kept_in_history() -> None:
    world = World()
    released, consumed = HoldId(hold(world).id), HoldId(hold(world, "2026-05-27T11:00").id)
    world.execute(ReleaseHold(hold=released))
    world.book("2026-05-27T11:00", hold=consumed)

    due = world.storage.claim(20, now=world.clock(), lease_seconds=60)

    told = {
        id: [type(each.event).__name__ for each in due if each.event.aggregate_id == id] for id in (released, consumed)
    }
    assert told == {released: ["TimeHeld", "HoldReleased"], consumed: ["TimeHeld", "HoldConsumed"]}
    with world.storage.reading(world.company.id) as unit:
        assert [len(unit.history.of("hold", id)) for id in (released, consumed)] == [2, 2]


def test_expired_holds_of_a_user_are_swept_when_their_time_is_held_again() -> None:
    world = World()
    first = HoldId(hold(world).id)
    world.clock.advance(minutes=10)

    second = HoldId(hold(world).id)

    with world.storage.reading(world.company.id) as unit:
        assert [unit.holds.find(each) is not None for each in (first, second)] == [False, True]


@pytest.mark.rule("BKG-04", "APT-05")
def test_a_work_order_is_asked_of_the_booking_not_of_the_hold() -> None:
    world = World(work_order_required_for_tech_appointments=True)

    held = HoldId(hold(world).id)

    assert set(refusal(world, world.wish(hold=held))) == {"work_order.required"}
