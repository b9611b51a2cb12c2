"""
What happens on the day grid while somebody looks at it.
"""

from datetime import date
from uuid import UUID

from attrs import frozen


@frozen(kw_only=True)
class GridChangeView:
    """
    Something happened to a *user*'s time, on some local *days* (None: perhaps on any): what the grid shows of them is
    to be asked for anew. Of an appointment that the reader may see *appointment*, *version* and *event* tell which, and
    what; else *event* is ``changed``, and nothing more is told (ACC-27).
    """

    user: UUID
    days: tuple[date, ...] | None
    event: str = "changed"
    appointment: UUID | None = None
    version: int | None = None


@frozen(kw_only=True)
class GridChangesView:
    """
    Changes in their order. *place* is where to go on; *more*: there is more at once. *reset*: nobody knows what
    happened since the place that was asked for; the whole grid is to be asked for anew.
    """

    changes: tuple[GridChangeView, ...]
    place: str
    more: bool = False
    reset: bool = False
