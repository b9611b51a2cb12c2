"""
Values that many requests hold: places, times, grants.
"""

import re
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.model import Action, Grant, Grants, Permission
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue, below
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import UNSET, Keep

T = TypeVar("T")
V = TypeVar("V")

Fold = Literal[0, 1]
Whole = Annotated[int, Meta(ge=-1_000_000, le=1_000_000)]
"""
A number of minutes or days. The core says which are sensible; here they are kept to what every storage can hold.
"""
START_PATTERN = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?$"
# Patterns and limits that are told here but not asked: what breaks them the core refuses, with a code and a sentence.
Start = Annotated[
    str,
    Meta(
        description="A local time of the location, `2026-05-27T09:00`, or an instant, `2026-05-27T09:00:00-06:00`.",
        extra_json_schema={"pattern": START_PATTERN},
    ),
]
TimeOfDay = Annotated[
    str,
    Meta(
        description="`HH:MM`, from `00:00` to `24:00`.",
        extra_json_schema={"pattern": r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$"},
    ),
]
Amount = Annotated[
    str,
    Meta(
        description="An exact amount in the company's currency, `39.95`.",
        extra_json_schema={"pattern": r"^\d{1,15}(\.\d{1,4})?$"},
    ),
]
Texts = Annotated[tuple[str, ...], Meta(max_length=200)]

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4})?")
# A plus sign in a query arrives as a space.
_START = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(Z|[ +-]\d\d:\d\d)?", re.ASCII)


class Body(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What a request may hold, and nothing besides.
    """


class Change(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A change of what exists. *version* is the one it is meant for, unless the If-Match header says it.
    """

    version: Annotated[int, Meta(ge=1, le=2**31 - 1)] | UnsetType = msgspec.UNSET


class Coordinates(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    WGS 84 degrees: *latitude* from -90 to 90, *longitude* from -180 to 180.
    """

    latitude: Annotated[float, Meta(extra_json_schema={"minimum": -90, "maximum": 90})]
    longitude: Annotated[float, Meta(extra_json_schema={"minimum": -180, "maximum": 180})]

    def point(self) -> Point:
        return Point(self.latitude, self.longitude)


class AddressBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A postal address in the United States or Canada; *state* is the two letters of a state, territory or province.
    """

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = ""
    postal_code: str | None = None

    def address(self) -> Address:
        code = PostalCode(self.postal_code) if self.postal_code else None
        return Address(line1=self.line1, line2=self.line2, city=self.city, state=self.state, postal_code=code)


class RangeBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    From *start* to *end*, local; where the end is not after the start, it lies on the next day.
    """

    start: TimeOfDay
    end: TimeOfDay

    def range(self) -> TimeRange:
        return TimeRange.parse(self.start, self.end)


Ranges = Annotated[tuple[RangeBody, ...], Meta(max_length=48)]
Week = Annotated[
    tuple[Ranges, ...],
    Meta(
        description="Seven days, Monday first; each with its ranges.",
        extra_json_schema={"minItems": 7, "maxItems": 7},
    ),
]


class GrantBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A permission for an action, *at* one location, or, without it, in the whole company.
    """

    permission: Permission
    action: Action
    at: LocationId | None = None


GrantList = Annotated[tuple[GrantBody, ...], Meta(max_length=10_000)]


def week(days: tuple[tuple[RangeBody, ...], ...]) -> WeeklyHours:
    return WeeklyHours(days=tuple(tuple(each.range() for each in day) for day in days))


def grants(bodies: tuple[GrantBody, ...]) -> Grants:
    return frozenset(Grant(each.permission, each.action, each.at) for each in bodies)


def secret(text: str | None, field: str = "private_note") -> Secret | None:
    return None if text is None else Secret(clean(text, field=field))


def address(body: AddressBody | UnsetType, field: str = "address") -> Address:
    """
    The address of a new record; an empty one where none is told.
    """
    with below(field):
        return Address() if isinstance(body, UnsetType) else body.address()


def point(body: Coordinates | None | UnsetType, field: str = "coordinates") -> Point | None:
    with below(field):
        return None if body is None or isinstance(body, UnsetType) else body.point()


def amount(text: str, field: str) -> Decimal:
    """
    Raises:
        InvalidValue: where it is no amount, or below 0.
    """
    if not _AMOUNT.fullmatch(text):
        raise InvalidValue("money.invalid", f"{text[:40]!r} is not an amount such as 39.95.", field=field)
    return Decimal(text)


def given(body: msgspec.Struct) -> dict[str, object]:
    """
    The fields that a body holds, by name.
    """
    return {name: value for name, value in msgspec.structs.asdict(body).items() if value is not msgspec.UNSET}


def told(start: str, fold: Fold = 0, *, field: str = "start") -> datetime:
    """
    The time that a text tells: naive, with its *fold*, where it has no offset.

    Raises:
        InvalidValue: where it tells none.
    """
    match = _START.fullmatch(start)
    try:
        if match is None:
            raise ValueError(start)
        time = datetime.fromisoformat(match[1] + (match[2] or "").replace(" ", "+"))
    except ValueError:
        sentence = f"{start[:40]!r} is not a time such as 2026-05-27T09:00 or 2026-05-27T09:00:00-06:00."
        raise InvalidValue("time.invalid", sentence, facts={field: start[:40]}, field=field, rule="SCH-02") from None
    valid_date(time.date(), field=field)
    return time if time.tzinfo else time.replace(fold=fold)


def keep(value: T | UnsetType) -> T | Keep:
    """
    What a change leaves out, in the core's words.
    """
    return UNSET if isinstance(value, UnsetType) else value


def keep_as(value: V | UnsetType, make: Callable[[V], T]) -> T | Keep:
    """
    As :func:`keep`, of what the core tells otherwise than a request.
    """
    return UNSET if isinstance(value, UnsetType) else make(value)
