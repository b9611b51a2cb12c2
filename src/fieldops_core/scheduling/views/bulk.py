"""
Bulk schedules, series, and the appointments of a work order.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.model import (
    Grouping,
    Status,
    Verdict,
)
from fieldops_core.scheduling.views.parts import UserRef
from fieldops_core.scheduling.views.visits import AppointmentRow


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
    The appointments of a work order, grouped by local date or by user: *count* is how many there are; *next* goes on
    after those in *groups*, where there are more.
    """

    by: Grouping
    count: int
    groups: tuple[RowsOf, ...]
    next: str | None = None
