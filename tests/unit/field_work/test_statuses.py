"""
A visit's day: on my way, arrived, done, undone, overridden, reopened.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.customers.model import CustomerId
from fieldops_core.field_work.messages import (
    CheckIn,
    CheckOut,
    ReopenAppointment,
    SetStatus,
    StartTravel,
    UndoStatus,
)
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    HoldTime,
    MoveAppointment,
    ReinstateAppointment,
    ShowAppointment,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, CancelledBy, Status, StatusChange, VisitOutcome
from fieldops_core.scheduling.views import AppointmentView, HoldView
from fieldops_core.testing.builders import a_catalog_entry, a_period, a_technician, an_appointment, at
from tests.support.world import OREM, World, denial, refusal

SCHEDULED, EN_ROUTE, ON_SITE, COMPLETED, CANCELLED, NO_SHOW = Status
DONE, FOLLOW_UP, UNABLE = VisitOutcome
TECH_MODIFY = ((Permission.TECH_SCHEDULER, Action.VIEW), (Permission.TECH_SCHEDULER, Action.MODIFY))
LED_TO = {
    SCHEDULED: (),
    EN_ROUTE: (EN_ROUTE,),
    ON_SITE: (EN_ROUTE, ON_SITE),
    COMPLETED: (EN_ROUTE, ON_SITE, COMPLETED),
    CANCELLED: (CANCELLED,),
    NO_SHOW: (EN_ROUTE, NO_SHOW),
}


def a_day(status: Status = SCHEDULED, *, now: str = "11:00", **given: Any) -> tuple[World, AppointmentId]:
    """
    Ann's visit to Maria on Wednesday from 09:00 to 10:00, in a status that it came to from 08:30 on, half an hour each;
    and what the time is now.
    """
    world = World()
    visit = a_visit(world, status, **given)
    world.put(visit)
    world.clock.set(at(now))
    return world, visit.id


def a_visit(world: World, status: Status = SCHEDULED, **given: Any) -> Appointment:
    changes = tuple(
        StatusChange(status=each, at=at("08:30") + index * timedelta(minutes=30), by=world.ann.id, source=Source.APP)
        for index, each in enumerate(LED_TO[status])
    )
    visit = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        status=status,
        moments=changes,
        outcome=DONE if status is COMPLETED else None,
    )
    return evolve(visit, **given)


def ann(world: World) -> Actor:
    """
    The assignee, who holds nothing.
    """
    return world.actor()


def press(world: World, command: object, **circumstances: Any) -> AppointmentView:
    return world.do(command, AppointmentView, by=ann(world), **circumstances)


def pressed(world: World, command: object) -> dict[str, Any]:
    return refusal(world, command, by=ann(world))


def override(id: AppointmentId, status: Status, **given: Any) -> SetStatus:
    """
    An override with all that its status needs.
    """
    needed: dict[Status, dict[str, Any]] = {COMPLETED: {"outcome": DONE}, ON_SITE: {"reason": "Not done yet."}}
    return evolve(SetStatus(appointment=id, status=status, **needed.get(status, {})), **given)


def told(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-05-27T{clock}")


# --- the table, whole (APT-07) -------------------------------------------------------------------------

RULE = {
    *((SCHEDULED, after) for after in (EN_ROUTE, ON_SITE, COMPLETED, CANCELLED, NO_SHOW)),
    *((EN_ROUTE, after) for after in (SCHEDULED, ON_SITE, COMPLETED, CANCELLED, NO_SHOW)),
    *((ON_SITE, after) for after in (SCHEDULED, EN_ROUTE, COMPLETED, CANCELLED, NO_SHOW)),
    *((NO_SHOW, after) for after in (SCHEDULED, ON_SITE, COMPLETED)),
    (CANCELLED, SCHEDULED),
    (COMPLETED, ON_SITE),
}


@pytest.mark.rule("APT-07", "FLD-09")
@pytest.mark.parametrize("after", Status)
@pytest.mark.parametrize("before", Status)
def test_each_transition_is_carried_out_and_each_other_refused_naming_both(before: Status, after: Status) -> None:
    world, id = a_day(before)
    command = override(id, after)
    if after is COMPLETED and before is not ON_SITE:
        command = evolve(command, checked_in_at=told("09:05"), at=told("09:50"))

    if (before, after) in RULE:
        set = world.do(command, AppointmentView)
        assert (set.status, set.moments[-1].status, set.version) == (after, after, 2)
        assert (set.start, set.end) == (at("09:00"), at("10:00"))
    else:
        broken = refusal(world, command)["appointment.illegal_transition"]
        assert broken.facts == {"before": before.value, "after": after.value}
        assert world.appointment(id).version == 1


BUTTONS: dict[str, tuple[Callable[[AppointmentId], object], Status, set[Status]]] = {
    "on my way": (lambda id: StartTravel(appointment=id), EN_ROUTE, {SCHEDULED}),
    "check in": (lambda id: CheckIn(appointment=id), ON_SITE, {SCHEDULED, EN_ROUTE, NO_SHOW}),
    "check out": (lambda id: CheckOut(appointment=id, outcome=DONE), COMPLETED, {ON_SITE, NO_SHOW}),
}


@pytest.mark.rule("APT-07", "FLD-03", "FLD-04", "FLD-05")
@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("button", BUTTONS)
def test_each_button_is_there_in_its_statuses_and_no_others(button: str, before: Status) -> None:
    make, after, those = BUTTONS[button]
    world, id = a_day(before)

    if before in those:
        assert press(world, make(id)).status is after
    else:
        broken = pressed(world, make(id))["appointment.illegal_transition"]
        assert broken.facts == {"before": before.value, "after": after.value}


@pytest.mark.rule("APT-07", "FLD-03", "FLD-04", "FLD-05")
def test_a_day_goes_from_travel_to_check_out_and_each_time_is_stamped() -> None:
    world, id = a_day(now="08:40")

    press(world, StartTravel(appointment=id, point=OREM), source=Source.APP)
    world.clock.set(at("09:10"))
    press(world, CheckIn(appointment=id), source=Source.APP)
    world.clock.set(at("09:55"))
    done = press(world, CheckOut(appointment=id, outcome=FOLLOW_UP, notes="Needs a part."), source=Source.APP)

    assert (done.status, done.outcome, done.check_out_notes) == (COMPLETED, FOLLOW_UP, "Needs a part.")
    assert (done.on_the_way_at, done.checked_in_at, done.checked_out_at) == (at("08:40"), at("09:10"), at("09:55"))
    assert (done.start, done.end) == (at("09:00"), at("10:00"))


@pytest.mark.rule("APT-08")
def test_each_change_of_status_stores_who_when_where_from_and_where() -> None:
    world, id = a_day(now="08:40")

    set_out = press(world, StartTravel(appointment=id, point=OREM), source=Source.APP)
    world.clock.set(at("09:10"))
    press(world, CheckIn(appointment=id))

    first, second = world.ask(ShowAppointment(appointment=id), AppointmentView).moments
    assert (first.status, first.at, first.by, first.source) == (EN_ROUTE, at("08:40"), world.ann.id, Source.APP)
    assert (first.coordinates, second.coordinates) == (OREM, None)
    assert (second.source, second.at) == (Source.API, at("09:10"))
    assert (set_out.start, set_out.end, set_out.agreed) == (at("09:00"), at("10:00"), "2026-05-27T09:00")


@pytest.mark.rule("APT-08")
def test_a_status_by_a_device_came_about_when_the_device_says_but_never_later_than_now() -> None:
    world, id = a_day(now="09:30")

    early = press(world, StartTravel(appointment=id), occurred_at=at("08:50"))
    ahead = press(world, CheckIn(appointment=id), occurred_at=at("09:45"))

    assert early.on_the_way_at == at("08:50")
    assert ahead.checked_in_at == at("09:30")


# --- whose buttons they are (ACC-07) ---------------------------------------------------------------------


@pytest.mark.rule("ACC-07")
@pytest.mark.parametrize(
    "command",
    [
        lambda id: StartTravel(appointment=id),
        lambda id: CheckIn(appointment=id),
        lambda id: CheckOut(appointment=id, outcome=DONE),
        lambda id: UndoStatus(appointment=id),
    ],
)
def test_buttons_belong_to_the_assignee_whatever_another_holds(command: Any) -> None:
    world, id = a_day()

    assert denial(world, command(id), by=world.owner) == "ACC-07"
    with_all = evolve(world.owner, user=world.bob.id)
    assert denial(world, command(id), by=with_all) == "ACC-07"


@pytest.mark.rule("ACC-07", "FLD-09")
def test_an_override_needs_to_modify_visits_of_that_kind_there() -> None:
    world, id = a_day()
    command, dan = override(id, EN_ROUTE), world.boss.id

    assert denial(world, command, by=ann(world)) == "ACC-18"
    assert denial(world, command, by=world.actor(TECH_MODIFY[0], user=dan)) == "ACC-18"
    assert denial(world, command, by=world.actor(*TECH_MODIFY, at=world.phoenix.id, user=dan)) == "ACC-03"
    other = (Permission.SALES_SCHEDULER, Action.MODIFY)
    assert denial(world, command, by=world.actor(TECH_MODIFY[0], other, user=dan)) == "ACC-03"
    assert world.do(command, AppointmentView, by=world.actor(*TECH_MODIFY, at=world.provo.id, user=dan))


@pytest.mark.rule("FLD-09")
def test_an_override_is_marked_with_the_name_of_who_did_it() -> None:
    world, id = a_day()
    world.execute(override(id, EN_ROUTE))

    press(world, CheckIn(appointment=id))

    first, second = world.ask(ShowAppointment(appointment=id), AppointmentView).moments
    assert (first.override, first.by, first.name) == (True, world.boss.id, "Olga")
    assert (second.override, second.name) == (False, None)


@pytest.mark.rule("STO-04")
def test_a_status_meant_for_an_older_version_is_stale() -> None:
    world, id = a_day()
    press(world, StartTravel(appointment=id), expected_version=1)

    with pytest.raises(Stale):
        press(world, CheckIn(appointment=id), expected_version=1)
    with pytest.raises(Stale):
        world.execute(override(id, ON_SITE), expected_version=1)


# --- how it ended (FLD-05, FLD-11) -----------------------------------------------------------------------


def with_reasons(world: World, **given: Any) -> Any:
    reason = a_catalog_entry(name="Nobody there", **given)
    world.put(reason)
    return reason.id


@pytest.mark.rule("FLD-05")
def test_unable_comes_with_a_reason_of_the_catalog() -> None:
    world, id = a_day(ON_SITE)
    reason = with_reasons(world)
    command = CheckOut(appointment=id, outcome=UNABLE)

    assert set(pressed(world, command)) == {"check_out.reason_required"}
    done = press(world, evolve(command, unable_reason=reason))
    assert done.unable_reason is not None
    assert (done.outcome, done.unable_reason.name) == (UNABLE, "Nobody there")


@pytest.mark.rule("FLD-05")
def test_unable_is_there_only_where_reasons_are_configured() -> None:
    world, id = a_day(ON_SITE)
    command = CheckOut(appointment=id, outcome=UNABLE)

    assert set(pressed(world, command)) == {"check_out.unable_not_offered"}
    off = with_reasons(world, active=False)
    both = pressed(world, evolve(command, unable_reason=off))
    assert set(both) == {"check_out.unable_not_offered", "check_out.reason_inactive"}
    with_reasons(world)
    assert set(pressed(world, evolve(command, unable_reason=off))) == {"check_out.reason_inactive"}
    assert both["check_out.reason_inactive"].facts == {"reason": "Nobody there"}


@pytest.mark.rule("FLD-05")
@pytest.mark.parametrize("outcome", [DONE, FOLLOW_UP])
def test_a_reason_goes_with_unable_alone(outcome: VisitOutcome) -> None:
    world, id = a_day(ON_SITE)
    reason = with_reasons(world)

    command = CheckOut(appointment=id, outcome=outcome, unable_reason=reason)

    assert set(pressed(world, command)) == {"check_out.reason_alone"}
    assert press(world, evolve(command, unable_reason=None)).outcome is outcome


@pytest.mark.rule("FLD-05", "ACC-20")
def test_a_reason_that_was_made_inactive_later_is_still_shown() -> None:
    world, id = a_day(ON_SITE)
    reason = with_reasons(world)
    press(world, CheckOut(appointment=id, outcome=UNABLE, unable_reason=reason))
    with world.storage.writing(world.company.id) as unit:
        unit.catalog_entries.save(evolve(unit.catalog_entries.get(reason), active=False, version=2))

    shown = world.ask(ShowAppointment(appointment=id), AppointmentView).unable_reason

    assert shown is not None
    assert shown.name == "Nobody there"


@pytest.mark.rule("FLD-05")
def test_a_reason_of_another_catalog_is_not_there() -> None:
    world, id = a_day(ON_SITE)
    with_reasons(world)
    other = with_reasons(world, catalog=list(type(a_catalog_entry().catalog))[1])

    with pytest.raises(NotFound):
        press(world, CheckOut(appointment=id, outcome=UNABLE, unable_reason=other))


@pytest.mark.rule("FLD-11")
def test_the_notes_of_a_check_out_are_a_field_of_their_own() -> None:
    world, id = a_day(ON_SITE, notes="Bring a ladder.", on_site_notes="Beware of the dog.", public_note="See you.")

    done = press(world, CheckOut(appointment=id, outcome=DONE, notes="Two sensors replaced."))

    assert (done.notes, done.on_site_notes, done.public_note) == ("Bring a ladder.", "Beware of the dog.", "See you.")
    assert (done.check_out_notes, done.moments[-1].by) == ("Two sensors replaced.", world.ann.id)
    assert done.moments[-1].at == done.checked_out_at == at("11:00")


@pytest.mark.rule("FLD-11")
def test_a_second_check_out_that_tells_no_notes_keeps_those_of_the_first() -> None:
    world, id = a_day(COMPLETED, check_out_notes="Two sensors replaced.")
    world.execute(ReopenAppointment(appointment=id, reason="One is missing."))

    done = press(world, CheckOut(appointment=id, outcome=DONE))

    assert done.check_out_notes == "Two sensors replaced."


# --- undone (APT-07) -------------------------------------------------------------------------------------


@pytest.mark.rule("APT-07")
def test_an_undo_drops_the_time_of_the_check_in_and_keeps_that_of_setting_out() -> None:
    world, id = a_day(ON_SITE, now="09:02")

    back = press(world, UndoStatus(appointment=id))

    assert (back.status, back.on_the_way_at, back.checked_in_at) == (EN_ROUTE, at("08:30"), None)
    world.clock.set(at("09:20"))
    assert press(world, CheckIn(appointment=id)).checked_in_at == at("09:20")


@pytest.mark.rule("APT-07")
def test_an_undo_to_scheduled_drops_both_times() -> None:
    world, id = a_day(ON_SITE)

    back = press(world, UndoStatus(appointment=id, to=SCHEDULED))

    assert (back.status, back.on_the_way_at, back.checked_in_at) == (SCHEDULED, None, None)
    assert [each.status for each in back.moments] == [EN_ROUTE, ON_SITE, SCHEDULED]  # what happened stays written down


@pytest.mark.rule("APT-07")
def test_an_undo_leads_to_what_it_was_before() -> None:
    world, id = a_day(now="08:40")
    press(world, StartTravel(appointment=id))
    assert press(world, UndoStatus(appointment=id)).status is SCHEDULED
    press(world, CheckIn(appointment=id))

    assert press(world, UndoStatus(appointment=id)).status is SCHEDULED


@pytest.mark.rule("APT-07")
@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("to", Status)
def test_only_a_visit_under_way_is_undone_and_only_backwards(before: Status, to: Status) -> None:
    world, id = a_day(before)
    command = UndoStatus(appointment=id, to=to)

    if (before, to) in {(EN_ROUTE, SCHEDULED), (ON_SITE, SCHEDULED), (ON_SITE, EN_ROUTE)}:
        assert press(world, command).status is to
    else:
        broken = pressed(world, command)["appointment.not_undone"]
        assert broken.facts == {"before": before.value, "after": to.value}


# --- overridden (FLD-09) ---------------------------------------------------------------------------------


@pytest.mark.rule("FLD-05", "FLD-09", "APT-07")
@pytest.mark.parametrize("before", [SCHEDULED, EN_ROUTE, NO_SHOW])
def test_a_visit_that_nobody_checked_in_is_completed_with_outcome_and_times(before: Status) -> None:
    world, id = a_day(before)
    bare = SetStatus(appointment=id, status=COMPLETED)

    assert set(refusal(world, bare)) == {"check_out.outcome_required", "status.times_required"}
    for half in (evolve(bare, checked_in_at=told("09:05")), evolve(bare, at=told("09:50"))):
        assert set(refusal(world, evolve(half, outcome=DONE))) == {"status.times_required"}
    done = world.do(
        evolve(bare, outcome=DONE, checked_in_at=told("09:05"), at=told("09:50"), notes="By phone."), AppointmentView
    )

    assert (done.checked_in_at, done.checked_out_at, done.check_out_notes) == (at("09:05"), at("09:50"), "By phone.")
    assert [each.override for each in done.moments[-2:]] == [True, True]


@pytest.mark.rule("FLD-09")
def test_a_late_entry_carries_the_time_at_which_it_came_about() -> None:
    world, id = a_day()

    late = world.do(override(id, ON_SITE, at=told("09:05")), AppointmentView)
    done = world.do(override(id, COMPLETED, at=at("09:50")), AppointmentView)

    assert late.checked_in_at == at("09:05")
    assert (done.checked_in_at, done.checked_out_at) == (at("09:05"), at("09:50"))


@pytest.mark.rule("FLD-09")
def test_a_late_entry_does_not_lie_ahead_and_an_end_not_before_its_beginning() -> None:
    world, id = a_day(now="10:00")
    complete = override(id, COMPLETED, checked_in_at=told("09:05"), at=told("10:00"))

    ahead = refusal(world, evolve(complete, at=told("10:01")))["status.time_ahead"]
    assert ahead.facts == {"time": "10:01", "date": date(2026, 5, 27)}
    assert set(refusal(world, override(id, ON_SITE, at=told("10:01")))) == {"status.time_ahead"}
    reversed = refusal(world, evolve(complete, at=told("09:04")))["status.times_reversed"]
    assert reversed.facts == {"time": "09:05"}
    assert world.do(evolve(complete, at=told("09:05")), AppointmentView).status is COMPLETED


@pytest.mark.rule("FLD-09")
def test_an_end_is_not_before_the_check_in_that_there_was() -> None:
    world, id = a_day(ON_SITE)

    assert set(refusal(world, override(id, COMPLETED, at=told("08:59")))) == {"status.times_reversed"}
    assert world.do(override(id, COMPLETED, at=told("09:00")), AppointmentView).checked_out_at == at("09:00")


@pytest.mark.rule("FLD-09")
def test_what_belongs_to_an_end_is_not_told_of_another_status() -> None:
    world, id = a_day(ON_SITE)
    more = {"outcome": DONE, "notes": "x", "checked_in_at": told("09:05")}

    refused = refusal(world, override(id, NO_SHOW, **more))["status.not_asked"]

    assert refused.facts == {"fields": "outcome, notes, checked_in_at"}
    twice = override(id, COMPLETED, checked_in_at=told("09:05"))
    assert refusal(world, twice)["status.not_asked"].facts == {"fields": "checked_in_at"}
    assert world.do(override(id, NO_SHOW), AppointmentView).status is NO_SHOW


def test_a_local_time_that_the_clocks_skip_is_no_time() -> None:
    world, id = a_day()

    with pytest.raises(InvalidValue) as refused:
        world.execute(override(id, ON_SITE, at=datetime(2026, 3, 8, 2, 30)))

    assert (refused.value.code, refused.value.field) == ("time.nonexistent", "at")


@pytest.mark.rule("FLD-09", "APT-25")
def test_a_visit_is_cancelled_by_the_company_and_comes_back_without_a_trace_of_it() -> None:
    world, id = a_day()

    off = world.do(override(id, CANCELLED, reason="Storm."), AppointmentView)
    on = world.do(override(id, SCHEDULED), AppointmentView)

    assert (off.cancelled_by, off.cancellation_reason) == (CancelledBy.COMPANY, "Storm.")
    assert (on.cancelled_by, on.cancellation_reason) == (None, "")


@pytest.mark.rule("APT-07")
@pytest.mark.parametrize(("before", "after"), [(CANCELLED, SCHEDULED), (NO_SHOW, ON_SITE), (NO_SHOW, COMPLETED)])
def test_a_visit_takes_up_its_time_again_only_while_that_is_free_and_its_user_active(
    before: Status, after: Status
) -> None:
    world, id = a_day(before)
    there = a_visit(world, period=a_period("09:30"))
    world.put(there)
    command = override(id, after)
    if after is COMPLETED:
        command = evolve(command, checked_in_at=told("09:05"), at=told("09:50"))

    assert set(refusal(world, command)) == {"slot.taken"}
    world.execute(CancelAppointment(appointment=there.id))
    world.replace(world.ann, active=False)
    assert set(refusal(world, command)) == {"user.not_eligible"}
    with world.storage.writing(world.company.id) as unit:
        unit.users.save(evolve(world.ann, version=3))
    assert world.do(command, AppointmentView).status is after


@pytest.mark.rule("APT-14")
@pytest.mark.parametrize("end", [COMPLETED, NO_SHOW, CANCELLED])
def test_any_end_clears_what_was_pending(end: Status) -> None:
    world, id = a_day(ON_SITE, pending_reassignment=True)

    assert world.do(override(id, EN_ROUTE), AppointmentView).pending_reassignment
    world.execute(override(id, ON_SITE))
    assert not world.do(override(id, end), AppointmentView).pending_reassignment


# --- reopened (APT-07, APT-10) -----------------------------------------------------------------------------


@pytest.mark.rule("APT-07")
def test_a_completed_visit_is_reopened_with_a_reason_and_keeps_its_check_in() -> None:
    world, id = a_day(COMPLETED)

    for command in (ReopenAppointment(appointment=id, reason=" "), SetStatus(appointment=id, status=ON_SITE)):
        assert refusal(world, command)["appointment.reason_required"].field == "reason"
    again = world.do(ReopenAppointment(appointment=id, reason="A sensor is missing."), AppointmentView)

    assert (again.status, again.outcome, again.checked_out_at) == (ON_SITE, None, None)
    assert (again.checked_in_at, again.moments[-1].reason) == (at("09:00"), "A sensor is missing.")


@pytest.mark.rule("APT-07")
@pytest.mark.parametrize("status", Status)
def test_only_a_completed_visit_is_reopened(status: Status) -> None:
    world, id = a_day(status)
    command = ReopenAppointment(appointment=id, reason="Not done yet.")

    if status is COMPLETED:
        assert world.do(command, AppointmentView).status is ON_SITE
    else:
        assert refusal(world, command)["appointment.not_completed"].facts == {"before": status.value}


@pytest.mark.rule("APT-07", "ACC-07")
def test_reopening_needs_to_modify_also_of_the_assignee() -> None:
    world, id = a_day(COMPLETED)
    command = ReopenAppointment(appointment=id, reason="Not done yet.")

    assert denial(world, command, by=ann(world)) == "ACC-18"
    assert denial(world, command, by=world.actor(*TECH_MODIFY, at=world.phoenix.id)) == "ACC-03"
    assert world.do(command, AppointmentView, by=world.actor(*TECH_MODIFY, at=world.provo.id)).status is ON_SITE


@pytest.mark.rule("APT-07", "SCH-06", "APT-24")
def test_a_visit_is_reopened_only_while_its_planned_time_is_free() -> None:
    world, id = a_day(COMPLETED, period=a_period("09:00", 120), now="09:55")
    world.replace(world.appointment(id), moments=(*world.appointment(id).moments[:-1], checked_out(world, "09:20")))
    in_its_rest = AppointmentId(world.book("2026-05-27T10:30", minutes=30).id)
    command = ReopenAppointment(appointment=id, reason="Not done yet.")

    assert set(refusal(world, command)) == {"slot.taken"}
    assert set(refusal(world, override(id, ON_SITE))) == {"slot.taken"}
    world.execute(CancelAppointment(appointment=in_its_rest))
    assert world.do(command, AppointmentView).status is ON_SITE


def checked_out(world: World, clock: str) -> StatusChange:
    return StatusChange(status=COMPLETED, at=at(clock), by=world.ann.id, source=Source.APP)


# --- one at a time (FLD-13) --------------------------------------------------------------------------------


def beside(world: World, status: Status, time: str = "07:00", **given: Any) -> AppointmentId:
    """
    Another visit of Ann's.
    """
    other = a_visit(world, status, period=a_period(time), **given)
    world.put(other)
    return other.id


@pytest.mark.rule("FLD-13")
def test_a_user_is_on_site_once_and_the_refusal_offers_the_check_out_of_the_other() -> None:
    world, id = a_day(now="09:10")
    other = beside(world, ON_SITE)

    refused = pressed(world, CheckIn(appointment=id))["user.under_way"]

    sentence = "Ann is at another visit with Maria Nielsen at 07:00: check out there first."
    assert refused.sentence == sentence
    assert {name: refused.facts[name] for name in ("appointment", "version", "offer")} == {
        "appointment": other,
        "version": 1,
        "offer": "check_out",
    }
    press(world, CheckOut(appointment=other, outcome=DONE))
    assert press(world, CheckIn(appointment=id)).status is ON_SITE


@pytest.mark.rule("FLD-13")
def test_a_user_is_on_the_way_once() -> None:
    world, id = a_day(now="09:10")
    other = beside(world, EN_ROUTE)

    refused = pressed(world, StartTravel(appointment=id))["user.under_way"]

    assert (refused.facts["appointment"], refused.facts["offer"]) == (other, "undo")
    press(world, UndoStatus(appointment=other))
    assert press(world, StartTravel(appointment=id)).status is EN_ROUTE


@pytest.mark.rule("FLD-13")
@pytest.mark.parametrize(("other", "command"), [(ON_SITE, StartTravel), (EN_ROUTE, CheckIn)])
def test_a_user_may_be_on_site_once_and_on_the_way_once(other: Status, command: Any) -> None:
    world, id = a_day(now="09:10")
    beside(world, other)

    assert press(world, command(appointment=id)).version == 2


@pytest.mark.rule("FLD-13")
def test_an_undo_does_not_put_a_user_on_the_way_twice() -> None:
    world, id = a_day(ON_SITE, now="09:10")
    beside(world, EN_ROUTE)

    assert set(pressed(world, UndoStatus(appointment=id))) == {"user.under_way"}
    assert press(world, UndoStatus(appointment=id, to=SCHEDULED)).status is SCHEDULED


@pytest.mark.rule("FLD-13", "FLD-09")
def test_an_override_may_put_a_user_at_two_visits() -> None:
    world, id = a_day(now="09:10")
    beside(world, ON_SITE)

    assert world.do(override(id, ON_SITE), AppointmentView).status is ON_SITE


@pytest.mark.rule("FLD-13")
def test_a_visit_is_not_reopened_while_its_user_is_at_another_that_is_named_only_to_who_may_see_it() -> None:
    world, id = a_day(COMPLETED)
    world.put(
        pat := evolve(world.maria, id=CustomerId(world.ids()), number=77, location=world.phoenix.id, first_name="Pat")
    )
    beside(world, ON_SITE, "10:00", customer=pat.id)
    command = ReopenAppointment(appointment=id, reason="Not done yet.")

    seen = refusal(world, command)["user.under_way"]
    unseen = refusal(world, command, by=world.actor(*TECH_MODIFY, at=world.provo.id, user=world.boss.id))

    assert "Pat" in seen.sentence
    assert unseen["user.under_way"].sentence == "Ann is at another visit: check out there first."
    assert "appointment" not in unseen["user.under_way"].facts


@pytest.mark.rule("FLD-13")
def test_somebody_elses_visit_is_no_hindrance() -> None:
    world, id = a_day(now="09:10")
    cyd = a_technician(name="Cyd", home=world.provo.id)
    world.put(cyd)
    beside(world, ON_SITE, user=cyd.id)

    assert press(world, CheckIn(appointment=id)).status is ON_SITE


# --- and the rest of the house ------------------------------------------------------------------------------


@pytest.mark.rule("APT-10")
def test_a_visit_under_way_is_not_moved_and_one_undone_is() -> None:
    world, id = a_day(now="08:40")
    press(world, CheckIn(appointment=id))
    move = MoveAppointment(appointment=id, start=told("13:00"))

    assert set(refusal(world, move)) == {"appointment.under_way"}
    press(world, UndoStatus(appointment=id))
    assert world.do(move, AppointmentView).start == at("13:00")


def test_what_happened_is_told_as_what_it_is() -> None:
    world, id = a_day(now="08:40")
    heard: list[str] = []

    def hear(events: tuple[Event, ...], _: object) -> tuple[object, ...]:
        heard.extend(type(each).__name__ for each in events)
        return ()

    world.ops = world.engine(policies=[hear])

    for command in (StartTravel, UndoStatus, StartTravel, CheckIn, UndoStatus, CheckIn):
        press(world, command(appointment=id))
    press(world, CheckOut(appointment=id, outcome=DONE))
    world.execute(ReopenAppointment(appointment=id, reason="Not done yet."))
    for status in (NO_SHOW, SCHEDULED, CANCELLED):
        world.execute(override(id, status))
    world.execute(ReinstateAppointment(appointment=id))

    assert heard == [
        *("TravelStarted", "StatusUndone", "TravelStarted", "CheckedIn", "StatusUndone", "CheckedIn", "CheckedOut"),
        *("AppointmentReopened", "CustomerMissed", "AppointmentReinstated", "AppointmentCancelled"),
        "AppointmentReinstated",
    ]


def test_coordinates_are_on_the_earth() -> None:
    world, id = a_day()

    with pytest.raises(InvalidValue):
        press(world, StartTravel(appointment=id, point=Point(91, 0)))


@pytest.mark.rule("APT-07", "BKG-04")
def test_a_visit_is_not_reopened_into_time_that_is_held() -> None:
    world, id = a_day(COMPLETED, period=a_period("09:00", 120), now="09:55")
    world.replace(world.appointment(id), moments=(*world.appointment(id).moments[:-1], checked_out(world, "09:20")))
    wish = world.wish("2026-05-27T10:30", minutes=30)
    held = HoldTime(
        customer=wish.customer, type=wish.type, user=wish.user, start=wish.start, kind=wish.kind, minutes=30
    )
    world.do(held, HoldView)
    command = ReopenAppointment(appointment=id, reason="Not done yet.")

    assert set(refusal(world, command)) == {"slot.held"}
    world.clock.advance(minutes=10)
    assert world.do(command, AppointmentView).status is ON_SITE


@pytest.mark.rule("SCH-27", "FLD-09")
@pytest.mark.parametrize("status", [CANCELLED, NO_SHOW])
def test_an_override_that_frees_a_visits_time_ends_its_double_booking(status: Status) -> None:
    world, id = a_day(now="08:00")
    beside = world.book("2026-05-27T09:30", double_book=id, double_book_reason="Both ask for Ann.")
    assert world.appointment(id).double_booked_with == beside.id

    world.clock.set(at("11:00"))
    world.do(override(id, status, reason="Storm." if status is CANCELLED else ""), AppointmentView)

    assert not any(world.appointment(each).double_booked for each in (id, beside.id))


@pytest.mark.rule("SCH-27", "APT-07")
def test_what_is_reopened_may_go_on_beside_what_it_is_doubled_with() -> None:
    world, id = a_day(now="08:00")
    beside = world.book("2026-05-27T09:30", double_book=id, double_book_reason="Both ask for Ann.")
    world.clock.set(at("10:30"))
    done = override(id, COMPLETED, checked_in_at=told("09:00"), at=told("10:00"))
    world.do(done, AppointmentView)

    assert world.do(ReopenAppointment(appointment=id, reason="Not done."), AppointmentView).status is ON_SITE
    assert world.appointment(id).double_booked_with == beside.id
