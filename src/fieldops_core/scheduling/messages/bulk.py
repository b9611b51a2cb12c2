"""
Bulk schedules and series.
"""

from datetime import date, datetime, time

from attrs import frozen

from fieldops_core.company.model import ListMode, SubTypeId, TypeId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import tidy
from fieldops_core.scheduling.model import (
    NOTES_LIMIT,
    AppointmentId,
    CancelledBy,
    Grouping,
    SeriesId,
    WorkOrderId,
)


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
    The appointments of a work order, by date or by user (BLK-07): all of them, or a page of *limit*; *after* is the
    cursor of the page before.
    """

    work_order: WorkOrderId
    by: Grouping = Grouping.DATE
    after: str | None = None
    limit: int | None = None
