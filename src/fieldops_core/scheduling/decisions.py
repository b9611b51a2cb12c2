"""
What booking, changing and ending a visit come to.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.access.model import Kind
from fieldops_core.company.model import CatalogEntry, Settings
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import Violation, refuse, require, violations
from fieldops_core.kernel.time import Period, local, local_date
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling.calculations import Timing
from fieldops_core.scheduling.messages import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentDoubleBooked,
    AppointmentEdited,
    AppointmentMoved,
    AppointmentReassigned,
    AppointmentReinstated,
    AppointmentResized,
    AppointmentRetimed,
    AppointmentStranded,
    BookAppointment,
    CancelAppointment,
    DoubleBookingEnded,
    EditAppointment,
    HoldConsumed,
    HoldReleased,
    HoldTime,
    TimeHeld,
)
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Hold,
    HoldId,
    Part,
    Rescheduling,
    SeriesId,
    Status,
    StatusChange,
    WorkOrderId,
    valid_hold,
)
from fieldops_core.scheduling.rules import (
    CATALOG,
    EDITING,
    FREE,
    LENGTH,
    LIFECYCLE,
    LINK,
    OFFER,
    PAST,
    RECORD,
    REINSTATING,
    RESCHEDULING,
    STAGE,
    TIME,
    WHOM,
    Edit,
    Link,
    Placement,
    Record,
    Reschedule,
    Transition,
    Visit,
    user_is_eligible,
)
from fieldops_core.scheduling.rules.bulk import Occurrence, Plan, Share

WHEN = frozenset({Part.DATE, Part.START, Part.MINUTES, Part.USER})
FIELDS = {
    Part.WORK_ORDER: ("work_order",),
    Part.RESCHEDULING: ("rescheduling", "reschedule_reason"),
    Part.NOTES: ("notes", "on_site_notes", "public_note", "private_note"),
}


def book(
    command: BookAppointment, case: Placement, context: Context, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Appointment]:
    """
    Raises:
        Refused: with every rule that the new visit breaks.
    """
    record = command.for_the_record
    staff = violations(RECORD, Record(placement=case, source=context.source)) if record else ()
    refuse(asked_of(case, frozenset(Part), stage=True, past=not record) + staff)
    visit = case.visit
    actor = context.actor.user
    default_note = visit.settings.default_on_site_note if visit.kind is Kind.TECH else ""
    appointment = Appointment(
        id=AppointmentId(new_id()),
        kind=visit.kind,
        type=visit.type.id,
        sub_type=visit.sub_type,
        user=visit.person.id,
        customer=visit.customer.id,
        location=visit.location,
        period=_planned(case),
        agreed=_agreed(case),
        zone=visit.zone,
        work_order=command.work_order,
        notes=command.notes,
        on_site_notes=default_note if command.on_site_notes is None else command.on_site_notes,
        public_note=command.public_note,
        private_note=command.private_note,
        for_the_record=record,
        moments=(_moment(Status.SCHEDULED, context, now),),
        created_by=actor,
        created_at=now,
        changed_by=actor,
        changed_at=now,
    )
    return Outcome(state=appointment, events=(AppointmentBooked.of(None, appointment, at=now),))


def hold(
    command: HoldTime, case: Placement, context: Context, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Hold]:
    """
    Raises:
        Refused: with every rule that a booking of that visit would break. A work order is asked of the booking alone.
        InvalidValue: where it is to last longer than a hold does.
    """
    lasting = valid_hold(command.hold_minutes)
    refuse(asked_of(case, frozenset(Part) - {Part.WORK_ORDER}, stage=True))
    visit = case.visit
    state = Hold(
        id=HoldId(new_id()),
        user=visit.person.id,
        customer=visit.customer.id,
        type=visit.type.id,
        location=visit.location,
        period=_planned(case),
        zone=visit.zone,
        expires_at=now + lasting,
        created_by=context.actor.user,
        created_at=now,
    )
    return Outcome(state=state, events=(TimeHeld.of(None, state, at=now),))


def release(hold: Hold, *, now: datetime) -> Outcome[Hold]:
    return Outcome(before=hold, state=hold, events=(HoldReleased.of(hold, hold, at=now),), removed=True)


def consume(hold: Hold, *, now: datetime) -> Outcome[Hold]:
    return Outcome(before=hold, state=hold, events=(HoldConsumed.of(hold, hold, at=now),), removed=True)


def bulk_schedule(
    plan: Plan, context: Context, *, new_id: Callable[[], UUID], now: datetime
) -> tuple[Outcome[Appointment], ...]:
    """
    For each technician one series: a visit on each date of the plan that is not left out (BLK-04). What has begun
    already is entered for the record. Nothing is asked: the plan says what stands against it.
    """
    made = [
        _of_series(plan, share, series, each, context, new_id=new_id, now=now)
        for share in plan.shares
        for series in [SeriesId(new_id())]
        for each in plan.created(share)
    ]
    return tuple(Outcome(state=visit, events=(AppointmentBooked.of(None, visit, at=now),)) for visit in made)


def _of_series(
    plan: Plan,
    share: Share,
    series: SeriesId,
    occurrence: Occurrence,
    context: Context,
    *,
    new_id: Callable[[], UUID],
    now: datetime,
) -> Appointment:
    visit, start, actor = share.visit, _start_of(occurrence.start), context.actor.user
    return Appointment(
        id=AppointmentId(new_id()),
        kind=visit.kind,
        type=visit.type.id,
        sub_type=visit.sub_type,
        user=visit.person.id,
        customer=visit.customer.id,
        location=visit.location,
        period=Period(start=start, end=start + timedelta(minutes=plan.minutes)),
        agreed=local(start, plan.zone).replace(tzinfo=None),
        zone=plan.zone,
        work_order=plan.wish.work_order,
        series=series,
        notes=plan.wish.notes,
        on_site_notes=visit.settings.default_on_site_note,
        for_the_record=start < now,
        moments=(_moment(Status.SCHEDULED, context, now),),
        created_by=actor,
        created_at=now,
        changed_by=actor,
        changed_at=now,
    )


def _start_of(start: datetime | None) -> datetime:
    if start is None:
        raise ValueError("a visit without a possible time was not refused")
    return start


def replan(appointment: Appointment, visit: Visit, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    A visit at another start or with another user. Nothing is asked: that was done for many at once.
    """
    start = _start_of(visit.start)
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
    kinds: tuple[type[Event], ...] = (AppointmentMoved,) * moved + (AppointmentReassigned,) * reassigned
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
        _edited(command, _replanned(appointment, case) if parts & WHEN else appointment),
        type=case.visit.type.id,
        sub_type=case.visit.sub_type,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    events = tuple(kind.of(appointment, changed, at=now) for kind in _told(parts))
    return Outcome(before=appointment, state=changed, events=events)


