"""
What a change of hours, coverage or clocks leaves behind.
"""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode
from fieldops_core.company.views import LocationView
from fieldops_core.kernel.rules import Violation
from fieldops_core.kernel.time import local
from fieldops_core.scheduling.model import (
    Block,
    Lack,
)
from fieldops_core.scheduling.views.parts import (
    CustomerRef,
    DistanceView,
    UserRef,
    Window,
    customer_of,
    reader_window,
    window,
)


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
class UnfitLine(VisitLine):
    """
    *why*: the rules of coverage, technician and local time that the appointment kept before the change and keeps no
    more; *modes*: the list modes under which its technician was listed before and is no more.
    """

    distance: DistanceView | None
    modes: tuple[ListMode, ...]
    why: tuple[Violation, ...]


@frozen(kw_only=True)
class UnfitView:
    """
    The open appointments of a customer that another location or address no longer fits, soonest first (CUS-19): *count*
    is of all of them; those that the reader may not see are counted and not listed. None is moved.
    """

    count: int = 0
    appointments: tuple[UnfitLine, ...] = ()


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
        customer=customer_of(block),
        before=before,
        after=window(block.planned, block.zone),
    )


def unmoved_line(block: Block, user: str, agreed: datetime, why: Violation) -> UnmovedLine:
    return UnmovedLine(
        id=block.appointment,
        version=block.version,
        user=UserRef(id=block.user, name=user),
        customer=customer_of(block),
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
        "customer": customer_of(block),
        "start": local(period.start, zone),
        "end": local(period.end, zone),
        "zone": zone,
        "reader": reader_window(period, zone, reader_zone),
    }
