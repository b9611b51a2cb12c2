"""
A made-up company to measure on: one office, technicians with several patterns of working hours, absences, and visits
that never collide. The same in every run.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from attrs import frozen

from fieldops_core.access.calculations import token_hash, token_text
from fieldops_core.access.model import EVERYTHING, Role, RoleId, Token
from fieldops_core.app.ports import Storage
from fieldops_core.company.model import AppointmentType, Company, Location, Settings, WorkingHoursRule
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.staff.model import Absence, Person, User, WorkingHours
from fieldops_core.testing.builders import (
    DENVER,
    PROVO,
    a_company,
    a_customer,
    a_location,
    a_technician,
    a_token,
    a_type,
    a_user,
    an_absence,
    an_appointment,
    at,
)
from fieldops_core.testing.ids import CountingIds

FIRST = date(2030, 6, 3)
"""
The first day: a Monday far ahead, because django-appointment knows no clock but the machine's.
"""
NOW = datetime(2030, 5, 27, 12, tzinfo=UTC)
DAYS = 7
VISITS = 6
MINUTES, STEP = 60, 30
"""
The visit that is to be fitted in, and the steps on which it may start.
"""
CUSTOMERS = 300
SECRET = "b" * 43

_HALF = timedelta(minutes=30)
_PATTERNS = tuple(
    WorkingHours(weekly=WeeklyHours.every(start, end, weekdays=range(7)))
    for start, end in (("08:00", "18:00"), ("07:00", "17:00"), ("08:30", "18:30"), ("09:00", "19:00"))
)
_LENGTHS = (1, 2, 2, 2, 3, 2)  # of a day's visits, in half hours


@frozen(kw_only=True)
class Firm:
    """
    A company with everything that its day grid needs. *token* speaks for its owner; *people* are its technicians as
    scheduling knows them.
    """

    company: Company
    office: Location
    service: AppointmentType
    role: Role
    boss: User
    token: Token
    technicians: tuple[User, ...]
    people: tuple[Person, ...]
    customers: tuple[Customer, ...]
    absences: tuple[Absence, ...]

    @property
    def bearer(self) -> str:
        """
        The token's text.
        """
        return token_text(self.company.id, SECRET)

    def visits(self, *, days: int = DAYS, first: date = FIRST) -> Iterator[Appointment]:
        """
        Six visits a day of every technician: 30 to 90 minutes each, six hours together, with gaps between them.
        """
        chance, ids = Random(7), CountingIds(first=1 << 40)
        for day in (first + timedelta(days=offset) for offset in range(days)):
            for user in self.technicians:
                for period in _day(user, day, chance):
                    customer = chance.choice(self.customers)
                    yield an_appointment(
                        id=AppointmentId(ids()),
                        type=self.service.id,
                        user=user.id,
                        customer=customer.id,
                        location=self.office.id,
                        period=period,
                        zone=self.office.zone,
                        notes="Bring the long ladder.",
                        created_by=self.boss.id,
                        changed_by=self.boss.id,
                    )

    def keep(self, storage: Storage, *, visits_of_days: int = DAYS) -> None:
        """
        Keep all of it.
        """
        with storage.writing(self.company.id) as unit:
            unit.companies.add(self.company)
            unit.locations.add(self.office)
            unit.appointment_types.add(self.service)
            unit.roles.add(self.role)
            for user in (self.boss, *self.technicians):
                unit.users.add(user)
            unit.tokens.add(self.token)
            for absence in self.absences:
                unit.absences.add(absence)
            for customer in self.customers:
                unit.customers.add(customer)
            for visit in self.visits(days=visits_of_days):
                unit.appointments.add(visit)


def a_firm(technicians: int) -> Firm:
    """
    A firm whose visits must lie inside working hours (the rule HOURS): that is what its peers know too.
    """
    chance, office = Random(3), a_location()
    company = a_company(slug="firm", settings=Settings(working_hours_rule=WorkingHoursRule.HOURS))
    role = Role(id=RoleId(company.id), name="Owner", owner=True, grants=EVERYTHING)
    boss = a_user(name="Olga Owen", home=office.id, roles=(role.id,))
    people = tuple(_technician(number, office, chance) for number in range(technicians))
    return Firm(
        company=company,
        office=office,
        service=a_type(minutes=MINUTES),
        role=role,
        boss=boss,
        token=a_token(user=boss.id, hash=token_hash(token_text(company.id, SECRET)), expires_at=at("08:00", _LATER)),
        technicians=people,
        people=tuple(user.person for user in people),
        customers=tuple(
            a_customer(location=office.id, number=number + 1, point=_near(chance)) for number in range(CUSTOMERS)
        ),
        absences=tuple(_absences(people, chance)),
    )


_LATER = FIRST + timedelta(days=365)


def _technician(number: int, office: Location, chance: Random) -> User:
    hours = _PATTERNS[number % len(_PATTERNS)]
    return a_technician(name=f"Technician {number}", home=office.id, start=_near(chance), hours=hours)


def _near(chance: Random) -> Point:
    return Point(PROVO.latitude + chance.uniform(-0.1, 0.1), PROVO.longitude + chance.uniform(-0.1, 0.1))


def _absences(people: tuple[User, ...], chance: Random) -> Iterator[Absence]:
    """
    Every tenth technician misses a day, and every tenth an afternoon.
    """
    for number, user in enumerate(people):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        if number % 10 == 3:
            yield an_absence(user=user.id, first=day, last=day, reason="Vacation")
        elif number % 10 == 7:
            yield an_absence(user=user.id, first=day, last=day, start=13 * 60, end=16 * 60, reason="Dentist")


def _day(user: User, day: date, chance: Random) -> Iterator[Period]:
    range_: TimeRange = user.hours.weekly.on(day)[0]
    free = (range_.end - range_.start) // 30 - sum(_LENGTHS)
    gaps = sorted(chance.randint(0, free) for _ in _LENGTHS)
    half = 0
    for length, gap in zip(chance.sample(_LENGTHS, len(_LENGTHS)), gaps, strict=True):
        start = at("00:00", day, zone=DENVER) + timedelta(minutes=range_.start) + (half + gap) * _HALF
        yield Period(start=start, end=start + length * _HALF)
        half += length
