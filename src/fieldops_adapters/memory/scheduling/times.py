"""
The time that visits and holds take, and what a grid shows of it.
"""

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import Protocol

from fieldops_adapters.memory.scheduling.appointments import AllAppointments
from fieldops_adapters.memory.scheduling.holds import MemoryHolds
from fieldops_core.access.model import Kind
from fieldops_core.company.ports import AppointmentTypes
from fieldops_core.customers.ports import Customers
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import AWAITED, OCCUPYING, Appointment, AppointmentId, Block, Status, WorkOrderId
from fieldops_core.scheduling.ports import Member, Selection, Sight, StartPlace, Stop, Taken

TWO_DAYS = timedelta(days=2)


class Around(Protocol):
    """
    Where appointments, and what their blocks tell of them, are found: the repositories of one unit of work.
    """

    @property
    def appointments(self) -> AllAppointments: ...
    @property
    def holds(self) -> MemoryHolds: ...
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
