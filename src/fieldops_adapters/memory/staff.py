"""
Users, and when they do not work.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Table, Tables
from fieldops_core.access.model import Kind
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.staff.model import Absence, Identity, Person, User


class MemoryUsers(MemoryRepository[User]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("user", tables.users)
        self._tables = tables

    def page(
        self, *, location: LocationId | None, active: bool | None, after: UserId | None, limit: int
    ) -> tuple[User, ...]:
        found = [
            user
            for user in self._sorted()
            if (location is None or user.person.of(location))
            and active in (None, user.active)
            and (after is None or user.id > after)
        ]
        return tuple(found[:limit])

    def owners(self) -> tuple[User, ...]:
        owning = {role.id for role in self._tables.roles.rows.values() if role.owner}
        return tuple(user for user in self._sorted() if user.active and not owning.isdisjoint(user.roles))

    def email_taken(self, email: str, *, by_other_than: UserId | None = None) -> bool:
        return any(
            user.email.address.lower() == email.lower() and user.id != by_other_than
            for user in self._table.rows.values()
        )

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, UserId]:
        there = {user.external_id: user.id for user in self._table.rows.values()}
        return {each: there[each] for each in external_ids if each in there}

    def known_emails(self, emails: Collection[str]) -> Mapping[str, UserId]:
        there = {user.email.address.lower(): user.id for user in self._table.rows.values()}
        return {each: there[each.lower()] for each in emails if each.lower() in there}

    def identified(self, token_hash: str) -> Identity | None:
        for token in self._tables.tokens.rows.values():
            if token.hash == token_hash:
                (company,) = self._tables.companies.rows.values()
                roles = sorted(self._tables.roles.rows.values(), key=lambda role: role.id)
                return Identity(slug=company.slug, user=self.get(token.user), token=token, roles=tuple(roles))
        return None

    def _check(self, state: User) -> None:
        if self.email_taken(state.email.address, by_other_than=state.id):
            raise Conflict(f"There is a user {state.email.address} already.")
        external_id = state.external_id
        if external_id is not None and any(other.external_id == external_id for other in self._others(state)):
            raise Conflict(f"There is a user with the external id {external_id} already.")


class MemoryPeople:
    def __init__(self, users: Table[UUID, User]) -> None:
        self._users = users

    def find(
        self, *, ids: Collection[UserId] | None = None, kind: Kind | None = None, active: bool | None = True
    ) -> tuple[Person, ...]:
        return tuple(
            person
            for person in self._all()
            if (ids is None or person.id in ids) and active in (None, person.active) and _may_be(person, kind)
        )

    def locked(self, ids: Collection[UserId]) -> tuple[Person, ...]:
        return tuple(person for person in self._all() if person.id in ids)

    def _all(self) -> list[Person]:
        return [user.person for user in sorted(self._users.rows.values(), key=lambda user: user.id)]


def _may_be(person: Person, kind: Kind | None) -> bool:
    """
    Whether a person could be assigned a kind, were they active.
    """
    eligible = {
        None: True,
        Kind.TECH: person.technician,
        Kind.SALES: person.sales_rep,
        Kind.PROGRAM: bool(person.program_types),
    }
    return eligible[kind]


class MemoryAbsences(MemoryRepository[Absence]):
    def remove(self, absence: Absence) -> None:
        self._at_version(absence.id, absence.version)
        self._table.drop(absence.id)

    def between(
        self,
        first: date,
        last: date,
        *,
        users: Collection[UserId] | None = None,
        locations: Collection[LocationId] | None = None,
    ) -> tuple[Absence, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if each.first <= last and first <= each.last and _of(each.user, users) | _of(each.location, locations)
        ]
        return tuple(sorted(found, key=lambda each: (each.first, each.id)))


def _of(owner: UserId | LocationId | None, those: Collection[UserId] | Collection[LocationId] | None) -> bool:
    return owner is not None and (those is None or owner in those)
