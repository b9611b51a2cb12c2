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
class Change:
    """
    What comes with a change of status: when it came about, where its user was (*point*), and what else the rules ask:
    how the visit ended, when it is told to have begun, where its user's time lies if it takes that up again.
    """

    at: datetime
    point: Point | None = None
    ending: Ending | None = None
    notes: str | None = None
    entry: Entry | None = None
    placement: Placement | None = None


def turn(step: Step, change: Change, context: Context, *, now: datetime) -> Outcome[Appointment]:
    """
    Another status of an appointment. No plan is moved by it (APT-08).

    Raises:
        Refused: where it cannot follow (APT-07), else with every rule that stands against it.
    """
    require(LIFECYCLE, step.transition)
    found = violations(STEP, step)
    found += violations(ENTRY, change.entry) if change.entry else ()
    found += violations(ENDING, change.ending) if change.ending else ()
    if change.placement is not None:
        found += violations(FREE, change.placement)
        if step.transition.condition is Condition.TIME_FREE:
            found += violations((user_is_eligible,), change.placement.visit.choice)
    refuse(found)
    before = step.appointment
    changed = evolve(
        _ended(before, step, change),
        status=step.after,
        moments=(*before.moments, *_moments(step, change, context)),
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


def _ended(appointment: Appointment, step: Step, change: Change) -> Appointment:
    """
    How it ended, as far as it did: going on drops the outcome, any end what was pending (APT-14).
    """
    ending = change.ending
    cancelled = step.after is Status.CANCELLED
    return evolve(
        appointment,
        outcome=ending.outcome if ending else None,
        unable_reason=ending.reason.id if ending and ending.reason else None,
        check_out_notes=appointment.check_out_notes if change.notes is None else change.notes,
        pending_reassignment=appointment.pending_reassignment and step.after in OPEN,
        cancelled_by=CancelledBy.COMPANY if cancelled else None,
        cancellation_reason=step.reason if cancelled else "",
    )


def _moments(step: Step, change: Change, context: Context) -> tuple[StatusChange, ...]:
    """
    The change of status, and before it the check-in that is told with it.
    """
    moment = StatusChange(
        status=step.after,
        at=change.at,
        by=context.actor.user,
        source=context.source,
        point=change.point,
        override=step.override,
        reason=step.reason,
    )
    began = change.entry.checked_in_at if change.entry else None
    arrival = () if began is None else (evolve(moment, status=Status.ON_SITE, at=began, point=None),)
    return (*arrival, moment)


def _told(step: Step) -> type[Event]:
    before = step.appointment.status
    if step.after is Status.SCHEDULED and before in ENDED:
        return AppointmentReinstated
    if step.after is Status.SCHEDULED or (before is Status.ON_SITE and step.after is Status.EN_ROUTE):
        return StatusUndone
    return AppointmentReopened if before is Status.COMPLETED else TOLD[step.after]
