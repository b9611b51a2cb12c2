"""
What the rules of scheduling are asked about.
"""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    SLOT_MINUTES,
    AppointmentType,
    CatalogEntry,
    ListMode,
    Settings,
    SubType,
    SubTypeId,
)
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.calculations import Mode, UserTime, cells_of
from fieldops_core.scheduling.model import AppointmentId, Block, Reason, Rescheduling, WorkOrderFact, WorkOrderId
from fieldops_core.staff.model import Person


@frozen(kw_only=True)
class Choice:
    """
    The choice of a user for a customer, under a list mode. *type* is None while none is chosen.
    """

    kind: Kind
    type: AppointmentType | None = None
    customer: Customer
    person: Person
    mode: Mode
    settings: Settings

    @property
    def by_radius(self) -> bool:
        """
        Whether distance decides.
        """
        return self.kind is Kind.TECH and self.mode.in_force is not ListMode.IN_OFFICE_LOCATION


@frozen(kw_only=True)
class Offer:
    """
    The list mode that somebody asks for.
    """

    kind: Kind
    asked: ListMode
    settings: Settings


@frozen(kw_only=True)
class Length:
    """
    How long a visit of a kind is to be.
    """

    kind: Kind
    minutes: int

    @property
    def step(self) -> int:
        return SLOT_MINUTES[self.kind]


@frozen(kw_only=True)
class Subject:
    """
    Whom an appointment of a kind would be with.
    """

    kind: Kind
    customer: Customer
    settings: Settings


@frozen(kw_only=True)
class Visit:
    """
    What is to be placed: a customer, a type, a user, a local start and a length, where and under which list mode.
    *start* is None where a clock change skips the local time that was *told*. *work_order* is one that is chosen anew.
    """

    kind: Kind
    type: AppointmentType
    sub_type: SubTypeId | None
    customer: Customer
    person: Person
    location: LocationId
    zone: str
    told: datetime
    start: datetime | None
    minutes: int
    mode: Mode
    settings: Settings
    work_order: WorkOrderFact | None = None

    @property
    def chosen_sub_type(self) -> SubType | None:
        return self.type.sub_type(self.sub_type) if self.sub_type is not None else None

    @property
    def subject(self) -> Subject:
        return Subject(kind=self.kind, customer=self.customer, settings=self.settings)

    @property
    def choice(self) -> Choice:
        return Choice(
            kind=self.kind,
            type=self.type,
            customer=self.customer,
            person=self.person,
            mode=self.mode,
            settings=self.settings,
        )

    @property
    def offer(self) -> Offer:
        return Offer(kind=self.kind, asked=self.mode.asked, settings=self.settings)

    @property
    def length(self) -> Length:
        return Length(kind=self.kind, minutes=self.minutes)


@frozen(kw_only=True)
class Link:
    """
    A visit, and the work order that was linked to it *before*.
    """

    visit: Visit
    before: WorkOrderId | None = None


@frozen(kw_only=True)
class Reschedule:
    """
    That a visit of a *kind* has to be planned anew, with the *reason* that is chosen for it, if one is.
    """

    kind: Kind
    settings: Settings
    rescheduling: Rescheduling
    reason: CatalogEntry | None


@frozen(kw_only=True)
class Doubling:
    """
    That a user may be booked twice on purpose (SCH-27): beside the appointment *named*, for a *reason*, or beside the
    one that the visit is doubled with *already*.
    """

    named: AppointmentId | None = None
    reason: str = ""
    already: AppointmentId | None = None

    def lets(self, block: Block) -> bool:
        """
        Whether the visit may overlap that appointment. One that is doubled with another may not be overlapped again.
        """
        if block.appointment == self.already:
            return self.named in (None, self.already)
        return block.appointment == self.named and not block.double_booked


@frozen(kw_only=True)
class Placement:
    """
    The case of the rules of time: a visit with its user's time in the frame of its local day, without the appointment
    that is being moved and the one that it may be doubled with, and the blocks that stand there.
    """

    visit: Visit
    period: Period | None
    time: UserTime | None
    blocks: tuple[Block, ...] = ()
    doubling: Doubling = Doubling()
    may_see: Callable[[Block], bool] = lambda _: False

    def reasons(self) -> tuple[Reason, ...]:
        """
        What stands against the visit; nothing is known where its length or start is impossible.
        """
        return self._reasons

    @cached_property
    def _reasons(self) -> tuple[Reason, ...]:
        if self.period is None or self.time is None:
            return ()
        first = self.time.frame.cells.cell(self.period.start)
        return self.time.reasons(first, cells_of(self.visit.minutes))


@frozen(kw_only=True)
class Record:
    """
    A visit that is entered after it began, and from where.
    """

    placement: Placement
    source: Source
