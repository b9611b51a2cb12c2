"""
What is typed about a user, as a command, and what stands, as it would be typed.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from attrs import frozen

from fieldops_core.access.model import RoleId
from fieldops_core.access.views import RoleView
from fieldops_core.company.model import TypeId
from fieldops_core.company.views import AppointmentTypeView, LocationView, RangeView, SettingsView
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.kernel.unset import UNSET
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours
from fieldops_core.staff.model import DatedHours
from fieldops_core.staff.views import AbsenceView, UserView
from fieldops_http.pages import granting
from fieldops_http.pages.maps import length
from fieldops_http.pages.typed import (
    ADDRESS,
    Fields,
    Typed,
    a_date,
    a_number,
    a_point,
    a_zone,
    an_address,
    an_id,
    minutes,
    until,
)

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_DATES = 300
LANGUAGE = "en"
FINER = ("language", "zone", "external_id")


@frozen(kw_only=True)
class Offered:
    """
    What of the company the forms about its users ask. *settings* and *roles* are None for who may not see them.
    """

    locations: tuple[LocationView, ...]
    settings: SettingsView | None
    roles: tuple[RoleView, ...] | None
    programs: tuple[AppointmentTypeView, ...]

    @property
    def unit(self) -> DistanceUnit:
        return self.settings.distance_unit if self.settings else DistanceUnit.MILE


@frozen(kw_only=True)
class Known(Offered):
    """
    What stands, besides: the user, their absences from *today* on (as it is at their home location). *may_change* and
    *may_change_hours* say which forms there are.
    """

    user: UserView
    home: LocationView
    absences: tuple[AbsenceView, ...]
    today: date
    may_change: bool
    may_change_hours: bool

    @property
    def may_invite(self) -> bool:
        return self.may_change and self.user.active

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
        "further": [str(each) for each in user.further],
        "technician": ["on"] * user.technician,
        "sales_rep": ["on"] * user.sales_rep,
        "program": [str(each) for each in user.program_types],
        "reports_to": [str(user.reports_to or "")],
        "language": [user.language],
        "zone": [user.zone or ""],
        "external_id": [user.external_id or ""],
    }


def change_profile(known: Known, typed: Typed) -> ChangeUser:
    home = LocationId(an_id(typed.one("home"), "home"))
    return ChangeUser(
        user=known.id,
        name=typed.one("name"),
        email=typed.one("email"),
        phone=typed.one("phone") or None,
        home=home,
        further=further(typed, home),
        technician=bool(typed.one("technician")),
        sales_rep=bool(typed.one("sales_rep")),
        program_types=programs(typed),
        reports_to=boss(typed),
        language=typed.one("language") or LANGUAGE,
        zone=a_zone(typed.one("zone"), "zone"),
        external_id=typed.one("external_id") or None,
    )


def further(typed: Typed, home: LocationId) -> tuple[LocationId, ...]:
    """
    The locations that were chosen besides the home.
    """
    chosen = (LocationId(an_id(each, "further")) for each in typed.all("further"))
    return tuple(each for each in chosen if each != home)


def programs(typed: Typed) -> tuple[TypeId, ...]:
    return tuple(TypeId(an_id(each, "program")) for each in typed.all("program"))


def boss(typed: Typed) -> UserId | None:
    told = typed.one("reports_to")
    return UserId(an_id(told, "reports_to")) if told else None


def roles(known: Known) -> Fields:
    return {
        "role": [str(role) for role in known.user.roles],
        granting.FIELD: [granting.value_of(each) for each in known.user.grants],
    }


def change_roles(known: Known, typed: Typed) -> ChangeUser:
    return ChangeUser(user=known.id, roles=chosen_roles(typed), grants=granting.grants(typed))


def chosen_roles(typed: Typed) -> tuple[RoleId, ...]:
    return tuple(RoleId(an_id(each, "role")) for each in typed.all("role"))


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
    radius, address = typed.one("coverage_radius"), known.user.start_address
    same = radius == length(known.user.coverage_radius, known.unit)
    same_address = all(typed.one(name) == (getattr(address, name) or "") for name in ADDRESS)
    return ChangeUser(
        user=known.id,
        start_address=UNSET if same_address else an_address(typed),
        start=a_point(typed),
        coverage_radius=UNSET if same else a_number(radius, "coverage_radius") * known.unit.meters,
    )


def absence(_: Known) -> Fields:
    return {}


def add_absence(known: Known, typed: Typed) -> AddAbsence:
    """
    Without an end it is one day; without times it is the whole of each.
    """
    first = a_date(typed.one("first"), "first")
    last, start, end = typed.one("last"), typed.one("start"), typed.one("end")
    return AddAbsence(
        user=known.id,
        first=first,
        last=a_date(last, "last") if last else first,
        start=minutes(start, "start") if start else 0,
        end=until(end, "end") if end else DAY_MINUTES,
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
    dates are no matter of the form, and stay as they are: but one that was today when it was shown is told.
    """
    weekly = WeeklyHours(days=tuple(_worked(pairs(typed, str(at)), day) for at, day in enumerate(DAYS)))
    told = tuple(DatedHours(a_date(day, "date"), _worked(ranges, day)) for day, ranges in dated(typed) if day)
    past = tuple(
        DatedHours(each.date, tuple(TimeRange.parse(range.start, range.end) for range in each.ranges))
        for each in known.user.working_hours.dated
        if each.date < known.today and all(each.date != other.date for other in told)
    )
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
            ranges.append(TimeRange(minutes(start, "hours"), until(end, "hours")))
        elif start or end:
            sentence = f"Say from when and until when, on {day}."
            raise InvalidValue("working_hours.invalid", sentence, field="hours", rule="SCH-21")
    return tuple(ranges)
