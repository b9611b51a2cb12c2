"""
Visits cancelled and planned again.
"""

from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.scheduling.decisions.asking import asked_of, placed_parts
from fieldops_core.scheduling.decisions.placing import moment, replanned
from fieldops_core.scheduling.messages import (
    AppointmentCancelled,
    AppointmentReinstated,
    CancelAppointment,
)
from fieldops_core.scheduling.model import (
    Appointment,
    Status,
)
from fieldops_core.scheduling.rules import (
    FREE,
    LIFECYCLE,
    REINSTATING,
    Placement,
    Transition,
    user_is_eligible,
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
        moments=(*appointment.moments, moment(Status.CANCELLED, context, now)),
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
        replanned(appointment, case) if parts else appointment,
        status=Status.SCHEDULED,
        moments=(*appointment.moments, moment(Status.SCHEDULED, context, now)),
        cancelled_by=None,
        cancellation_reason="",
        changed_by=context.actor.user,
        changed_at=now,
        version=appointment.version + 1,
    )
    return Outcome(before=appointment, state=changed, events=(AppointmentReinstated.of(appointment, changed, at=now),))
