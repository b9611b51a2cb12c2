"""
The marks of two visits that overlap on purpose (SCH-27).
"""

from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.scheduling.messages import (
    AppointmentDoubleBooked,
    DoubleBookingEnded,
)
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
)


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
