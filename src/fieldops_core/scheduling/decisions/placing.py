"""
Where a placement puts a visit.
"""

from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.model import (
    Appointment,
    Status,
    StatusChange,
)
from fieldops_core.scheduling.rules import (
    Placement,
)


def start_of(start: datetime | None) -> datetime:
    if start is None:
        raise ValueError("a visit without a possible time was not refused")
    return start


def replanned(appointment: Appointment, case: Placement) -> Appointment:
    """
    The appointment at the time and with the user of a placement: where it fits, nothing is pending any more (APT-14).
    Its time was asked; whether its user can have it, only where the user is another one (APT-18).
    """
    return evolve(
        appointment,
        user=case.visit.person.id,
        period=planned(case),
        agreed=agreed(case),
        pending_reassignment=appointment.pending_reassignment and not case.visit.person.active,
    )


def planned(case: Placement) -> Period:
    if case.period is None:
        raise ValueError("a visit without a possible time was not refused")
    return case.period


def agreed(case: Placement) -> datetime:
    return local(planned(case).start, case.visit.zone).replace(tzinfo=None)


def moment(status: Status, context: Context, now: datetime) -> StatusChange:
    return StatusChange(status=status, at=now, by=context.actor.user, source=context.source)
