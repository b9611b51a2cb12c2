"""
Many aggregates changed alike, one by one.
"""

from typing import Protocol
from uuid import UUID, uuid5

from fieldops_adapters.memory.journal import MemoryHistory, MemoryOutbox
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import Event, aggregate_name
from fieldops_core.kernel.history import HistoryEntry, difference
from fieldops_core.kernel.outcome import SetChange
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.scheduling.ports import Appointments


class Around(Protocol):
    """
    Where what is changed is kept, and told of: the repositories of one unit of work.
    """

    @property
    def appointments(self) -> Appointments: ...
    @property
    def history(self) -> MemoryHistory: ...
    @property
    def outbox(self) -> MemoryOutbox: ...


class MemorySets:
    def __init__(self, around: Around) -> None:
        self._around = around

    def change_appointments(self, change: SetChange[Appointment]) -> None:
        there = self._around.appointments.named([AppointmentId(id) for id in change.ids])
        if len(there) != len(change.ids):
            raise Conflict("Some of these are not there.")
        for state in there:
            outcome = change.of(state)
            self._around.appointments.save(outcome.state)
            self._tell(change, state, outcome.state, outcome.events[0])

    def _tell(self, change: SetChange[Appointment], before: Appointment, after: Appointment, event: Event) -> None:
        entry = HistoryEntry(
            id=_key(event, "history"),
            aggregate=aggregate_name(after),
            aggregate_id=after.id,
            record=after.customer,
            at=event.at,
            actor=change.actor,
            source=change.source,
            changes=difference(before, after),
        )
        self._around.history.add([entry])
        self._around.outbox.add([event], ids=[_key(event, "outbox")])


def _key(event: Event, table: str) -> UUID:
    """
    There is one such change of each version.
    """
    return uuid5(event.aggregate_id, f"{table} {event.version}")
