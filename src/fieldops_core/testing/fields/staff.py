"""
The fields of users, their roles, tokens and absences.
"""

from datetime import date, datetime
from typing import TypedDict

from fieldops_core.access.model import Grants, RoleId, TokenId
from fieldops_core.company.model import TypeId
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.staff.model import AbsenceId, WorkingHours


class RoleFields(TypedDict, total=False):
    id: RoleId
    name: str
    grants: Grants
    owner: bool
    version: int


class TokenFields(TypedDict, total=False):
    id: TokenId
    user: UserId
    name: str
    hash: str
    scopes: Grants | None
    expires_at: datetime
    revoked_at: datetime | None
    version: int


class UserFields(TypedDict, total=False):
    id: UserId
    name: str
    email: Email
    phone: Phone | None
    language: str
    zone: str | None
    active: bool
    home: LocationId
    further: tuple[LocationId, ...]
    reports_to: UserId | None
    technician: bool
    sales_rep: bool
    program_types: tuple[TypeId, ...]
    start_address: Address
    start: Point | None
    coverage_radius: float
    hours: WorkingHours
    roles: tuple[RoleId, ...]
    grants: Grants
    external_id: str | None
    version: int


class AbsenceFields(TypedDict, total=False):
    id: AbsenceId
    user: UserId | None
    location: LocationId | None
    first: date
    last: date
    start: int
    end: int
    reason: str
    version: int
