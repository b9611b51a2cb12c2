"""
Users, their hours, absences and tokens: load, decide, save.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date

from fieldops_core.access import decisions as access
from fieldops_core.access.calculations import token_hash, token_text
from fieldops_core.access.context import Call
from fieldops_core.access.messages import CreateToken, ListTokens, RevokeToken
from fieldops_core.access.model import Action, Grants, Permission, effective
from fieldops_core.access.ports import Randomness
from fieldops_core.access.rules import (
    OWNERS,
    HoursAccess,
    OwnerChange,
    may_change_hours,
    require_company_wide,
)
from fieldops_core.access.views import TokensView, TokenView, token_view
from fieldops_core.company.messages import FoundCompany
from fieldops_core.company.model import Location, Setup
from fieldops_core.company.rules import FOUNDING, Founding
from fieldops_core.company.views import CompanyView
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import UNSET, Unset, given
from fieldops_core.staff import decisions
from fieldops_core.staff.messages import (
    AddAbsence,
    AdoptHolidays,
    ChangeAbsence,
    ChangeUser,
    ChangeWorkingHours,
    CreateUser,
    ListAbsences,
    ListHolidays,
    ListUsers,
    RemoveAbsence,
    ShowUser,
)
from fieldops_core.staff.model import Absence, User, valid_region
from fieldops_core.staff.ports import HolidayCalendar, Unit
from fieldops_core.staff.rules import ADOPTION, BEARING, Adoption, Bearer, Registration
from fieldops_core.staff.views import (
    AbsencesView,
    AbsenceView,
    AdoptionView,
    HolidaysView,
    HolidayView,
    UserHoursView,
    UsersView,
    UserView,
    absence_view,
    user_hours_view,
    user_view,
)


def found_company(command: FoundCompany, call: Call[Unit]) -> CompanyView:
    unit = call.unit
    require(FOUNDING, Founding(slug=command.slug, taken=unit.companies.slug_taken(command.slug)))
    outcomes = decisions.found(command, call.context.company, new_id=call.new_id, now=call.now)
    company = call.keep(unit.companies, outcomes[0])
    location = call.keep(unit.locations, outcomes[1])
    role = call.keep(unit.roles, outcomes[2])
    owner = call.keep(unit.users, outcomes[3])
    return CompanyView(
        id=company.id, slug=company.slug, name=company.name, location=location.id, owner_role=role.id, owner=owner.id
    )


def create_user(command: CreateUser, call: Call[Unit], *, phones: Phones) -> UserView:
    require_company_wide(call.actor, Permission.USERS, Action.MODIFY)
    # A change of the rule of working hours that is on its way finds the new user, or is found by who books them.
    call.unit.companies.get(call.context.company, lock=Lock.SHARED)
    _hold(call, command.home, *command.further)
    setup = call.unit.companies.setup()
    phone = _phone(command.phone, setup, command.home, phones)
    user = decisions.new_user(command, setup.settings.default_working_hours, phone, new_id=call.new_id)
    case = _registration(user, setup, call)
    decisions.may_give(call.actor, frozenset(), _held(user, call))
    return user_view(call.keep(call.unit.users, decisions.create_user(user, case, now=call.now)))


def change_user(command: ChangeUser, call: Call[Unit], *, phones: Phones) -> UserView:
    require_company_wide(call.actor, Permission.USERS, Action.MODIFY)
    _hold(call, *_comes_to(command, call))
    user, setup = call.unit.users.get(command.user, lock=Lock.EXCLUSIVE), call.unit.companies.setup()
    call.expect(user)
    home = given(command.home, user.home)
    phone = UNSET if isinstance(command.phone, Unset) else _phone(command.phone, setup, home, phones)
    changed = decisions.changed_user(command, user, phone)
    case = _registration(changed, setup, call)
    # Who is deactivated can do nothing: to bring them back is to give them all that they hold. So it is to choose where
    # the links are sent by which their password is set (API-08).
    given_anew = (changed.active and not user.active) or changed.email != user.email
    before = frozenset() if given_anew else _held(user, call)
    decisions.may_give(call.actor, before, _held(changed, call))
    outcome = decisions.change_user(user, changed, case, now=call.now)
    _an_owner_remains(user, changed, call)
    if user.active and not changed.active:
        _end_tokens(user, call)
    return user_view(call.keep(call.unit.users, outcome))


def show_user(question: ShowUser, call: Call[Unit]) -> UserView:
    require_company_wide(call.actor, Permission.USERS, Action.VIEW)
    return user_view(call.unit.users.get(question.user))


def list_users(question: ListUsers, call: Call[Unit]) -> UsersView:
    require_company_wide(call.actor, Permission.USERS, Action.VIEW)
    found = call.unit.users.page(
        location=question.location, active=question.active, after=question.after, limit=one_more(question.limit)
    )
    page, last = paged(found, question.limit)
    more = str(last.id) if last else None
    return UsersView(items=tuple(user_view(user) for user in page), next=more)


def change_working_hours(command: ChangeWorkingHours, call: Call[Unit]) -> UserHoursView:
    user = call.unit.users.get(command.user, lock=Lock.EXCLUSIVE)
    _may_change_hours(call, user.id, user.home)
    call.expect(user)
    return user_hours_view(call.keep(call.unit.users, decisions.change_hours(command, user, now=call.now)))


def add_absence(command: AddAbsence, call: Call[Unit]) -> AbsenceView:
    """
    The user is locked, so that no visit is booked into the absence meanwhile; a location, so that nobody moves there.
    """
    outcome = decisions.add_absence(command, new_id=call.new_id, now=call.now)
    _may_change_hours(call, command.user, _home(outcome.state, call, lock=Lock.EXCLUSIVE))
    return absence_view(call.keep(call.unit.absences, outcome))


def change_absence(command: ChangeAbsence, call: Call[Unit]) -> AbsenceView:
    absence = call.unit.absences.get(command.absence)
    _may_change_hours(call, absence.user, _home(absence, call, lock=Lock.EXCLUSIVE))
    call.expect(absence)
    return absence_view(call.keep(call.unit.absences, decisions.change_absence(command, absence, now=call.now)))


def remove_absence(command: RemoveAbsence, call: Call[Unit]) -> AbsenceView:
    absence = call.unit.absences.get(command.absence)
    _may_change_hours(call, absence.user, _home(absence, call))
    call.expect(absence)
    return absence_view(call.remove(call.unit.absences, decisions.remove_absence(absence, now=call.now)))


def list_absences(question: ListAbsences, call: Call[Unit]) -> AbsencesView:
    """
    Those whose hours the actor may see: all with ``users`` VIEW, else of where they may change them. Of one user:
    theirs, and the holidays of their home location.
    """
    users = locations = None
    if question.user is not None:
        asked = call.unit.people.find(ids=(question.user,), active=None)
        users, locations = [person.id for person in asked], [person.home for person in asked]
    found = call.unit.absences.between(question.first, question.last, users=users, locations=locations)
    if not call.actor.holds(Permission.USERS, Action.VIEW):
        homes = {person.id: person.home for person in call.unit.people.find(active=None)}
        found = tuple(each for each in found if _may_see_absence(each, homes, call))
    return AbsencesView(items=tuple(absence_view(each) for each in found))


def list_holidays(question: ListHolidays, call: Call[Unit], *, calendar: HolidayCalendar) -> HolidaysView:
    """
    What a calendar knows; and what of it a location has, to whom may see its hours.
    """
    location = call.unit.locations.get(question.location) if question.location is not None else None
    region = _region(question.region, location)
    valid_date(_first_of(question.year), field="year")
    known = calendar.holidays(region, question.year)
    there: frozenset[date] | None = None
    if location is not None:
        if not call.actor.holds(Permission.USERS, Action.VIEW):
            _may_change_hours(call, None, location.id)
        there = _adopted(location, [each.date for each in known], call)
    items = tuple(
        HolidayView(date=each.date, name=each.name, adopted=None if there is None else each.date in there)
        for each in known
    )
    return HolidaysView(region=region, year=question.year, items=items)


def adopt_holidays(command: AdoptHolidays, call: Call[Unit], *, calendar: HolidayCalendar) -> AdoptionView:
    location = call.unit.locations.get(command.location, lock=Lock.EXCLUSIVE)
    _may_change_hours(call, None, location.id)
    region, dates = _region(command.region, location), sorted(set(command.dates))
    for day in dates:
        valid_date(day, field="dates")
    known = {each.date: each for year in {day.year for day in dates} for each in calendar.holidays(region, year)}
    require(ADOPTION, Adoption(region=region, unknown=tuple(day for day in dates if day not in known)))
    there = _adopted(location, dates, call)
    chosen = [known[day] for day in dates if day not in there]
    outcomes = decisions.adopt_holidays(location, chosen, new_id=call.new_id, now=call.now)
    added = tuple(absence_view(call.keep(call.unit.absences, outcome)) for outcome in outcomes)
    return AdoptionView(location=location.id, region=region, added=added, known=tuple(sorted(there)))


def create_token(command: CreateToken, call: Call[Unit], *, randomness: Randomness) -> TokenView:
    require_company_wide(call.actor, Permission.TOKENS, Action.MODIFY)
    user = call.unit.users.get(command.user, lock=Lock.SHARED)
    require(BEARING, Bearer(name=user.name, active=user.active))
    held, setup = _held(user, call), call.unit.companies.setup()
    for place in {scope.at for scope in command.scopes or () if scope.at is not None}:
        setup.location(place)
    text = token_text(call.context.company, randomness())
    outcome = access.create_token(command, held, call.actor, token_hash(text), new_id=call.new_id, now=call.now)
    return token_view(call.keep(call.unit.tokens, outcome), secret=text)


def revoke_token(command: RevokeToken, call: Call[Unit]) -> TokenView:
    require_company_wide(call.actor, Permission.TOKENS, Action.MODIFY)
    token = call.unit.tokens.get(command.token)
    call.expect(token)
    return token_view(call.keep(call.unit.tokens, access.revoke_token(token, now=call.now)))


def list_tokens(_: ListTokens, call: Call[Unit]) -> TokensView:
    require_company_wide(call.actor, Permission.TOKENS, Action.VIEW)
    return TokensView(items=tuple(token_view(token) for token in call.unit.tokens.all()))


def _phone(text: str | None, setup: Setup, home: LocationId, phones: Phones) -> Phone | None:
    if text is None:
        return None
    # A home that the company does not have is refused by a rule, whatever the number.
    country = next((location.country for location in setup.locations if location.id == home), "US")
    return phones.parse(text, country=country)


def _registration(user: User, setup: Setup, call: Call[Unit]) -> Registration:
    """
    What the rules of saving a user ask: the login, the external id, and the ids that the company does not have.
    """
    unit = call.unit
    known: set[object] = {location.id for location in setup.locations}
    places = sorted({grant.at for grant in user.grants if grant.at is not None})
    named: list[object] = [user.home, *user.further, *places, *user.program_types, *user.roles]
    if user.program_types:
        known |= {type.id for type in unit.appointment_types.all()}
    if user.roles:
        known |= {role.id for role in unit.roles.all()}
    if user.reports_to is not None:
        named.append(user.reports_to)
        known |= {person.id for person in unit.people.find(ids=(user.reports_to,), active=None)}
    return Registration(
        email=user.email.address,
        email_taken=unit.users.email_taken(user.email.address, by_other_than=user.id),
        external_id=user.external_id,
        external_id_taken=_external_id_taken(user, call),
        strangers=tuple(str(each) for each in named if each not in known),
        closed=tuple(
            each.name for each in setup.locations if user.active and not each.active and user.person.of(each.id)
        ),
    )


def _comes_to(command: ChangeUser, call: Call[Unit]) -> tuple[LocationId, ...]:
    """
    The locations that a change may bring a user to: who is active again comes to all of theirs.
    """
    if command.active is True:
        user = call.unit.users.get(command.user)
        return (given(command.home, user.home), *given(command.further, user.further))
    return (*(() if isinstance(command.home, Unset) else (command.home,)), *given(command.further, ()))


def _hold(call: Call[Unit], *locations: LocationId) -> None:
    """
    A holiday or the closing of a location that is on its way finds whoever comes there, or is found by them: the
    location is locked by both, before any user. One that the company does not have is for a rule to refuse.
    """
    for location in sorted(set(locations)):
        with suppress(NotFound):
            call.unit.locations.get(location, lock=Lock.SHARED)


def _external_id_taken(user: User, call: Call[Unit]) -> bool:
    if user.external_id is None:
        return False
    return call.unit.users.known_external_ids([user.external_id]).get(user.external_id, user.id) != user.id


def _held(user: User, call: Call[Unit]) -> Grants:
    roles = call.unit.roles.all() if user.roles else ()
    return effective(user.grants, (role for role in roles if role.id in user.roles))


def _end_tokens(user: User, call: Call[Unit]) -> None:
    """
    For good: who comes back is given new ones (ACC-24).
    """
    for token in call.unit.tokens.of(user.id):
        call.keep(call.unit.tokens, access.revoke_token(token, now=call.now))


def _an_owner_remains(user: User, changed: User, call: Call[Unit]) -> None:
    """
    Owners are counted under the lock of their role: of two that leave at once, one is refused (ACC-01).
    """
    role = call.unit.roles.owner(lock=Lock.EXCLUSIVE).id
    was, stays = (each.active and role in each.roles for each in (user, changed))
    if was and not stays:
        owners = frozenset(owner.id for owner in call.unit.users.owners())
        require(OWNERS, OwnerChange(before=owners, after=owners - {user.id}))


def _may_change_hours(call: Call[Unit], user: UserId | None, home: LocationId) -> None:
    permit((may_change_hours,), HoursAccess(actor=call.actor, user=user, home=home))


def _home(absence: Absence, call: Call[Unit], *, lock: Lock = Lock.NONE) -> LocationId:
    if absence.user is not None:
        return call.unit.users.get(absence.user, lock=lock).home
    if absence.location is None:
        raise NotFound("absence", absence.id)
    return call.unit.locations.get(absence.location, lock=lock).id


def _region(asked: str | None, location: Location | None) -> str:
    """
    Raises:
        InvalidValue: where neither names one.
    """
    if asked is not None:
        return valid_region(asked)
    if location is None or not location.address.state:
        sentence = "Say which region is meant: no location tells it by the state of its address."
        raise InvalidValue("region.missing", sentence, field="region", rule="SCH-22")
    return f"{location.country}-{location.address.state}"


def _first_of(year: int) -> date:
    """
    Raises:
        InvalidValue: where there is no such year.
    """
    if not date.min.year <= year <= date.max.year:
        raise InvalidValue("date.out_of_range", f"{year} is not a year to plan with.", field="year")
    return date(year, 1, 1)


def _adopted(location: Location, dates: Sequence[date], call: Call[Unit]) -> frozenset[date]:
    """
    The dates of which a location has the whole as a holiday already.
    """
    if not dates:
        return frozenset()
    there = call.unit.absences.between(min(dates), max(dates), users=(), locations=(location.id,))
    return frozenset(day for day in dates if any(each.fills(day) for each in there))


def _may_see_absence(absence: Absence, homes: dict[UserId, LocationId], call: Call[Unit]) -> bool:
    home = absence.location if absence.user is None else homes.get(absence.user)
    if home is None:
        return False
    return may_change_hours(HoursAccess(actor=call.actor, user=absence.user, home=home)) is None
