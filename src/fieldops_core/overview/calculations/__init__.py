"""
What is told of a record and all that belongs to it, computed from what was loaded.
"""

from fieldops_core.overview.calculations.actions import (
    OfVisit,
    appointment_actions,
    changed_fields,
    customer_actions,
    quick_actions,
    work_order_actions,
)
from fieldops_core.overview.calculations.duplicating import unsaved
from fieldops_core.overview.calculations.header import HeaderFacts, header_view, named_users
from fieldops_core.overview.calculations.tabs import TABS, Reader, counted, tabs, warned_of

__all__ = [
    "TABS",
    "HeaderFacts",
    "OfVisit",
    "Reader",
    "appointment_actions",
    "changed_fields",
    "counted",
    "customer_actions",
    "header_view",
    "named_users",
    "quick_actions",
    "tabs",
    "unsaved",
    "warned_of",
    "work_order_actions",
]
