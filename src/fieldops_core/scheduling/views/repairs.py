"""
Repairs: what could be moved where, and what was.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.scheduling.views.fitting import ModeView, SlotView
from fieldops_core.scheduling.views.parts import CustomerRef, UserRef


@frozen(kw_only=True)
class RepairItem:
    """
    A visit that is pending reassignment, and the users and times that fit it, the best first. *message* says so where
    there are none; *mode* is None for kinds without coverage.
    """

    appointment: UUID
    version: int
    kind: Kind
    type: str
    user: UserRef
    customer: CustomerRef
    start: datetime
    end: datetime
    minutes: int
    zone: str
    mode: ModeView | None
    proposals: tuple[SlotView, ...]
    message: str | None


@frozen(kw_only=True)
class RepairsView:
    """
    By start. *more*: others are pending reassignment after these.
    """

    items: tuple[RepairItem, ...]
    more: bool


@frozen(kw_only=True)
class SpotView:
    user: UserRef
    start: datetime
    end: datetime


@frozen(kw_only=True)
class RepairMoveView:
    """
    Where a visit was, and where it was put. *version* is the appointment's as it is now.
    """

    appointment: UUID
    version: int
    zone: str
    before: SpotView
    after: SpotView


@frozen(kw_only=True)
class RepairView:
    """
    A repair as it was made, and whether it was undone.
    """

    id: UUID
    version: int
    made_at: datetime
    undone_at: datetime | None
    moves: tuple[RepairMoveView, ...]
