"""
The warnings of a record, each for a tab (CUS-24).
"""

from enum import Enum

from attrs import frozen


class Warned(Enum):
    """
    What a warning is of. OVERDUE: open tickets whose due date has passed. UNSCHEDULED: open work orders without an open
    appointment. PENDING_REASSIGNMENT: upcoming appointments that have lost their user's time. LATE: appointments
    whose start has passed, and nobody is there. UNFULFILLED: government regulations that apply and are not fulfilled.
    """

    OVERDUE = "overdue"
    UNSCHEDULED = "unscheduled"
    PENDING_REASSIGNMENT = "pending_reassignment"
    LATE = "late"
    UNFULFILLED = "unfulfilled"


@frozen(kw_only=True)
class WarningFacts:
    """
    How many there are of what a record is warned of; None: the reader may not see those.
    """

    unfulfilled_regulations: int | None = None
    overdue_tickets: int | None = None
    unscheduled_work_orders: int | None = None
    pending_reassignments: int | None = None
    late_appointments: int | None = None


@frozen(kw_only=True)
class TabWarning:
    """
    One warning: the *tab* by its name in CUS-20, such as ``notes_and_tickets``, and how many there are.
    """

    tab: str
    warned: Warned
    count: int


_PLAN = (
    ("home", Warned.UNFULFILLED, "unfulfilled_regulations"),
    ("notes_and_tickets", Warned.OVERDUE, "overdue_tickets"),
    ("appointments", Warned.PENDING_REASSIGNMENT, "pending_reassignments"),
    ("appointments", Warned.LATE, "late_appointments"),
    ("work_orders", Warned.UNSCHEDULED, "unscheduled_work_orders"),
)


def tab_warnings(facts: WarningFacts) -> tuple[TabWarning, ...]:
    """
    The warnings that there are, in the order of the tabs. What the reader may not see warns of nothing.
    """
    told = ((tab, warned, getattr(facts, name)) for tab, warned, name in _PLAN)
    return tuple(TabWarning(tab=tab, warned=warned, count=count) for tab, warned, count in told if count)
