"""
What scheduling needs of the world.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import TypeId
from fieldops_core.customers import ports as customers
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Happened, Place
from fieldops_core.kernel.geo import Distance, Point, point_of
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Block,
    GridChoice,
    Hold,
    HoldId,
    Repair,
    RepairId,
    SeriesId,
    Status,
    WorkOrderFact,
    WorkOrderId,
)


class Taken(NamedTuple):
    """
    The time that one appointment, or one hold, takes of a user, in seconds since 1970: *start* up to *until*. A tuple,
    because there are thousands of them.
    """

    user: UserId
    appointment: AppointmentId | None
    start: int
    until: int
    hold: HoldId | None = None


class Engaged(NamedTuple):
    """
    An open appointment, as far as its customer's archive asks of it.
    """

    appointment: AppointmentId
    version: int
    customer: CustomerId
    kind: Kind
    type: TypeId
    user: UserId
    status: Status
    start: datetime
    end: datetime
    zone: str
    pending_reassignment: bool
    double_booked: bool


class Stacked(NamedTuple):
    """
    An appointment of a work order, as far as the order of its list asks.
    """

    appointment: AppointmentId
    user: UserId
    start: datetime
    zone: str


class Member(NamedTuple):
    """
    An appointment that shares its work order and start with others: one of a crew (APT-23).
    """

    work_order: WorkOrderId
    start: datetime
    appointment: AppointmentId


class Stop(NamedTuple):
    """
    The time that one appointment takes of a user, as :class:`Taken` tells it, and the degrees of its customer's place,
    None while nobody knows it.
    """

    user: UserId
    start: int
    until: int
    latitude: float | None
    longitude: float | None

    @property
    def place(self) -> Point | None:
        return point_of(self.latitude, self.longitude)


@frozen(kw_only=True)
class ListPlace:
    """
    A place in a customer's list as it was ordered at *as_of*: after the appointment *id*, which was *upcoming* or not
    and starts at *start*.
    """

    as_of: datetime
    upcoming: bool
    start: datetime
    id: AppointmentId


@frozen(kw_only=True)
class Span:
    """
    Appointments of some *locations* that begin from *start* up to, not including, *end*.
    """

    locations: frozenset[LocationId]
    start: datetime
    end: datetime


@frozen(kw_only=True)
class Sight:
    """
    What a reader may see of all appointments (ACC-26): of each kind those of customers at some locations, and, where
    SALES is not among them, those of user *only_of* at others (*own*).
    """

    kinds: Mapping[Kind, frozenset[LocationId]]
    only_of: UserId | None = None
    own: frozenset[LocationId] = frozenset()


@frozen(kw_only=True)
class Selection:
    """
    Which appointments a list holds. None does not narrow: *spans*, of which one must hold; users; statuses;
    *late_at*, an instant at which they are late; *sight*.
    """

    spans: tuple[Span, ...] | None = None
    users: frozenset[UserId] | None = None
    statuses: frozenset[Status] | None = None
    pending_reassignment: bool | None = None
    late_at: datetime | None = None
    sight: Sight | None = None


class StartPlace(NamedTuple):
    """
    A place in a list by start: after the appointment *id*, which starts at *start*.
    """

    start: datetime
    id: AppointmentId


class Appointments(Repository[AppointmentId, Appointment], Protocol):
    """
    ``add`` and ``save`` raise Conflict also where the time of an occupying appointment that is no double booking is
    taken by another such one of its user.
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
        """
        At most *limit* appointments of a customer, upcoming ones (SCHEDULED, ending after *as_of*) first, soonest
        first, then the rest, latest first; ties by id. Of SALES, where it is not among *kinds*, those of user
        *only_of*.
        """

    def upcoming(
        self, customer: CustomerId, *, kinds: Collection[Kind], only_of: UserId | None, as_of: datetime
    ) -> int:
        """
        How many are upcoming, of the same choice.
        """

    def crew(self, work_order: WorkOrderId, start: datetime) -> tuple[Appointment, ...]:
        """
        The open appointments of a work order that begin at that instant, by id (APT-23).
        """

    def add_all(self, states: Sequence[Appointment]) -> None:
        """
        As ``add``, for many.
        """

    def named(self, ids: Collection[AppointmentId], *, lock: Lock = Lock.NONE) -> tuple[Appointment, ...]:
        """
        Those appointments, in the order of their ids, locked in that order. Ids that the company does not have are left
        out.
        """

    def opened(
        self, *, location: LocationId | None = None, customer: CustomerId | None = None
    ) -> tuple[Appointment, ...]:
        """
        The open appointments of the company, of one location or of one customer, in the order of their ids, locked
        EXCLUSIVE in that order.
        """

    def open_of(self, customers: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Engaged, ...]:
        """
        The open appointments of some customers, in the order of their ids, locked in that order.
        """

    def ids_of(self, customer: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[AppointmentId, ...]:
        """
        All of a customer, in the order of their ids, locked in that order.
        """

    def beside(self, customer: CustomerId) -> tuple[Appointment, ...]:
        """
        The appointments of others that lie beside one of a customer's on purpose (SCH-27), in the order of their ids,
        locked EXCLUSIVE in that order.
        """

    def save_all(self, states: Sequence[Appointment]) -> None:
        """
        Replace many that this unit has locked as it read them, in a number of statements that does not grow with
        theirs. None stands in the way of another as it was before: only where they are then do they collide.

        Raises:
            Conflict: as ``save``.
        """

    def save_alike(self, change: UniformChange[Appointment]) -> None:
        """
        Replace many that this unit has locked as it read them, in a number of statements that does not grow with
        theirs.
        """

    def of_work_order(self, work_order: WorkOrderId) -> tuple[Appointment, ...]:
        """
        All of a work order, by start and id.
        """

    def stacked(self, work_order: WorkOrderId) -> tuple[Stacked, ...]:
        """
        The same, in any order, as far as the order of a list asks.
        """

    def of_work_orders(self, work_orders: Collection[WorkOrderId]) -> tuple[Appointment, ...]:
        """
        All of some work orders, by start and id.
        """

    def of_series(self, series: SeriesId, *, since: datetime) -> tuple[Appointment, ...]:
        """
        Those of a series that start at an instant or later, by start and id.
        """


class Holds(Repository[HoldId, Hold], Protocol):
    def remove(self, hold: Hold) -> None:
        """
        Raises:
            Conflict: where it is gone.
        """

    def remove_all(self, holds: Sequence[Hold]) -> None:
        """
        As ``remove``, for many.
        """

    def of_customers(self, customers: Collection[CustomerId]) -> tuple[Hold, ...]:
        """
        Those for some customers, also such as have expired, by id.
        """

    def remove_expired(self, user: UserId, *, now: datetime) -> None:
        """
        Remove those of a user that no longer take time.
        """

    def find(self, id: HoldId) -> Hold | None:
        """
        The hold, if it is there.
        """

    def live(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Hold, ...]:
        """
        Those that take time of some users (None: all) in a period, by start and id.
        """


class Repairs(Repository[RepairId, Repair], Protocol):
    """
    What was repaired, as long as the company is.
    """


class Times(Protocol):
    """
    What takes users' time. Every reading narrows by start alone, from two days before: no visit crosses midnight.
    """

    def taken(self, period: Period, *, users: Collection[UserId] | None = None, now: datetime) -> tuple[Taken, ...]:
        """
        What occupies those users (None: all) in a period, appointments and holds that have not expired; more may be
        answered, never less.
        """

    def stops(
        self, period: Period, *, users: Collection[UserId] | None = None, without: AppointmentId | None = None
    ) -> tuple[Stop, ...]:
        """
        The same with the places of the visits, apart from one appointment.
        """

    def blocks(
        self, period: Period, *, users: Collection[UserId] | None = None, occupying: bool = False
    ) -> tuple[Block, ...]:
        """
        The appointments of those users that touch a period, by start and id; *occupying*: only those that take time.
        """

    def selected(self, selection: Selection, *, after: StartPlace | None, limit: int) -> tuple[Block, ...]:
        """
        At most *limit* appointments of a selection, by start and id.
        """

    def crews(self, work_orders: Collection[WorkOrderId], period: Period) -> tuple[Member, ...]:
        """
        The appointments of some work orders that begin in a period, or two days before it, by id; neither cancelled
        ones nor those where nobody showed.
        """

    def under_way(self, user: UserId) -> tuple[Block, ...]:
        """
        The appointments of a user that are EN_ROUTE or ON_SITE, whenever they were planned, by start and id.
        """


class WorkOrders(Protocol):
    """
    What the appointments' work orders are.
    """

    def facts(self, ids: Collection[WorkOrderId], *, lock: Lock = Lock.NONE) -> tuple[WorkOrderFact, ...]:
        """
        Those of these that the company has, in the order of their ids, in which they are locked.
        """


class GridChoices(Protocol):
    """
    What each user last chose to see on the day grid.
    """

    def of(self, user: UserId) -> GridChoice | None: ...

    def put(self, user: UserId, choice: GridChoice) -> None: ...


Leg = tuple[Point, Point]
"""
A drive from one place to another.
"""


class Routing(Protocol):
    """
    Driving distances.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance | None, ...]:
        """
        For each leg, in their order, meters and minutes by road, or an estimate marked as such; None where no road is
        known. Asked once for all that an answer needs.

        Raises:
            RoutingFailed: where the engine does not answer, or not with distances.
        """


class RoutingFailed(Exception):
    """
    The routing engine did not answer in time, or not with distances.
    """


class Happenings(Protocol):
    """
    The events of the company that were committed, in an order in which nothing is committed before what was read.
    """

    def newest(self) -> Place:
        """
        The place of the last of them; :data:`~fieldops_core.kernel.events.NOWHERE` where there is none.
        """

    def knows(self, place: Place) -> bool:
        """
        Whether an event is there at a place, so that what came after it is known too; NOWHERE always is.
        """

    def since(self, place: Place, *, limit: int) -> tuple[Happened, ...]:
        """
        At most so many after a place.
        """


class Unit(customers.Unit, Protocol):
    @property
    def appointments(self) -> Appointments: ...
    @property
    def holds(self) -> Holds: ...
    @property
    def repairs(self) -> Repairs: ...
    @property
    def times(self) -> Times: ...
    @property
    def work_orders(self) -> WorkOrders: ...
    @property
    def grid_choices(self) -> GridChoices: ...
    @property
    def outbox(self) -> Happenings: ...
