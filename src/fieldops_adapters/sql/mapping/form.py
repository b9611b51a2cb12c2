"""
What a repository needs to know of one kind of aggregate.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from attrs import frozen
from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Insert,
    Select,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    select,
    update,
)

from fieldops_adapters.sql.columns import Id, Ids, Sealed, among
from fieldops_core.kernel.repository import Lock

State = TypeVar("State")

Values = dict[str, Any]
"""
A row to be written: values by column.
"""

Row = Sequence[Any]
"""
A row as it was read: values by position.
"""

COMPANY = bindparam("company", type_=Id)
UPKEEP = frozenset({"changed_by", "changed_at"})
"""
Columns that a change always sets: perhaps to what was there before in one row, and not in another.
"""


@frozen(kw_only=True, eq=False)
class Form(Generic[State]):
    """
    How aggregates of one *kind* lie in their *table*: *row* writes a state as values by column, *state* reads one from
    values by position, in the order of *columns*, whose first is the id. Sealed columns hold secrets: both functions
    know them as :class:`~fieldops_core.kernel.secret.Secret`, and the unit of work seals and opens them.

    *all*, *get*, *add*, *save*, *alike* and *remove* are its statements. Their parameters are *company*, *key* (an id),
    *ids* and *earlier* (a version).
    """

    kind: str
    table: Table
    columns: tuple[Column[Any], ...]
    row: Callable[[State], Values]
    state: Callable[[Row], State]

    @cached_property
    def secrets(self) -> tuple[tuple[int, str], ...]:
        """
        The places and names of the sealed columns.
        """
        return tuple((at, each.name) for at, each in enumerate(self.columns) if isinstance(each.type, Sealed))

    @cached_property
    def all(self) -> Select[Any]:
        return select(*self.columns).where(self._of_company)

    @cached_property
    def get(self) -> Mapping[Lock, Select[Any]]:
        return {lock: locked(self.all.where(self._this), lock) for lock in Lock}

    @cached_property
    def add(self) -> Insert:
        return insert(self.table)

    @cached_property
    def save(self) -> Update:
        return update(self.table).where(self._of_company, self._this, self._earlier)

    @cached_property
    def remove(self) -> Delete:
        return delete(self.table).where(self._of_company, self._this, self._earlier)

    @cached_property
    def alike(self) -> Update:
        return update(self.table).where(self._of_company, among(self._id, bindparam("ids", type_=Ids)))

    def changed(self, before: State, after: State) -> Values:
        """
        The columns in which two states differ, as an UPDATE of many that change alike sets them.
        """
        old, new = self.row(before), self.row(after)
        values = {name: new[name] for name in new if new[name] != old[name] or name in UPKEEP}
        return {**values, "version": self.table.c.version + 1}

    @property
    def _of_company(self) -> ColumnElement[bool]:
        return self.table.c.company_id == COMPANY

    @property
    def _this(self) -> ColumnElement[bool]:
        return self._id == bindparam("key", type_=Id)

    @property
    def _id(self) -> Column[Any]:
        return tuple(self.table.primary_key.columns)[-1]

    @property
    def _earlier(self) -> ColumnElement[bool]:
        return self.table.c.version == bindparam("earlier")


def locked(statement: Select[Any], lock: Lock) -> Select[Any]:
    """
    The statement with its rows locked as it reads them. SQLite has one writer, and nothing to lock.
    """
    match lock:
        case Lock.SHARED:
            return statement.with_for_update(read=True)
        case Lock.EXCLUSIVE:
            return statement.with_for_update(key_share=True)
    return statement
