"""
Visits at another time, with another user, with other words.
"""

from datetime import datetime, timedelta

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.company.model import CatalogEntry, Location, Settings
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, violations
from fieldops_core.kernel.time import Period, local
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.calculations import Timing, kept_instant
from fieldops_core.scheduling.decisions.asking import WHEN, asked_of, changed_parts, edited
from fieldops_core.scheduling.decisions.placing import replanned, start_of
from fieldops_core.scheduling.messages import (
    AppointmentEdited,
    AppointmentHandedOver,
    AppointmentMoved,
    AppointmentReassigned,
    AppointmentRelocated,
    AppointmentResized,
    AppointmentRetimed,
    AppointmentSettled,
    AppointmentStranded,
    EditAppointment,
)
from fieldops_core.scheduling.model import (
    Appointment,
    Part,
    WorkOrderId,
)
from fieldops_core.scheduling.rules import (
    EDITING,
    RESCHEDULING,
    Edit,
    Placement,
    Reschedule,
    Visit,
)


def replan(appointment: Appointment, visit: Visit, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    A visit at another start or with another user. Nothing is asked: that was done for many at once.
    """
    start = start_of(visit.start)
    changed = evolve(
        appointment,
        user=visit.person.id,
        period=Period(start=start, end=start + timedelta(minutes=visit.minutes)),
        agreed=local(start, visit.zone).replace(tzinfo=None),
        pending_reassignment=appointment.pending_reassignment and not visit.person.active,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    moved, reassigned = changed.period != appointment.period, changed.user != appointment.user
    settled = not (moved or reassigned) and appointment.pending_reassignment and not changed.pending_reassignment
    kinds: tuple[type[Event], ...] = (
        (AppointmentMoved,) * moved + (AppointmentReassigned,) * reassigned + (AppointmentSettled,) * settled
    )
    events = tuple(kind.of(appointment, changed, at=now) for kind in kinds)
    return Outcome(before=appointment, state=changed, events=events)


def edit(
    command: EditAppointment,
    appointment: Appointment,
    case: Placement,
    context: Context,
    *,
    reason: CatalogEntry | None = None,
    now: datetime,
) -> Outcome[Appointment]:
    """
    A change of some parts, one of them perhaps the *reason* why it is planned anew. Only the rules that those parts
    touch are asked (APT-18).

    Raises:
        Refused: with every rule that the change breaks.
    """
    parts = changed_parts(command, appointment, case)
    if not parts:
        return Outcome(before=appointment, state=appointment)
    refuse(violations(EDITING, Edit(appointment=appointment, parts=parts)))
    past = appointment.period.end <= now
    found = asked_of(case, parts, past=not past, linked=appointment.work_order)
    if Part.RESCHEDULING in parts:
        found += violations(RESCHEDULING, _reschedule(command, appointment, case.visit.settings, reason))
    refuse(found)
    changed = evolve(
        edited(command, replanned(appointment, case) if parts & WHEN else appointment),
        type=case.visit.type.id,
        sub_type=case.visit.sub_type,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    events = tuple(kind.of(appointment, changed, at=now) for kind in _told(parts))
    return Outcome(before=appointment, state=changed, events=events)


def _reschedule(
    command: EditAppointment, appointment: Appointment, settings: Settings, reason: CatalogEntry | None
) -> Reschedule:
    """
    A reason that it has already is not chosen anew.
    """
    return Reschedule(
        kind=appointment.kind,
        settings=settings,
        rescheduling=given(command.rescheduling, appointment.rescheduling),
        reason=None if reason is None or reason.id == appointment.reschedule_reason else reason,
    )


def retime(appointment: Appointment, time: Timing, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    The visit at another instant, or told by another local time, that nobody asked for.
    """
    changed = evolve(
        appointment,
        period=time.period,
        agreed=time.agreed,
        zone=time.zone,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentRetimed.of(appointment, changed, at=now),))


def hand_over(appointment: Appointment, to: CustomerId, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    The visit as another customer's, into whom its own is merged (CUS-25).
    """
    changed = evolve(
        appointment,
        customer=to,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    event = AppointmentHandedOver.of(appointment, changed, at=now)
    return Outcome(before=appointment, state=changed, events=(event,))


def relocate(appointment: Appointment, location: Location, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    The visit at another location, at the same instant, which is agreed by that location's clocks now (CUS-19).
    """
    time = kept_instant(appointment, location.zone)
    changed = evolve(
        appointment,
        location=location.id,
        agreed=time.agreed,
        zone=time.zone,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    event = AppointmentRelocated.of(appointment, changed, at=now)
    return Outcome(before=appointment, state=changed, events=(event,))


def link(
    appointment: Appointment, work_order: WorkOrderId | None, context: Context, *, now: datetime
) -> Outcome[Appointment]:
    """
    The visit with another work order, or without one.
    """
    changed = evolve(
        appointment,
        work_order=work_order,
        former_work_order=None,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentEdited.of(appointment, changed, at=now),))


def part(outcome: Outcome[Appointment], number: int) -> Outcome[Appointment]:
    """
    A change of a visit whose work order is deleted in the same breath: it keeps the *number*.
    """
    changed = evolve(outcome.state, work_order=None, former_work_order=number)
    events = tuple(type(each).of(outcome.before, changed, at=each.at) for each in outcome.events)
    return evolve(outcome, state=changed, events=events)


def strand(appointment: Appointment, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    The visit waits for another time or user (APT-14).
    """
    changed = evolve(
        appointment,
        pending_reassignment=True,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentStranded.of(appointment, changed, at=now),))


def _told(parts: frozenset[Part]) -> tuple[type[Event], ...]:
    """
    What a change of some parts is called: a move, a reassignment, a change of length, else an edit.
    """
    names: list[type[Event]] = []
    if Part.START in parts:
        names.append(AppointmentMoved)
    if Part.USER in parts:
        names.append(AppointmentReassigned)
    if Part.MINUTES in parts:
        names.append(AppointmentResized)
    if parts - WHEN:
        names.append(AppointmentEdited)
    return tuple(names)
