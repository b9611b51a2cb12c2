"""
What people name on the command line: users by their email address, the rest by name, everything by its id.
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Protocol, TypeVar
from uuid import UUID

from fieldops_core.access.context import Context
from fieldops_core.access.messages import ListRoles
from fieldops_core.access.model import SYSTEM, Action, Grant, Grants, Permission
from fieldops_core.access.views import RolesView, RoleView
from fieldops_core.company.messages import ListLocations
from fieldops_core.company.views import LocationsView, LocationView
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.staff.messages import ListUsers, ShowUser
from fieldops_core.staff.views import UsersView, UserView
from fieldops_http.cli.opening import Desk
from fieldops_http.cli.telling import CannotDo
from fieldops_http.engine import Engine, known

PAGE = 200


class Named(Protocol):
    """
    What has an id and a name.
    """

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=Named)


def one_of(kind: str, told: str, items: Iterable[N]) -> N:
    """
    The item of a name, whatever the case of its letters, or of an id.

    Raises:
        CannotDo: where there is none, or more than one.
    """
    there = list(items)
    found = [each for each in there if told.casefold() == each.name.casefold() or told == str(each.id)]
    if len(found) > 1:
        ids = ", ".join(str(each.id) for each in found)
        raise CannotDo(f"{len(found)} have the name {told!r}. Name the {kind} by its id: {ids}.")
    if not found:
        names = ", ".join(each.name for each in there)
        raise CannotDo(f"There is no {kind} {told!r}, {f'only {names}' if names else 'and no other'}.")
    return found[0]


def location_of(desk: Desk, told: str | None) -> LocationView:
    """
    A location of the company; None: the only one.

    Raises:
        CannotDo: where it has no such location, or none is named of several.
    """
    locations = desk.ask(ListLocations(), LocationsView).items
    if told is not None:
        return one_of("location", told, locations)
    if len(locations) != 1:
        names = ", ".join(each.name for each in locations)
        raise CannotDo(f"{desk.slug!r} has several locations. Name one of them with --home: {names}.")
    return locations[0]


def roles_of(desk: Desk) -> tuple[RoleView, ...]:
    return desk.ask(ListRoles(), RolesView).items


def role_of(desk: Desk, told: str) -> RoleView:
    return one_of("role", told, roles_of(desk))


def users_of(engine: Engine, company: CompanyId, *, location: LocationId | None = None) -> Iterator[UserView]:
    """
    Every user of a company, deactivated ones too, in the order in which they came.
    """
    after: UserId | None = None
    while True:
        question = ListUsers(location=location, after=after, limit=PAGE)
        page = known(engine.fieldops.ask(question, Context(company=company, actor=SYSTEM)), UsersView)
        yield from page.items
        if page.next is None:
            return
        after = UserId(page.items[-1].id)


def user_of(engine: Engine, company: CompanyId, email: str) -> UserView | None:
    """
    The user who logs in with an address, whatever the case of its letters.
    """
    wanted = email.strip().lower()
    return next((user for user in users_of(engine, company) if user.email.lower() == wanted), None)


def the_user(desk: Desk, told: str) -> UserView:
    """
    A user by email address or id.

    Raises:
        CannotDo: where the company has no such user.
    """
    if "@" not in told:
        return desk.ask(ShowUser(user=UserId(_id(told))), UserView)
    found = user_of(desk.engine, desk.company, told)
    if found is None:
        raise CannotDo(f"{desk.slug!r} has no user {told!r}. `fieldops user list` names them all.")
    return found


def _id(told: str) -> UUID:
    try:
        return UUID(told)
    except ValueError:
        raise CannotDo(
            f"{told!r} is neither an email address nor an id. `fieldops user list` names every user."
        ) from None


def grants_of(desk: Desk, told: Iterable[str]) -> Grants:
    """
    Grants as they are written: ``permission.action``, or ``permission`` for each of its actions; with ``@location`` at
    that location, else in the whole company.

    Raises:
        CannotDo: where there is no such permission, action or location.
    """
    return frozenset(grant for each in told for grant in _grants(desk, each))


def _grants(desk: Desk, told: str) -> Iterator[Grant]:
    what, _, place = told.partition("@")
    name, _, action = what.partition(".")
    permission = _permission(name)
    at = LocationId(location_of(desk, place).id) if place else None
    asked = [each for each in actions_of(permission) if action in ("", each.value)]
    if not asked:
        names = " or ".join(each.value for each in actions_of(permission))
        raise CannotDo(f"{name} cannot be held for {action!r}. Hold it for {names}.")
    yield from (Grant(permission, each, at) for each in asked)


def actions_of(permission: Permission) -> list[Action]:
    """
    For what a permission can be held, in the order of the actions.
    """
    return [each for each in Action if each in permission.actions]


def _permission(name: str) -> Permission:
    names = [each.value for each in Permission]
    if name in names:
        return Permission(name)
    close = get_close_matches(name, names, n=1)
    hint = f"Did you mean {close[0]}?" if close else "`fieldops role permissions` names them all."
    raise CannotDo(f"There is no permission {name!r}. {hint}")
