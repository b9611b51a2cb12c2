"""
What questions about scheduling answer. Instants carry the offset of the zone named beside them.
"""

from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import CatalogEntry, ListMode
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Distance, DistanceUnit, Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.model import (
    Appointment,
    Around,
    CancelledBy,
    GridChoice,
    Hold,
    Rescheduling,
    Status,
    VisitOutcome,
    WorkOrderFact,
)

DistanceView = TypedDict("DistanceView", {"meters": int, "text": str, "kind": str, "from": str, "minutes": int | None})
"""
A distance in meters and in the company's unit; *kind* is ``straight_line``, ``road`` or ``estimate``; *from* is
``start_location``, ``previous_completed`` or ``previous_booked``; *minutes* of driving where they are known.
"""


@frozen(kw_only=True)
class UserRef:
    id: UUID
    name: str


@frozen(kw_only=True)
class NamedRef:
    id: UUID
    name: str


@frozen(kw_only=True)
class CustomerRef:
    id: UUID
    number: int
    name: str
    stage: Stage


@frozen(kw_only=True)
class WorkOrderRef:
    id: UUID
    number: int


@frozen(kw_only=True)
class Window:
    """
    A start and an end as people of a zone tell them.
    """

    start: datetime
    end: datetime
    zone: str


@frozen(kw_only=True)
class MomentView:
    status: Status
    at: datetime
    by: UUID | None
    source: Source
    coordinates: Point | None


@frozen(kw_only=True)
class AppointmentView:
    """
    An appointment, whole. *start* and *end* are told in its location's *zone*; *reader* tells them in the reader's zone
    where that differs. *rescheduling* and its reason are there where the company tracks them (FLD-08).
    *outside_working_hours* marks what the rule DAY let through (SCH-07). *unfit* lists the rules
    that the appointment as it stands does not keep and that this change did not ask (APT-18).
    """

    id: UUID
    version: int
    kind: Kind
    status: Status
    type: NamedRef
    sub_type: NamedRef | None
    user: UserRef
    customer: CustomerRef
    location: NamedRef
    start: datetime
    end: datetime
    minutes: int
    zone: str
    agreed: str
    reader: Window | None
    notes: str
    on_site_notes: str
    public_note: str
    private_note: str | None
    pending_reassignment: bool
    outside_working_hours: bool
    cancelled_by: CancelledBy | None
    cancellation_reason: str
    work_order: WorkOrderRef | None
    series: UUID | None
    rescheduling: Rescheduling | None
    reschedule_reason: NamedRef | None
    outcome: VisitOutcome | None
    unable_reason: NamedRef | None
    check_out_notes: str
    for_the_record: bool
    double_booked: bool
    double_booked_with: UUID | None
    double_book_reason: str
    moments: tuple[MomentView, ...]
    created_by: UUID | None
    created_at: datetime
    changed_by: UUID | None
    changed_at: datetime
    unfit: tuple[Violation, ...] = ()


def appointment_view(
    appointment: Appointment,
    around: Around,
    *,
    reader_zone: str | None,
    tracked: bool,
    outside_hours: bool,
    unfit: tuple[Violation, ...],
) -> AppointmentView:
    period, zone = appointment.period, appointment.zone
    sub_type = around.type.sub_type(appointment.sub_type) if appointment.sub_type else None
    return AppointmentView(
        id=appointment.id,
        version=appointment.version,
        kind=appointment.kind,
        status=appointment.status,
        type=NamedRef(id=around.type.id, name=around.type.name),
        sub_type=NamedRef(id=sub_type.id, name=sub_type.name) if sub_type else None,
        user=UserRef(id=around.person.id, name=around.person.name),
        customer=customer_ref(around.customer),
        location=NamedRef(id=around.location.id, name=around.location.name),
        start=local(period.start, zone),
        end=local(period.end, zone),
        minutes=period.minutes,
        zone=zone,
        agreed=appointment.agreed.isoformat(timespec="minutes"),
        reader=reader_window(period, zone, reader_zone),
        notes=appointment.notes,
        on_site_notes=appointment.on_site_notes,
        public_note=appointment.public_note,
        private_note=appointment.private_note.reveal() if appointment.private_note else None,
        pending_reassignment=appointment.pending_reassignment,
        outside_working_hours=outside_hours,
        cancelled_by=appointment.cancelled_by,
        cancellation_reason=appointment.cancellation_reason,
        work_order=work_order_ref(around.work_order),
        series=appointment.series,
        rescheduling=appointment.rescheduling if tracked else None,
        reschedule_reason=entry_ref(around.reschedule_reason) if tracked else None,
        outcome=appointment.outcome,
        unable_reason=entry_ref(around.unable_reason),
        check_out_notes=appointment.check_out_notes,
        for_the_record=appointment.for_the_record,
        double_booked=appointment.double_booked,
        double_booked_with=appointment.double_booked_with,
        double_book_reason=appointment.double_book_reason,
        moments=tuple(
            MomentView(status=each.status, at=each.at, by=each.by, source=each.source, coordinates=each.point)
            for each in appointment.moments
        ),
        created_by=appointment.created_by,
        created_at=appointment.created_at,
        changed_by=appointment.changed_by,
        changed_at=appointment.changed_at,
        unfit=unfit,
    )


