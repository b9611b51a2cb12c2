"""
What questions about scheduling answer. Instants carry the offset of the zone named beside them.
"""

from collections.abc import Collection
from datetime import date, datetime
from enum import Enum
from typing import TypedDict
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.model import CatalogEntry, ListMode
from fieldops_core.company.views import LocationView
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Distance, DistanceUnit, Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.model import (
    Appointment,
    Around,
    Block,
    CancelledBy,
    GridChoice,
    Grouping,
    Hold,
    Lack,
    Rescheduling,
    Status,
    Verdict,
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
    """
    Who set which status when, and from where. *override*: a dispatcher did, in the assignee's stead; *name* is that
    dispatcher's.
    """

    status: Status
    at: datetime
    by: UUID | None
    name: str | None
    source: Source
    coordinates: Point | None
    override: bool
    reason: str


@frozen(kw_only=True)
class AppointmentView:
    """
    An appointment, whole. *start* and *end* are told in its location's *zone*; *reader* tells them in the reader's zone
    where that differs. *expected_start* is there where the visit before took longer than planned, and beyond its start
    (APT-24). *on_the_way_at*, *checked_in_at* and *checked_out_at* are the actual times. *rescheduling* and its reason
    are there where the company tracks them (FLD-08). *outside_working_hours* marks what the rule DAY let through
    (SCH-07). *unfit* lists the rules that the appointment as it stands does not keep and that this change did not ask
    (APT-18).
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
    expected_start: datetime | None
    on_the_way_at: datetime | None
    checked_in_at: datetime | None
    checked_out_at: datetime | None
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
    expected_start: datetime | None,
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
        expected_start=_told(expected_start, zone),
        on_the_way_at=_told(appointment.on_the_way_at, zone),
        checked_in_at=_told(appointment.checked_in_at, zone),
        checked_out_at=_told(appointment.checked_out_at, zone),
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
            MomentView(
                status=each.status,
                at=each.at,
                by=each.by,
                name=around.names.get(each.by) if each.by else None,
                source=each.source,
                coordinates=each.point,
                override=each.override,
                reason=each.reason,
            )
            for each in appointment.moments
        ),
        created_by=appointment.created_by,
        created_at=appointment.created_at,
        changed_by=appointment.changed_by,
        changed_at=appointment.changed_at,
        unfit=unfit,
    )


def _told(instant: datetime | None, zone: str) -> datetime | None:
    return None if instant is None else local(instant, zone)


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
    expected_start: datetime | None
    pending_reassignment: bool
    notes: str


@frozen(kw_only=True)
class AppointmentLine:
    """
    A line of the company's list (APT-26). *late*: its start has passed, and its user is not there.
    """

    id: UUID
    version: int
    kind: Kind
    status: Status
    type: str
    user: UserRef
    customer: CustomerRef
    location: UUID
    work_order: WorkOrderRef | None
    start: datetime
    end: datetime
    minutes: int
    zone: str
    reader: Window | None
    pending_reassignment: bool
    double_booked: bool
    late: bool


@frozen(kw_only=True)
class AppointmentLinesView:
    """
    One page of the company's appointments.
    """

    items: tuple[AppointmentLine, ...]
    next: str | None


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
class VisitLine:
    """
    An appointment as the answer to a change lists it.
    """

    id: UUID
    version: int
    kind: Kind
    type: str
    user: UserRef
    customer: CustomerRef
    start: datetime
    end: datetime
    zone: str
    reader: Window | None


@frozen(kw_only=True)
class StrandedLine(VisitLine):
    """
    *why* tells what the appointment lacks since the change.
    """

    why: tuple[Lack, ...]


@frozen(kw_only=True)
class UncoveredLine(VisitLine):
    """
    How far its customer is from where its technician starts, and under which list modes that was covered before the
    change and is no more.
    """

    distance: DistanceView | None
    modes: tuple[ListMode, ...]


@frozen(kw_only=True)
class OutOfCoverageView:
    """
    The upcoming TECH appointments that a change puts out of coverage, soonest first: *count* is of all of them; those
    that the reader may not see are counted and not listed. They are told, and left as they are.
    """

    count: int = 0
    appointments: tuple[UncoveredLine, ...] = ()


@frozen(kw_only=True)
class StrandedView:
    """
    The appointments that a change makes pending reassignment (APT-14), soonest first: *count* is of all of them; those
    that the reader may not see are counted and not listed.
    """

    count: int = 0
    appointments: tuple[StrandedLine, ...] = ()


@frozen(kw_only=True)
class RetimedLine:
    """
    An appointment whose instant, or the local time by which it is told, is another now: *before* and *after*.
    """

    id: UUID
    version: int
    kind: Kind
    type: str
    user: UserRef
    customer: CustomerRef
    before: Window
    after: Window


@frozen(kw_only=True)
class RetimedView:
    """
    Such appointments, soonest first: *count* is of all of them; those that the reader may not see are counted and not
    listed.
    """

    count: int = 0
    appointments: tuple[RetimedLine, ...] = ()


@frozen(kw_only=True)
class ZoneChangeView(LocationView):
    """
    A location with its new time zone, its open appointments as they were and are told, and those that became pending
    reassignment, because they, or the hours of somebody at home there, lie at other instants now.
    """

    open: RetimedView
    stranded: StrandedView


@frozen(kw_only=True)
class UnmovedLine:
    """
    An appointment that stays at its instant although its agreed local time means another, or none; *why* is a sentence.
    It is pending reassignment.
    """

    id: UUID
    version: int
    user: UserRef
    customer: CustomerRef
    stays: Window
    agreed: str
    why: str


@frozen(kw_only=True)
class RecomputedView:
    """
    What a recomputation of instants came to: how many appointments were *looked_at*, those that *moved*, those that
    could not be moved (*unmoved*), and those that became pending reassignment because they moved (*stranded*).
    """

    looked_at: int
    moved: RetimedView
    unmoved: tuple[UnmovedLine, ...]
    stranded: StrandedView


def window(period: Period, zone: str) -> Window:
    return Window(start=local(period.start, zone), end=local(period.end, zone), zone=zone)


def retimed_line(block: Block, user: str, before: Window) -> RetimedLine:
    """
    *block* is the visit as it is now, *user* the name of the one it is assigned to.
    """
    return RetimedLine(
        id=block.appointment,
        version=block.version,
        kind=block.kind,
        type=block.type_name,
        user=UserRef(id=block.user, name=user),
        customer=_customer_of(block),
        before=before,
        after=window(block.planned, block.zone),
    )


def unmoved_line(block: Block, user: str, agreed: datetime, why: Violation) -> UnmovedLine:
    return UnmovedLine(
        id=block.appointment,
        version=block.version,
        user=UserRef(id=block.user, name=user),
        customer=_customer_of(block),
        stays=window(block.planned, block.zone),
        agreed=agreed.isoformat(timespec="minutes"),
        why=why.sentence,
    )


def stranded_line(block: Block, user: str, why: Collection[Lack], *, reader_zone: str | None) -> StrandedLine:
    """
    *user* is the name of the one it is assigned to.
    """
    return StrandedLine(**_line(block, user, reader_zone), why=tuple(lack for lack in Lack if lack in why))


def uncovered_line(
    block: Block, user: str, distance: DistanceView | None, modes: tuple[ListMode, ...], *, reader_zone: str | None
) -> UncoveredLine:
    return UncoveredLine(**_line(block, user, reader_zone), distance=distance, modes=modes)


class _Line(TypedDict):
    id: UUID
    version: int
    kind: Kind
    type: str
    user: UserRef
    customer: CustomerRef
    start: datetime
    end: datetime
    zone: str
    reader: Window | None


def _line(block: Block, user: str, reader_zone: str | None) -> _Line:
    period, zone = block.planned, block.zone
    return {
        "id": block.appointment,
        "version": block.version,
        "kind": block.kind,
        "type": block.type_name,
        "user": UserRef(id=block.user, name=user),
        "customer": _customer_of(block),
        "start": local(period.start, zone),
        "end": local(period.end, zone),
        "zone": zone,
        "reader": reader_window(period, zone, reader_zone),
    }


def _customer_of(block: Block) -> CustomerRef:
    return CustomerRef(id=block.customer, number=block.customer_number, name=block.customer_name, stage=block.stage)


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
class AddedView:
    """
    How many more minutes and meters a user would drive that day, less than none where roads allow it; *kind* is
    ``road``, or ``estimate`` where any of the drives is one.
    """

    minutes: int
    meters: int
    text: str
    kind: str


class Unknown(Enum):
    """
    A place without coordinates: no drive from it or to it is known.
    """

    CUSTOMER = "customer"
    START_LOCATION = "start_location"
    PREVIOUS = "previous"
    NEXT = "next"


@frozen(kw_only=True)
class SlotView:
    """
    A user and a start, and what speaks for them: the driving *added* to the day, None where a place is *unknown*; the
    drive *from_previous* (the visit before, or the start location); the *distance* from the start location and whether
    it lies in the user's own coverage radius; and whether the visit lies outside the working hours.
    """

    user: UserRef
    start: datetime
    end: datetime
    added: AddedView | None
    from_previous: DistanceView | None
    distance: DistanceView | None
    in_coverage_radius: bool | None
    outside_working_hours: bool
    unknown: tuple[Unknown, ...]


@frozen(kw_only=True)
class BestSlotsView:
    """
    Starts that fit and leave time for the drives, the one that adds the least driving first; those of which that is not
    known come last. *message* says so where there are none.
    """

    kind: Kind
    minutes: int
    zone: str
    mode: ModeView | None
    items: tuple[SlotView, ...]
    message: str | None


@frozen(kw_only=True)
class RadiusView:
    """
    How many more meters a technician would have to cover, as *text* too, and the *radius* in meters that this makes.
    """

    more_meters: int
    text: str
    radius: int


@frozen(kw_only=True)
class ChangeView:
    """
    The smallest changes that would make a visit fit: the nearest *start* of that day, or, instead of it, the longest
    duration in *minutes* at the start asked for; and, in any case where it is there, a greater *radius*.
    """

    start: datetime | None
    minutes: int | None
    radius: RadiusView | None


@frozen(kw_only=True)
class FitView:
    """
    Whether a visit fits a user and start: where there are no *reasons* against it, told as a refusal tells them.
    *start* and *end* are None where there is no such time. *change* is None where it fits, and where no change of
    start, duration or radius would make it fit.
    """

    user: UserRef
    start: datetime | None
    end: datetime | None
    minutes: int
    zone: str
    mode: ModeView | None
    distance: DistanceView | None
    outside_working_hours: bool
    fits: bool
    reasons: tuple[Violation, ...]
    change: ChangeView | None


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
    A visit on the grid. *crew* are the others of the same work order and start, shown in this grid or not (APT-23).
    *expected_start* is there where the visit before took longer than planned, and beyond this one's start (APT-24).
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
    expected_start: datetime | None


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
class FindingView:
    """
    A setting that quietly breaks scheduling: *code* for programs, *sentence* for people, and the *mend*. *id* and
    *name* are of the user, type or location that it is about; of customers, *count* says how many there are, and
    *customers* lists the first of those that the reader may see.
    """

    code: str
    sentence: str
    mend: str
    id: UUID | None = None
    name: str | None = None
    count: int = 1
    customers: tuple[CustomerRef, ...] = ()


@frozen(kw_only=True)
class DiagnosisView:
    """
    Everything that was found; nothing where all is well.
    """

    items: tuple[FindingView, ...]
    next: str | None = None


@frozen(kw_only=True)
class TravelView:
    """
    The driving distance from the last completed visit of the day, or from the start location; beside it, from the open
    or completed visit just before the start. None where it is not known or not shown.
    """

    from_previous: DistanceView | None
    from_previous_booked: DistanceView | None


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


@frozen(kw_only=True)
class BulkDate:
    """
    One date of a technician, what becomes of it, and why not. *start* and *end* are None where the clocks skip it.
    """

    date: date
    start: datetime | None
    end: datetime | None
    verdict: Verdict
    why_not: tuple[Violation, ...]


@frozen(kw_only=True)
class BulkShare:
    """
    What one technician would get: *count* visits. *why_not*: what stands against choosing them at all.
    """

    user: UserRef
    count: int
    why_not: tuple[Violation, ...]
    dates: tuple[BulkDate, ...]


@frozen(kw_only=True)
class BulkPreview:
    """
    What a bulk schedule would create, in a sentence (*summary*) and date by date. *minutes* is the duration of each
    visit; *total* counts all. *violations* refuse the whole; *warnings* do not.
    """

    summary: str
    total: int
    minutes: int
    zone: str
    violations: tuple[Violation, ...]
    warnings: tuple[str, ...]
    technicians: tuple[BulkShare, ...]


@frozen(kw_only=True)
class SeriesVisit:
    """
    One appointment of a series.
    """

    id: UUID
    version: int
    status: Status
    start: datetime
    end: datetime


@frozen(kw_only=True)
class SeriesView:
    """
    The appointments that a bulk schedule made for one technician, by start; *skipped* are the dates left out (BLK-10).
    """

    series: UUID
    user: UserRef
    appointments: tuple[SeriesVisit, ...]
    skipped: tuple[BulkDate, ...]


@frozen(kw_only=True)
class BulkView:
    """
    What a bulk schedule created.
    """

    summary: str
    total: int
    zone: str
    series: tuple[SeriesView, ...]


@frozen(kw_only=True)
class RowsOf:
    """
    The appointments of one date or of one user, by start.
    """

    date: date | None
    user: UserRef | None
    items: tuple[AppointmentRow, ...]


@frozen(kw_only=True)
class WorkOrderAppointments:
    """
    All appointments of a work order, grouped by local date or by user.
    """

    by: Grouping
    count: int
    groups: tuple[RowsOf, ...]
