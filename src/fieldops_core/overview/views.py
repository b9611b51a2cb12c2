"""
What questions about a record and all that belongs to it answer.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.rules import Violation
from fieldops_core.scheduling.views import UserRef


@frozen(kw_only=True)
class ActionView:
    """
    One action, by the name of its operation: whether it is open to the reader now, and, where it is not, what stands
    against it, a missing permission alone. *choices* are what there is to choose from, where that depends on the state:
    the parts that can be edited, the statuses that can be set, the kinds of appointments.
    """

    name: str
    allowed: bool
    choices: tuple[str, ...] = ()
    why_not: tuple[Violation, ...] = ()


@frozen(kw_only=True)
class ActionsView:
    """
    In the order in which a page shows its buttons.
    """

    items: tuple[ActionView, ...]


@frozen(kw_only=True)
class ChangedField:
    """
    One field before and after, as plain values; confidential ones are ``***`` for whom may not see them (ACC-14).
    """

    field: str
    old: object
    new: object


@frozen(kw_only=True)
class HistoryLine:
    """
    What somebody (*by*; None: the system) changed of a record or of what belongs to it: the *kind* of thing and its id.
    """

    id: UUID
    at: datetime
    by: UserRef | None
    source: Source
    kind: str
    of: UUID
    changes: tuple[ChangedField, ...]


@frozen(kw_only=True)
class HistoryView:
    """
    A page, which may hold less than was asked for where some of it is not the reader's to see; *next* is what to ask
    after, None on the last.
    """

    items: tuple[HistoryLine, ...]
    next: str | None
