"""
Repairs: visits that are pending reassignment, moved together.
"""

from attrs import frozen

from fieldops_core.company.model import ListMode
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import AppointmentId, NewSpot, RepairId


@frozen(kw_only=True)
class FindRepairs:
    """
    Where visits that are pending reassignment could go: for each at most *limit* users and times that fit, on its own
    date or one of the *days* from it, the best first; the first ones of all go together (SCH-29). Of the named
    *appointments*, or of *users* and *locations* (none: of all), the 50 that begin soonest.
    """

    appointments: tuple[AppointmentId, ...] = ()
    users: tuple[UserId, ...] = ()
    locations: tuple[LocationId, ...] = ()
    mode: ListMode | None = None
    days: int = 3
    limit: int = 3


@frozen(kw_only=True)
class RepairAppointments:
    """
    Visits that are pending reassignment to other users and times, all or none (SCH-29).
    """

    moves: tuple[NewSpot, ...]
    mode: ListMode | None = None


@frozen(kw_only=True)
class UndoRepair:
    """
    Its visits back to where they were, pending reassignment again, all or none (SCH-29).
    """

    repair: RepairId


@frozen(kw_only=True)
class ShowRepair:
    repair: RepairId


class AppointmentsRepaired(Event):
    pass


class RepairUndone(Event):
    pass
