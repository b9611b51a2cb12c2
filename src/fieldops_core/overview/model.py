"""
The tabs of a record, and what is counted of it.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.ids import UserId


class Tab(Enum):
    """
    The tabs of a record, in their order (CUS-20).
    """

    HOME = "home"
    TAGS = "tags"
    WORKFLOWS = "workflows"
    NOTES_AND_TICKETS = "notes_and_tickets"
    CONNECTIONS = "connections"
    APPOINTMENTS = "appointments"
    WORK_ORDERS = "work_orders"
    EQUIPMENT = "equipment"
    ACCOUNTING = "accounting"
    FILES = "files"
    EDOCS = "edocs"
    MESSAGES = "messages"
    CREDIT = "credit"
    CONTACTS = "contacts"
    AT_RISK = "at_risk"
    HISTORY = "history"


class Counted(Enum):
    """
    What is counted of a record: of what ends only what has not, of appointments the upcoming ones. The last four are
    what a record is warned of (CUS-24).
    """

    NOTES = "notes"
    TICKETS = "tickets"
    APPOINTMENTS = "appointments"
    WORK_ORDERS = "work_orders"
    FILES = "files"
    CONTACTS = "contacts"
    AT_RISK_MARKS = "at_risk_marks"
    CONNECTIONS = "connections"
    EQUIPMENT = "equipment"
    MESSAGES = "messages"
    CREDIT_CHECKS = "credit_checks"
    SUB_CUSTOMERS = "sub_customers"
    OVERDUE_TICKETS = "overdue_tickets"
    UNSCHEDULED_WORK_ORDERS = "unscheduled_work_orders"
    PENDING_REASSIGNMENTS = "pending_reassignments"
    LATE_APPOINTMENTS = "late_appointments"


Counts = Mapping[Counted, int]


@frozen(kw_only=True)
class Wanted:
    """
    What a reader has counted: *of* what, and of appointments those of some *kinds*, or, of SALES, where it is not among
    them, those of user *only_of*; upcoming are those that end after *as_of*, an
    instant of *today* at the record's location.
    """

    of: frozenset[Counted]
    kinds: frozenset[Kind] = frozenset()
    only_of: UserId | None = None
    as_of: datetime
    today: date


class Category(Enum):
    """
    What a status box of a customer is about.
    """

    ACCOUNT = "account"
    MONITORING = "monitoring"
    INSTALLATION = "installation"
    BILLING = "billing"