def _edited(command: EditAppointment, appointment: Appointment) -> Appointment:
    """
    The fields that a command sets, and that no rule of time or choice concerns. NO drops the reason (APT-12).
    """
    rescheduling = given(command.rescheduling, appointment.rescheduling)
    reason = given(command.reschedule_reason, appointment.reschedule_reason)
    return evolve(
        appointment,
        work_order=given(command.work_order, appointment.work_order),
        rescheduling=rescheduling,
        reschedule_reason=None if rescheduling is Rescheduling.NO else reason,
        notes=given(command.notes, appointment.notes),
        on_site_notes=given(command.on_site_notes, appointment.on_site_notes),
        public_note=given(command.public_note, appointment.public_note),
        private_note=given(command.private_note, appointment.private_note),
    )


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


def cancel(
    command: CancelAppointment, appointment: Appointment, context: Context, *, now: datetime
) -> Outcome[Appointment]:
    """
    Raises:
        Refused: where the visit can no longer be cancelled (APT-07).
    """
    require(LIFECYCLE, Transition(before=appointment.status, after=Status.CANCELLED))
    changed = evolve(
        appointment,
        status=Status.CANCELLED,
        moments=(*appointment.moments, _moment(Status.CANCELLED, context, now)),
        pending_reassignment=False,
        cancelled_by=command.by,
        cancellation_reason=command.reason,
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentCancelled.of(appointment, changed, at=now),))