@frozen(kw_only=True)
class HoldView:
    """
    A user's time that is taken until *expires_at*. *start*, *end* and *expires_at* are told in the location's *zone*.
    """

    id: UUID
    version: int
    kind: Kind
    type: NamedRef
    user: UserRef
    customer: CustomerRef
    location: NamedRef
    start: datetime
    end: datetime
    minutes: int
    zone: str
    reader: Window | None
    expires_at: datetime
    created_by: UUID | None
    created_at: datetime


def hold_view(hold: Hold, around: Around, *, reader_zone: str | None) -> HoldView:
    period, zone = hold.period, hold.zone
    return HoldView(
        id=hold.id,
        version=hold.version,
        kind=around.type.kind,
        type=NamedRef(id=around.type.id, name=around.type.name),
        user=UserRef(id=around.person.id, name=around.person.name),
        customer=customer_ref(around.customer),
        location=NamedRef(id=around.location.id, name=around.location.name),
        start=local(period.start, zone),
        end=local(period.end, zone),
        minutes=period.minutes,
        zone=zone,
        reader=reader_window(period, zone, reader_zone),
        expires_at=local(hold.expires_at, zone),
        created_by=hold.created_by,
        created_at=hold.created_at,
    )


def work_order_ref(work_order: WorkOrderFact | None) -> WorkOrderRef | None:
    return None if work_order is None else WorkOrderRef(id=work_order.id, number=work_order.number)


def entry_ref(entry: CatalogEntry | None) -> NamedRef | None:
    return None if entry is None else NamedRef(id=entry.id, name=entry.name)


def reader_window(period: Period, zone: str, reader_zone: str | None) -> Window | None:
    """
    A period in the reader's zone, where that is another.
    """
    if reader_zone is None or reader_zone == zone:
        return None
    return Window(start=local(period.start, reader_zone), end=local(period.end, reader_zone), zone=reader_zone)


def customer_ref(customer: Customer) -> CustomerRef:
    return CustomerRef(id=customer.id, number=customer.number, name=customer.name, stage=customer.stage)


def distance_view(distance: Distance | None, unit: DistanceUnit, origin: str) -> DistanceView | None:
    """
    A distance from an *origin*, in a company's unit; None where it is not known.
    """
    if distance is None:
        return None
    return {
        "meters": round(distance.meters),
        "text": unit.text(distance.meters),
        "kind": distance.kind.value,
        "from": origin,
        "minutes": distance.minutes,
    }


@frozen(kw_only=True)
class AppointmentRow:
    """
    A line of a customer's list (APT-09).
    """

    id: UUID
    version: int
    kind: Kind
    status: Status
    type: str
    user: UserRef
    work_order: WorkOrderRef | None
    start: datetime
    end: datetime
    zone: str
    reader: Window | None
    pending_reassignment: bool
    notes: str


@frozen(kw_only=True)
class AppointmentsView:
    """
    One page of a customer's appointments; *upcoming* counts all that are upcoming and may be seen, where asked for.
    """

    items: tuple[AppointmentRow, ...]
    next: str | None
    upcoming: int | None = None


@frozen(kw_only=True)
class CrewView:
    """
    The appointments of a crew, the one that was named first.
    """

    items: tuple[AppointmentView, ...]


