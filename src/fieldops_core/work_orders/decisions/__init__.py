"""
What creating and changing a work order come to.
"""

from fieldops_core.work_orders.decisions.bulk import edit, turn_to
from fieldops_core.work_orders.decisions.equipment import (
    Chosen,
    Stamp,
    change_equipment,
    create_equipment,
)
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
from fieldops_core.work_orders.decisions.performing import (
    NewWork,
    Ticked,
    drop_work,
    set_work,
    tick,
)
from fieldops_core.work_orders.decisions.purchasing import (
    generate,
    turn_purchase,
)
from fieldops_core.work_orders.decisions.stock import (
    move_stock,
)

__all__ = [
    "UNDER_WAY",
    "Chosen",
    "NewWork",
    "Stamp",
    "Ticked",
    "Touch",
    "Turn",
    "change",
    "change_equipment",
    "create",
    "create_equipment",
    "delete",
    "drop_work",
    "edit",
    "follow",
    "generate",
    "leave",
    "move_stock",
    "set_work",
    "settle",
    "tick",
    "turn",
    "turn_purchase",
    "turn_to",
]
