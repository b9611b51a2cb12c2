"""
Users, when they work, and when they do not.
"""

import re
from datetime import date
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Grants, Kind, Role, RoleId, Token
from fieldops_core.company.model import TypeId
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import Ranges, WeeklyHours
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.text import a_name, filled, tidy
from fieldops_core.kernel.time import DAY_MINUTES, valid_date, zone_info

AbsenceId = NewType("AbsenceId", UUID)

REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")


@frozen
class DatedHours:
    """
    What a user works on one date instead of the weekly pattern. It outweighs a location's holiday (SCH-22); without
    ranges the date is not worked.
    """

    date: date
    ranges: Ranges = ()


@frozen(kw_only=True, cache_hash=True)
class WorkingHours:
    """
    A weekly pattern and its dated exceptions, local to the user's home location (SCH-21).

    Raises:
        InvalidValue: where a date has two exceptions.
    """

    weekly: WeeklyHours = WeeklyHours()
    dated: tuple[DatedHours, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len({each.date for each in self.dated}) != len(self.dated):
            raise InvalidValue("working_hours.invalid", "A date has one exception at most.", field="dated")

    def on(self, day: date) -> Ranges:
        for each in self.dated:
            if each.date == day:
                return each.ranges
        return self.weekly.on(day)

    @property
    def excepted(self) -> frozenset[date]:
        return frozenset(each.date for each in self.dated)


@frozen(kw_only=True)
class Person:
    """
    What scheduling needs of a user: who they are, where they belong, what they can be assigned, when they work, and
    where they start the day. *coverage_radius* is meters.
    """

    id: UserId
    name: str
    active: bool
    home: LocationId
    further: tuple[LocationId, ...]
    technician: bool
    sales_rep: bool
    program_types: tuple[TypeId, ...]
    start: Point | None
    coverage_radius: float
    hours: WorkingHours

    def of(self, location: LocationId) -> bool:
        """
        Whether the user is of a location: home or further (ACC-23).
        """
        return location == self.home or location in self.further

    def can_be_assigned(self, kind: Kind, type: TypeId | None = None) -> bool:
        """
        Whether the user is eligible for a kind, for PROGRAM of a type if one is given (APT-03).
        """
        if not self.active:
            return False
        if kind is Kind.TECH:
            return self.technician
        if kind is Kind.SALES:
            return self.sales_rep
        return bool(self.program_types) if type is None else type in self.program_types


def _radius(_: object, __: object, meters: float) -> None:
    if not 0 <= meters <= 20_040_000:
        sentence = "A radius lies between 0 and half the way around the Earth."
        raise InvalidValue("radius.invalid", sentence, facts={"meters": meters}, field="coverage_radius")


def _known_zone(_: object, __: object, zone: str | None) -> None:
    if zone is not None:
        zone_info(zone)


@frozen(kw_only=True)
class User:
    """
    A person who works for the company and can log in (ACC-23). *zone* is the one they read in; their working hours are
    told in their home location's. *coverage_radius* is meters around *start*.
    """

    id: UserId
    name: str = field(converter=a_name)
    email: Email
    phone: Phone | None = None
    language: str = "en"
    zone: str | None = field(default=None, validator=_known_zone)
    active: bool = True
    home: LocationId
    further: tuple[LocationId, ...] = ()
    reports_to: UserId | None = None
    technician: bool = False
    sales_rep: bool = False
    program_types: tuple[TypeId, ...] = ()
    start_address: Address = Address()
    start: Point | None = None
    coverage_radius: float = field(default=0.0, validator=_radius)
    hours: WorkingHours = WorkingHours()
    roles: tuple[RoleId, ...] = ()
    grants: Grants = frozenset()
    external_id: str | None = None
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, language=35)
        if self.external_id is not None:
            object.__setattr__(self, "external_id", filled(self.external_id, field="external_id"))

    @property
    def person(self) -> Person:
        return Person(
            id=self.id,
            name=self.name,
            active=self.active,
            home=self.home,
            further=self.further,
            technician=self.technician,
            sales_rep=self.sales_rep,
            program_types=self.program_types,
            start=self.start,
            coverage_radius=self.coverage_radius,
            hours=self.hours,
        )


@frozen(kw_only=True)
class Absence:
    """
    Local dates from *first* to *last* on which a user, or every user of a home location (a holiday), does not work.
    With *start* and *end* (minutes after midnight) only that part of each date. SCH-22.

    Raises:
        InvalidValue: where it has no or two owners, or ends before it starts.
    """

    id: AbsenceId
    user: UserId | None = None
    location: LocationId | None = None
    first: date
    last: date
    start: int = 0
    end: int = DAY_MINUTES
    reason: str = ""
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, reason=200)
        if (self.user is None) is (self.location is None):
            raise InvalidValue("absence.owner", "An absence belongs to one user or to one location.", field="user")
        for day, edge in ((self.first, "first"), (self.last, "last")):
            valid_date(day, field=edge)
        if self.last < self.first or (self.last - self.first).days > 731:
            sentence = "An absence ends on or after its first day, within two years."
            raise InvalidValue("absence.dates", sentence, field="last")
        if not 0 <= self.start < self.end <= DAY_MINUTES:
            raise InvalidValue("absence.times", "An absence ends after it starts, within its day.", field="end")

    def fills(self, day: date) -> bool:
        """
        Whether all of a date is taken.
        """
        return self.first <= day <= self.last and (self.start, self.end) == (0, DAY_MINUTES)


@frozen
class Holiday:
    """
    A public holiday of a region.
    """

    date: date
    name: str


def valid_region(region: str) -> str:
    """
    A country or a part of one, as ISO 3166 codes: ``US``, ``US-UT``, ``CA-ON``; in capitals.

    Raises:
        InvalidValue: where it is none.
    """
    told = region.strip().upper()
    if not REGION.fullmatch(told):
        sentence = f"{region[:20]!r} is not a region such as US-UT."
        raise InvalidValue("region.invalid", sentence, facts={"region": region[:20]}, field="region", rule="SCH-22")
    return told


@frozen(kw_only=True)
class Identity:
    """
    Who a bearer token speaks for, in the company of that short name.
    """

    slug: str
    user: User
    token: Token
    roles: tuple[Role, ...] = ()
