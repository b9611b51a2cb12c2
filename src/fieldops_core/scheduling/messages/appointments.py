"""
Appointments and holds.
"""

from datetime import date, datetime

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import EntryId, ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import (
    AppointmentId,
    CancelledBy,
    HoldId,
    Rescheduling,
    Status,
    WorkOrderId,
)


@frozen(kw_only=True)
class BookAppointment:
    """
    A new visit. *kind* may be left out by who can create one kind only (ACC-08). Without *minutes*, the proposal of
    APT-21 holds. *mode* is the list mode the technician was chosen under; None means the company's first (SCH-23).
    *location* is for PROGRAM; other visits take the customer's. *hold* is one of the actor's own: it does not stand in
    the way, and is consumed. *double_book* is an appointment of the user's that this one may overlap, on purpose and
    for a reason (SCH-27). *for_the_record*: it has begun already, and is entered by staff (APT-19).
    """

    customer: CustomerId
    type: TypeId
    user: UserId
    start: datetime
    kind: Kind | None = None
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    work_order: WorkOrderId | None = None
    notes: str = ""
    on_site_notes: str | None = None
    public_note: str = ""
    private_note: Secret | None = None
    hold: HoldId | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""
    for_the_record: bool = False


@frozen(kw_only=True)
class HoldTime:
    """
    Take a user's time, for *hold_minutes* from now, for a visit that could be booked now (BKG-04). What is chosen is
    chosen as in :class:`BookAppointment`.
    """

    customer: CustomerId
    type: TypeId
    user: UserId
    start: datetime
    kind: Kind | None = None
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    hold_minutes: int = 10


@frozen(kw_only=True)
class ReleaseHold:
    hold: HoldId


@frozen(kw_only=True)
class ShowHold:
    hold: HoldId


@frozen(kw_only=True)
class EditAppointment:
    """
    New values for some fields. Kind and customer never change (APT-17); a work order is exchanged, not cleared
    (APT-06). *rescheduling* NO drops its reason. *double_book* is as in :class:`BookAppointment`.
    """

    appointment: AppointmentId
    type: TypeId | Keep = UNSET
    sub_type: SubTypeId | None | Keep = UNSET
    user: UserId | Keep = UNSET
    start: datetime | Keep = UNSET
    minutes: int | Keep = UNSET
    mode: ListMode | None = None
    work_order: WorkOrderId | None | Keep = UNSET
    rescheduling: Rescheduling | Keep = UNSET
    reschedule_reason: EntryId | None | Keep = UNSET
    notes: str | Keep = UNSET
    on_site_notes: str | Keep = UNSET
    public_note: str | Keep = UNSET
    private_note: Secret | None | Keep = UNSET
    double_book: AppointmentId | None = None
    double_book_reason: str = ""


@frozen(kw_only=True)
class MoveAppointment:
    """
    Another start, and perhaps another user, with the same duration: what a drag on the board does (APT-11).
    *double_book* is as in :class:`BookAppointment`.
    """

    appointment: AppointmentId
    start: datetime
    user: UserId | Keep = UNSET
    mode: ListMode | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""


@frozen(kw_only=True)
class MoveCrew:
    """
    Another start for all open appointments of a work order that begin when *appointment* does (APT-23): each keeps its
    user and its duration, and all are moved or none.
    """

    appointment: AppointmentId
    start: datetime
    mode: ListMode | None = None


@frozen(kw_only=True)
class ResizeAppointment:
    """
    Another duration with the same start (APT-11).
    """

    appointment: AppointmentId
    minutes: int


@frozen(kw_only=True)
class ReassignAppointment:
    """
    Another user at the same time.
    """

    appointment: AppointmentId
    user: UserId
    mode: ListMode | None = None


@frozen(kw_only=True)
class CancelAppointment:
    appointment: AppointmentId
    by: CancelledBy = CancelledBy.COMPANY
    reason: str = ""


@frozen(kw_only=True)
class ReinstateAppointment:
    """
    A cancelled visit, or one where nobody showed, is planned again, at its old time and user or at others (APT-07,
    APT-10). *double_book* is as in :class:`BookAppointment`.
    """

    appointment: AppointmentId
    start: datetime | Keep = UNSET
    user: UserId | Keep = UNSET
    minutes: int | Keep = UNSET
    mode: ListMode | None = None
    double_book: AppointmentId | None = None
    double_book_reason: str = ""


@frozen(kw_only=True)
class ShowAppointment:
    appointment: AppointmentId


@frozen(kw_only=True)
class ShowWork:
    """
    The Work screen (ACC-07).
    """

    appointment: AppointmentId


@frozen(kw_only=True)
class ListCustomerAppointments:
    """
    Upcoming ones first, soonest first, then the rest, latest first (APT-09). *after* is the cursor of the page before.
    """

    customer: CustomerId
    after: str | None = None
    limit: int = 50
    count: bool = False


@frozen(kw_only=True)
class ListAppointments:
    """
    The company's appointments, soonest first (APT-26). *first* and *last* are local dates of each appointment's
    location; empty tuples and None do not narrow. *late*: those alone whose start has passed and whose user is not
    there. *after* is the cursor of the page before.
    """

    first: date | None = None
    last: date | None = None
    users: tuple[UserId, ...] = ()
    locations: tuple[LocationId, ...] = ()
    statuses: tuple[Status, ...] = ()
    pending_reassignment: bool | None = None
    late: bool = False
    after: str | None = None
    limit: int = 50
