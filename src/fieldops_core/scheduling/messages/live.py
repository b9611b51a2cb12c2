"""
What is asked by who looks at the day grid while others change it.
"""

from datetime import date

from attrs import frozen

from fieldops_core.kernel.ids import LocationId, UserId


@frozen(kw_only=True)
class ListGridChanges:
    """
    What happened since *after*, a place that an earlier answer told (None: nothing did, now it begins), on a day grid:
    of some users, of those of some locations (None: of all), on 1 to 7 local days of a *zone* (None: the first
    location's) from a date (None: today). At most *limit* events are looked at.
    """

    after: str | None = None
    first: date | None = None
    days: int = 1
    users: tuple[UserId, ...] | None = None
    locations: tuple[LocationId, ...] | None = None
    zone: str | None = None
    limit: int = 200
