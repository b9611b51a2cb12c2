"""
A record and all that belongs to it: load, calculate, view.
"""

from fieldops_core.overview.use_cases.actions import (
    show_appointment_actions,
    show_customer_actions,
    show_work_order_actions,
)
from fieldops_core.overview.use_cases.duplicating import preview_duplicate
from fieldops_core.overview.use_cases.header import show_header
from fieldops_core.overview.use_cases.history import show_history

__all__ = [
    "preview_duplicate",
    "show_appointment_actions",
    "show_customer_actions",
    "show_header",
    "show_history",
    "show_work_order_actions",
]
