"""
What scheduling needs of the world.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.customers import ports as customers
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.geo import Distance, Point, point_of
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Repository
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Appointment, AppointmentId, Block, GridChoice
from fieldops_core.staff import ports as staff


class Taken(NamedTuple):
    """
    The time that one appointment takes of a user, in seconds since 1970: *start* up to *until*. A tuple, because there
    are thousands of them.
    """

    user: UserId
    appointment: AppointmentId
    start: int
    until: int


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


class Times(Protocol):
    """
    What takes users' time. Every reading narrows by start alone, from two days before: no visit crosses midnight.
    """

    def taken(self, period: Period, *, users: Collection[UserId] | None = None) -> tuple[Taken, ...]:
        """
        What occupies those users (None: all) in a period; more may be answered, never less.
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


class Unit(staff.Unit, customers.Unit, Protocol):
    @property
    def appointments(self) -> Appointments: ...
    @property
    def times(self) -> Times: ...
    @property
    def grid_choices(self) -> GridChoices: ...
