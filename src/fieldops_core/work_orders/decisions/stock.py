"""
What technicians have of an item more, or less.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.work_orders.messages import StockMoved
from fieldops_core.work_orders.model import Stock, StockId


def move_stock(
    there: Stock | None, technician: UserId, item: EntryId, by: int, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Stock]:
    """
    So many more, or, below zero, less; a technician who never had any has none (PUR-03).
    """
    if there is None:
        first = Stock(id=StockId(new_id()), technician=technician, item=item, quantity=by)
        return Outcome(state=first, events=(StockMoved.of(None, first, at=now),))
    after = evolve(there, quantity=there.quantity + by, version=there.version + 1)
    return Outcome(before=there, state=after, events=(StockMoved.of(there, after, at=now),))
