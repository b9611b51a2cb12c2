"""
Sessions, passwords, links and attempts.
"""

from datetime import datetime

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, text, update

from fieldops_adapters.sql.columns import Id, Instant
from fieldops_adapters.sql.due import claimed, claiming
from fieldops_adapters.sql.mapping.access import ROLES
from fieldops_adapters.sql.mapping.form import COMPANY, locked
from fieldops_adapters.sql.mapping.login import PASSWORD_LINKS, PASSWORDS, SESSIONS, session_state
from fieldops_adapters.sql.mapping.staff import USERS, email_key, user_state
from fieldops_adapters.sql.repositories.access import ALL_ROLES
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import attempts, companies, password_links, passwords, sessions, users
from fieldops_adapters.sql.work import Work
from fieldops_core.app.ports import DueLink
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.login.model import (
    Attempts,
    Credentials,
    LinkId,
    Password,
    PasswordLink,
    Session,
    SessionId,
    Visitor,
)

_USER, _NOW = bindparam("user", type_=Id), bindparam("now", type_=Instant)
_OF_USER = SESSIONS.all.where(sessions.c.user_id == _USER).order_by(sessions.c.id)
_VISITOR = (
    select(companies.c.slug, *SESSIONS.columns, *USERS.columns)
    .select_from(sessions)
    .join(users, and_(users.c.company_id == sessions.c.company_id, users.c.id == sessions.c.user_id))
    .join(companies, companies.c.company_id == sessions.c.company_id)
    .where(sessions.c.company_id == COMPANY, sessions.c.hash == bindparam("hash"))
)
_SEEN = (
    update(sessions)
    .where(sessions.c.company_id == COMPANY, sessions.c.id == bindparam("key", type_=Id))
    .values(seen_at=bindparam("at", type_=Instant))
)
_CREDENTIALS = (
    select(users.c.id, users.c.active, passwords.c.hash, passwords.c.version)
    .select_from(users)
    .outerjoin(passwords, and_(passwords.c.company_id == users.c.company_id, passwords.c.id == users.c.id))
    .where(users.c.company_id == COMPANY, users.c.email_key == bindparam("email_key"))
)
_LINKS_OF = PASSWORD_LINKS.all.where(password_links.c.user_id == _USER).order_by(password_links.c.id)
_CLAIM = claiming(password_links)
_LINK_HASHED = PASSWORD_LINKS.all.where(password_links.c.hash == bindparam("hash"))
_COUNT = locked(
    select(attempts.c.count, attempts.c.last_at).where(
        attempts.c.company_id == COMPANY, attempts.c.key == bindparam("name")
    ),
    Lock.EXCLUSIVE,
)
_PUT = insert(attempts)
_CHANGE = (
    update(attempts)
    .where(attempts.c.company_id == COMPANY, attempts.c.key == bindparam("name"))
    .values(
        count=bindparam("times"), last_at=bindparam("then", type_=Instant), forget_at=bindparam("until", type_=Instant)
    )
)
_DROP = delete(attempts).where(attempts.c.company_id == COMPANY, attempts.c.key == bindparam("name"))
_FORGET = (
    delete(sessions).where(sessions.c.ends_at <= _NOW),
    delete(password_links).where(password_links.c.expires_at <= _NOW),
    delete(attempts).where(attempts.c.forget_at <= _NOW),
)
# It sees when each of all companies' is over, and nothing else of it.
_AS_WORKER = text("SET LOCAL ROLE fieldops_worker")


class SqlSessions(SqlRepository[SessionId, Session]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, SESSIONS)

    def of(self, user: UserId) -> tuple[Session, ...]:
        return self.work.states(self.form, _OF_USER, user=user)

    def visitor(self, hash: str) -> Visitor | None:
        row = self.work.row(_VISITOR, hash=hash)
        if row is None:
            return None
        to_user = 1 + len(SESSIONS.columns)
        return Visitor(
            slug=row[0],
            session=session_state(row[1:to_user]),
            user=user_state(row[to_user:]),
            roles=self.work.states(ROLES, ALL_ROLES),
        )

    def seen(self, id: SessionId, *, at: datetime) -> None:
        self.work.run(_SEEN, key=id, at=at)


class SqlPasswords(SqlRepository[UserId, Password]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, PASSWORDS)

    def of(self, user: UserId, *, lock: Lock = Lock.NONE) -> Password | None:
        row = self.work.row(self.form.get[lock], key=user)
        return None if row is None else self.work.state_of(self.form, row)

    def credentials(self, email: str) -> Credentials | None:
        row = self.work.row(_CREDENTIALS, email_key=email_key(email))
        if row is None:
            return None
        user, active, hash, version = row
        return Credentials(user=user, active=active, hash=hash, version=version or 0)


class SqlPasswordLinks(SqlRepository[LinkId, PasswordLink]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, PASSWORD_LINKS)

    def of(self, user: UserId) -> tuple[PasswordLink, ...]:
        return self.work.states(self.form, _LINKS_OF, user=user)

    def hashed(self, hash: str) -> PasswordLink | None:
        found = self.work.states(self.form, _LINK_HASHED, hash=hash)
        return found[0] if found else None


class SqlAttempts:
    __slots__ = ("_unknown", "work")

    def __init__(self, work: Work) -> None:
        self.work, self._unknown = work, set[str]()

    def of(self, key: str) -> Attempts | None:
        row = self.work.row(_COUNT, name=key)
        if row is None:
            self._unknown.add(key)
            return None
        return Attempts(count=row[0], last_at=row[1])

    def put(self, key: str, attempts: Attempts, *, forget_at: datetime) -> None:
        # Of two who begin to count at once, one meets a conflict, and counts again: what was not there as it was read
        # cannot be locked, and is not to be overwritten if it is there by now.
        row = {"key": key, "count": attempts.count, "last_at": attempts.last_at, "forget_at": forget_at}
        if key in self._unknown or self.of(key) is None:
            self.work.insert(_PUT, [row])
            self._unknown.discard(key)
        else:
            self.work.run(_CHANGE, name=key, times=attempts.count, then=attempts.last_at, until=forget_at)

    def drop(self, key: str) -> None:
        self.work.run(_DROP, name=key)


def claim_links(connection: Connection, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
    """
    Claim links of any company. The transaction can do nothing else.
    """
    rows = claimed(connection, _CLAIM, limit, now=now, lease_seconds=lease_seconds)
    return tuple(DueLink(company=company, link=id) for company, id in rows)


def forget_logins(connection: Connection, *, now: datetime) -> int:
    """
    Remove what is over, of any company. The transaction can do nothing else.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_AS_WORKER)
    return sum(connection.execute(statement, {"now": now}).rowcount for statement in _FORGET)
