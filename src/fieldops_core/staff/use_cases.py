"""
Users, their hours, absences and tokens: load, decide, save.
"""

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
from fieldops_core.company.model import Setup
from fieldops_core.company.rules import FOUNDING, Founding
from fieldops_core.company.views import CompanyView
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.unset import UNSET, Unset
from fieldops_core.staff import decisions
from fieldops_core.staff.messages import (
    AddAbsence,
    ChangeUser,
    ChangeWorkingHours,
    CreateUser,
    ListAbsences,
    ListUsers,
    RemoveAbsence,
    ShowUser,
)
from fieldops_core.staff.model import Absence, User
from fieldops_core.staff.ports import Unit
from fieldops_core.staff.rules import Registration
from fieldops_core.staff.views import (
    AbsencesView,
    AbsenceView,
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
    setup = call.unit.companies.setup()
    phone = _phone(command.phone, setup, command.home, phones)
    user = decisions.new_user(command, setup.settings.default_working_hours, phone, new_id=call.new_id)
    case = _registration(user, setup, call)
    decisions.may_give(call.actor, frozenset(), _held(user, call))
    return user_view(call.keep(call.unit.users, decisions.create_user(user, case, now=call.now)))


def change_user(command: ChangeUser, call: Call[Unit], *, phones: Phones) -> UserView:
    require_company_wide(call.actor, Permission.USERS, Action.MODIFY)
    setup, user = call.unit.companies.setup(), call.unit.users.get(command.user)
    call.expect(user)
    home = user.home if isinstance(command.home, Unset) else command.home
    phone = UNSET if isinstance(command.phone, Unset) else _phone(command.phone, setup, home, phones)
    changed = decisions.changed_user(command, user, phone)
    case = _registration(changed, setup, call)
    # Who is deactivated can do nothing: to bring them back is to give them all that they hold.
    before = frozenset() if changed.active and not user.active else _held(user, call)
    decisions.may_give(call.actor, before, _held(changed, call))
    outcome = decisions.change_user(user, changed, case, now=call.now)
    _an_owner_remains(user, changed, call)
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
    The user is locked, so that no visit is booked into the absence meanwhile.
    """
    outcome = decisions.add_absence(command, new_id=call.new_id, now=call.now)
    _may_change_hours(call, command.user, _home(outcome.state, call, lock=Lock.EXCLUSIVE))
    return absence_view(call.keep(call.unit.absences, outcome))


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


def create_token(command: CreateToken, call: Call[Unit], *, randomness: Randomness) -> TokenView:
    require_company_wide(call.actor, Permission.TOKENS, Action.MODIFY)
    held, setup = _held(call.unit.users.get(command.user), call), call.unit.companies.setup()
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
    )


def _external_id_taken(user: User, call: Call[Unit]) -> bool:
    if user.external_id is None:
        return False
    return call.unit.users.known_external_ids([user.external_id]).get(user.external_id, user.id) != user.id


def _held(user: User, call: Call[Unit]) -> Grants:
    roles = call.unit.roles.all() if user.roles else ()
    return effective(user.grants, (role for role in roles if role.id in user.roles))


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
    return call.unit.locations.get(absence.location).id


def _may_see_absence(absence: Absence, homes: dict[UserId, LocationId], call: Call[Unit]) -> bool:
    home = absence.location if absence.user is None else homes.get(absence.user)
    if home is None:
        return False
    return may_change_hours(HoursAccess(actor=call.actor, user=absence.user, home=home)) is None
