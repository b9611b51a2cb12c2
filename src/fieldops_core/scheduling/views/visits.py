"""
Appointments, whole and in lists; holds; crews.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import (
    Appointment,
    Around,
    CancelledBy,
    Hold,
    Rescheduling,
    Status,
    VisitOutcome,
)
from fieldops_core.scheduling.views.parts import (
    CustomerRef,
    NamedRef,
    UserRef,
    Window,
    WorkOrderRef,
    customer_ref,
    entry_ref,
    reader_window,
    work_order_ref,
)


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
    former_work_order: int | None
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
        former_work_order=appointment.former_work_order,
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
