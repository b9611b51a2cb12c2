"""
Sessions, passwords, links and attempts.
"""

from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Counted, Table, Tables
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.login.model import Attempts, Credentials, Password, PasswordLink, Session, Visitor


class MemorySessions(MemoryRepository[Session]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("session", tables.sessions)
        self._tables = tables

    def of(self, user: UserId) -> tuple[Session, ...]:
        return tuple(each for each in self._sorted() if each.user == user)

    def visitor(self, hash: str) -> Visitor | None:
        for session in self._table.rows.values():
            if session.hash == hash:
                (company,) = self._tables.companies.rows.values()
                roles = sorted(self._tables.roles.rows.values(), key=lambda role: role.id)
                user = self._tables.users.rows[session.user]
                return Visitor(slug=company.slug, session=session, user=user, roles=tuple(roles))
        return None

    def seen(self, id: UUID, *, at: datetime) -> None:
        if id in self._table.rows:
            self._table.put(id, evolve(self._table.rows[id], seen_at=at))


class MemoryPasswords(MemoryRepository[Password]):
    def __init__(self, tables: Tables) -> None:
        super().__init__("password", tables.passwords)
        self._users = tables.users

    def of(self, user: UserId, *, lock: Lock = Lock.NONE) -> Password | None:
        return self._table.rows.get(user)

    def credentials(self, email: str) -> Credentials | None:
        for user in self._users.rows.values():
            if user.email.address.lower() == email.lower():
                password = self._table.rows.get(user.id)
                if password is None:
                    return Credentials(user=user.id, active=user.active)
                return Credentials(user=user.id, active=user.active, hash=password.hash, version=password.version)
        return None


class MemoryLinks(MemoryRepository[PasswordLink]):
    def of(self, user: UserId) -> tuple[PasswordLink, ...]:
        return tuple(each for each in self._sorted() if each.user == user)

    def hashed(self, hash: str) -> PasswordLink | None:
        return next((each for each in self._table.rows.values() if each.hash == hash), None)


class MemoryAttempts:
    def __init__(self, attempts: Table[str, Counted]) -> None:
        self._attempts = attempts

    def of(self, key: str) -> Attempts | None:
        there = self._attempts.rows.get(key)
        return None if there is None else there.attempts

    def put(self, key: str, attempts: Attempts, *, forget_at: datetime) -> None:
        self._attempts.put(key, Counted(attempts=attempts, forget_at=forget_at))

    def drop(self, key: str) -> None:
        self._attempts.drop(key)


def forget_logins(tables: Tables, now: datetime) -> int:
    """
    Drop from a draft what is over.
    """
    sessions = [key for key, each in tables.sessions.rows.items() if each.ends_at <= now]
    links = [key for key, each in tables.password_links.rows.items() if each.expires_at <= now]
    attempts = [key for key, each in tables.attempts.rows.items() if each.forget_at <= now]
    for key in sessions:
        tables.sessions.drop(key)
    for key in links:
        tables.password_links.drop(key)
    for each in attempts:
        tables.attempts.drop(each)
    return len(sessions) + len(links) + len(attempts)
