"""
Time that is held.
"""

from datetime import datetime, timedelta
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import (
    TypeId,
)
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.time import Period

HoldId = NewType("HoldId", UUID)


LONGEST_HOLD = 60


def valid_hold(minutes: int) -> timedelta:
    """
    How long a hold lasts.

    Raises:
        InvalidValue: where that is not 1 to 60 minutes (BKG-04).
    """
    if not 1 <= minutes <= LONGEST_HOLD:
        sentence = f"Time is held for 1 to {LONGEST_HOLD} minutes."
        facts = {"hold_minutes": minutes}
        raise InvalidValue("hold.minutes_invalid", sentence, facts=facts, field="hold_minutes", rule="BKG-04")
    return timedelta(minutes=minutes)


@frozen(kw_only=True)
class Hold:
    """
    A claim on a user's time for a visit that is still being arranged. *period* (UTC), which people tell in *zone*, is
    taken until the hold expires, is released, or is consumed by the booking that names it (BKG-04).
    """

    id: HoldId
    user: UserId
    customer: CustomerId
    type: TypeId
    location: LocationId
    period: Period
    zone: str
    expires_at: datetime
    created_by: UserId | None
    created_at: datetime
    version: int = 1

    def live(self, now: datetime) -> bool:
        """
        Whether it still takes its time.
        """
        return self.expires_at > now
