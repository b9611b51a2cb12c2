"""
Appointments, the time they take, and what was chosen to be seen of it.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol
from uuid import UUID

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Table
from fieldops_core.access.model import Kind
from fieldops_core.company.ports import AppointmentTypes
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.ports import Customers
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import (
    AWAITED,
    OCCUPYING,
    OPEN,
    Appointment,
    AppointmentId,
    Block,
    GridChoice,
    Hold,
    HoldId,
    SeriesId,
    Status,
    WorkOrderId,
)
from fieldops_core.scheduling.ports import (
    Appointments,
    Engaged,
    ListPlace,
    Member,
    Selection,
    Sight,
    Stacked,
    StartPlace,
    Stop,
    Taken,
)

Place = tuple[bool, float, UUID]
TWO_DAYS = timedelta(days=2)


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


class MemoryHolds(MemoryRepository[Hold]):
    def remove(self, hold: Hold) -> None:
        self._at_version(hold.id, hold.version)
        self._table.drop(hold.id)

    def remove_all(self, holds: Sequence[Hold]) -> None:
        for each in holds:
            self.remove(each)

    def of_customers(self, customers: Collection[CustomerId]) -> tuple[Hold, ...]:
        return tuple(each for each in self._sorted() if each.customer in customers)

    def remove_expired(self, user: UserId, *, now: datetime) -> None:
        for each in [each for each in self._table.rows.values() if each.user == user and not each.live(now)]:
            self._table.drop(each.id)

    def find(self, id: HoldId) -> Hold | None:
        return self._table.rows.get(id)

    def live(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Hold, ...]:
        found = [
            each
            for each in self._table.rows.values()
            if (users is None or each.user in users) and each.live(now) and each.period.overlaps(period)
        ]
        return tuple(sorted(found, key=lambda each: (each.period.start, each.id)))


class Around(Protocol):
    """
    Where appointments, and what their blocks tell of them, are found: the repositories of one unit of work.
    """

    @property
    def appointments(self) -> AllAppointments: ...
    @property
    def holds(self) -> "MemoryHolds": ...
    @property
    def appointment_types(self) -> AppointmentTypes: ...
    @property
    def customers(self) -> Customers: ...


class MemoryTimes:
    def __init__(self, around: Around) -> None:
        self._around = around

    def taken(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Taken, ...]:
        holds = (
            Taken(
                user=each.user,
                appointment=None,
                start=epoch(each.period.start),
                until=epoch(each.period.end),
                hold=each.id,
            )
            for each in self._around.holds.live(period, users=users, now=now)
        )
        return (*self._booked(period, users), *holds)

    def _booked(self, period: Period, users: Collection[UserId] | None) -> Iterator[Taken]:
        return (
            Taken(user=each.user, appointment=each.id, start=epoch(time.start), until=-int(-time.end.timestamp() // 1))
            for each in self._of(users)
            if (time := each.occupied) is not None and time.overlaps(period)
        )

    def stops(
        self, period: Period, *, users: Collection[UserId] | None = None, without: AppointmentId | None = None
    ) -> tuple[Stop, ...]:
        places = {each.id: self._around.customers.get(each.customer).point for each in self._of(users)}
        booked = self._booked(period, users)
        return tuple(_stop(each, places[id]) for each in booked if (id := each.appointment) not in (None, without))

    def blocks(
        self, period: Period, *, users: Collection[UserId] | None = None, occupying: bool = False
    ) -> tuple[Block, ...]:
        found = [
            each
            for each in self._of(users)
            if (time := each.occupied if occupying else each.period) is not None and time.overlaps(period)
        ]
        return tuple(self._block(each) for each in sorted(found, key=lambda each: (each.period.start, each.id)))

    def selected(self, selection: Selection, *, after: StartPlace | None, limit: int) -> tuple[Block, ...]:
        found = {StartPlace(each.period.start, each.id): each for each in self._around.appointments}
        places = sorted(place for place in found if after is None or place > after)
        chosen = (found[place] for place in places if self._fits(found[place], selection))
        return tuple(self._block(each) for each in islice(chosen, limit))

    def _fits(self, appointment: Appointment, asked: Selection) -> bool:
        start, pending = appointment.period.start, asked.pending_reassignment
        spans = asked.spans
        return (
            (spans is None or any(appointment.location in s.locations and s.start <= start < s.end for s in spans))
            and (asked.users is None or appointment.user in asked.users)
            and (asked.statuses is None or appointment.status in asked.statuses)
            and (pending is None or appointment.pending_reassignment is pending)
            and (asked.late_at is None or (appointment.status in AWAITED and start < asked.late_at))
            and (asked.sight is None or self._seen(appointment, asked.sight))
        )

    def _seen(self, appointment: Appointment, sight: Sight) -> bool:
        at = self._around.customers.get(appointment.customer).location
        own = appointment.kind is Kind.SALES and appointment.user == sight.only_of and at in sight.own
        return own or at in sight.kinds[appointment.kind]

    def crews(self, work_orders: Collection[WorkOrderId], period: Period) -> tuple[Member, ...]:
        found = [
            Member(work_order=each.work_order, start=each.period.start, appointment=each.id)
            for each in self._around.appointments
            if each.work_order in work_orders
            and each.work_order is not None
            and each.status in OCCUPYING
            and period.start - TWO_DAYS <= each.period.start < period.end
        ]
        return tuple(sorted(found, key=lambda each: each.appointment))

    def under_way(self, user: UserId) -> tuple[Block, ...]:
        found = [each for each in self._of([user]) if each.status in (Status.EN_ROUTE, Status.ON_SITE)]
        return tuple(self._block(each) for each in sorted(found, key=lambda each: (each.period.start, each.id)))

    def _of(self, users: Collection[UserId] | None) -> list[Appointment]:
        return [each for each in self._around.appointments if users is None or each.user in users]

    def _block(self, appointment: Appointment) -> Block:
        customer = self._around.customers.get(appointment.customer)
        occupied = appointment.occupied
        return Block(
            appointment=appointment.id,
            version=appointment.version,
            user=appointment.user,
            kind=appointment.kind,
            status=appointment.status,
            start=appointment.period.start,
            end=appointment.period.end,
            occupied_until=occupied.end if occupied else None,
            zone=appointment.zone,
            location=appointment.location,
            type=appointment.type,
            type_name=self._around.appointment_types.get(appointment.type).name,
            customer=customer.id,
            customer_number=customer.number,
            customer_name=customer.name,
            customer_location=customer.location,
            customer_point=customer.point,
            stage=customer.stage,
            pending_reassignment=appointment.pending_reassignment,
            double_booked=appointment.double_booked,
            checked_out_at=appointment.checked_out_at,
            work_order=appointment.work_order,
            series=appointment.series,
        )


def _stop(taken: Taken, place: Point | None) -> Stop:
    degrees = (place.latitude, place.longitude) if place else (None, None)
    return Stop(taken.user, taken.start, taken.until, *degrees)


class MemoryGridChoices:
    def __init__(self, choices: Table[UUID, GridChoice]) -> None:
        self._choices = choices

    def of(self, user: UserId) -> GridChoice | None:
        return self._choices.rows.get(user)

    def put(self, user: UserId, choice: GridChoice) -> None:
        self._choices.put(user, choice)
