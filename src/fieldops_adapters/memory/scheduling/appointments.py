"""
Appointments, and a way to keep them elsewhere by plain scans.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_core.access.model import Kind
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import OPEN, Appointment, AppointmentId, SeriesId, WorkOrderId
from fieldops_core.scheduling.ports import Appointments, Engaged, ListPlace, Stacked

Place = tuple[bool, float, UUID]


class ScannedLists(ABC):
    """
    The lists of :class:`~fieldops_core.scheduling.ports.Appointments`, by plain scans.
    """

    @abstractmethod
    def __iter__(self) -> Iterator[Appointment]:
        """
        All of the company, in any order.
        """

    def of_customer(
        self,
        customer: CustomerId,
        *,
        kinds: Collection[Kind],
        only_of: UserId | None,
        as_of: datetime,
        after: ListPlace | None,
        limit: int,
    ) -> tuple[Appointment, ...]:
        found = {
            _place(each.upcoming(as_of), each.period.start, each.id): each
            for each in self._chosen(customer, kinds, only_of)
        }
        places = sorted(found)
        if after is not None:
            places = [place for place in places if place > _place(after.upcoming, after.start, after.id)]
        return tuple(found[place] for place in places[:limit])

    def upcoming(
        self, customer: CustomerId, *, kinds: Collection[Kind], only_of: UserId | None, as_of: datetime
    ) -> int:
        return sum(each.upcoming(as_of) for each in self._chosen(customer, kinds, only_of))

    def crew(self, work_order: WorkOrderId, start: datetime) -> tuple[Appointment, ...]:
        found = [
            each
            for each in self
            if each.work_order == work_order and each.period.start == start and each.status in OPEN
        ]
        return tuple(sorted(found, key=lambda each: each.id))

    def of_work_order(self, work_order: WorkOrderId) -> tuple[Appointment, ...]:
        return _by_start(each for each in self if each.work_order == work_order)

    def stacked(self, work_order: WorkOrderId) -> tuple[Stacked, ...]:
        found = self.of_work_order(work_order)
        return tuple(Stacked(each.id, each.user, each.period.start, each.zone) for each in found)

    def of_work_orders(self, work_orders: Collection[WorkOrderId]) -> tuple[Appointment, ...]:
        return _by_start(each for each in self if each.work_order in work_orders)

    def of_series(self, series: SeriesId, *, since: datetime) -> tuple[Appointment, ...]:
        return _by_start(each for each in self if each.series == series and each.period.start >= since)

    def named(self, ids: Collection[AppointmentId], *, lock: Lock = Lock.NONE) -> tuple[Appointment, ...]:
        return tuple(sorted((each for each in self if each.id in ids), key=lambda each: each.id))

    def opened(
        self, *, location: LocationId | None = None, customer: CustomerId | None = None
    ) -> tuple[Appointment, ...]:
        found = [
            each
            for each in self
            if each.status in OPEN and location in (None, each.location) and customer in (None, each.customer)
        ]
        return tuple(sorted(found, key=lambda each: each.id))

    def open_of(self, customers: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Engaged, ...]:
        found = [_engaged(each) for each in self if each.status in OPEN and each.customer in customers]
        return tuple(sorted(found, key=lambda each: each.appointment))

    def ids_of(self, customer: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[AppointmentId, ...]:
        return tuple(sorted(each.id for each in self if each.customer == customer))

    def beside(self, customer: CustomerId) -> tuple[Appointment, ...]:
        others = {each.double_booked_with for each in self if each.customer == customer}
        found = [each for each in self if each.id in others and each.customer != customer]
        return tuple(sorted(found, key=lambda each: each.id))

    @abstractmethod
    def save(self, state: Appointment) -> None:
        """
        Raises:
            Conflict: where another writer was first.
        """

    def save_all(self, states: Sequence[Appointment]) -> None:
        """
        One by one, each when what stood in its way has moved on: those that move to later begin with the last, those
        that move to earlier with the first.
        """
        earlier = {each.id: each.period.start for each in self.named([state.id for state in states])}
        by_start = sorted(states, key=lambda state: state.period.start)
        for state in (each for each in reversed(by_start) if each.period.start >= earlier[each.id]):
            self.save(state)
        for state in (each for each in by_start if each.period.start < earlier[each.id]):
            self.save(state)

    def save_alike(self, change: UniformChange[Appointment]) -> None:
        for outcome in change.outcomes:
            self.save(outcome.state)

    def _chosen(self, customer: CustomerId, kinds: Collection[Kind], only_of: UserId | None) -> list[Appointment]:
        return [
            each
            for each in self
            if each.customer == customer and (each.kind in kinds or (each.kind is Kind.SALES and each.user == only_of))
        ]


class ScannedAppointments(ScannedLists):
    """
    A way to implement :class:`~fieldops_core.scheduling.ports.Appointments` by four methods, for those who keep the
    appointments elsewhere: how to get one, to put one, to drop one, and to go through them all.
    """

    @abstractmethod
    def get(self, id: AppointmentId, *, lock: Lock = Lock.NONE) -> Appointment:
        """
        Raises:
            NotFound: where the company has none of that id.
        """

    @abstractmethod
    def put(self, state: Appointment, *, over: int | None) -> None:
        """
        Keep a state in place of that version; *over* None: there is none of its id.

        Raises:
            Conflict: where another version is there, or the time of an occupying appointment that is no double booking
                is taken by another such one of its user.
        """

    @abstractmethod
    def drop(self, id: AppointmentId) -> None:
        """
        Keep it no more: its customer was deleted.
        """

    def add(self, state: Appointment) -> None:
        self.put(state, over=None)

    def save(self, state: Appointment) -> None:
        self.put(state, over=state.version - 1)

    def add_all(self, states: Sequence[Appointment]) -> None:
        for state in states:
            self.add(state)


class MemoryAppointments(MemoryRepository[Appointment], ScannedLists):
    def __iter__(self) -> Iterator[Appointment]:
        return iter(self._table.rows.values())

    def drop(self, id: AppointmentId) -> None:
        self._table.drop(id)

    def save_all(self, states: Sequence[Appointment]) -> None:
        for state in states:
            self._at_version(state.id, state.version - 1)
        for state in states:
            self._table.put(state.id, state)
        for state in states:
            self._check(state)

    def _check(self, state: Appointment) -> None:
        if any(_collide(state, other) for other in self._others(state)):
            raise Conflict(f"The time of {state.id} is taken.")


def _engaged(appointment: Appointment) -> Engaged:
    return Engaged(
        appointment=appointment.id,
        version=appointment.version,
        customer=appointment.customer,
        kind=appointment.kind,
        type=appointment.type,
        user=appointment.user,
        status=appointment.status,
        start=appointment.period.start,
        end=appointment.period.end,
        zone=appointment.zone,
        pending_reassignment=appointment.pending_reassignment,
        double_booked=appointment.double_booked,
    )


def _by_start(found: Iterable[Appointment]) -> tuple[Appointment, ...]:
    return tuple(sorted(found, key=lambda each: (each.period.start, each.id)))


def _collide(one: Appointment, other: Appointment) -> bool:
    return (
        one.user == other.user
        and not (one.double_booked or other.double_booked)
        and one.occupied is not None
        and other.occupied is not None
        and one.occupied.overlaps(other.occupied)
    )


def _place(upcoming: bool, start: datetime, id: UUID) -> Place:
    """
    Where an appointment stands in its customer's list: upcoming ones first, soonest first, then the rest, latest first.
    """
    return (not upcoming, start.timestamp() * (1 if upcoming else -1), id)


class AllAppointments(Appointments, Iterable[Appointment], Protocol):
    """
    Appointments that can be gone through, all of the company, in any order, and dropped.
    """

    def drop(self, id: AppointmentId) -> None: ...
