"""
The life of a visit: its statuses, and which may follow which (APT-07).
"""

from datetime import datetime
from enum import Enum

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import tidy

REASON_LIMIT = 200


class Status(Enum):
    """
    Where an appointment stands between booking and its end.
    """

    SCHEDULED = "scheduled"
    EN_ROUTE = "en_route"
    ON_SITE = "on_site"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


OPEN = frozenset({Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE})


OCCUPYING = frozenset(Status) - {Status.CANCELLED, Status.NO_SHOW}


AWAITED = (Status.SCHEDULED, Status.EN_ROUTE)
"""
Open, and its user not there yet: late once its start has passed (APT-26).
"""


class Condition(Enum):
    """
    Under what a transition is legal.
    """

    ALWAYS = "always"
    UNDO = "as an undo"
    OVERRIDE = "only as an override, with outcome and times"
    TIME_FREE = "only while its time is free, its user active and its customer not archived"
    REOPEN = "with a reason, and only while its planned time is free"


TRANSITIONS: dict[Status, dict[Status, Condition]] = {
    Status.SCHEDULED: {
        Status.EN_ROUTE: Condition.ALWAYS,
        Status.ON_SITE: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
        Status.COMPLETED: Condition.OVERRIDE,
    },
    Status.EN_ROUTE: {
        Status.SCHEDULED: Condition.UNDO,
        Status.ON_SITE: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
        Status.COMPLETED: Condition.OVERRIDE,
    },
    Status.ON_SITE: {
        Status.EN_ROUTE: Condition.UNDO,
        Status.SCHEDULED: Condition.UNDO,
        Status.COMPLETED: Condition.ALWAYS,
        Status.CANCELLED: Condition.ALWAYS,
        Status.NO_SHOW: Condition.ALWAYS,
    },
    Status.NO_SHOW: {
        Status.SCHEDULED: Condition.TIME_FREE,
        Status.ON_SITE: Condition.TIME_FREE,
        Status.COMPLETED: Condition.TIME_FREE,
    },
    Status.CANCELLED: {Status.SCHEDULED: Condition.TIME_FREE},
    Status.COMPLETED: {Status.ON_SITE: Condition.REOPEN},
}
"""
The whole truth about the lifecycle (APT-07): from each status, the statuses that may follow.
"""


PRESSED = frozenset({Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE, Status.COMPLETED})
"""
The statuses that the assignee's own buttons set (ACC-07); the others take a dispatcher.
"""


STEPS = {Status.SCHEDULED: 0, Status.EN_ROUTE: 1, Status.ON_SITE: 2}
"""
How far a visit has come: an undo goes back.
"""


class CancelledBy(Enum):
    """
    On whose wish a visit was cancelled.
    """

    CUSTOMER = "customer"
    COMPANY = "company"


class Rescheduling(Enum):
    """
    Whether a visit has to be planned anew, and on whose side the cause lies (APT-12).
    """

    NO = "no"
    DEALER = "dealer"
    CUSTOMER = "customer"


class VisitOutcome(Enum):
    """
    How a visit ended (FLD-05).
    """

    DONE = "done"
    FOLLOW_UP = "follow_up"
    UNABLE = "unable"


@frozen(kw_only=True)
class StatusChange:
    """
    Who set which status when, from where, and at which place if that is known (APT-08). *override*: a dispatcher did,
    in the assignee's stead (FLD-09). *reason* is why a visit was reopened.
    """

    status: Status
    at: datetime
    by: UserId | None
    source: Source
    point: Point | None = None
    override: bool = False
    reason: str = ""

    def __attrs_post_init__(self) -> None:
        tidy(self, reason=REASON_LIMIT)
