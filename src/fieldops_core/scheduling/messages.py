"""
What can be done and asked about appointments and the day grid, and what happens then.

A *start* is a datetime: naive, it is the local time of the appointment's location (``fold=1``: the second of two); with
an offset, that instant. *minutes* is elapsed time.
"""

from datetime import date, datetime, time

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import EntryId, ListMode, SubTypeId, TypeId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import tidy
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.scheduling.model import (
    NOTES_LIMIT,
    AppointmentId,
    CancelledBy,
    GridChoice,
    Grouping,
    HoldId,
    Keeping,
    Rescheduling,
    SeriesId,
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


@frozen(kw_only=True)
class ListTechnicians:
    """
    Who is listed for a customer under a list mode, and who is not and why.
    """

    customer: CustomerId
    mode: ListMode | None = None


@frozen(kw_only=True)
class FindOpenings:
    """
    Every start that fits a visit of a type and duration at a customer, from a local date, for 1 to 7 days. *users*
    narrows the users; *moving* is an appointment whose own time does not block it (SCH-08), *hold* a hold of the
    actor's own that does not either.
    """

    customer: CustomerId
    type: TypeId
    first: date
    days: int = 1
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    users: tuple[UserId, ...] = ()
    location: LocationId | None = None
    moving: AppointmentId | None = None
    hold: HoldId | None = None


@frozen(kw_only=True)
class FindBestSlots(FindOpenings):
    """
    Of the starts that FindOpenings would answer, those that leave time for the drives, by how much driving they add to
    their user's day: at most *limit* of them, the best first (SCH-20).
    """

    limit: int = 20


@frozen(kw_only=True)
class ExplainFit:
    """
    Why a user and start do not fit a visit of a type and duration at a customer, and what would make them fit. It is
    asked as FindOpenings is, of one start (SCH-28).
    """

    user: UserId
    start: datetime
    customer: CustomerId
    type: TypeId
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    location: LocationId | None = None
    moving: AppointmentId | None = None
    hold: HoldId | None = None


@frozen(kw_only=True)
class ShowGrid:
    """
    The day grid of one kind from a local date (None: today), for 1 to 7 days. What is None is taken from the reader's
    saved choice. *zone* None: the first location's. With *customer*, each row says whether its user is valid for it.
    """

    kind: Kind | None = None
    first: date | None = None
    days: int | None = None
    locations: tuple[LocationId, ...] | None = None
    users: tuple[UserId, ...] | None = None
    customer: CustomerId | None = None
    mode: ListMode | None = None
    statuses: tuple[Status, ...] | None = None
    pending_reassignment: bool | None = None
    zone: str | None = None


@frozen(kw_only=True)
class MeasureTravel:
    """
    Distance from previous for a technician who would start at an instant with a customer (SCH-19, SCH-25). *moving* is
    an appointment that would be moved there, and so is not before itself.
    """

    user: UserId
    customer: CustomerId
    start: datetime
    moving: AppointmentId | None = None


@frozen(kw_only=True)
class ChangeLocationZone:
    """
    Another time zone of a location. With open appointments it must say what they keep (SCH-26).
    """

    location: LocationId
    zone: str
    keep: Keeping | None = None


@frozen(kw_only=True)
class Diagnose:
    """
    Which settings quietly break scheduling (ACC-28).
    """


@frozen(kw_only=True)
class RecomputeInstants:
    """
    Make the instants of upcoming appointments what the agreed local times and zones mean by the tz database of today
    (SCH-03).
    """


@frozen(kw_only=True)
class ChooseGrid:
    """
    Save what the actor wants to see on the day grid (SCH-10).
    """

    choice: GridChoice


@frozen(kw_only=True)
class ShowGridChoice:
    pass


@frozen(kw_only=True)
class BulkSchedule:
    """
    For each technician one TECH visit on each date from *first* to *last* that falls on one of the *weekdays* (0 is
    Monday), always at the same local *time* (BLK-01). Without *minutes*, the proposal of APT-21 holds. With
    *skip_unavailable*, dates on which a technician cannot be booked are left out (BLK-10); without, they refuse the
    whole.

    Raises:
        InvalidValue: where the notes have more than 2,040 characters.
    """

    work_order: WorkOrderId
    type: TypeId
    first: date
    last: date
    weekdays: frozenset[int]
    technicians: tuple[UserId, ...]
    time: time = time(8)
    sub_type: SubTypeId | None = None
    minutes: int | None = None
    mode: ListMode | None = None
    notes: str = ""
    skip_unavailable: bool = False

    def __attrs_post_init__(self) -> None:
        tidy(self, notes=NOTES_LIMIT)


@frozen(kw_only=True)
class PreviewBulkSchedule:
    """
    What a bulk schedule would create, and what stands against it (BLK-03).
    """

    wish: BulkSchedule


@frozen(kw_only=True)
class MoveSeries:
    """
    One visit of a series to another local start, and the later ones by as many days to the same time of day (BLK-11).
    """

    series: SeriesId
    appointment: AppointmentId
    start: datetime


@frozen(kw_only=True)
class ReassignSeries:
    """
    One visit of a series, and the later ones, to another technician at the same times (BLK-11).
    """

    series: SeriesId
    appointment: AppointmentId
    user: UserId
    mode: ListMode | None = None


@frozen(kw_only=True)
class CancelSeries:
    """
    One visit of a series, and the later ones (BLK-11).
    """

    series: SeriesId
    appointment: AppointmentId
    by: CancelledBy = CancelledBy.COMPANY
    reason: str = ""


@frozen(kw_only=True)
class ListWorkOrderAppointments:
    """
    All appointments of a work order, by date or by user (BLK-07).
    """

    work_order: WorkOrderId
    by: Grouping = Grouping.DATE


class AppointmentBooked(Event):
    pass


class AppointmentMoved(Event):
    pass


class AppointmentResized(Event):
    pass


class AppointmentReassigned(Event):
    pass


class AppointmentEdited(Event):
    pass


class AppointmentCancelled(Event):
    pass


class AppointmentReinstated(Event):
    pass


class AppointmentDoubleBooked(Event):
    """
    Another one of its user was put beside it on purpose (SCH-27).
    """


class DoubleBookingEnded(Event):
    """
    It has its user to itself again (SCH-27).
    """


class TimeHeld(Event):
    pass


class HoldReleased(Event):
    """
    Its time is free again.
    """


class HoldConsumed(Event):
    """
    Its time was booked.
    """


class AppointmentRetimed(Event):
    """
    Its instant, or the local time by which it is told, became another without anybody's moving it (SCH-03, SCH-26).
    """


class AppointmentStranded(Event):
    """
    It became pending reassignment (APT-14).
    """