def reinstate(appointment: Appointment, case: Placement, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    A cancelled visit, or one where nobody showed, is planned again: at its old time, while that is free and its user
    active, or at another time or user, of which every rule is asked.

    Raises:
        Refused: with every rule that stands against it.
    """
    require(REINSTATING, Transition(before=appointment.status, after=Status.SCHEDULED))
    parts = placed_parts(appointment, case)
    found = asked_of(case, parts, past=appointment.period.end > now) if parts else ()
    always = violations(FREE, case) + violations((user_is_eligible,), case.visit.choice)
    refuse(found + tuple(each for each in always if each not in found))
    changed = evolve(
        _replanned(appointment, case) if parts else appointment,
        status=Status.SCHEDULED,
        moments=(*appointment.moments, _moment(Status.SCHEDULED, context, now)),
        cancelled_by=None,
        cancellation_reason="",
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentReinstated.of(appointment, changed, at=now),))


def doubled(outcome: Outcome[Appointment], partner: Appointment | None, reason: str) -> Outcome[Appointment]:
    """
    A change of a visit with the marks that it leaves: beside a *partner*, for a reason (empty: the one there was), or
    with its user to itself (SCH-27).
    """
    told = reason or outcome.state.double_book_reason
    state = _beside(outcome.state, partner.id if partner else None, told)
    events = tuple(type(each).of(outcome.before, state, at=each.at) for each in outcome.events)
    return evolve(outcome, state=state, events=events)


def mark(partner: Appointment, other: Appointment | None, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    The marks of the other one of a pair: beside *other*, for the reason that is told there, or, with None, no longer.
    """
    marked = _beside(partner, other.id if other else None, other.double_book_reason if other else "")
    changed = evolve(marked, changed_by=context.actor.user, changed_at=now, version=partner.version + 1)
    event = AppointmentDoubleBooked if other else DoubleBookingEnded
    return Outcome(before=partner, state=changed, events=(event.of(partner, changed, at=now),))


def _beside(appointment: Appointment, partner: AppointmentId | None, reason: str) -> Appointment:
    return evolve(
        appointment,
        double_booked=partner is not None,
        double_booked_with=partner,
        double_book_reason=reason if partner is not None else "",
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


def asked_of(
    case: Placement,
    parts: frozenset[Part],
    *,
    stage: bool = False,
    past: bool = True,
    linked: WorkOrderId | None = None,
) -> tuple[Violation, ...]:
    """
    What a change of some parts breaks: of the rules that concern those parts, and no others (APT-18). *linked* is the
    work order of the visit as it is.
    """
    visit, found = case.visit, violations(STAGE, case.visit) if stage else ()
    if Part.TYPE in parts:
        found += violations(CATALOG, visit)
    if Part.WORK_ORDER in parts:
        found += violations(LINK, Link(visit=visit, before=linked))
    if Part.USER in parts:
        found += violations(OFFER, visit.offer) + violations(WHOM, visit.choice)
    elif Part.TYPE in parts and visit.kind is Kind.PROGRAM:
        found += violations((user_is_eligible,), visit.choice)
    if Part.MINUTES in parts:
        found += violations(LENGTH, visit.length)
    if parts & WHEN:
        found += violations(TIME, case)
    if past and parts & {Part.DATE, Part.START}:
        found += violations(PAST, case)
    return found


def unfit(case: Placement) -> tuple[Violation, ...]:
    """
    The rules that a visit as it stands does not keep, whether or not a change asked them. The past is not among them.
    """
    visit = case.visit
    whom = violations(CATALOG, visit) + violations(WHOM, visit.choice) + violations(LENGTH, visit.length)
    return whom + violations(TIME, case)


def placed_parts(appointment: Appointment, case: Placement) -> frozenset[Part]:
    """
    In which parts of time and user a placement differs from an appointment.
    """
    visit, found = case.visit, set()
    if visit.start != appointment.period.start:
        found.add(Part.START)
        day = visit.told.date() if visit.start is None else local_date(visit.start, visit.zone)
        if day != local_date(appointment.period.start, appointment.zone):
            found.add(Part.DATE)
    if visit.minutes != appointment.period.minutes:
        found.add(Part.MINUTES)
    if visit.person.id != appointment.user:
        found.add(Part.USER)
    return frozenset(found)


def changed_parts(command: EditAppointment, appointment: Appointment, case: Placement) -> frozenset[Part]:
    """
    The parts of an appointment that a command changes.
    """
    found = set(placed_parts(appointment, case))
    if (case.visit.type.id, case.visit.sub_type) != (appointment.type, appointment.sub_type):
        found.add(Part.TYPE)
    edited = _edited(command, appointment)
    found |= {part for part, fields in FIELDS.items() if _differ(appointment, edited, fields)}
    # A reason that goes with nothing is dropped, but not silently.
    if given(command.reschedule_reason, None) not in (None, appointment.reschedule_reason):
        found.add(Part.RESCHEDULING)
    return frozenset(found)


def _differ(one: Appointment, other: Appointment, fields: tuple[str, ...]) -> bool:
    return any(getattr(one, field) != getattr(other, field) for field in fields)


def _replanned(appointment: Appointment, case: Placement) -> Appointment:
    """
    The appointment at the time and with the user of a placement: where it fits, nothing is pending any more (APT-14).
    Its time was asked; whether its user can have it, only where the user is another one (APT-18).
    """
    return evolve(
        appointment,
        user=case.visit.person.id,
        period=_planned(case),
        agreed=_agreed(case),
        pending_reassignment=appointment.pending_reassignment and not case.visit.person.active,
    )


def _planned(case: Placement) -> Period:
    if case.period is None:
        raise ValueError("a visit without a possible time was not refused")
    return case.period


def _agreed(case: Placement) -> datetime:
    return local(_planned(case).start, case.visit.zone).replace(tzinfo=None)


def _moment(status: Status, context: Context, now: datetime) -> StatusChange:
    return StatusChange(status=status, at=now, by=context.actor.user, source=context.source)


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
