"""
Customer equipment, work to perform, stock, and purchase orders.
"""

from datetime import date

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.testing.strategies.access import versions
from fieldops_core.testing.strategies.kernel import ids, instants, money, texts
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    EquipmentStatus,
    Group,
    ItemState,
    PurchaseLine,
    PurchaseOrder,
    PurchaseOrderId,
    PurchaseStatus,
    Row,
    Stock,
    StockId,
    WorkAction,
    WorkItem,
    WorkToPerform,
)


def equipment(known: Known = ANY) -> SearchStrategy[CustomerEquipment]:
    """
    That replaces nothing.
    """
    return st.builds(
        CustomerEquipment,
        id=ids().map(EquipmentId),
        customer=known.customers,
        item=known.entries,
        serial=texts(),
        place=texts(),
        wire_type=st.none() | known.entries,
        status=st.sampled_from(EquipmentStatus),
        active=st.booleans(),
        installed_on=st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1)),
        installed_by=st.none() | known.users,
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )


def work_items(known: Known = ANY) -> SearchStrategy[WorkItem]:
    return st.builds(
        WorkItem,
        equipment=ids().map(EquipmentId),
        action=st.sampled_from(WorkAction),
        state=st.sampled_from(ItemState),
        note=texts(),
        by=st.none() | known.users,
        at=st.none() | instants(),
    )


def works_to_perform(known: Known = ANY) -> SearchStrategy[WorkToPerform]:
    return st.builds(
        WorkToPerform,
        id=known.work_orders,
        customer=known.customers,
        items=st.lists(work_items(known), max_size=4).map(tuple),
        version=versions(),
    )


@st.composite
def rows(draw: st.DrawFn) -> Row:
    """
    Of a table that breaks no rule: what is chosen is offered, what is done is chosen, and REMOVE stands alone.
    """
    some = st.sampled_from(
        [
            frozenset[WorkAction](),
            frozenset({WorkAction.INSTALL}),
            frozenset({WorkAction.SERVICE}),
            frozenset({WorkAction.INSTALL, WorkAction.SERVICE}),
            frozenset({WorkAction.REMOVE}),
        ]
    )
    chosen = draw(some)
    done = draw(st.frozensets(st.sampled_from(sorted(chosen, key=repr)))) if chosen else chosen
    offers = chosen | draw(st.frozensets(st.sampled_from(WorkAction)))
    return Row(equipment=EquipmentId(draw(ids())), offers=offers, done=done, chosen=chosen)


def stock(known: Known = ANY) -> SearchStrategy[Stock]:
    return st.builds(
        Stock,
        id=ids().map(StockId),
        technician=known.users,
        item=known.entries,
        quantity=st.integers(-1_000, 1_000_000),
        version=versions(),
    )


def purchase_lines(known: Known = ANY) -> SearchStrategy[PurchaseLine]:
    return st.builds(PurchaseLine, item=known.entries, quantity=st.integers(1, 1_000), cost=st.none() | money())


def purchase_groups(known: Known = ANY) -> SearchStrategy[Group]:
    return st.builds(Group, vendor=known.entries, lines=st.lists(purchase_lines(known), max_size=3).map(tuple))


def purchase_orders(known: Known = ANY) -> SearchStrategy[PurchaseOrder]:
    return st.builds(
        PurchaseOrder,
        id=ids().map(PurchaseOrderId),
        number=st.integers(1, 1_000_000),
        vendor=known.entries,
        recipient=known.users,
        work_order=known.work_orders,
        work_order_number=st.integers(1, 1_000_000),
        location=known.locations,
        lines=st.lists(purchase_lines(known), max_size=3).map(tuple),
        status=st.sampled_from(PurchaseStatus),
        ordered_at=st.none() | instants(),
        received_at=st.none() | instants(),
        created_by=st.none() | known.users,
        created_at=instants(),
        changed_by=st.none() | known.users,
        changed_at=instants(),
        version=versions(),
    )
