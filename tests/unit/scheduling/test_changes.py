"""
Changes of an appointment: moved, resized, reassigned, edited, cancelled, reinstated.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Forbidden, Stale
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import TRANSITIONS, AppointmentId, CancelledBy, Rescheduling, Status
from fieldops_core.scheduling.rules import Transition, transition_is_legal
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import a_customer, a_technician, a_type, a_work_order, at
from fieldops_core.testing.clock import NOW
from tests.support.world import DENVER_CITY, World, refusal


def a_booked(world: World, **given: Any) -> AppointmentId:
    return AppointmentId(world.book(**given).id)


def in_status(status: Status, **settings: Any) -> tuple[World, AppointmentId]:
    """
    A world with one visit, on Wednesday at 09:00, in a status.
    """
    world = World(**settings)
    id = a_booked(world)
    if status is not Status.SCHEDULED:
        world.replace(world.appointment(id), status=status)
    return world, id


def moving(id: AppointmentId, start: str = "2026-05-27T11:00", **given: Any) -> MoveAppointment:
    return evolve(MoveAppointment(appointment=id, start=datetime.fromisoformat(start)), **given)


# --- moving, resizing, reassigning ----------------------------------------------------------------


@pytest.mark.rule("APT-11")
def test_a_move_answers_the_visit_at_its_new_start_with_its_old_length() -> None:
    world, id = in_status(Status.SCHEDULED)

    moved = world.do(moving(id), AppointmentView)

    assert (moved.start.isoformat(), moved.minutes, moved.version) == ("2026-05-27T11:00:00-06:00", 60, 2)
    assert world.appointment(id).agreed == datetime(2026, 5, 27, 11)


@pytest.mark.rule("SCH-08", "SCH-06")
def test_a_visit_that_is_moved_is_not_blocked_by_its_own_time() -> None:
    world, id = in_status(Status.SCHEDULED)

    assert world.do(moving(id, "2026-05-27T09:30"), AppointmentView).start.minute == 30


@pytest.mark.rule("APT-11", "SCH-06")
def test_a_move_onto_another_visit_is_refused() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.book("2026-05-27T11:30")

    assert set(refusal(world, moving(id))) == {"slot.taken"}
    assert world.appointment(id).version == 1


@pytest.mark.rule("APT-11", "APT-10")
def test_a_drop_on_another_row_reassigns() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.put(cyd := a_technician(name="Cyd", home=world.provo.id))

    moved = world.do(moving(id, user=cyd.id), AppointmentView)

    assert moved.user.name == "Cyd"
    assert world.book("2026-05-27T11:00").user.name == "Ann"  # whose time is free again


@pytest.mark.rule("APT-11")
def test_a_drop_is_refused_for_what_the_new_user_cannot_do() -> None:
    world, id = in_status(Status.SCHEDULED)
    bob = world.bob.id

    assert set(refusal(world, moving(id, user=bob))) == {"technician.other_location"}
    coverage = moving(id, user=bob, mode=ListMode.IN_COVERAGE_AREA)
    assert set(refusal(world, coverage)) == {"technician.out_of_coverage"}
    assert set(refusal(world, moving(id, "2026-05-27T21:30"))) == {"slot.past_end_of_day"}
    with pytest.raises(Forbidden):
        world.execute(moving(id), by=world.actor((Permission.TECH_SCHEDULER, Action.VIEW)))


@pytest.mark.rule("APT-11", "SCH-23")
def test_a_drag_carries_the_boards_mode() -> None:
    world, id = in_status(Status.SCHEDULED, scheduling_profile=(ListMode.IN_OFFICE_LOCATION,))
    world.put(cyd := a_technician(name="Cyd", home=world.provo.id))

    refused = refusal(world, moving(id, user=cyd.id, mode=ListMode.IN_COVERAGE_AREA))

    assert set(refused) == {"list_mode.not_offered"}


@pytest.mark.rule("APT-11", "SCH-04")
def test_a_resize_changes_the_length_alone() -> None:
    world, id = in_status(Status.SCHEDULED)

    resized = world.do(ResizeAppointment(appointment=id, minutes=120), AppointmentView)

    assert (resized.start.hour, resized.minutes) == (9, 120)
    assert set(refusal(world, ResizeAppointment(appointment=id, minutes=45))) == {"duration.step"}
    world.book("2026-05-27T11:00")
    assert set(refusal(world, ResizeAppointment(appointment=id, minutes=150))) == {"slot.taken"}


@pytest.mark.rule("APT-10")
def test_reassigning_takes_it_off_the_first_users_time() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.put(cyd := a_technician(name="Cyd", home=world.provo.id))

    world.execute(ReassignAppointment(appointment=id, user=cyd.id))

    assert [user for user, _, _ in world.all_appointments()] == [cyd.id]


@pytest.mark.rule("SCH-08")
def test_a_start_that_does_not_change_is_not_asked_whether_it_is_past() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.clock.set(at("09:30"))

    assert world.do(ResizeAppointment(appointment=id, minutes=90), AppointmentView).minutes == 90
    assert set(refusal(world, moving(id, "2026-05-27T08:00"))) == {"slot.past"}


@pytest.mark.rule("SCH-08", "APT-10")
def test_a_visit_already_past_is_edited_for_the_record() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.clock.set(at("12:00"))

    assert world.do(moving(id, "2026-05-27T08:00"), AppointmentView).start.hour == 8


# --- what may be edited when -----------------------------------------------------------------------


def edits(world: World, id: AppointmentId) -> dict[str, EditAppointment]:
    """
    A change of each part on its own.
    """
    inspection = a_type(name="Inspection")
    cyd = a_technician(name="Cyd", home=world.provo.id)
    repair = a_work_order(customer=world.maria.id)
    world.put(inspection, cyd, repair)
    start = datetime(2026, 5, 27, 13)
    return {
        "notes": EditAppointment(appointment=id, notes="new"),
        "on_site_notes": EditAppointment(appointment=id, on_site_notes="new"),
        "public_note": EditAppointment(appointment=id, public_note="new"),
        "private_note": EditAppointment(appointment=id, private_note=Secret("new")),
        "type": EditAppointment(appointment=id, type=inspection.id),
        "work_order": EditAppointment(appointment=id, work_order=repair.id),
        "rescheduling": EditAppointment(appointment=id, rescheduling=Rescheduling.DEALER),
        "minutes": EditAppointment(appointment=id, minutes=90),
        "start": EditAppointment(appointment=id, start=start),
        "date": EditAppointment(appointment=id, start=start + timedelta(days=1)),
        "user": EditAppointment(appointment=id, user=cyd.id),
    }


NOTES = {"notes", "on_site_notes", "public_note", "private_note"}
ALLOWED = {
    Status.SCHEDULED: NOTES | {"type", "minutes", "work_order", "rescheduling", "start", "date", "user"},
    Status.EN_ROUTE: NOTES | {"type", "minutes", "work_order", "rescheduling", "start"},
    Status.ON_SITE: NOTES | {"type", "minutes", "work_order"},
    Status.CANCELLED: NOTES,
    Status.NO_SHOW: NOTES,
    Status.COMPLETED: set(),
}
CODES = {
    Status.EN_ROUTE: "appointment.under_way",
    Status.ON_SITE: "appointment.under_way",
    Status.COMPLETED: "appointment.completed",
    Status.CANCELLED: "appointment.ended",
    Status.NO_SHOW: "appointment.ended",
}


@pytest.mark.rule("APT-10")
def test_a_date_is_the_one_at_the_location_whatever_offset_the_new_start_is_told_with() -> None:
    world, id = in_status(Status.EN_ROUTE)
    evening, before_eight = "2026-05-28T01:00+00:00", "2026-05-27T07:00+09:00"

    assert world.do(moving(id, evening), AppointmentView).start.isoformat() == "2026-05-27T19:00:00-06:00"
    assert set(refusal(world, moving(id, before_eight))) == {"appointment.under_way"}


@pytest.mark.rule("APT-10")
@pytest.mark.parametrize("status", Status)
def test_what_may_be_edited_depends_on_the_status(status: Status) -> None:
    world, id = in_status(status, reschedule_tracking=True)
    went_through = set()

    for part, command in edits(world, id).items():
        try:
            world.ops.preview(command, world.context())
            world.execute(command)
            went_through.add(part)
        except Refused as refused:
            assert {each.code for each in refused.violations} == {CODES[status]}

    assert went_through == ALLOWED[status]


@pytest.mark.rule("APT-10")
def test_a_completed_past_visit_stays_and_a_scheduled_past_one_can_be_changed() -> None:
    for status, codes in ((Status.SCHEDULED, set()), (Status.COMPLETED, {"appointment.completed"})):
        world, id = in_status(status)
        world.clock.advance(days=30)
        found = world.ops.preview(EditAppointment(appointment=id, notes="late"), world.context())
        assert {each.code for each in found.violations} == codes


def test_a_change_of_nothing_saves_nothing() -> None:
    world, id = in_status(Status.SCHEDULED)
    kept = world.appointment(id)

    same = EditAppointment(appointment=id, start=datetime(2026, 5, 27, 9), minutes=60, notes="", user=world.ann.id)

    assert world.do(same, AppointmentView).version == 1
    assert world.appointment(id) == kept


@pytest.mark.rule("APT-17")
def test_kind_and_customer_never_change() -> None:
    world, id = in_status(Status.SCHEDULED, reschedule_tracking=True)
    before = world.appointment(id)

    for command in (*edits(world, id).values(), CancelAppointment(appointment=id)):
        world.execute(command)

    after = world.appointment(id)
    assert (after.kind, after.customer, after.location) == (before.kind, before.customer, before.location)


@pytest.mark.rule("APT-18")
def test_a_rule_is_asked_only_of_what_a_command_changes_and_the_rest_is_told() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.replace(world.service, active=False)
    world.replace(world.ann, technician=False, hours=WorkingHours())

    edited = world.do(EditAppointment(appointment=id, notes="still going"), AppointmentView)

    assert {each.code for each in edited.unfit} == {"type.inactive", "user.not_eligible", "user.not_working"}
    assert set(refusal(world, ResizeAppointment(appointment=id, minutes=90))) == {"user.not_working"}
    assert set(refusal(world, EditAppointment(appointment=id, user=world.sam.id))) == {"user.not_eligible"}


@pytest.mark.rule("APT-18")
def test_coverage_is_asked_again_only_when_the_user_changes() -> None:
    world = World()
    far = a_customer(location=world.provo.id, point=DENVER_CITY)
    world.put(far)
    id = a_booked(world, customer=far.id, mode=ListMode.IN_OFFICE_LOCATION)

    assert world.do(moving(id, mode=ListMode.IN_COVERAGE_AREA), AppointmentView)


@pytest.mark.rule("APT-18", "APT-02")
def test_a_sub_type_goes_with_its_type() -> None:
    world = World()
    id = a_booked(world, sub_type=world.routine.id)
    inspection = a_type(name="Inspection")
    world.put(inspection)

    assert world.do(EditAppointment(appointment=id, notes="x"), AppointmentView).sub_type is not None
    assert world.do(EditAppointment(appointment=id, type=inspection.id), AppointmentView).sub_type is None


@pytest.mark.rule("STO-04")
def test_a_change_meant_for_an_older_version_is_stale() -> None:
    world, id = in_status(Status.SCHEDULED)
    world.execute(moving(id))

    with pytest.raises(Stale) as stale:
        world.execute(moving(id, "2026-05-27T13:00"), expected_version=1)

    assert (stale.value.expected, stale.value.actual) == (1, 2)
    assert world.do(moving(id, "2026-05-27T13:00"), AppointmentView, expected_version=2).version == 3


# --- the lifecycle -------------------------------------------------------------------------------------

RULE = {
    (Status.SCHEDULED, Status.EN_ROUTE),
    (Status.SCHEDULED, Status.ON_SITE),
    (Status.SCHEDULED, Status.CANCELLED),
    (Status.SCHEDULED, Status.NO_SHOW),
    (Status.SCHEDULED, Status.COMPLETED),
    (Status.EN_ROUTE, Status.SCHEDULED),
    (Status.EN_ROUTE, Status.ON_SITE),
    (Status.EN_ROUTE, Status.CANCELLED),
    (Status.EN_ROUTE, Status.NO_SHOW),
    (Status.EN_ROUTE, Status.COMPLETED),
    (Status.ON_SITE, Status.EN_ROUTE),
    (Status.ON_SITE, Status.SCHEDULED),
    (Status.ON_SITE, Status.COMPLETED),
    (Status.ON_SITE, Status.CANCELLED),
    (Status.ON_SITE, Status.NO_SHOW),
    (Status.NO_SHOW, Status.SCHEDULED),
    (Status.NO_SHOW, Status.ON_SITE),
    (Status.NO_SHOW, Status.COMPLETED),
    (Status.CANCELLED, Status.SCHEDULED),
    (Status.COMPLETED, Status.ON_SITE),
}


@pytest.mark.rule("APT-07")
@pytest.mark.parametrize("before", Status)
@pytest.mark.parametrize("after", Status)
def test_the_table_holds_the_transitions_of_the_rule_and_no_others(before: Status, after: Status) -> None:
    broken = transition_is_legal(Transition(before=before, after=after))

    assert (broken is None) is ((before, after) in RULE)
    assert broken is None or broken.facts == {"before": before.value, "after": after.value}
    assert set(TRANSITIONS) == set(Status)


@pytest.mark.rule("APT-07")
@pytest.mark.parametrize("status", Status)
def test_a_visit_is_cancelled_while_it_is_open(status: Status) -> None:
    world, id = in_status(status)
    command = CancelAppointment(appointment=id, by=CancelledBy.CUSTOMER, reason="on holiday")

    if status in (Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE):
        cancelled = world.do(command, AppointmentView)
        assert (cancelled.status, cancelled.cancelled_by) == (Status.CANCELLED, CancelledBy.CUSTOMER)
        assert cancelled.cancellation_reason == "on holiday"
    else:
        assert set(refusal(world, command)) == {"appointment.illegal_transition"}


@pytest.mark.rule("APT-07", "APT-10")
@pytest.mark.parametrize("status", Status)
def test_a_visit_is_reinstated_after_it_was_cancelled_or_nobody_showed(status: Status) -> None:
    world, id = in_status(status)

    if status in (Status.CANCELLED, Status.NO_SHOW):
        assert world.do(ReinstateAppointment(appointment=id), AppointmentView).status is Status.SCHEDULED
    else:
        assert "appointment.not_ended" in refusal(world, ReinstateAppointment(appointment=id))


@pytest.mark.rule("APT-07", "SCH-06")
def test_a_cancelled_visit_comes_back_only_while_its_time_is_free() -> None:
    world, id = in_status(Status.CANCELLED)
    there = AppointmentId(world.book("2026-05-27T09:30").id)

    assert set(refusal(world, ReinstateAppointment(appointment=id))) == {"slot.taken"}
    world.execute(CancelAppointment(appointment=there))
    assert world.do(ReinstateAppointment(appointment=id), AppointmentView).status is Status.SCHEDULED


@pytest.mark.rule("APT-07")
def test_a_cancelled_visit_comes_back_only_while_its_user_is_active() -> None:
    world, id = in_status(Status.CANCELLED)
    world.replace(world.ann, active=False)

    assert set(refusal(world, ReinstateAppointment(appointment=id))) == {"user.not_eligible"}


@pytest.mark.rule("APT-10")
def test_time_and_user_may_change_with_the_return() -> None:
    world, id = in_status(Status.CANCELLED)
    world.book("2026-05-27T09:00")
    other_time = ReinstateAppointment(appointment=id, start=datetime(2026, 5, 28, 9))

    back = world.do(other_time, AppointmentView)

    assert (back.start.day, back.status) == (28, Status.SCHEDULED)
    world.execute(CancelAppointment(appointment=id))
    saturday = ReinstateAppointment(appointment=id, start=datetime(2026, 5, 30, 9))
    assert set(refusal(world, saturday)) == {"user.not_working"}


@pytest.mark.rule("APT-07")
def test_a_past_visit_can_be_reinstated_for_the_record() -> None:
    world, id = in_status(Status.NO_SHOW)
    world.clock.advance(days=30)

    assert world.do(ReinstateAppointment(appointment=id), AppointmentView).status is Status.SCHEDULED


@pytest.mark.rule("APT-08")
def test_each_change_of_status_keeps_who_when_and_from_where_and_leaves_the_plan() -> None:
    world, id = in_status(Status.SCHEDULED)
    planned = world.appointment(id).period
    world.clock.advance(hours=1)

    world.execute(CancelAppointment(appointment=id), source=Source.APP)

    kept = world.appointment(id)
    assert [(each.status, each.at, each.by, each.source) for each in kept.moments] == [
        (Status.SCHEDULED, NOW, world.boss.id, Source.API),
        (Status.CANCELLED, NOW + timedelta(hours=1), world.boss.id, Source.APP),
    ]
    assert kept.period == planned


@pytest.mark.rule("ACC-26")
def test_changing_needs_the_kinds_modify_and_creating_its_create() -> None:
    world, id = in_status(Status.SCHEDULED)
    maker = world.actor((Permission.TECH_SCHEDULER, Action.CREATE), (Permission.SALES_SCHEDULER, Action.MODIFY))
    changer = world.actor((Permission.TECH_SCHEDULER, Action.MODIFY), (Permission.TECH_SCHEDULER, Action.VIEW))
    changes = (moving(id), ResizeAppointment(appointment=id, minutes=90), CancelAppointment(appointment=id))

    for command in (*changes, ReinstateAppointment(appointment=id), EditAppointment(appointment=id, notes="x")):
        with pytest.raises(Forbidden):
            world.execute(command, by=maker)
    with pytest.raises(Forbidden):
        world.execute(world.wish("2026-05-27T15:00"), by=changer)
    for command in changes:  # the answer is the appointment, so it must be one that the reader sees
        with pytest.raises(Forbidden):
            world.execute(command, by=world.actor((Permission.TECH_SCHEDULER, Action.MODIFY)))
    for command in changes:
        world.execute(command, by=changer)


def test_a_sales_visit_keeps_no_coverage_rule() -> None:
    world = World()
    far = evolve(world.lead, id=a_customer().id, number=99, point=DENVER_CITY)
    world.put(far)

    booked = world.book(kind=Kind.SALES, type=world.sales_call.id, user=world.sam.id, customer=far.id)

    assert booked.kind is Kind.SALES
