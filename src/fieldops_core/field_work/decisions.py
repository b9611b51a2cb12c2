"""
What a visit's day comes to.
"""

from datetime import datetime

from attrs import evolve, frozen

from fieldops_core.access.context import Context
from fieldops_core.field_work.messages import (
    AppointmentReopened,
    CheckedIn,
    CheckedOut,
    CustomerMissed,
    StatusUndone,
    TravelStarted,
)
from fieldops_core.field_work.rules import ENDING, ENTRY, STEP, Ending, Entry, Step
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.scheduling.messages import AppointmentCancelled, AppointmentReinstated
from fieldops_core.scheduling.model import OPEN, Appointment, CancelledBy, Condition, Status, StatusChange
from fieldops_core.scheduling.rules import FREE, LIFECYCLE, Placement, user_is_eligible

TOLD: dict[Status, type[Event]] = {
    Status.EN_ROUTE: TravelStarted,
    Status.ON_SITE: CheckedIn,
    Status.COMPLETED: CheckedOut,
    Status.NO_SHOW: CustomerMissed,
    Status.CANCELLED: AppointmentCancelled,
}
ENDED = frozenset({Status.NO_SHOW, Status.CANCELLED})


@frozen(kw_only=True)
class Stamp:
    """
    When a status came about, and where its user was. *checked_in_at* is when a visit began that is told as a whole.
    """

    at: datetime
    point: Point | None = None
    checked_in_at: datetime | None = None


@frozen(kw_only=True)
class Asked:
    """
    What else the rules ask about a step: where its user's time lies, how the visit ended, when that was told to be.
    """

    placement: Placement | None = None
    ending: Ending | None = None
    notes: str | None = None
    entry: Entry | None = None


def turn(step: Step, stamp: Stamp, asked: Asked, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    Another status of an appointment. No plan is moved by it (APT-08).

    Raises:
        Refused: where it cannot follow (APT-07), else with every rule that stands against it.
    """
    require(LIFECYCLE, step.transition)
    found = violations(STEP, step)
    found += violations(ENTRY, asked.entry) if asked.entry else ()
    found += violations(ENDING, asked.ending) if asked.ending else ()
    if asked.placement is not None:
        found += violations(FREE, asked.placement)
        if step.transition.condition is Condition.TIME_FREE:
            found += violations((user_is_eligible,), asked.placement.visit.choice)
    refuse(found)
    before = step.appointment
    changed = evolve(
        _ended(before, step, asked),
        status=step.after,
        moments=(*before.moments, *_moments(step, stamp, context)),
        changed_by=context.actor.user,
        changed_at=now,
        version=before.version + 1,
    )
    return Outcome(before=before, state=changed, events=(_told(step).of(before, changed, at=now),))


def undone(appointment: Appointment) -> Status:
    """
    What a visit was before it was what it is.
    """
    travelled = appointment.status is Status.ON_SITE and appointment.reached(Status.EN_ROUTE) is not None
    return Status.EN_ROUTE if travelled else Status.SCHEDULED


def _ended(appointment: Appointment, step: Step, asked: Asked) -> Appointment:
    """
    How it ended, as far as it did: going on drops the outcome, any end what was pending (APT-14).
    """
    ending = asked.ending
    cancelled = step.after is Status.CANCELLED
    return evolve(
        appointment,
        outcome=ending.outcome if ending else None,
        unable_reason=ending.reason.id if ending and ending.reason else None,
        check_out_notes=appointment.check_out_notes if asked.notes is None else asked.notes,
        pending_reassignment=appointment.pending_reassignment and step.after in OPEN,
        cancelled_by=CancelledBy.COMPANY if cancelled else None,
        cancellation_reason=step.reason if cancelled else "",
    )


def _moments(step: Step, stamp: Stamp, context: Context) -> tuple[StatusChange, ...]:
    change = StatusChange(
        status=step.after,
        at=stamp.at,
        by=context.actor.user,
        source=context.source,
        point=stamp.point,
        override=step.override,
        reason=step.reason,
    )
    if stamp.checked_in_at is None:
        return (change,)
    return (evolve(change, status=Status.ON_SITE, at=stamp.checked_in_at, point=None), change)


def _told(step: Step) -> type[Event]:
    before = step.appointment.status
    if step.after is Status.SCHEDULED and before in ENDED:
        return AppointmentReinstated
    if step.after is Status.SCHEDULED or (before is Status.ON_SITE and step.after is Status.EN_ROUTE):
        return StatusUndone
    return AppointmentReopened if before is Status.COMPLETED else TOLD[step.after]
