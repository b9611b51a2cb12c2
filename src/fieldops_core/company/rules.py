"""
Rules of companies and their catalogs.
"""

from collections.abc import Iterable

from attrs import frozen

from fieldops_core.company.model import Location, LocationUse
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.hours import Ranges, WeeklyHours, overlapping
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.rules import Violation, rule, violations

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@frozen(kw_only=True)
class Founding:
    """
    A company in the making: its short name, and whether another company has it.
    """

    slug: str
    taken: bool


@rule("API-01", "company.slug_taken", "There is a company with the short name {slug} already.", field="slug")
def slug_is_free(case: Founding) -> Facts | None:
    """
    Addresses begin with the company's short name, so that no two share one.
    """
    return {"slug": case.slug} if case.taken else None


@frozen(kw_only=True)
class TypeSent:
    """
    An appointment type as it is sent: its *minutes*, and the ids of sub-types that it does not have.
    """

    minutes: int | None
    strangers: tuple[str, ...] = ()


@rule("ACC-20", "type.duration_required", "An appointment type needs a duration.", field="minutes")
def type_has_a_duration(case: TypeSent) -> Facts | None:
    """
    An appointment type without a duration is refused on save.
    """
    return {} if case.minutes is None else None


@rule("APT-02", "sub_type.unknown", "This appointment type has no such sub-type: {ids}.", field="sub_types")
def sub_types_are_its_own(case: TypeSent) -> Facts | None:
    """
    A sub-type belongs to its type, and moves to no other.
    """
    return {"ids": ", ".join(case.strangers)} if case.strangers else None


@frozen(kw_only=True)
class Shift:
    """
    The working hours of a *day*, a weekday or a date, and of the day before it.
    """

    day: str
    yesterday: Ranges
    today: Ranges

    @classmethod
    def of_week(cls, hours: WeeklyHours) -> "tuple[Shift, ...]":
        """
        Those of each weekday; Monday comes after Sunday.
        """
        days = hours.days
        return tuple(cls(day=WEEKDAYS[each], yesterday=days[each - 1], today=days[each]) for each in range(7))


@rule("SCH-21", "working_hours.overlap", "Working hours on {day} overlap: {which}.")
def hours_do_not_overlap(case: Shift) -> Facts | None:
    """
    A range may cross midnight, but nobody works two at once.
    """
    found = overlapping(case.yesterday, case.today)
    which = ", ".join(f"{first} and {second}" for first, second in found)
    return {"day": case.day, "which": which} if found else None


def overlaps(shifts: Iterable[Shift]) -> tuple[Violation, ...]:
    """
    What overlaps on any of some days.
    """
    return tuple(found for each in shifts for found in violations((hours_do_not_overlap,), each))


@frozen(kw_only=True)
class Closing:
    """
    A location that is to be no longer in use, and what still belongs to it.
    """

    location: Location
    use: LocationUse


@rule("SCH-26", "location.in_use", "{location} still has {what}.", field="active")
def closed_location_is_empty(case: Closing) -> Facts | None:
    """
    A location with open appointments, customers or users stays active.
    """
    counts = {name: getattr(case.use, name) for name in fields_of(case.use)}
    told = [f"{count} {_counted(name, count)}" for name, count in counts.items() if count]
    return {"location": case.location.name, "what": ", ".join(told), **counts} if told else None


def _counted(name: str, count: int) -> str:
    return name.replace("_", " ").removesuffix("s" if count == 1 else "")


@rule("SCH-26", "location.inactive", "{location} is no longer in use.", field="location")
def location_is_in_use(location: Location) -> Facts | None:
    """
    Nothing new comes to a location that was made inactive.
    """
    return None if location.active else {"location": location.name}


CLOSING = (closed_location_is_empty,)
IN_USE = (location_is_in_use,)
FOUNDING = (slug_is_free,)
TYPE = (type_has_a_duration, sub_types_are_its_own)
