"""
Requests about users, their working hours and absences.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.model import RoleId
from fieldops_core.company.model import TypeId
from fieldops_core.kernel.errors import below
from fieldops_core.kernel.hours import minutes_of
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import valid_date
from fieldops_core.staff.messages import (
    AddAbsence,
    AdoptHolidays,
    ChangeAbsence,
    ChangeUser,
    ChangeWorkingHours,
    CreateUser,
)
from fieldops_core.staff.model import AbsenceId, DatedHours
from fieldops_http.wire.values import (
    AddressBody,
    Body,
    Change,
    Coordinates,
    GrantList,
    Ranges,
    TimeOfDay,
    Week,
    address,
    grants,
    keep,
    keep_as,
    point,
    week,
)

Locations = Annotated[tuple[LocationId, ...], Meta(max_length=1_000)]
Types = Annotated[tuple[TypeId, ...], Meta(max_length=1_000)]
Roles = Annotated[tuple[RoleId, ...], Meta(max_length=100)]


class CreateUserBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A new user. *phone* is read in the home location's country where it has no `+`; *coverage_radius* is meters around
    *start_coordinates*; without *weekly*, the company's default pattern holds.
    """

    name: str
    email: str
    home: LocationId
    phone: str | None = None
    language: str = "en"
    zone: str | None = None
    further: Locations = ()
    reports_to: UserId | None = None
    technician: bool = False
    sales_rep: bool = False
    program_types: Types = ()
    start_address: AddressBody | UnsetType = msgspec.UNSET
    start_coordinates: Coordinates | None = None
    coverage_radius: float = 0.0
    weekly: Week | None = None
    roles: Roles = ()
    grants: GrantList = ()
    external_id: str | None = None

    def command(self) -> CreateUser:
        with below("weekly"):
            weekly = None if self.weekly is None else week(self.weekly)
        return CreateUser(
            name=self.name,
            email=self.email,
            home=self.home,
            phone=self.phone,
            language=self.language,
            zone=self.zone,
            further=self.further,
            reports_to=self.reports_to,
            technician=self.technician,
            sales_rep=self.sales_rep,
            program_types=self.program_types,
            start_address=address(self.start_address, "start_address"),
            start=point(self.start_coordinates, "start_coordinates"),
            coverage_radius=self.coverage_radius,
            weekly=weekly,
            roles=self.roles,
            grants=grants(self.grants),
            external_id=self.external_id,
        )


class ChangeUserBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields of a user. Working hours are changed apart.
    """

    name: str | UnsetType = msgspec.UNSET
    email: str | UnsetType = msgspec.UNSET
    phone: str | None | UnsetType = msgspec.UNSET
    language: str | UnsetType = msgspec.UNSET
    zone: str | None | UnsetType = msgspec.UNSET
    active: bool | UnsetType = msgspec.UNSET
    home: LocationId | UnsetType = msgspec.UNSET
    further: Locations | UnsetType = msgspec.UNSET
    reports_to: UserId | None | UnsetType = msgspec.UNSET
    technician: bool | UnsetType = msgspec.UNSET
    sales_rep: bool | UnsetType = msgspec.UNSET
    program_types: Types | UnsetType = msgspec.UNSET
    start_address: AddressBody | UnsetType = msgspec.UNSET
    start_coordinates: Coordinates | None | UnsetType = msgspec.UNSET
    coverage_radius: float | UnsetType = msgspec.UNSET
    roles: Roles | UnsetType = msgspec.UNSET
    grants: GrantList | UnsetType = msgspec.UNSET
    external_id: str | None | UnsetType = msgspec.UNSET

    def command(self, user: UserId) -> ChangeUser:
        return ChangeUser(
            user=user,
            name=keep(self.name),
            email=keep(self.email),
            phone=keep(self.phone),
            language=keep(self.language),
            zone=keep(self.zone),
            active=keep(self.active),
            home=keep(self.home),
            further=keep(self.further),
            reports_to=keep(self.reports_to),
            technician=keep(self.technician),
            sales_rep=keep(self.sales_rep),
            program_types=keep(self.program_types),
            start_address=keep_as(self.start_address, lambda body: address(body, "start_address")),
            start=keep_as(self.start_coordinates, lambda body: point(body, "start_coordinates")),
            coverage_radius=keep(self.coverage_radius),
            roles=keep(self.roles),
            grants=keep_as(self.grants, grants),
            external_id=keep(self.external_id),
        )


class DatedHoursBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What is worked on one date instead of the weekly pattern; without ranges it is not worked.
    """

    date: date
    ranges: Ranges = ()

    def hours(self) -> DatedHours:
        return DatedHours(valid_date(self.date, field="date"), tuple(each.range() for each in self.ranges))


class ChangeWorkingHoursBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The weekly pattern and its dated exceptions, whole.
    """

    weekly: Week
    dated: Annotated[tuple[DatedHoursBody, ...], Meta(max_length=1_000)] = ()

    def command(self, user: UserId) -> ChangeWorkingHours:
        with below("weekly"):
            weekly = week(self.weekly)
        with below("dated"):
            dated = tuple(each.hours() for each in self.dated)
        return ChangeWorkingHours(user=user, weekly=weekly, dated=dated)


class AddAbsenceBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Local dates, both included, on which a *user*, or everybody at home at a *location*, does not work; with *start* and
    *end* that part of each date only.
    """

    user: UserId | None = None
    location: LocationId | None = None
    first: date
    last: date
    start: TimeOfDay = "00:00"
    end: TimeOfDay = "24:00"
    reason: str = ""

    def command(self) -> AddAbsence:
        with below("start"):
            start = minutes_of(self.start)
        with below("end"):
            end = minutes_of(self.end)
        return AddAbsence(
            user=self.user,
            location=self.location,
            first=valid_date(self.first, field="first"),
            last=valid_date(self.last, field="last"),
            start=start,
            end=end,
            reason=self.reason,
        )


class ChangeAbsenceBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields of an absence; whose it is never changes.
    """

    first: date | UnsetType = msgspec.UNSET
    last: date | UnsetType = msgspec.UNSET
    start: TimeOfDay | UnsetType = msgspec.UNSET
    end: TimeOfDay | UnsetType = msgspec.UNSET
    reason: str | UnsetType = msgspec.UNSET

    def command(self, absence: AbsenceId) -> ChangeAbsence:
        with below("start"):
            start = keep_as(self.start, minutes_of)
        with below("end"):
            end = keep_as(self.end, minutes_of)
        return ChangeAbsence(
            absence=absence,
            first=keep_as(self.first, lambda day: valid_date(day, field="first")),
            last=keep_as(self.last, lambda day: valid_date(day, field="last")),
            start=start,
            end=end,
            reason=keep(self.reason),
        )


class AdoptHolidaysBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Dates that are public holidays of a *region* (ISO 3166: `US-UT`), by default that of the location's address.
    """

    dates: Annotated[tuple[date, ...], Meta(max_length=366)]
    region: str | None = None

    def command(self, location: LocationId) -> AdoptHolidays:
        return AdoptHolidays(location=location, dates=self.dates, region=self.region)
