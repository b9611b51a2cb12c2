"""
What is typed about a user, as a command, and what stands, as it would be typed.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import RoleId
from fieldops_core.access.views import RoleView
from fieldops_core.company.views import AddressView, LocationView, RangeView, SettingsView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import DistanceUnit, Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours, minutes_of
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours
from fieldops_core.staff.model import DatedHours
from fieldops_core.staff.views import AbsenceView, UserView
from fieldops_http.pages.maps import length

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ADDRESS = ("line1", "line2", "city", "state", "postal_code")
MOST_DATES = 300

Fields = Mapping[str, Sequence[str]]


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


@frozen(kw_only=True)
class Known:
    """
    What stands: the user, their absences from *today* on (as it is at their home location), and what of the company a
    form about them asks. *settings* and *roles* are None for who may not see them; *may_change* and *may_change_hours*
    say which forms there are.
    """

    user: UserView
    home: LocationView
    locations: tuple[LocationView, ...]
    settings: SettingsView | None
    roles: tuple[RoleView, ...] | None
    absences: tuple[AbsenceView, ...]
    today: date
    may_change: bool
    may_change_hours: bool

    @property
    def unit(self) -> DistanceUnit:
        return self.settings.distance_unit if self.settings else DistanceUnit.MILE

    @property
    def id(self) -> UserId:
        return UserId(self.user.id)


def profile(known: Known) -> Fields:
    user = known.user
    return {
        "name": [user.name],
        "email": [user.email],
        "phone": [user.phone or ""],
        "home": [str(user.home)],
        "technician": ["on"] * user.technician,
        "sales_rep": ["on"] * user.sales_rep,
    }


def change_profile(known: Known, typed: Typed) -> ChangeUser:
    return ChangeUser(
        user=known.id,
        name=typed.one("name"),
        email=typed.one("email"),
        phone=typed.one("phone") or None,
        home=LocationId(_id(typed.one("home"), "home")),
        technician=bool(typed.one("technician")),
        sales_rep=bool(typed.one("sales_rep")),
    )


def roles(known: Known) -> Fields:
    return {"role": [str(role) for role in known.user.roles]}


def change_roles(known: Known, typed: Typed) -> ChangeUser:
    return ChangeUser(user=known.id, roles=tuple(RoleId(_id(each, "role")) for each in typed.all("role")))


def activity(known: Known) -> Fields:
    return {"active": [] if known.user.active else ["on"]}


def change_activity(known: Known, typed: Typed) -> ChangeUser:
    return ChangeUser(user=known.id, active=bool(typed.one("active")))


def coverage(known: Known) -> Fields:
    user = known.user
    at = user.start_coordinates
    return {
        **{name: [getattr(user.start_address, name) or ""] for name in ADDRESS},
        "latitude": [f"{at.latitude}" if at else ""],
        "longitude": [f"{at.longitude}" if at else ""],
        "coverage_radius": [length(user.coverage_radius, known.unit)],
    }


def change_coverage(known: Known, typed: Typed) -> ChangeUser:
    """
    What is typed as it was shown is left as it is: a radius is shown rounded.
    """
    radius = typed.one("coverage_radius")
    same = radius == length(known.user.coverage_radius, known.unit)
    return ChangeUser(
        user=known.id,
        start_address=_address(known.user.start_address, typed),
        start=_point(typed),
        coverage_radius=UNSET if same else _number(radius, "coverage_radius") * known.unit.meters,
    )


def absence(_: Known) -> Fields:
    return {}


def add_absence(known: Known, typed: Typed) -> AddAbsence:
    """
    Without an end it is one day; without times it is the whole of each.
    """
    first = _date(typed.one("first"), "first")
    last, start, end = typed.one("last"), typed.one("start"), typed.one("end")
    return AddAbsence(
        user=known.id,
        first=first,
        last=_date(last, "last") if last else first,
        start=_minutes(start, "start") if start else 0,
        end=_until(end, "end") if end else DAY_MINUTES,
        reason=typed.one("reason"),
    )


def hours(known: Known) -> Fields:
    """
    The fields of each weekday, ``start.0`` and ``end.0`` for Monday, and of each date to come that differs, by its
    place.
    """
    to_come = [each for each in known.user.working_hours.dated if each.date >= known.today]
    fields: dict[str, Sequence[str]] = {"dates": [str(len(to_come))]}
    for day, ranges in enumerate(known.user.working_hours.weekly):
        fields |= _ranges(str(day), ranges)
    for place, each in enumerate(to_come):
        fields |= {f"date.{place}": [each.date.isoformat()], **_ranges(f"d{place}", each.ranges)}
    return fields


def change_hours(known: Known, typed: Typed) -> ChangeWorkingHours:
    """
    A range without times is none; a date is one that differs where it is told, and is not worked without ranges. Past
    dates are no matter of the form, and stay as they are.
    """
    weekly = WeeklyHours(days=tuple(_worked(pairs(typed, str(at)), day) for at, day in enumerate(DAYS)))
    past = tuple(
        DatedHours(each.date, tuple(TimeRange.parse(range.start, range.end) for range in each.ranges))
        for each in known.user.working_hours.dated
        if each.date < known.today
    )
    told = tuple(DatedHours(_date(day, "date"), _worked(ranges, day)) for day, ranges in dated(typed) if day)
    return ChangeWorkingHours(user=known.id, weekly=weekly, dated=past + told)


def dated(typed: Typed) -> list[tuple[str, list[tuple[str, str]]]]:
    """
    The dates that differ as they were typed, each with its ranges: those that are empty are left out, and one more is
    offered.

    Raises:
        InvalidValue: where there are more than a form can send.
    """
    told = typed.one("dates")
    count = int(told) if told.isascii() and told.isdigit() and len(told) < 5 else 0
    if count > MOST_DATES:
        sentence = f"A form holds {MOST_DATES} dates that differ at most. Longer lists are for the API."
        raise InvalidValue("working_hours.too_many", sentence, field="hours")
    there = [(day, pairs(typed, f"d{place}")) for place in range(count) if (day := typed.one(f"date.{place}"))]
    return [*there, ("", pairs(Typed(), ""))]


def pairs(typed: Typed, key: str) -> list[tuple[str, str]]:
    """
    The ranges of a day as they were typed: those that are empty are left out, and one more is offered; two at least.
    """
    typed_pairs = zip(typed.all(f"start.{key}"), typed.all(f"end.{key}"), strict=False)
    told = [(start.strip(), end.strip()) for start, end in typed_pairs if start.strip() or end.strip()]
    return [*told, *[("", "")] * max(1, 2 - len(told))]


def _ranges(key: str, ranges: Iterable[RangeView]) -> Fields:
    # A browser's field of time knows no 24:00; as an end, 00:00 is the same instant.
    return {
        f"start.{key}": [each.start for each in ranges],
        f"end.{key}": ["00:00" if each.end == "24:00" else each.end for each in ranges],
    }


def _worked(told: Iterable[tuple[str, str]], day: str) -> tuple[TimeRange, ...]:
    ranges = []
    for start, end in told:
        if start and end:
            ranges.append(TimeRange(_minutes(start, "hours"), _until(end, "hours")))
        elif start or end:
            sentence = f"Say from when and until when, on {day}."
            raise InvalidValue("working_hours.invalid", sentence, field="hours", rule="SCH-21")
    return tuple(ranges)


def _minutes(text: str, field: str) -> int:
    try:
        return minutes_of(text)
    except InvalidValue as error:
        error.field = field
        raise


def _until(text: str, field: str) -> int:
    """
    Of the end of a range: midnight is that of the day's end.
    """
    return _minutes(text, field) or DAY_MINUTES


def _date(text: str, field: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InvalidValue("date.invalid", f"{text[:40]!r} is not a date such as 2026-05-27.", field=field) from None


def _number(text: str, field: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise InvalidValue("number.invalid", f"{text[:40]!r} is not a number such as 12.5.", field=field) from None


def _id(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise InvalidValue("reference.invalid", "Choose one of those that there are.", field=field) from None


def _point(typed: Typed) -> Point | None:
    latitude, longitude = typed.one("latitude"), typed.one("longitude")
    if not (latitude or longitude):
        return None
    return Point(_number(latitude, "latitude"), _number(longitude, "longitude"))


def _address(stands: AddressView, typed: Typed) -> Address | Keep:
    told = {name: typed.one(name) for name in ADDRESS}
    if all(told[name] == (getattr(stands, name) or "") for name in ADDRESS):
        return UNSET
    code = PostalCode(told["postal_code"]) if told["postal_code"] else None
    return Address(line1=told["line1"], line2=told["line2"], city=told["city"], state=told["state"], postal_code=code)
