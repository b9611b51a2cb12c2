"""
Stock: shown, taken from, added to.
"""

from collections.abc import Mapping

from fieldops_core.access.context import Call
from fieldops_core.access.rules import StockAccess, may_see_stock
from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.messages import ListStock
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.use_cases.equipment import called
from fieldops_core.work_orders.views import StockView, stock_view


def list_stock(question: ListStock, call: Call[Unit]) -> StockView:
    technician = call.unit.users.get(question.technician)
    permit((may_see_stock,), StockAccess(actor=call.actor, technician=technician.id, home=technician.home))
    stock = call.unit.stock.of(technician.id)
    names = called((), (), call, also={each.item for each in stock})
    return stock_view(technician.id, stock, names)


def take(technician: UserId, item: EntryId, call: Call[Unit]) -> None:
    """
    One that was installed (PUR-03).
    """
    move(technician, {item: -1}, call)


def move(technician: UserId, quantities: Mapping[EntryId, int], call: Call[Unit]) -> None:
    """
    So many more of some items, or less. What is there is locked in the order of its ids; where two have the first of
    an item at once, one of them meets a conflict and comes again.
    """
    there = {each.item: each for each in call.unit.stock.of(technician, items=quantities, lock=Lock.EXCLUSIVE)}
    for item, by in quantities.items():
        outcome = decisions.move_stock(there.get(item), technician, item, by, new_id=call.new_id, now=call.now)
        call.keep(call.unit.stock, outcome)