@frozen(kw_only=True)
class WorkView:
    """
    The Work screen of an appointment: its card, so far, and the statuses that may follow.
    """

    appointment: AppointmentView
    may_follow: tuple[Status, ...]


@frozen(kw_only=True)
class ModeView:
    """
    The list mode asked for, the one in force (another where the customer has no coordinates: *fell_back*), and those
    that the company offers, the first one first.
    """

    asked: ListMode
    in_force: ListMode
    fell_back: bool
    offered: tuple[ListMode, ...]


@frozen(kw_only=True)
class TechnicianView:
    """
    An eligible user with the distance from start, and, where the list mode leaves them out, why.
    """

    user: UserRef
    home: UUID
    distance: DistanceView | None
    valid: bool
    why_not: tuple[Violation, ...]


@frozen(kw_only=True)
class TechniciansView:
    """
    The technicians of a customer and list mode, valid ones first, nearest first. *message* says so where none is valid.
    """

    mode: ModeView
    items: tuple[TechnicianView, ...]
    message: str | None


@frozen(kw_only=True)
class DayOpenings:
    date: date
    starts: tuple[datetime, ...]


@frozen(kw_only=True)
class UserOpenings:
    user: UserRef
    distance: DistanceView | None
    days: tuple[DayOpenings, ...]


@frozen(kw_only=True)
class OpeningsView:
    """
    Every start that fits, for each user and local day of the location. *mode* is None for kinds without coverage.
    """

    kind: Kind
    minutes: int
    zone: str
    mode: ModeView | None
    items: tuple[UserOpenings, ...]
    message: str | None


@frozen(kw_only=True)
class GridDay:
    """
    One local date with the starts of its slots; none on a date that the zone skipped.
    """

    date: date
    slots: tuple[datetime, ...]


@frozen(kw_only=True)
class Stretch:
    """
    From *start* up to *end*.
    """

    start: datetime
    end: datetime


@frozen(kw_only=True)
class BlockView:
    """
    What stands in a row of the grid. Without *appointment* it is somebody's time that this reader may not look into.
    """

    start: datetime
    end: datetime
    appointment: "CardView | None"


@frozen(kw_only=True)
class CardView:
    """
    An appointment in the grid. *crew* are the others of the same work order and start, shown in this grid or not.
    """

    id: UUID
    version: int
    kind: Kind
    status: Status
    type: str
    customer: CustomerRef
    minutes: int
    location: UUID
    pending_reassignment: bool
    double_booked: bool
    work_order: UUID | None
    series: UUID | None
    crew: tuple[UUID, ...]
    outside_working_hours: bool


@frozen(kw_only=True)
class GridRow:
    """
    One user's days. *held* is time that somebody has taken for a while; *zone* is there where the user's home zone
    differs from the grid's; *valid* and *why_not* where a customer was named.
    """

    user: UserRef
    home: UUID
    active: bool
    zone: str | None
    distance: DistanceView | None
    working: tuple[Stretch, ...]
    absent: tuple[Stretch, ...]
    held: tuple[Stretch, ...]
    blocks: tuple[BlockView, ...]
    valid: bool | None
    why_not: tuple[Violation, ...]


@frozen(kw_only=True)
class GridView:
    """
    The day grid: 1 to 7 days of some users, told in one zone (SCH-09 to 11, 24). *previous*, *next* and *today* are the
    dates to ask for next.
    """

    zone: str
    kind: Kind
    days: tuple[GridDay, ...]
    previous: date
    next: date
    today: date
    mode: ModeView | None
    rows: tuple[GridRow, ...]
    message: str | None


@frozen(kw_only=True)
class TravelView:
    """
    The driving distance from the previous visit, or from the start location; None where it is not known or not shown.
    """

    from_previous: DistanceView | None
    note: str | None = None


@frozen(kw_only=True)
class GridChoiceView:
    """
    What a user last chose to see on the day grid; empty lists mean all.
    """

    kind: Kind | None
    days: int
    locations: tuple[UUID, ...]
    users: tuple[UUID, ...]
    statuses: tuple[Status, ...]
    pending_reassignment: bool | None


def grid_choice_view(choice: GridChoice) -> GridChoiceView:
    return GridChoiceView(
        kind=choice.kind,
        days=choice.days,
        locations=choice.locations,
        users=choice.users,
        statuses=choice.statuses,
        pending_reassignment=choice.pending_reassignment,
    )
