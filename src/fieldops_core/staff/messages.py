"""
What can be done and asked about users, and what happens then.
"""

from datetime import date

from attrs import frozen

from fieldops_core.access.model import Grants, RoleId
from fieldops_core.company.model import TypeId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.staff.model import AbsenceId, DatedHours


@frozen(kw_only=True)
class CreateUser:
    """
    A new user. *phone* is read in the home location's country where it has no ``+``; *coverage_radius* is meters;
    without *weekly*, the company's default pattern holds (SCH-21).
    """

    name: str
    email: str
    home: LocationId
    phone: str | None = None
    language: str = "en"
    zone: str | None = None
    further: tuple[LocationId, ...] = ()
    reports_to: UserId | None = None
    technician: bool = False
    sales_rep: bool = False
    program_types: tuple[TypeId, ...] = ()
    start_address: Address = Address()
    start: Point | None = None
    coverage_radius: float = 0.0
    weekly: WeeklyHours | None = None
    roles: tuple[RoleId, ...] = ()
    grants: Grants = frozenset()
    external_id: str | None = None


@frozen(kw_only=True)
class ChangeUser:
    """
    New values for some fields of a user. Working hours have a command of their own.
    """

    user: UserId
    name: str | Keep = UNSET
    email: str | Keep = UNSET
    phone: str | None | Keep = UNSET
    language: str | Keep = UNSET
    zone: str | None | Keep = UNSET
    active: bool | Keep = UNSET
    home: LocationId | Keep = UNSET
    further: tuple[LocationId, ...] | Keep = UNSET
    reports_to: UserId | None | Keep = UNSET
    technician: bool | Keep = UNSET
    sales_rep: bool | Keep = UNSET
    program_types: tuple[TypeId, ...] | Keep = UNSET
    start_address: Address | Keep = UNSET
    start: Point | None | Keep = UNSET
    coverage_radius: float | Keep = UNSET
    roles: tuple[RoleId, ...] | Keep = UNSET
    grants: Grants | Keep = UNSET
    external_id: str | None | Keep = UNSET


@frozen(kw_only=True)
class ShowUser:
    user: UserId


@frozen(kw_only=True)
class ListUsers:
    """
    Users in the order of their ids, after the one named, at most *limit*.
    """

    location: LocationId | None = None
    active: bool | None = None
    after: UserId | None = None
    limit: int = 50


@frozen(kw_only=True)
class ChangeWorkingHours:
    """
    The weekly pattern and its dated exceptions, whole.
    """

    user: UserId
    weekly: WeeklyHours
    dated: tuple[DatedHours, ...] = ()


@frozen(kw_only=True)
class AddAbsence:
    """
    An absence of a user, or a holiday of a location: local dates, both included; times are minutes after midnight.
    """

    user: UserId | None = None
    location: LocationId | None = None
    first: date
    last: date
    start: int = 0
    end: int = DAY_MINUTES
    reason: str = ""


@frozen(kw_only=True)
class ChangeAbsence:
    """
    New values for some fields of an absence. Whose it is never changes.
    """

    absence: AbsenceId
    first: date | Keep = UNSET
    last: date | Keep = UNSET
    start: int | Keep = UNSET
    end: int | Keep = UNSET
    reason: str | Keep = UNSET


@frozen(kw_only=True)
class RemoveAbsence:
    absence: AbsenceId


@frozen(kw_only=True)
class ListAbsences:
    """
    Absences of users and locations that touch the local dates from *first* to *last*.
    """

    first: date
    last: date
    user: UserId | None = None


@frozen(kw_only=True)
class ListHolidays:
    """
    The public holidays of a year in a *region* (ISO 3166: ``US-UT``); by default that of the *location*'s address. With
    a location, each says whether it is one of the location's already.
    """

    year: int
    region: str | None = None
    location: LocationId | None = None


@frozen(kw_only=True)
class AdoptHolidays:
    """
    Make some public holidays of a *region* (by default that of its address) holidays of a location. Dates that are
    holidays there already are left as they are.
    """

    location: LocationId
    dates: tuple[date, ...]
    region: str | None = None


class UserCreated(Event):
    pass


class UserChanged(Event):
    pass


class WorkingHoursChanged(Event):
    pass


class AbsenceAdded(Event):
    pass


class AbsenceChanged(Event):
    pass


class AbsenceRemoved(Event):
    pass
