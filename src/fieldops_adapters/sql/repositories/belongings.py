"""
What belongs to customer records.
"""

from collections.abc import (
    Collection,
    Sequence,
)
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, select, true

from fieldops_adapters.sql.columns import (
    Id,
    Texts,
    among_texts,
)
from fieldops_adapters.sql.mapping.belongings import (
    AT_RISK_MARKS,
    CONTACTS,
    FILES,
    NOTES,
    TAGGINGS,
    TICKETS,
)
from fieldops_adapters.sql.mapping.form import COMPANY, Form
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import (
    at_risk_marks,
    contacts,
    customer_tags,
    files,
    tickets,
)
from fieldops_adapters.sql.work import Work
from fieldops_core.customers.model import (
    AtRiskMark,
    AtRiskMarkId,
    Contact,
    ContactId,
    CustomerId,
    File,
    FileId,
    Note,
    NoteId,
    Tagging,
    Ticket,
    TicketId,
    TicketStatus,
)
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.repository import Lock

Key = TypeVar("Key", bound=UUID, contravariant=True)
State = TypeVar("State", bound=Aggregate)


class Lists:
    """
    The statements of one form's lists: all of a record, those that are *open*, those that are not; from the newest, or
    below an id.
    """

    def __init__(self, form: Form[Any], open: ColumnElement[bool] | None = None) -> None:
        table = form.table.c
        mine = (table.company_id == COMPANY, table.customer_id == bindparam("customer", type_=Id))
        always: ColumnElement[bool] = true()
        there = always if open is None else open
        self.pages: dict[tuple[bool | None, bool], Select[Any]] = {}
        self.counts: dict[bool | None, Select[Any]] = {}
        for which, condition in ((None, always), (True, there), (False, ~there)):
            newest = form.all.where(mine[1], condition).order_by(table.id.desc()).limit(bindparam("rows"))
            self.pages[which, False] = newest
            self.pages[which, True] = newest.where(table.id < bindparam("after", type_=Id))
            self.counts[which] = select(func.count()).select_from(form.table).where(*mine, condition)


class SqlBelongings(SqlRepository[Key, State]):
    __slots__ = ("lists",)

    def __init__(self, work: Work, form: Form[State], lists: Lists) -> None:
        super().__init__(work, form)
        self.lists = lists

    def of(
        self, customer: CustomerId, *, open: bool | None = None, after: Key | None = None, limit: int
    ) -> tuple[State, ...]:
        statement = self.lists.pages[open, after is not None]
        below = {} if after is None else {"after": after}
        return self.work.states(self.form, statement, customer=customer, rows=limit, **below)

    def count(self, customer: CustomerId, *, open: bool | None = None) -> int:
        return self.work.number(self.lists.counts[open], customer=customer)


_NOTES = Lists(NOTES)
_AT_RISK_MARKS = Lists(AT_RISK_MARKS, at_risk_marks.c.cleared_at.is_(None))
_TICKETS = Lists(TICKETS, tickets.c.status == TicketStatus.OPEN.value)


class SqlNotes(SqlBelongings[NoteId, Note]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, NOTES, _NOTES)


class SqlTickets(SqlBelongings[TicketId, Ticket]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, TICKETS, _TICKETS)


class SqlAtRiskMarks(SqlBelongings[AtRiskMarkId, AtRiskMark]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, AT_RISK_MARKS, _AT_RISK_MARKS)


_CONTACTS_OF = CONTACTS.all.where(contacts.c.customer_id == bindparam("customer", type_=Id)).order_by(
    contacts.c.place, contacts.c.id
)


class SqlContacts(SqlRepository[ContactId, Contact]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CONTACTS)

    def of(self, customer: CustomerId) -> tuple[Contact, ...]:
        return self.work.states(CONTACTS, _CONTACTS_OF, customer=customer)

    def save_all(self, states: Sequence[Contact]) -> None:
        self.work.replace(CONTACTS, states)

    def remove(self, state: Contact) -> None:
        self.replaced(state, self.work.run(CONTACTS.remove, key=state.id, earlier=state.version))


_DROP_TAGS = delete(customer_tags).where(
    customer_tags.c.company_id == COMPANY, customer_tags.c.customer_id == bindparam("customer", type_=Id)
)


class SqlTaggings(SqlRepository[CustomerId, Tagging]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, TAGGINGS)

    def get(self, id: CustomerId, *, lock: Lock = Lock.NONE) -> Tagging:
        row = self.work.row(TAGGINGS.get[lock], key=id)
        return Tagging(id=id) if row is None else self.work.state_of(TAGGINGS, row)

    def add(self, state: Tagging) -> None:
        super().add(state)
        self._add_tags(state)

    def save(self, state: Tagging) -> None:
        # Version 1, that of a record which was never tagged, is kept nowhere.
        if state.version == 2:
            self.add(state)
        else:
            super().save(state)
            self.work.run(_DROP_TAGS, customer=state.id)
            self._add_tags(state)

    def _add_tags(self, state: Tagging) -> None:
        self.work.insert_all(customer_tags, [{"tag_id": tag, "customer_id": state.id} for tag in state.tags])


_FILES = Lists(FILES)
_KEYS = select(files.c.store_key).where(
    files.c.company_id == COMPANY, among_texts(files.c.store_key, bindparam("keys", type_=Texts))
)


class SqlFileRows(SqlBelongings[FileId, File]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, FILES, _FILES)

    def remove(self, state: File) -> None:
        self.replaced(state, self.work.run(FILES.remove, key=state.id, earlier=state.version))

    def named(self, keys: Collection[str]) -> frozenset[str]:
        return frozenset(row[0] for row in self.work.rows(_KEYS, keys=list(keys)))
