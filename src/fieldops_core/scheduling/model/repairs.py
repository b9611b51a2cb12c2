"""
What was moved to repair what a change of people's time left behind.
"""

from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model.appointments import AppointmentId

RepairId = NewType("RepairId", UUID)

MOST_REPAIRED = 50
MOST_PROPOSALS = 10


def valid_repair(count: int) -> int:
    """
    How many visits one repair moves.

    Raises:
        InvalidValue: where that is not 1 to 50 (SCH-29).
    """
    if not 1 <= count <= MOST_REPAIRED:
        sentence = f"A repair moves 1 to {MOST_REPAIRED} visits, not {count}."
        raise InvalidValue("repair.count_invalid", sentence, facts={"count": count}, field="moves", rule="SCH-29")
    return count


def valid_proposals(limit: int) -> int:
    """
    How many moves are proposed for each visit.

    Raises:
        InvalidValue: where that is not 1 to 10 (SCH-29).
    """
    if not 1 <= limit <= MOST_PROPOSALS:
        sentence = f"1 to {MOST_PROPOSALS} moves are proposed for a visit."
        raise InvalidValue("limit.invalid", sentence, facts={"limit": limit}, field="limit", rule="SCH-29")
    return limit


@frozen(kw_only=True)
class Spot:
    """
    With whom a visit is, and when (UTC).
    """

    user: UserId
    period: Period


@frozen(kw_only=True)
class NewSpot:
    """
    Where a visit is to go: to a user, at a *start* that is local to its location unless it has an offset. *version* is
    the one of the appointment that the move was meant for.
    """

    appointment: AppointmentId
    user: UserId
    start: datetime
    version: int | None = None


@frozen(kw_only=True)
class RepairMove:
    """
    Where a repair found a visit, and where it put it.
    """

    appointment: AppointmentId
    before: Spot
    after: Spot


@frozen(kw_only=True)
class Repair:
    """
    Visits that were pending reassignment and moved together; kept, so that they can be put back together (SCH-29).
    """

    id: RepairId
    moves: tuple[RepairMove, ...]
    made_by: UserId | None
    made_at: datetime
    undone_by: UserId | None = None
    undone_at: datetime | None = None
    version: int = 1
