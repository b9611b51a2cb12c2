"""
Stock as it is answered.
"""

from collections.abc import Iterable
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.views import NamedView, Names
from fieldops_core.kernel.ids import UserId
from fieldops_core.work_orders.model import Stock


@frozen(kw_only=True)
class StockLine:
    """
    How many of an item a technician has. *short*: more were installed than were received.
    """

    item: NamedView
    quantity: int
    short: bool


@frozen(kw_only=True)
class StockView:
    """
    What a technician carries, in the order of the items' names.
    """

    technician: UUID
    items: tuple[StockLine, ...]
    next: str | None = None


def stock_view(technician: UserId, stock: Iterable[Stock], names: Names) -> StockView:
    lines = [StockLine(item=names.entry(each.item), quantity=each.quantity, short=each.short) for each in stock]
    return StockView(technician=technician, items=tuple(sorted(lines, key=lambda each: (each.item.name, each.item.id))))
