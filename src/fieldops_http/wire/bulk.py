"""
Requests about bulk schedules and series.
"""

from datetime import date, time
from typing import Annotated

from msgspec import Meta

from fieldops_core.company.model import ListMode, SubTypeId, TypeId
from fieldops_core.kernel.hours import minutes_of
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.messages import BulkSchedule, CancelSeries, MoveSeries, ReassignSeries
from fieldops_core.scheduling.model import AppointmentId, CancelledBy, SeriesId, WorkOrderId
from fieldops_http.wire.scheduling import Second
from fieldops_http.wire.values import Body, Change, Start, TimeOfDay, Whole, told

Weekday = Annotated[int, Meta(ge=0, le=6)]
Weekdays = Annotated[frozenset[Weekday], Meta(description="Days of the week; 0 is Monday.", max_length=7)]
Technicians = Annotated[tuple[UserId, ...], Meta(max_length=5_000)]


class BulkScheduleBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    One visit for each technician on each date from *first* to *last* that falls on one of the *weekdays*, always at the
    same local *time*. *minutes* may be left out, for the duration that the type proposes. With *skip_unavailable*,
    dates on which a technician cannot be booked are left out; without, they refuse the whole.
    """

    type: TypeId
    first: date
    last: date
    weekdays: Weekdays
    technicians: Technicians
    time: TimeOfDay = "08:00"
    sub_type: SubTypeId | None = None
    minutes: Whole | None = None
    mode: ListMode | None = None
    notes: str = ""
    skip_unavailable: bool = False

    def command(self, work_order: WorkOrderId) -> BulkSchedule:
        return BulkSchedule(
            work_order=work_order,
            type=self.type,
            first=self.first,
            last=self.last,
            weekdays=self.weekdays,
            technicians=self.technicians,
            time=_time(self.time),
            sub_type=self.sub_type,
            minutes=self.minutes,
            mode=self.mode,
            notes=self.notes,
            skip_unavailable=self.skip_unavailable,
        )


class MoveSeriesBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The *appointment* to another start, and the later ones of its series by as many days to the same time of day.
    """

    appointment: AppointmentId
    start: Start
    fold: Second = 0

    def command(self, series: SeriesId) -> MoveSeries:
        return MoveSeries(series=series, appointment=self.appointment, start=told(self.start, self.fold))


class ReassignSeriesBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The *appointment*, and the later ones of its series, to another technician at the same times.
    """

    appointment: AppointmentId
    user: UserId
    mode: ListMode | None = None

    def command(self, series: SeriesId) -> ReassignSeries:
        return ReassignSeries(series=series, appointment=self.appointment, user=self.user, mode=self.mode)


class CancelSeriesBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The *appointment*, and the later ones of its series.
    """

    appointment: AppointmentId
    by: CancelledBy = CancelledBy.COMPANY
    reason: str = ""

    def command(self, series: SeriesId) -> CancelSeries:
        return CancelSeries(series=series, appointment=self.appointment, by=self.by, reason=self.reason)


def _time(text: str) -> time:
    """
    Raises:
        InvalidValue: where the text is no time of day.
    """
    minutes = minutes_of(text) % (24 * 60)
    return time(minutes // 60, minutes % 60)
