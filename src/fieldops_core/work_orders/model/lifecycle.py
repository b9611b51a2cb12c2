"""
The statuses of work orders, and what may follow what.
"""

from datetime import datetime
from enum import Enum
from typing import NamedTuple

from fieldops_core.scheduling.model import Status, VisitOutcome, WorkOrderId


class WorkOrderStatus(Enum):
    """
    Where a work order stands; the first four are open.
    """

    OPEN = "open"
    SCHEDULED = "scheduled"
    IN_PROGRESS = "in_progress"
    PAUSED = "paused"
    COMPLETE = "complete"
    INVOICED = "invoiced"
    CANCELLED = "cancelled"


OPEN = frozenset({WorkOrderStatus.OPEN, WorkOrderStatus.SCHEDULED, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.PAUSED})


class Way(Enum):
    """
    How a status comes to follow another.
    """

    FOLLOWED = "as its appointments go"
    DONE = "by a check-out, DONE, with no other open appointment"
    RESUMED = "by an appointment that is reopened"
    HAND = "by hand, none EN_ROUTE or ON_SITE"
    REASON = "by hand, with a reason"
    INVOICE = "by its invoice"
    VOID = "by voiding its invoice"


def _followed(*after: WorkOrderStatus) -> dict[WorkOrderStatus, frozenset[Way]]:
    """
    From an open status: where its appointments lead, and the ends.
    """
    ends = {
        WorkOrderStatus.COMPLETE: frozenset({Way.DONE, Way.HAND}),
        WorkOrderStatus.CANCELLED: frozenset({Way.HAND}),
    }
    return {**dict.fromkeys(after, frozenset({Way.FOLLOWED})), **ends}


AGAIN = dict.fromkeys(sorted(OPEN, key=list(WorkOrderStatus).index), frozenset({Way.REASON}))

TRANSITIONS: dict[WorkOrderStatus, dict[WorkOrderStatus, frozenset[Way]]] = {
    WorkOrderStatus.OPEN: _followed(WorkOrderStatus.SCHEDULED, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.PAUSED),
    WorkOrderStatus.SCHEDULED: _followed(WorkOrderStatus.OPEN, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.PAUSED),
    WorkOrderStatus.IN_PROGRESS: _followed(WorkOrderStatus.OPEN, WorkOrderStatus.SCHEDULED, WorkOrderStatus.PAUSED),
    # Never back to OPEN: a check-out is undone by reopening its appointment alone, which is ON_SITE then.
    WorkOrderStatus.PAUSED: _followed(WorkOrderStatus.SCHEDULED, WorkOrderStatus.IN_PROGRESS),
    WorkOrderStatus.COMPLETE: {
        **AGAIN,
        WorkOrderStatus.IN_PROGRESS: frozenset({Way.REASON, Way.RESUMED}),
        WorkOrderStatus.INVOICED: frozenset({Way.INVOICE}),
    },
    WorkOrderStatus.INVOICED: {WorkOrderStatus.COMPLETE: frozenset({Way.VOID})},
    WorkOrderStatus.CANCELLED: AGAIN,
}

"""
The whole truth about what may follow what, and how (WOR-03, WOR-11). Which of the open ones it is, the appointments
say.
"""


class Upcoming(Enum):
    """
    What becomes of the upcoming appointments of a work order that ends (WOR-05).
    """

    CANCEL = "cancel"
    UNLINK = "unlink"


RESUMABLE = OPEN | {WorkOrderStatus.COMPLETE}

"""
The statuses in which an appointment may be reopened.
"""

LOCKED: dict[WorkOrderStatus, frozenset[str]] = {
    **dict.fromkeys(WorkOrderStatus, frozenset()),
    WorkOrderStatus.COMPLETE: frozenset({"work_to_perform"}),
    WorkOrderStatus.INVOICED: frozenset({"subject", "work_to_perform"}),
    WorkOrderStatus.CANCELLED: frozenset({"subject", "work_to_perform"}),
}

"""
The fields that cannot be changed in a status (WOR-04).
"""


class Visits(NamedTuple):
    """
    The appointments of one work order that share a status and an outcome: how *many* there are, and when the
    last of them was checked out, None where none was.
    """

    work_order: WorkOrderId
    status: Status
    outcome: VisitOutcome | None
    many: int
    checked_out_at: datetime | None
