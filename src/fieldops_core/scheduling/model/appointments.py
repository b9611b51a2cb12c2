"""
Appointments.
"""

from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    SLOT_MINUTES,
    EntryId,
    SubTypeId,
    TypeId,
)
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import clean, tidy
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model.choices import Part
from fieldops_core.scheduling.model.statuses import (
    OCCUPYING,
    REASON_LIMIT,
    STEPS,
    CancelledBy,
    Rescheduling,
    Status,
    StatusChange,
    VisitOutcome,
)

AppointmentId = NewType("AppointmentId", UUID)


WorkOrderId = NewType("WorkOrderId", UUID)


SeriesId = NewType("SeriesId", UUID)


NOTES_LIMIT = 2_040


LONGEST_MINUTES = 7 * 24 * 60


ONE_MINUTE = timedelta(minutes=1)


EDITABLE: dict[Status, frozenset[Part]] = {
    Status.SCHEDULED: frozenset(Part),
    Status.EN_ROUTE: frozenset(Part) - {Part.USER, Part.DATE},
    Status.ON_SITE: frozenset({Part.MINUTES, Part.TYPE, Part.WORK_ORDER, Part.NOTES}),
    Status.CANCELLED: frozenset({Part.NOTES}),
    Status.NO_SHOW: frozenset({Part.NOTES}),
    Status.COMPLETED: frozenset(),
}
"""
What can be edited in which status (APT-10).
"""


def valid_minutes(minutes: int) -> int:
    """
    Raises:
        InvalidValue: where a duration is longer than anything that could be planned.
    """
    if abs(minutes) > LONGEST_MINUTES:
        sentence = f"{minutes} minutes is not the length of a visit."
        raise InvalidValue("duration.invalid", sentence, facts={"minutes": minutes}, field="minutes", rule="SCH-04")
    return minutes


@frozen(kw_only=True)
class Appointment:
    """
    A scheduled visit. *period* is the planned window in UTC; *agreed* is the local start as it was agreed (naive, with
    its fold) in *zone*, kept beside it because zone rules change (SCH-03). *moments* holds every change of status.
    *series* is the bulk schedule that made it. *for_the_record*: it was entered after it took place (APT-19).
    *double_booked*: it may overlap *double_booked_with*, and nothing else (SCH-27). *former_work_order* is the number
    of the one that it had until that was deleted (WOR-09).

    Raises:
        InvalidValue: where the notes have more than 2,040 characters.
    """

    id: AppointmentId
    kind: Kind
    type: TypeId
    sub_type: SubTypeId | None = None
    user: UserId
    customer: CustomerId
    location: LocationId
    period: Period
    agreed: datetime
    zone: str
    status: Status = Status.SCHEDULED
    notes: str = ""
    on_site_notes: str = ""
    public_note: str = ""
    private_note: Secret | None = None
    pending_reassignment: bool = False
    cancelled_by: CancelledBy | None = None
    cancellation_reason: str = ""
    work_order: WorkOrderId | None = None
    former_work_order: int | None = None
    series: SeriesId | None = None
    rescheduling: Rescheduling = Rescheduling.NO
    reschedule_reason: EntryId | None = None
    outcome: VisitOutcome | None = None
    unable_reason: EntryId | None = None
    check_out_notes: str = ""
    for_the_record: bool = False
    double_booked: bool = False
    double_booked_with: AppointmentId | None = None
    double_book_reason: str = ""
    moments: tuple[StatusChange, ...] = ()
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        if self.private_note is not None:
            clean(self.private_note.reveal(), field="private_note")
        tidy(self, notes=NOTES_LIMIT, on_site_notes=100_000, public_note=100_000, check_out_notes=100_000)
        tidy(self, cancellation_reason=REASON_LIMIT, double_book_reason=REASON_LIMIT)

    @property
    def occupied(self) -> Period | None:
        """
        What it takes of its user's time; None where it takes nothing. A completed one takes it up to the earlier of its
        planned end and its check-out, rounded up to the slot (APT-24).
        """
        if self.status not in OCCUPYING:
            return None
        done, start = self.checked_out_at, self.period.start
        if done is None or done >= self.period.end:
            return self.period
        slots = -(-(done - start) // timedelta(minutes=SLOT_MINUTES[self.kind]))
        end = min(self.period.end, start + slots * timedelta(minutes=SLOT_MINUTES[self.kind]))
        return Period(start=start, end=end) if end > start else None

    @property
    def on_the_way_at(self) -> datetime | None:
        """
        When its user set out; an undo drops it.
        """
        found = self.reached(Status.EN_ROUTE)
        return found.at if found else None

    @property
    def checked_in_at(self) -> datetime | None:
        """
        When its user arrived; an undo drops it.
        """
        found = self.reached(Status.ON_SITE)
        return found.at if found else None

    @property
    def checked_out_at(self) -> datetime | None:
        """
        When it was completed; None where it is not, or nobody knows.
        """
        found = self.reached(Status.COMPLETED) if self.status is Status.COMPLETED else None
        return found.at if found else None

    def reached(self, status: Status) -> StatusChange | None:
        """
        The change that brought it to a status, where that still holds: going back drops what came after (APT-07).
        """
        found: dict[Status, StatusChange] = {}
        for each in self.moments:
            step = STEPS.get(each.status, len(STEPS))
            found = {
                kept: change
                for kept, change in found.items()
                if kept is each.status or STEPS.get(kept, len(STEPS)) < step
            }
            found.setdefault(each.status, each)
        return found.get(status)

    def upcoming(self, now: datetime) -> bool:
        """
        SCHEDULED, its end still to come.
        """
        return self.status is Status.SCHEDULED and self.period.end > now


@frozen(kw_only=True)
class WorkOrderFact:
    """
    What scheduling knows of a work order. *resumable*: its completed appointments may be reopened (WOR-11).
    """

    id: WorkOrderId
    number: int
    customer: CustomerId
    open: bool
    resumable: bool = True
