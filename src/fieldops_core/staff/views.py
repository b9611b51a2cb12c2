"""
What questions about users answer.
"""

from datetime import date
from uuid import UUID

from attrs import frozen

from fieldops_core.access.views import GrantView, grants_view
from fieldops_core.company.views import AddressView, RangeView, address_view, range_view, week_view
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import time_of_day
from fieldops_core.staff.model import Absence, User, WorkingHours


@frozen(kw_only=True)
class DatedHoursView:
    date: date
    ranges: tuple[RangeView, ...]


@frozen(kw_only=True)
class WorkingHoursView:
    """
    Seven days, Monday first, and the dates that differ.
    """

    weekly: tuple[tuple[RangeView, ...], ...]
    dated: tuple[DatedHoursView, ...]


@frozen(kw_only=True)
class UserView:
    id: UUID
    name: str
    email: str
    phone: str | None
    language: str
    zone: str | None
    active: bool
    home: UUID
    further: tuple[UUID, ...]
    reports_to: UUID | None
    technician: bool
    sales_rep: bool
    program_types: tuple[UUID, ...]
    start_address: AddressView
    start_coordinates: Point | None
    coverage_radius: float
    working_hours: WorkingHoursView
    roles: tuple[UUID, ...]
    grants: tuple[GrantView, ...]
    external_id: str | None
    version: int


@frozen(kw_only=True)
class UserHoursView:
    """
    A user's working hours, and no more of the user than whose they are.
    """

    id: UUID
    name: str
    working_hours: WorkingHoursView
    version: int


@frozen(kw_only=True)
class AbsenceView:
    id: UUID
    user: UUID | None
    location: UUID | None
    first: date
    last: date
    start: str
    end: str
    reason: str
    version: int


def hours_view(hours: WorkingHours) -> WorkingHoursView:
    dated = tuple(
        DatedHoursView(date=each.date, ranges=tuple(range_view(range) for range in each.ranges)) for each in hours.dated
    )
    return WorkingHoursView(weekly=week_view(hours.weekly), dated=dated)


def user_view(user: User) -> UserView:
    return UserView(
        id=user.id,
        name=user.name,
        email=user.email.address,
        phone=user.phone.number if user.phone else None,
        language=user.language,
        zone=user.zone,
        active=user.active,
        home=user.home,
        further=user.further,
        reports_to=user.reports_to,
        technician=user.technician,
        sales_rep=user.sales_rep,
        program_types=user.program_types,
        start_address=address_view(user.start_address),
        start_coordinates=user.start,
        coverage_radius=user.coverage_radius,
        working_hours=hours_view(user.hours),
        roles=user.roles,
        grants=grants_view(user.grants),
        external_id=user.external_id,
        version=user.version,
    )


def user_hours_view(user: User) -> UserHoursView:
    return UserHoursView(id=user.id, name=user.name, working_hours=hours_view(user.hours), version=user.version)


def absence_view(absence: Absence) -> AbsenceView:
    return AbsenceView(
        id=absence.id,
        user=absence.user,
        location=absence.location,
        first=absence.first,
        last=absence.last,
        start=time_of_day(absence.start),
        end=time_of_day(absence.end),
        reason=absence.reason,
        version=absence.version,
    )


@frozen(kw_only=True)
class HolidayView:
    """
    *adopted*: whether the location that was asked about has it; None without one.
    """

    date: date
    name: str
    adopted: bool | None


@frozen(kw_only=True)
class HolidaysView:
    """
    The public holidays of a region in a year.
    """

    region: str
    year: int
    items: tuple[HolidayView, ...]
    next: str | None = None


@frozen(kw_only=True)
class AdoptionView:
    """
    The holidays of a *region* that became a location's (*added*), and the dates that it had already (*known*).
    """

    location: UUID
    region: str
    added: tuple[AbsenceView, ...]
    known: tuple[date, ...]


@frozen(kw_only=True)
class UsersView:
    """
    A page of users; *next* is what to ask after, None on the last.
    """

    items: tuple[UserView, ...]
    next: str | None


@frozen(kw_only=True)
class AbsencesView:
    """
    The absences of the dates that were asked for.
    """

    items: tuple[AbsenceView, ...]
    next: str | None = None
