"""
What is typed into a form, and how it is read.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from attrs import field, frozen

from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue, below
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import minutes_of
from fieldops_core.kernel.time import DAY_MINUTES, zone_info

ADDRESS = ("line1", "line2", "city", "state", "postal_code")

Fields = Mapping[str, Sequence[str]]
T = TypeVar("T")


def of_lines(text: str) -> str:
    """
    A text whose lines end as ours do, whoever wrote it: browsers send each end as two characters.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


@frozen
class Typed:
    """
    The fields of a form, each with its values.
    """

    fields: Fields = field(factory=dict)

    def one(self, name: str) -> str:
        return next((value.strip() for value in self.all(name)), "")

    def all(self, name: str) -> Sequence[str]:
        return self.fields.get(name, ())


class Unread(Exception):
    """
    What was typed is no command yet: *problems* are sentences by field.
    """

    def __init__(self, problems: dict[str, list[str]]) -> None:
        super().__init__(str(problems))
        self.problems = problems


@frozen
class Reading:
    """
    Reads one value after the other. What cannot be read is told by field, all at once.
    """

    problems: dict[str, list[str]] = field(factory=dict)

    def value(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except InvalidValue as error:
            self.problems.setdefault(error.field or "", []).append(str(error))
            return otherwise


def version_of(text: str) -> int:
    """
    The version that a form was made from; one that names none is older than all.
    """
    told = text.strip()
    return int(told) if told.isascii() and told.isdigit() and len(told) < 10 else 0


def minutes(text: str, field: str) -> int:
    try:
        return minutes_of(text)
    except InvalidValue as error:
        error.field = field
        raise


def until(text: str, field: str) -> int:
    """
    Of the end of a range: midnight is that of the day's end.
    """
    return minutes(text, field) or DAY_MINUTES


def a_date(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("date.invalid", f"{text[:40]!r} is not a date such as 2026-05-27.", field=field) from None


def a_number(text: str, field: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidValue("number.invalid", f"{text[:40]!r} is not a number such as 12.5.", field=field) from None


def an_id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidValue("reference.invalid", "Choose one of those that there are.", field=field) from None


def a_zone(text: str, field: str) -> str | None:
    """
    None where nothing is typed.
    """
    with below(field):
        return zone_info(text).key if text else None


def a_point(typed: Typed) -> Point | None:
    latitude, longitude = typed.one("latitude"), typed.one("longitude")
    if not (latitude or longitude):
        return None
    return Point(a_number(latitude, "latitude"), a_number(longitude, "longitude"))


def an_address(typed: Typed) -> Address:
    told = {name: typed.one(name) for name in ADDRESS}
    code = PostalCode(told["postal_code"]) if told["postal_code"] else None
    return Address(line1=told["line1"], line2=told["line2"], city=told["city"], state=told["state"], postal_code=code)
