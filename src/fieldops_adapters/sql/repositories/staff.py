"""
Users and absences.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select

from fieldops_adapters.sql.columns import Id, Ids, Texts, among, among_texts
from fieldops_adapters.sql.mapping.access import ROLES, TOKENS, token_state
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.mapping.staff import ABSENCES, USERS, email_key, user_state
from fieldops_adapters.sql.repositories.access import ALL_ROLES
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import absences, companies, roles, tokens, users
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.staff.model import Absence, AbsenceId, Identity, User

_LOCATION, _AFTER = bindparam("location", type_=Id), bindparam("after", type_=Id)
_OWNERS = (
    USERS.all.join(roles, and_(roles.c.company_id == users.c.company_id, roles.c.owner))
    .where(users.c.active, among(roles.c.id, users.c.roles))
    .order_by(users.c.id)
)
_OF_EMAIL = select(users.c.id).where(users.c.company_id == COMPANY, users.c.email_key == bindparam("email_key"))
_OF_EMAILS = select(users.c.email_key, users.c.id).where(
    users.c.company_id == COMPANY, among_texts(users.c.email_key, bindparam("email_keys", type_=Texts))
)
_OF_EXTERNAL_IDS = select(users.c.external_id, users.c.id).where(
    users.c.company_id == COMPANY, among_texts(users.c.external_id, bindparam("external_ids", type_=Texts))
)
_IDENTIFIED = (
    select(companies.c.slug, *TOKENS.columns, *USERS.columns)
    .select_from(tokens)
    .join(users, and_(users.c.company_id == tokens.c.company_id, users.c.id == tokens.c.user_id))
    .join(companies, companies.c.company_id == tokens.c.company_id)
    .where(tokens.c.company_id == COMPANY, tokens.c.hash == bindparam("hash"))
)
_BETWEEN = ABSENCES.all.where(
    absences.c.last_day >= bindparam("first"), absences.c.first_day <= bindparam("last")
).order_by(absences.c.first_day, absences.c.id)


class SqlUsers(SqlRepository[UserId, User]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, USERS)

    def page(
        self, *, location: LocationId | None, active: bool | None, after: UserId | None, limit: int
    ) -> tuple[User, ...]:
        statement = USERS.all.order_by(users.c.id).limit(bindparam("rows"))
        if location is not None:
            statement = statement.where(or_(users.c.home_id == _LOCATION, among(_LOCATION, users.c.further)))
        if active is not None:
            statement = statement.where(users.c.active if active else ~users.c.active)
        if after is not None:
            statement = statement.where(users.c.id > _AFTER)
        return self.work.states(USERS, statement, location=location, after=after, rows=limit)

    def owners(self) -> tuple[User, ...]:
        return self.work.states(USERS, _OWNERS)

    def email_taken(self, email: str, *, by_other_than: UserId | None = None) -> bool:
        found = self.work.row(_OF_EMAIL, email_key=email_key(email))
        return found is not None and found[0] != by_other_than

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, UserId]:
        return {row[0]: row[1] for row in self.work.rows(_OF_EXTERNAL_IDS, external_ids=list(external_ids))}

    def known_emails(self, emails: Collection[str]) -> Mapping[str, UserId]:
        keys = {each: email_key(each) for each in emails}
        there = {row[0]: row[1] for row in self.work.rows(_OF_EMAILS, email_keys=list(keys.values()))}
        return {each: there[key] for each, key in keys.items() if key in there}

    def identified(self, token_hash: str) -> Identity | None:
        row = self.work.row(_IDENTIFIED, hash=token_hash)
        if row is None:
            return None
        to_user = 1 + len(TOKENS.columns)
        return Identity(
            slug=row[0],
            token=token_state(row[1:to_user]),
            user=user_state(row[to_user:]),
            roles=self.work.states(ROLES, ALL_ROLES),
        )


class SqlAbsences(SqlRepository[AbsenceId, Absence]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, ABSENCES)

    def remove(self, absence: Absence) -> None:
        self.replaced(absence, self.work.run(ABSENCES.remove, key=absence.id, earlier=absence.version))

    def between(
        self,
        first: date,
        last: date,
        *,
        users: Collection[UserId] | None = None,
        locations: Collection[LocationId] | None = None,
    ) -> tuple[Absence, ...]:
        statement = _between(users is not None, locations is not None)
        return self.work.states(ABSENCES, statement, first=first, last=last, users=users, locations=locations)


@lru_cache(maxsize=4)
def _between(some_users: bool, some_locations: bool) -> Select[Any]:
    """
    Made once each: what SQLAlchemy compiles is kept with it.
    """
    of_users = _owned(absences.c.user_id, "users", some=some_users)
    return _BETWEEN.where(or_(of_users, _owned(absences.c.location_id, "locations", some=some_locations)))


def _owned(owner: ColumnElement[Any], name: str, *, some: bool) -> ColumnElement[bool]:
    return among(owner, bindparam(name, type_=Ids)) if some else owner.is_not(None)
