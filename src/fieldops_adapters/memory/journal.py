"""
What was answered, what was changed, and what is still to be told.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from fieldops_adapters.memory.tables import Table, Waiting
from fieldops_core.app.ports import StoredAnswer
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import NOWHERE, Event, Happened, Place
from fieldops_core.kernel.history import HistoryEntry, HistoryPlace
from fieldops_core.kernel.ids import UserId

REMEMBERED = 1_000


class MemoryAnswers:
    """
    Answers are kept as they are: the type to be restored is not asked.
    """

    def __init__(self, answers: Table[tuple[UserId | None, str], StoredAnswer]) -> None:
        self._answers = answers

    def find(
        self, actor: UserId | None, command_id: str, *, answer: object, added: Collection[type] = ()
    ) -> StoredAnswer | None:
        return self._answers.rows.get((actor, command_id))

    def add(self, actor: UserId | None, command_id: str, stored: StoredAnswer, *, at: datetime) -> None:
        if (actor, command_id) in self._answers.rows:
            raise Conflict(f"The command {command_id} was answered already.")
        self._answers.put((actor, command_id), stored)


class MemoryHistory:
    def __init__(self, history: Table[UUID, HistoryEntry]) -> None:
        self._history = history

    def add(self, entries: Sequence[HistoryEntry]) -> None:
        for entry in entries:
            if entry.id in self._history.rows:
                raise Conflict(f"There is a history entry {entry.id} already.")
            self._history.put(entry.id, entry)

    def of(self, aggregate: str, id: UUID, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
        return tuple(self._all_of(aggregate, id)[:limit])

    def first(self, aggregate: str, id: UUID) -> HistoryEntry | None:
        return next(reversed(self._all_of(aggregate, id)), None)

    def _all_of(self, aggregate: str, id: UUID) -> list[HistoryEntry]:
        found = [
            entry for entry in self._history.rows.values() if entry.aggregate == aggregate and entry.aggregate_id == id
        ]
        return sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True)

    def of_record(
        self, record: UUID, *, aggregates: Collection[str], after: HistoryPlace | None, limit: int
    ) -> tuple[HistoryEntry, ...]:
        found = [
            entry
            for entry in self._history.rows.values()
            if entry.record == record
            and entry.aggregate in aggregates
            and (after is None or (entry.at, entry.id) < (after.at, after.id))
        ]
        return tuple(sorted(found, key=lambda entry: (entry.at, entry.id), reverse=True)[:limit])


class MemoryOutbox:
    """
    Of what happened it knows the last :data:`REMEMBERED`.
    """

    def __init__(self, outbox: Table[UUID, Waiting], happened: Table[int, Happened]) -> None:
        self._outbox, self._happened = outbox, happened

    def add(self, events: Sequence[Event], *, ids: Sequence[UUID]) -> None:
        for id, event in zip(ids, events, strict=True):
            if id in self._outbox.rows:
                raise Conflict(f"There is an event {id} in the outbox already.")
            self._outbox.put(id, Waiting(event=event))
            position = self.newest().position + 1
            self._happened.put(position, Happened(place=Place(position, id), event=event))
            self._happened.drop(position - REMEMBERED)

    def newest(self) -> Place:
        places = [each.place for each in self._happened.rows.values()]
        return places[-1] if places else NOWHERE

    def knows(self, place: Place) -> bool:
        there = self._happened.rows.get(place.position)
        return place == NOWHERE or (there is not None and there.place == place)

    def since(self, place: Place, *, limit: int) -> tuple[Happened, ...]:
        return tuple(each for each in self._happened.rows.values() if each.place > place)[:limit]

    def done(self, id: UUID, *, at: datetime) -> None:
        self._outbox.drop(id)
