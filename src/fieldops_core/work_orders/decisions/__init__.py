"""
What creating and changing a work order come to.
"""

from fieldops_core.work_orders.decisions.bulk import edit, turn_to
from fieldops_core.work_orders.decisions.orders import (
    UNDER_WAY,
    Touch,
    Turn,
    change,
    create,
    delete,
    follow,
    leave,
    settle,
    turn,
)

__all__ = [
    "UNDER_WAY",
    "Touch",
    "Turn",
    "change",
    "create",
    "delete",
    "edit",
    "follow",
    "leave",
    "settle",
    "turn",
    "turn_to",
]
