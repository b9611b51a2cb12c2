"""
The day grid.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.model import (
    GridChoice,
    Status,
)
from fieldops_core.scheduling.views.fitting import ModeView
from fieldops_core.scheduling.views.parts import CustomerRef, DistanceView, UserRef


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
