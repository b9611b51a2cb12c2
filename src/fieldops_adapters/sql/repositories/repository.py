"""
What holds for every kind of aggregate.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import CursorResult

from fieldops_adapters.sql.mapping.form import Form
from fieldops_adapters.sql.work import Work
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock

Key = TypeVar("Key", bound=UUID, contravariant=True)
State = TypeVar("State", bound=Aggregate)


class SqlRepository(Generic[Key, State]):
    """
    The aggregates of one *form* in the company of a unit of *work*.
    """

    __slots__ = ("form", "work")

    def __init__(self, work: Work, form: Form[State]) -> None:
        self.work, self.form = work, form

    def get(self, id: Key, *, lock: Lock = Lock.NONE) -> State:
        row = self.work.row(self.form.get[lock], key=id)
        if row is None:
            raise NotFound(self.form.kind, id)
        return self.work.state_of(self.form, row)

    def add(self, state: State) -> None:
        self.work.insert(self.form.add, [self.work.row_of(self.form, state)])

    def save(self, state: State) -> None:
        row = self.work.row_of(self.form, state)
        row.pop("id", None)
        self.replaced(state, self.work.run(self.form.save, **row, key=state.id, earlier=state.version - 1))

    def add_all(self, states: Sequence[State]) -> None:
        self.work.insert(self.form.add, [self.work.row_of(self.form, state) for state in states])

    def save_alike(self, change: UniformChange[State]) -> None:
        first = change.outcomes[0]
        values = self.form.changed(first.before or first.state, first.state)
        self.work.run(self.form.alike.values(values), ids=[outcome.state.id for outcome in change.outcomes])

    def replaced(self, state: State, done: CursorResult[Any]) -> None:
        """
        Raises:
            Conflict: where a statement did not find the stored version it was meant for.
        """
        if done.rowcount != 1:
            self.work.failed = True
            raise Conflict(f"{self.form.kind} {state.id} has another version by now")
