"""
What marking a record at risk, and clearing a mark, come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import AtRiskMarkCleared, CustomerMarkedAtRisk, MarkAtRisk
from fieldops_core.customers.model import AtRiskMark, AtRiskMarkId
from fieldops_core.customers.rules import CLEARING
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require


def mark_at_risk(
    command: MarkAtRisk, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[AtRiskMark]:
    mark = AtRiskMark(
        id=AtRiskMarkId(new_id()), customer=command.customer, reason=command.reason, created_by=by, created_at=now
    )
    return Outcome(state=mark, events=(CustomerMarkedAtRisk.of(None, mark, at=now),))


def clear_at_risk(mark: AtRiskMark, by: UserId | None, *, now: datetime) -> Outcome[AtRiskMark]:
    """
    Raises:
        Refused: where it was cleared already.
    """
    require(CLEARING, mark)
    cleared = evolve(mark, cleared_by=by, cleared_at=now, version=mark.version + 1)
    return Outcome(before=mark, state=cleared, events=(AtRiskMarkCleared.of(mark, cleared, at=now),))
