"""
At-risk marks.
"""

from attrs import frozen

from fieldops_core.customers.model import AtRiskMarkId, CustomerId
from fieldops_core.kernel.events import Event


@frozen(kw_only=True)
class MarkAtRisk:
    """
    One more reason why a record may be lost, beside those that stand.
    """

    customer: CustomerId
    reason: str


@frozen(kw_only=True)
class ClearAtRisk:
    mark: AtRiskMarkId


@frozen(kw_only=True)
class ShowAtRiskMark:
    mark: AtRiskMarkId


@frozen(kw_only=True)
class ListAtRiskMarks:
    """
    Those of a record, newest first, after the one of id *after*, at most *limit*; *open*: only those that stand, or
    only those that were cleared; with *count*, how many such there are.
    """

    customer: CustomerId
    open: bool | None = None
    after: AtRiskMarkId | None = None
    limit: int = 50
    count: bool = False


class CustomerMarkedAtRisk(Event):
    pass


class AtRiskMarkCleared(Event):
    pass
