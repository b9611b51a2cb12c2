"""
At-risk marks.
"""

from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import filled

AtRiskMarkId = NewType("AtRiskMarkId", UUID)

REASON_LIMIT = 2_000


def _reason(text: str) -> str:
    return filled(text, field="reason", limit=REASON_LIMIT)


@frozen(kw_only=True)
class AtRiskMark:
    """
    That a record may be lost, and why: by whom and when it was marked, and by whom and when the mark was cleared.

    Raises:
        InvalidValue: where the reason does not have 1 to 2,000 characters.
    """

    id: AtRiskMarkId
    customer: CustomerId
    reason: str = field(converter=_reason)
    created_by: UserId | None
    created_at: datetime
    cleared_by: UserId | None = None
    cleared_at: datetime | None = None
    version: int = 1

    @property
    def open(self) -> bool:
        return self.cleared_at is None
