"""
New visits and held time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from fieldops_core.access.context import Context
from fieldops_core.access.model import Kind
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, violations
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.decisions.asking import asked_of
from fieldops_core.scheduling.decisions.placing import agreed, moment, planned, start_of
from fieldops_core.scheduling.messages import (
    AppointmentBooked,
    BookAppointment,
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
    SeriesId,
    Status,
    valid_hold,
)
from fieldops_core.scheduling.rules import (
    RECORD,
    Placement,
    Record,
)
from fieldops_core.scheduling.rules.bulk import Occurrence, Plan, Share


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
        period=planned(case),
        agreed=agreed(case),
        zone=visit.zone,
        work_order=command.work_order,
        notes=command.notes,
        on_site_notes=default_note if command.on_site_notes is None else command.on_site_notes,
        public_note=command.public_note,
        private_note=command.private_note,
        for_the_record=record,
        moments=(moment(Status.SCHEDULED, context, now),),
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
        period=planned(case),
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
    visit, start, actor = share.visit, start_of(occurrence.start), context.actor.user
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
        moments=(moment(Status.SCHEDULED, context, now),),
        created_by=actor,
        created_at=now,
        changed_by=actor,
        changed_at=now,
    )
