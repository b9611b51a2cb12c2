"""
What changes of users, hours and absences come to.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from attrs import evolve

from fieldops_core.access.messages import RoleCreated
from fieldops_core.access.model import EVERYTHING, Actor, Grants, Role, RoleId
from fieldops_core.access.rules import GRANTING, Granting
from fieldops_core.company.messages import CompanyFounded, FoundCompany, LocationCreated
from fieldops_core.company.model import Company, Location
from fieldops_core.company.rules import Shift, overlaps
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import Keep, given
from fieldops_core.staff.messages import (
    AbsenceAdded,
    AbsenceChanged,
    AbsenceRemoved,
    AddAbsence,
    ChangeAbsence,
    ChangeUser,
    ChangeWorkingHours,
    CreateUser,
    UserChanged,
    UserCreated,
    WorkingHoursChanged,
)
from fieldops_core.staff.model import Absence, AbsenceId, Holiday, User, WorkingHours
from fieldops_core.staff.rules import REGISTRATION, Registration

NewId = Callable[[], UUID]
ONE_DAY = timedelta(days=1)


def found(
    command: FoundCompany, company: CompanyId, *, new_id: NewId, now: datetime
) -> tuple[Outcome[Company], Outcome[Location], Outcome[Role], Outcome[User]]:
    """
    A company with its first location, its owner role and its first owner.
    """
    founded = Company(id=company, slug=command.slug, name=command.name)
    location = Location(id=LocationId(new_id()), name=command.location, zone=command.zone)
    role = Role(id=RoleId(new_id()), name="Owner", owner=True, grants=EVERYTHING)
    owner = User(
        id=UserId(new_id()),
        name=command.owner_name,
        email=Email(command.owner_email),
        home=location.id,
        hours=WorkingHours(weekly=founded.settings.default_working_hours),
        roles=(role.id,),
    )
    return (
        Outcome(state=founded, events=(CompanyFounded.of(None, founded, at=now),)),
        Outcome(state=location, events=(LocationCreated.of(None, location, at=now),)),
        Outcome(state=role, events=(RoleCreated.of(None, role, at=now),)),
        Outcome(state=owner, events=(UserCreated.of(None, owner, at=now),)),
    )


def new_user(command: CreateUser, default: WeeklyHours, phone: Phone | None, *, new_id: NewId) -> User:
    """
    The user as the command would have them; without a pattern of their own, with the company's *default* (SCH-21).
    """
    return User(
        id=UserId(new_id()),
        name=command.name,
        email=Email(command.email),
        phone=phone,
        language=command.language,
        zone=command.zone,
        home=command.home,
        further=command.further,
        reports_to=command.reports_to,
        technician=command.technician,
        sales_rep=command.sales_rep,
        program_types=command.program_types,
        start_address=command.start_address,
        start=command.start,
        coverage_radius=command.coverage_radius,
        hours=WorkingHours(weekly=default if command.weekly is None else command.weekly),
        roles=command.roles,
        grants=command.grants,
        external_id=command.external_id,
    )


def create_user(user: User, case: Registration, *, now: datetime) -> Outcome[User]:
    refuse(violations(REGISTRATION, case) + overlaps(Shift.of_week(user.hours.weekly)))
    return Outcome(state=user, events=(UserCreated.of(None, user, at=now),))


def changed_user(command: ChangeUser, user: User, phone: Phone | None | Keep) -> User:
    """
    The user as the command would have it.
    """
    email = user.email if not isinstance(command.email, str) else Email(command.email)
    return evolve(
        user,
        name=given(command.name, user.name),
        email=email,
        phone=given(phone, user.phone),
        language=given(command.language, user.language),
        zone=given(command.zone, user.zone),
        active=given(command.active, user.active),
        home=given(command.home, user.home),
        further=given(command.further, user.further),
        reports_to=given(command.reports_to, user.reports_to),
        technician=given(command.technician, user.technician),
        sales_rep=given(command.sales_rep, user.sales_rep),
        program_types=given(command.program_types, user.program_types),
        start_address=given(command.start_address, user.start_address),
        start=given(command.start, user.start),
        coverage_radius=given(command.coverage_radius, user.coverage_radius),
        roles=given(command.roles, user.roles),
        grants=given(command.grants, user.grants),
        external_id=given(command.external_id, user.external_id),
        version=user.version + 1,
    )


def change_user(user: User, changed: User, case: Registration, *, now: datetime) -> Outcome[User]:
    require(REGISTRATION, case)
    return Outcome(before=user, state=changed, events=(UserChanged.of(user, changed, at=now),))


def may_give(actor: Actor, held: Grants, giving: Grants) -> None:
    """
    Raises:
        Refused: where a user who held something would hold more than the actor can give (ACC-01).
    """
    require(GRANTING, Granting(actor=actor, grants=giving - held))


def change_hours(command: ChangeWorkingHours, user: User, *, now: datetime) -> Outcome[User]:
    """
    Raises:
        Refused: with every day whose hours overlap themselves or those of the day before (SCH-21).
    """
    for each in command.dated:
        valid_date(each.date, field="dated")
    hours = WorkingHours(weekly=command.weekly, dated=command.dated)
    refuse(overlaps((*Shift.of_week(hours.weekly), *_around_exceptions(hours))))
    changed = evolve(user, hours=hours, version=user.version + 1)
    return Outcome(before=user, state=changed, events=(WorkingHoursChanged.of(user, changed, at=now),))


def _around_exceptions(hours: WorkingHours) -> tuple[Shift, ...]:
    """
    The hours of each date that differs, and of the one after it, into which a range may reach.
    """
    dates = sorted(hours.excepted | {day + ONE_DAY for day in hours.excepted})
    return tuple(Shift(day=day.isoformat(), yesterday=hours.on(day - ONE_DAY), today=hours.on(day)) for day in dates)


def add_absence(command: AddAbsence, *, new_id: NewId, now: datetime) -> Outcome[Absence]:
    absence = Absence(
        id=AbsenceId(new_id()),
        user=command.user,
        location=command.location,
        first=command.first,
        last=command.last,
        start=command.start,
        end=command.end,
        reason=command.reason,
    )
    return Outcome(state=absence, events=(AbsenceAdded.of(None, absence, at=now),))


def adopt_holidays(
    location: Location, holidays: Iterable[Holiday], *, new_id: NewId, now: datetime
) -> tuple[Outcome[Absence], ...]:
    commands = (
        AddAbsence(location=location.id, first=each.date, last=each.date, reason=each.name) for each in holidays
    )
    return tuple(add_absence(command, new_id=new_id, now=now) for command in commands)


def change_absence(command: ChangeAbsence, absence: Absence, *, now: datetime) -> Outcome[Absence]:
    changed = evolve(
        absence,
        first=given(command.first, absence.first),
        last=given(command.last, absence.last),
        start=given(command.start, absence.start),
        end=given(command.end, absence.end),
        reason=given(command.reason, absence.reason),
        version=absence.version + 1,
    )
    return Outcome(before=absence, state=changed, events=(AbsenceChanged.of(absence, changed, at=now),))


def remove_absence(absence: Absence, *, now: datetime) -> Outcome[Absence]:
    event = AbsenceRemoved.of(absence, absence, at=now)
    return Outcome(before=absence, state=absence, events=(event,), removed=True)
