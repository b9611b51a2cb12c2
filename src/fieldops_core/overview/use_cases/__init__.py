"""
A record and all that belongs to it: load, calculate, view.
"""

from fieldops_core.overview.use_cases.actions import (
    show_appointment_actions,
    show_customer_actions,
    show_work_order_actions,
)
from fieldops_core.overview.use_cases.history import show_history

__all__ = ["show_appointment_actions", "show_customer_actions", "show_history", "show_work_order_actions"]
