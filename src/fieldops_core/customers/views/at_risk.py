"""
At-risk marks.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import AtRiskMark
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class AtRiskMarkView:
    """
    Why a record may be lost. *open*: the mark stands.
    """

    id: UUID
    customer: UUID
    reason: str
    open: bool
    created_by: NamedView | None
    created_at: datetime
    cleared_by: NamedView | None
    cleared_at: datetime | None
    version: int


@frozen(kw_only=True)
class AtRiskMarksView:
    """
    One page of a record's at-risk marks, newest first; *count* is how many such there are, where asked for.
    """

    items: tuple[AtRiskMarkView, ...]
    next: str | None
    count: int | None = None


def at_risk_mark_view(mark: AtRiskMark, names: Names) -> AtRiskMarkView:
    return AtRiskMarkView(
        id=mark.id,
        customer=mark.customer,
        reason=mark.reason,
        open=mark.open,
        created_by=names.user(mark.created_by),
        created_at=mark.created_at,
        cleared_by=names.user(mark.cleared_by),
        cleared_at=mark.cleared_at,
        version=mark.version,
    )
