"""
The storage: the committed tables of every company, one writer, and readers that nobody stops.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import datetime, timedelta
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from attrs import evolve

from fieldops_adapters.memory.login import forget_logins
from fieldops_adapters.memory.scheduling import AllAppointments
from fieldops_adapters.memory.tables import Table, Tables
from fieldops_adapters.memory.unit import MemoryUnit
from fieldops_core.app.ports import Due, DueLink, DueLookup, DueMessage, Unit
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.login.model import LinkId
from fieldops_core.messaging.model import MessageId

Around = Callable[[MemoryUnit], AbstractContextManager[object]]
T = TypeVar("T")


class _OnlyRead(Exception):
    """
    Ends what goes around a reading unit without saving it.
    """


class MemoryStorage:
    """
    A :class:`~fieldops_core.app.ports.Storage` in this process's memory.

    One unit of work writes at a time, others wait for its end; it works on copies, which become the committed tables
    when its block ends and are dropped when it raises. A reading unit sees what was committed when it began.

    *around* is entered with each unit before it is used, and may put other repositories into it. It is left before the
    unit is saved: what it raises then keeps the unit from being saved, and what the unit raises reaches it first. A
    reading unit always leaves it by raising, as there is nothing to save.
    """

    def __init__(self, around: Around = nullcontext) -> None:
        self._around = around
        self._lock = RLock()
        self._busy = False
        self._committed: dict[CompanyId, Tables] = {}

    @classmethod
    def beside(
        cls,
        transaction: Callable[[], AbstractContextManager[T]],
        *,
        appointments: Callable[[T, CompanyId], AllAppointments],
    ) -> "MemoryStorage":
        """
        A storage that leaves appointments to another program. Each unit of work enters a *transaction* of that program
        and makes *appointments* of a company over what it answers; the transaction is left when the unit ends, with
        what the unit raised, if anything: both are saved, or neither.
        """

        @contextmanager
        def around(unit: MemoryUnit) -> Iterator[None]:
            with transaction() as theirs:
                unit.appointments = appointments(theirs, unit.company)
                yield

        return cls(around)

    @contextmanager
    def writing(self, company: CompanyId) -> Iterator[Unit]:
        with self._alone():
            tables = self._of(company).draft()
            unit = MemoryUnit(company, tables, self.company_named)
            try:
                with self._around(unit):
                    yield unit
            finally:
                tables.close()
            self._committed = {**self._committed, company: tables}

    @contextmanager
    def reading(self, company: CompanyId) -> Iterator[Unit]:
        unit = MemoryUnit(company, self._of(company), self.company_named)
        with suppress(_OnlyRead), self._around(unit):
            yield unit
            raise _OnlyRead

    def company_named(self, slug: str) -> CompanyId | None:
        for id, tables in self._committed.items():
            if any(company.slug == slug for company in tables.companies.rows.values()):
                return id
        return None

    def claim(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
        with self._alone():
            due = sorted(self._due(now), key=lambda each: (each.event.at, each.id))[:limit]
            drafts = {each.company: self._of(each.company).draft() for each in due}
            for each in due:
                outbox = drafts[each.company].outbox
                leased_until = now + timedelta(seconds=lease_seconds)
                outbox.put(each.id, evolve(outbox.rows[each.id], attempts=each.attempt, leased_until=leased_until))
            for draft in drafts.values():
                draft.close()
            self._committed = {**self._committed, **drafts}
            return tuple(due)

    def claim_lookups(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
        with self._alone():
            due = sorted(
                (lookup.due, customer, company)
                for company, tables in self._committed.items()
                for customer, lookup in tables.lookups.rows.items()
                if lookup.due <= now
            )[:limit]
            drafts = {company: self._of(company).draft() for _, _, company in due}
            for _, customer, company in due:
                lookups = drafts[company].lookups
                lookups.put(customer, evolve(lookups.rows[customer], due=now + timedelta(seconds=lease_seconds)))
            for draft in drafts.values():
                draft.close()
            self._committed = {**self._committed, **drafts}
            return tuple(DueLookup(company=company, customer=CustomerId(customer)) for _, customer, company in due)

    def claim_messages(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
        due = self._claim(lambda tables: tables.messages, limit, now=now, lease_seconds=lease_seconds)
        return tuple(DueMessage(company=company, message=MessageId(id)) for company, id in due)

    def claim_links(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
        due = self._claim(lambda tables: tables.password_links, limit, now=now, lease_seconds=lease_seconds)
        return tuple(DueLink(company=company, link=LinkId(id)) for company, id in due)

    def forget_logins(self, *, now: datetime) -> int:
        with self._alone():
            drafts = {company: tables.draft() for company, tables in self._committed.items()}
            forgotten = sum(forget_logins(draft, now) for draft in drafts.values())
            for draft in drafts.values():
                draft.close()
            self._committed = {**self._committed, **drafts}
            return forgotten

    def ready(self) -> None:
        pass

    def _claim(
        self, of: Callable[[Tables], Table[UUID, Any]], limit: int, *, now: datetime, lease_seconds: int
    ) -> list[tuple[CompanyId, UUID]]:
        with self._alone():
            due = sorted(
                (row.due_at, id, company)
                for company, tables in self._committed.items()
                for id, row in of(tables).rows.items()
                if row.due_at is not None and row.due_at <= now
            )[:limit]
            drafts = {company: self._of(company).draft() for _, _, company in due}
            for _, id, company in due:
                rows = of(drafts[company])
                rows.put(id, evolve(rows.rows[id], due_at=now + timedelta(seconds=lease_seconds)))
            for draft in drafts.values():
                draft.close()
            self._committed = {**self._committed, **drafts}
            return [(company, id) for _, id, company in due]

    def _due(self, now: datetime) -> Iterator[Due]:
        for company, tables in self._committed.items():
            for id, waiting in tables.outbox.rows.items():
                if waiting.leased_until is None or waiting.leased_until <= now:
                    yield Due(id=id, company=company, event=waiting.event, attempt=waiting.attempts + 1)

    def _of(self, company: CompanyId) -> Tables:
        return self._committed.get(company) or Tables()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """
        Keeps other threads waiting. This thread itself must not begin again: what it began would be lost.
        """
        with self._lock:
            if self._busy:
                raise RuntimeError("A unit of work does not begin inside another of the same storage.")
            self._busy = True
            try:
                yield
            finally:
                self._busy = False
