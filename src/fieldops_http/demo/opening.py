"""
Founds the company: its office, roles, catalog and people, and who is away when.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from attrs import evolve, frozen

from fieldops_core.access.messages import CreateRole
from fieldops_core.access.model import EVERYTHING, SYSTEM, Actor, Grant, RoleId
from fieldops_core.access.views import RoleView
from fieldops_core.company.messages import ChangeAppointmentType, ChangeLocation, ChangeSettings, CreateAppointmentType
from fieldops_core.company.model import SubTypeId, TypeId
from fieldops_core.company.views import AppointmentTypeView, CompanyView
from fieldops_core.kernel.geo import METERS_A_MILE
from fieldops_core.kernel.hours import Ranges, TimeRange, WeeklyHours
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import DAY_MINUTES
from fieldops_core.staff.messages import AddAbsence, ChangeWorkingHours, CreateUser
from fieldops_core.staff.model import DatedHours
from fieldops_core.staff.views import UserView
from fieldops_http.demo import office
from fieldops_http.demo.places import middle, somewhere, town
from fieldops_http.demo.teller import Teller

ON_CALL = "Elena Marsh"
ON_CALL_HOURS = (TimeRange.parse("09:00", "13:00"),)


@frozen(kw_only=True)
class Type:
    id: TypeId
    sub_types: Mapping[str, SubTypeId]


@frozen(kw_only=True)
class Office:
    """
    What stands before anybody is hired.
    """

    id: LocationId
    owner: Actor
    roles: Mapping[str, RoleView]
    types: Mapping[str, Type]

    @property
    def owner_id(self) -> UserId:
        if self.owner.user is None:
            raise TypeError("The system itself is nobody's user.")
        return self.owner.user


@frozen(kw_only=True)
class Colleague:
    """
    A user with their weekly hours, and as whom they act.
    """

    user: UserId
    weekly: WeeklyHours
    actor: Actor


@frozen(kw_only=True)
class Away:
    """
    Minutes of some dates on which somebody (*who*; None: the whole office) does not work.
    """

    who: str | None
    first: date
    last: date
    start: int = 0
    end: int = DAY_MINUTES
    reason: str

    def left_of(self, day: date, ranges: Ranges) -> Ranges:
        """
        What is left of a day's ranges.
        """
        if not self.first <= day <= self.last:
            return ranges
        edges = [pair for r in ranges for pair in ((r.start, min(r.end, self.start)), (max(r.start, self.end), r.end))]
        return tuple(TimeRange(start, end) for start, end in edges if start < end)


def open_office(teller: Teller, chance: Random) -> Office:
    founded = teller.do(office.FOUNDING, CompanyView, SYSTEM)
    at, owner = LocationId(founded.location), Actor(user=UserId(founded.owner), grants=EVERYTHING)
    address = somewhere(town(office.OFFICE_ZIP), chance).address
    teller.do(ChangeLocation(location=at, address=address, point=middle(office.OFFICE_ZIP)), object, owner)
    teller.do(ChangeSettings(changes=office.SETTINGS), object, owner)
    roles = {
        name: teller.do(CreateRole(name=name, grants=grants), RoleView, owner) for name, grants in office.ROLES.items()
    }
    types = {offer.name: _type(offer, teller, owner) for offer in office.CATALOG}
    return Office(id=at, owner=owner, roles=roles, types=types)


def _type(offer: office.Offer, teller: Teller, owner: Actor) -> Type:
    command = CreateAppointmentType(kind=offer.kind, name=offer.name, minutes=offer.minutes, sub_types=offer.entries)
    made = teller.do(command, AppointmentTypeView, owner)
    if not offer.active:
        teller.do(ChangeAppointmentType(type=TypeId(made.id), active=False), object, owner)
    return Type(id=TypeId(made.id), sub_types={each.name: SubTypeId(each.id) for each in made.sub_types})


def hire(teller: Teller, at: Office, chance: Random) -> dict[str, Colleague]:
    """
    Everybody but the owner, by name.
    """
    return {command.name: _hired(command, teller, at) for command in _applicants(at, chance)}


def _applicants(at: Office, chance: Random) -> Iterator[CreateUser]:
    yield _applicant(office.DISPATCHER, "Dispatcher", at, chance)
    for name in office.SALES_REPS:
        yield evolve(_applicant(name, "Sales rep", at, chance), sales_rep=True)
    lesson = at.types["Thermostat lesson"].id
    trainer = _applicant(office.TRAINER, "Technician", at, chance)
    yield evolve(trainer, program_types=(lesson,), weekly=office.LATE)
    for each in office.TECHNICIANS:
        home = somewhere(town(each.zip), chance)
        yield evolve(
            _applicant(each.name, "Technician", at, chance),
            technician=True,
            start_address=home.address,
            start=home.point,
            coverage_radius=each.miles * METERS_A_MILE,
            weekly=each.weekly,
        )


def _applicant(name: str, role: str, at: Office, chance: Random) -> CreateUser:
    return CreateUser(
        name=name,
        email=office.email(name),
        home=at.id,
        phone=f"(801) 555-01{chance.randrange(100):02d}",
        weekly=office.WEEKDAYS,
        roles=(RoleId(at.roles[role].id),),
    )


def _hired(command: CreateUser, teller: Teller, at: Office) -> Colleague:
    user = UserId(teller.do(command, UserView, at.owner).id)
    held = [grant for role in at.roles.values() if role.id in command.roles for grant in role.grants]
    actor = Actor(user=user, home=at.id, grants=frozenset(Grant(g.permission, g.action) for g in held))
    return Colleague(user=user, weekly=command.weekly or office.WEEKDAYS, actor=actor)


def send_away(teller: Teller, at: Office, staff: Mapping[str, Colleague], today: date) -> tuple[Away, ...]:
    """
    Enter absences around today, and a holiday on which one technician is on call all the same.
    """
    absences = tuple(_absences(today))
    for each in absences:
        command = AddAbsence(
            user=staff[each.who].user if each.who else None,
            location=None if each.who else at.id,
            first=each.first,
            last=each.last,
            start=each.start,
            end=each.end,
            reason=each.reason,
        )
        teller.do(command, object, at.owner)
    on_call, holiday = staff[ON_CALL], _holiday(today)
    dated = (DatedHours(holiday, ON_CALL_HOURS),)
    teller.do(ChangeWorkingHours(user=on_call.user, weekly=on_call.weekly, dated=dated), object, at.owner)
    return absences


def _absences(today: date) -> Iterator[Away]:
    def day(offset: int) -> date:
        return today + timedelta(days=offset)

    yield Away(who=None, first=_holiday(today), last=_holiday(today), reason="Founder's day")
    yield Away(who="Ben Takahashi", first=day(-4), last=day(-3), reason="Flu")
    yield Away(who="Carla Nuttall", first=day(1), last=day(5), reason="Vacation")
    yield Away(who="Grace Lindqvist", first=day(2), last=day(2), start=13 * 60, end=15 * 60, reason="Dentist")


def _holiday(today: date) -> date:
    """
    The first working day from the day after tomorrow on.
    """
    coming = (today + timedelta(days=offset) for offset in range(2, 5))
    return next(day for day in coming if day.weekday() < 5)


def free(name: str, weekly: WeeklyHours, day: date, absences: tuple[Away, ...]) -> Ranges:
    """
    When somebody works on a date, apart from absences. Who is on call works on the holiday.
    """
    if name == ON_CALL and any(each.who is None and each.first == day for each in absences):
        return ON_CALL_HOURS
    ranges = weekly.on(day)
    for each in absences:
        ranges = each.left_of(day, ranges) if each.who in (None, name) else ranges
    return ranges
