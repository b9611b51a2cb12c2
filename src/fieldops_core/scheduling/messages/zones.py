"""
Clocks that are read otherwise.
"""

from attrs import frozen

from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.model import (
    Keeping,
)


@frozen(kw_only=True)
class ChangeLocationZone:
    """
    Another time zone of a location. With open appointments it must say what they keep (SCH-26).
    """

    location: LocationId
    zone: str
    keep: Keeping | None = None


@frozen(kw_only=True)
class RecomputeInstants:
    """
    Make the instants of upcoming appointments what the agreed local times and zones mean by the tz database of today
    (SCH-03).
    """
