"""
What the repositories of one unit of work share: a transaction, whoever opened it, for one company.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, CursorResult, Executable, Insert, Table, bindparam, insert

from fieldops_adapters.sql.errors import conflicts
from fieldops_adapters.sql.mapping.form import Form, Row, State, Values
from fieldops_adapters.sql.sealing import Place, Sealer
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.secret import Secret

AT_ONCE = 2_900
"""
So many rows of history or outbox are one INSERT: as many as a statement of SQLAlchemy's has parameters for.
"""


@lru_cache
def _of_many(table: Table, dialect: str) -> Insert:
    # SQLAlchemy makes one statement of what returns something: PostgreSQL, which may be far, is asked once. SQLite
    # would have to read its text anew for each number of rows.
    one = insert(table)
    if dialect == "sqlite":
        return one
    return one.returning(table.c.company_id).execution_options(insertmanyvalues_page_size=AT_ONCE)


class Work:
    """
    A *connection* in a transaction that somebody else begins and ends. Every statement is told the company.

    *failed* tells that a statement did: what was done before it must not be kept.
    """

    __slots__ = ("company", "connection", "failed", "sealer")

    def __init__(self, connection: Connection, company: CompanyId, sealer: Sealer) -> None:
        self.connection, self.company, self.sealer = connection, company, sealer
        self.failed = False

    def run(self, statement: Executable, **values: object) -> CursorResult[Any]:
        """
        Raises:
            Conflict: where another writer was first.
        """
        return self._execute(statement, {"company": self.company, **values})

    def rows(self, statement: Executable, **values: object) -> Sequence[Row]:
        return self.run(statement, **values).fetchall()

    def row(self, statement: Executable, **values: object) -> Row | None:
        return self.run(statement, **values).first()

    def number(self, statement: Executable, **values: object) -> int:
        return int(self.run(statement, **values).scalar_one())

    def states(self, form: Form[State], statement: Executable, **values: object) -> tuple[State, ...]:
        """
        The states of the rows that a statement over the form's columns answers.
        """
        return tuple(self.state_of(form, row) for row in self.rows(statement, **values))

    def insert(self, statement: Executable, rows: Sequence[Values]) -> None:
        """
        Insert rows of the company.
        """
        if rows:
            self._execute(statement, [{"company_id": self.company, **row} for row in rows])

    def insert_all(self, table: Table, rows: Sequence[Values]) -> None:
        """
        Insert rows of the company at once, however many they are.
        """
        self.insert(_of_many(table, self.connection.dialect.name), rows)

    def replace(self, form: Form[State], states: Sequence[State]) -> None:
        """
        Save many states at once, each over the version before its own.

        Raises:
            Conflict: where one of those is not stored.
        """
        rows = [self.row_of(form, state) for state in states]
        values = [{"company": self.company, "key": row.pop("id"), "earlier": row["version"] - 1, **row} for row in rows]
        done = self._execute(form.save.values({name: bindparam(name) for name in rows[0]}), values)
        if done.rowcount != len(states):
            self.failed = True
            raise Conflict(f"some {form.kind} has another version by now")

    def row_of(self, form: Form[State], state: State) -> Values:
        """
        The state as a row, its secrets sealed.
        """
        row = form.row(state)
        for _, column in form.secrets:
            if (secret := row[column]) is not None:
                row[column] = self.seal(secret, form.table.name, row["id"], column)
        return row

    def state_of(self, form: Form[State], row: Row) -> State:
        """
        The state that lies in a row of the form's columns, its secrets opened.
        """
        if not form.secrets:
            return form.state(row)
        values = list(row)
        for at, column in form.secrets:
            if values[at] is not None:
                values[at] = self.open(values[at], form.table.name, values[0], column)
        return form.state(values)

    def seal(self, secret: Secret, table: str, id: UUID, field: str) -> bytes:
        return self.sealer.seal(secret.reveal().encode(), Place(self.company, table, id, field))

    def open(self, sealed: bytes, table: str, id: UUID, field: str) -> Secret:
        return Secret(self.sealer.open(sealed, Place(self.company, table, id, field)).decode())

    def _execute(self, statement: Executable, values: Mapping[str, object] | Sequence[Values]) -> CursorResult[Any]:
        try:
            with conflicts():
                return self.connection.execute(statement, values)
        except BaseException:
            self.failed = True
            raise
