"""
What can be done with a visit on its day, and what happens then.

*point* is where the user was, if that is known. A start of a *time* is a datetime: naive, it is the local time of the
appointment's location; with an offset, that instant.
"""

from datetime import datetime

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.scheduling.model import AppointmentId, Status, VisitOutcome


@frozen(kw_only=True)
class StartTravel:
    """
    On my way (FLD-03).
    """

    appointment: AppointmentId
    point: Point | None = None


@frozen(kw_only=True)
class CheckIn:
    """
    Arrived (FLD-04).
    """

    appointment: AppointmentId
    point: Point | None = None


@frozen(kw_only=True)
class CheckOut:
    """
    How the visit ended (FLD-05). *notes* None keeps those of an earlier check-out.
    """

    appointment: AppointmentId
    outcome: VisitOutcome
    unable_reason: EntryId | None = None
    notes: str | None = None
    point: Point | None = None


@frozen(kw_only=True)
class UndoStatus:
    """
    Back *to* SCHEDULED or EN_ROUTE; None: to what it was before. The time of a check-in that is undone is dropped.
    """

    appointment: AppointmentId
    to: Status | None = None
    point: Point | None = None


@frozen(kw_only=True)
class SetStatus:
    """
    A dispatcher's override: any legal status, in the assignee's stead (FLD-09). *at* is when it came about, where that
    is told late. COMPLETED takes an outcome, and where nobody checked in, *checked_in_at* and *at*. *reason* is why a
    visit is reopened or cancelled.
    """

    appointment: AppointmentId
    status: Status
    at: datetime | None = None
    checked_in_at: datetime | None = None
    outcome: VisitOutcome | None = None
    unable_reason: EntryId | None = None
    notes: str | None = None
    reason: str = ""
    point: Point | None = None


@frozen(kw_only=True)
class ReopenAppointment:
    """
    A completed visit goes on, with a *reason*.
    """

    appointment: AppointmentId
    reason: str
    point: Point | None = None


class TravelStarted(Event):
    pass


class CheckedIn(Event):
    pass


class CheckedOut(Event):
    pass


class StatusUndone(Event):
    pass


class CustomerMissed(Event):
    pass


class AppointmentReopened(Event):
    pass
