"""
Purchase orders: previewed, generated, ordered, received, cancelled, listed.
"""

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, EntryId
from fieldops_core.company.views import MoneyView
from fieldops_core.kernel.errors import NotFound, Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.money import Money
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_piece,
    a_purchase_order,
    a_work_order,
    fresh,
    some_stock,
    some_work,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import (
    DeleteWorkOrder,
    GeneratePurchaseOrders,
    ListPurchaseOrders,
    ListStock,
    PreviewPurchaseOrders,
    ShowPurchaseOrder,
    TurnPurchaseOrder,
)
from fieldops_core.work_orders.model import (
    PURCHASE_TRANSITIONS,
    CustomerEquipment,
    ItemState,
    PurchaseLine,
    PurchaseOrderId,
    PurchaseStatus,
    WorkAction,
    WorkItem,
    WorkOrderStatus,
)
from fieldops_core.work_orders.views import (
    GeneratedView,
    PurchaseOrdersView,
    PurchaseOrderView,
    PurchasePreview,
    StockView,
)
from tests.support.world import World, denial, hidden, refusal

DRAFT, ORDERED, RECEIVED, CANCELLED = PurchaseStatus
INSTALL, SERVICE = WorkAction.INSTALL, WorkAction.SERVICE
PO_VIEW, PO_CREATE, PO_MODIFY = (
    (Permission.EQUIPMENT_PO, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY)
)
ORDERS_VIEW = (Permission.WORK_ORDERS, Action.VIEW)


def vendor(name: str, **given: Any) -> CatalogEntry:
    return a_catalog_entry(catalog=Catalog.VENDORS, name=name, **given)


def item(name: str, **attributes: Any) -> CatalogEntry:
    return a_catalog_entry(catalog=Catalog.EQUIPMENT, name=name, attributes=Attributes(**attributes))


class Store(World):
    """
    Two panels and a siren are to be installed at Maria's, a camera has no vendor, and a keypad is to be serviced.
    """

    def __init__(self, status: WorkOrderStatus = WorkOrderStatus.OPEN) -> None:
        super().__init__()
        self.acme, self.zeta = vendor("Acme"), vendor("Zeta")
        self.panel = item("Panel", vendor=self.acme.id, cost=Money.of("84.50"))
        self.siren = item("Siren", vendor=self.zeta.id)
        self.keypad = item("Keypad", vendor=self.acme.id, cost=Money.of("20"))
        self.camera = item("Camera")
        self.order = a_work_order(customer=self.maria.id, number=1, status=status)
        marked = [self.panel, self.siren, self.panel, self.camera]
        self.pieces = [a_piece(customer=self.maria.id, item=each.id) for each in marked]
        serviced = a_piece(customer=self.maria.id, item=self.keypad.id)
        items = (*(WorkItem(equipment=each.id, action=INSTALL) for each in self.pieces), _serviced(serviced))
        self.put(self.acme, self.zeta, self.panel, self.siren, self.keypad, self.camera, self.order)
        self.put(*self.pieces, serviced)
        self.work = some_work(id=self.order.id, customer=self.maria.id, items=items)
        self.put(self.work)

    def preview(self) -> PurchasePreview:
        question = PreviewPurchaseOrders(work_order=self.order.id, recipient=self.ann.id)
        return self.ask(question, PurchasePreview)

    def generation(self, *vendors: CatalogEntry, **given: Any) -> GeneratePurchaseOrders:
        command = GeneratePurchaseOrders(
            work_order=self.order.id, recipient=self.ann.id, vendors=tuple(each.id for each in vendors)
        )
        return evolve(command, **given)

    def generate(self, *vendors: CatalogEntry, **given: Any) -> tuple[PurchaseOrderView, ...]:
        return self.do(self.generation(*vendors, **given), GeneratedView).items

    def turn(self, id: object, status: PurchaseStatus, **how: Any) -> PurchaseOrderView:
        return self.do(turning(id, status), PurchaseOrderView, **how)

    def stock(self) -> dict[str, int]:
        view = self.ask(ListStock(technician=self.ann.id), StockView)
        return {each.item.name: each.quantity for each in view.items}


def _serviced(piece: CustomerEquipment) -> WorkItem:
    return WorkItem(equipment=piece.id, action=SERVICE)


def turning(id: object, status: PurchaseStatus) -> TurnPurchaseOrder:
    return TurnPurchaseOrder(purchase_order=PurchaseOrderId(id), status=status)  # type: ignore[arg-type]


def money(amount: str) -> MoneyView:
    return MoneyView(amount=amount, currency="USD")


# --- previewing and generating (PUR-01) -------------------------------------------------------------


@pytest.mark.rule("PUR-01")
def test_a_preview_groups_what_is_marked_install_by_default_vendor() -> None:
    store = Store()
    store.put(some_stock(technician=store.ann.id, item=store.panel.id, quantity=-1))

    preview = store.preview()

    acme, zeta = preview.groups
    assert (acme.vendor.name, zeta.vendor.name, preview.recipient.name) == ("Acme", "Zeta", "Ann")
    ((panel,), (siren,)) = acme.lines, zeta.lines
    assert (panel.item.name, panel.quantity, panel.stock, panel.on_order) == ("Panel", 2, -1, 0)
    assert (panel.cost, panel.total, acme.total) == (money("84.50"), money("169.00"), money("169.00"))
    assert (siren.quantity, siren.cost, zeta.total, siren.stock) == (1, None, None, 0)


@pytest.mark.rule("PUR-01")
def test_what_has_no_vendor_is_listed_apart_with_a_warning() -> None:
    store = Store()

    preview = store.preview()
    store.replace(store.zeta, active=False)
    without = store.preview()

    assert [each.item.name for each in preview.without_vendor] == ["Camera"]
    assert [(each.code, each.sentence) for each in preview.warnings] == [
        ("purchase.without_vendor", "No default vendor: Camera.")
    ]
    assert [each.vendor.name for each in without.groups] == ["Acme"]
    assert [each.sentence for each in without.warnings] == ["No default vendor: Camera, Siren."]


@pytest.mark.rule("PUR-01")
def test_what_is_done_or_gone_is_not_ordered() -> None:
    store = Store()
    done, _, gone, _ = store.pieces
    first, *rest = store.work.items
    store.replace(store.work, items=(evolve(first, state=ItemState.DONE), *rest))
    store.replace(gone, active=False)

    assert done.id == first.equipment
    assert [each.vendor.name for each in store.preview().groups] == ["Zeta"]


@pytest.mark.rule("PUR-01", "PUR-03")
def test_each_group_is_saved_or_skipped() -> None:
    store = Store()

    (saved,) = store.generate(store.acme)

    assert (saved.number, saved.vendor.name, saved.recipient.name, saved.status) == (1, "Acme", "Ann", DRAFT)
    assert (saved.work_order.number, saved.location, saved.total) == (1, store.provo.id, money("169.00"))
    assert [(each.item.name, each.quantity, each.cost) for each in saved.lines] == [("Panel", 2, money("84.50"))]
    (other,) = store.generate(store.zeta)
    assert (other.number, other.total) == (2, None)
    assert store.ask(ShowPurchaseOrder(purchase_order=PurchaseOrderId(saved.id)), PurchaseOrderView) == saved
    assert store.stock() == {}


@pytest.mark.rule("PUR-01")
def test_a_purchase_order_keeps_what_things_cost_then() -> None:
    store = Store()
    (saved,) = store.generate(store.acme)
    dearer = evolve(store.panel.attributes, cost=Money(Decimal(99)))
    store.replace(store.panel, attributes=dearer)

    kept = store.ask(ShowPurchaseOrder(purchase_order=PurchaseOrderId(saved.id)), PurchaseOrderView)

    assert kept.total == money("169.00")
    assert store.preview().groups[0].total == money("198")


@pytest.mark.rule("PUR-01")
def test_the_recipient_is_an_active_technician() -> None:
    store = Store()
    left = store.replace(store.bob, active=False)

    for user in (store.sam, left):
        refused = refusal(store, store.generation(store.acme, recipient=user.id))["purchase.recipient"]
        assert refused.sentence == f"{user.name} is no active technician."
    with pytest.raises(NotFound):
        store.execute(store.generation(store.acme, recipient=UserId(fresh())))


@pytest.mark.rule("PUR-01")
def test_a_vendor_is_chosen_of_those_that_there_are() -> None:
    store = Store()
    stranger = vendor("Other")

    assert set(refusal(store, store.generation())) == {"purchase.no_vendor"}
    assert set(refusal(store, store.generation(store.acme, stranger))) == {"purchase.vendor_unknown"}
    assert [each.vendor.name for each in store.generate(store.zeta, store.acme, store.acme)] == ["Acme", "Zeta"]


@pytest.mark.rule("PUR-01")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_it_is_ordered_for_open_work_orders(status: WorkOrderStatus) -> None:
    store = Store(status)

    if store.order.open:
        assert store.generate(store.acme)
    else:
        assert set(refusal(store, store.generation(store.acme))) == {"purchase.closed"}


def test_a_work_order_without_work_has_nothing_to_order() -> None:
    store = Store()
    bare = a_work_order(customer=store.maria.id, number=2)
    store.put(bare)

    preview = store.ask(PreviewPurchaseOrders(work_order=bare.id, recipient=store.ann.id), PurchasePreview)

    assert (preview.groups, preview.without_vendor, preview.warnings) == ((), (), ())


@pytest.mark.rule("PUR-02")
def test_generating_twice_warns_of_what_is_on_order_for_this_work_order() -> None:
    store = Store()
    (first,) = store.generate(store.acme)

    preview = store.preview()
    refused = refusal(store, store.generation(store.acme, store.zeta))["purchase.on_order"]

    assert preview.groups[0].lines[0].on_order == 2
    told = "Already on order for work order 1: Panel (2)."
    assert (refused.sentence, preview.warnings[-1].sentence) == (told, told)
    assert len(store.generate(store.acme, store.zeta, again=True)) == 2
    assert store.preview().groups[0].lines[0].on_order == 4
    other = a_work_order(customer=store.maria.id, number=2)
    store.put(other, some_work(id=other.id, customer=store.maria.id, items=store.work.items))
    assert store.generate(store.acme, work_order=other.id)
    assert first.status is DRAFT


@pytest.mark.rule("PUR-02")
def test_what_was_cancelled_is_not_on_order() -> None:
    store = Store()
    (first,) = store.generate(store.acme)
    store.turn(first.id, CANCELLED)

    assert store.preview().groups[0].lines[0].on_order == 0
    assert store.generate(store.acme)[0].number == 2


# --- its status, and stock (PUR-03) -----------------------------------------------------------------


@pytest.mark.rule("PUR-03")
@pytest.mark.parametrize("after", PurchaseStatus)
@pytest.mark.parametrize("before", PurchaseStatus)
def test_a_status_follows_as_the_table_says(before: PurchaseStatus, after: PurchaseStatus) -> None:
    store = Store()
    order = a_purchase_order(
        vendor=store.acme.id,
        recipient=store.ann.id,
        location=store.provo.id,
        lines=(PurchaseLine(item=store.panel.id, quantity=2),),
        status=before,
    )
    store.put(order)

    if after in PURCHASE_TRANSITIONS[before]:
        turned = store.turn(order.id, after)
        assert (turned.status, turned.version) == (after, 2)
        assert set(turned.may_follow) == PURCHASE_TRANSITIONS[after]
    else:
        refused = refusal(store, turning(order.id, after))["purchase_order.illegal_transition"]
        assert refused.sentence == f"A purchase order that is {before.value} cannot become {after.value}."
    assert store.stock() == ({"Panel": 2} if (before, after) == (ORDERED, RECEIVED) else {})


@pytest.mark.rule("PUR-03")
def test_receiving_adds_to_the_recipients_stock_once() -> None:
    store = Store()
    store.put(some_stock(technician=store.ann.id, item=store.panel.id, quantity=-3))
    first, second = store.generate(store.acme, store.zeta)
    for each in (first, second):
        store.turn(each.id, ORDERED)

    received = store.turn(first.id, RECEIVED, expected_version=2)

    assert (received.ordered_at, received.received_at, received.version) == (NOW, NOW, 3)
    assert store.stock() == {"Panel": -1}
    assert set(refusal(store, turning(first.id, RECEIVED))) == {"purchase_order.illegal_transition"}
    store.turn(second.id, RECEIVED)
    assert store.stock() == {"Panel": -1, "Siren": 1}
    with pytest.raises(Stale):
        store.turn(second.id, CANCELLED, expected_version=1)


@pytest.mark.rule("PUR-03", "WOR-09")
def test_a_purchase_order_outlives_its_work_order() -> None:
    store = Store()
    (saved,) = store.generate(store.acme)
    store.execute(DeleteWorkOrder(work_order=store.order.id))

    store.turn(saved.id, ORDERED)
    received = store.turn(saved.id, RECEIVED)

    assert (received.work_order.number, store.stock()) == (1, {"Panel": 2})


@pytest.mark.rule("PUR-03", "API-04")
def test_purchase_orders_are_listed_newest_first() -> None:
    store = Store()
    first, second = store.generate(store.acme, store.zeta)
    store.turn(first.id, ORDERED)

    page = store.ask(ListPurchaseOrders(limit=1), PurchaseOrdersView)
    rest = store.ask(ListPurchaseOrders(after=int(page.next or 0)), PurchaseOrdersView)
    ordered = store.ask(ListPurchaseOrders(status=ORDERED, work_order=store.order.id), PurchaseOrdersView)
    none = store.ask(ListPurchaseOrders(recipient=store.bob.id), PurchaseOrdersView)

    assert ([each.id for each in page.items], page.next) == ([second.id], "2")
    assert ([each.id for each in rest.items], rest.next) == ([first.id], None)
    assert ([each.id for each in ordered.items], none.items) == ([first.id], ())


@pytest.mark.rule("ACC-11", "ACC-22")
def test_purchase_orders_are_for_who_has_the_permission_there() -> None:
    store = Store()
    generation, preview = (
        store.generation(store.acme),
        PreviewPurchaseOrders(work_order=store.order.id, recipient=store.ann.id),
    )
    for command in (generation,):
        assert denial(store, command, by=store.actor(PO_CREATE)) == "ACC-09"
        elsewhere = evolve(store.actor(PO_CREATE, at=store.phoenix.id), user=store.sam.id)
        both = evolve(elsewhere, grants=elsewhere.grants | store.actor(ORDERS_VIEW).grants)
        assert denial(store, command, by=both) == "ACC-11"
        assert hidden(store, preview, by=both) == "ACC-11"
    allowed = store.actor(PO_CREATE, ORDERS_VIEW, at=store.provo.id)
    store.ask(preview, PurchasePreview, by=allowed)
    (saved,) = store.do(generation, GeneratedView, by=allowed).items

    turn, show = turning(saved.id, ORDERED), ShowPurchaseOrder(purchase_order=PurchaseOrderId(saved.id))
    assert denial(store, turn, by=store.actor(PO_MODIFY)) == "ACC-11"
    assert denial(store, turn, by=store.actor(PO_VIEW, PO_MODIFY, at=store.phoenix.id)) == "ACC-11"
    assert hidden(store, show, by=store.actor(PO_VIEW, at=store.phoenix.id)) == "ACC-11"
    here, there = store.actor(PO_VIEW, at=store.provo.id), store.actor(PO_VIEW, at=store.phoenix.id)
    assert len(store.ask(ListPurchaseOrders(), PurchaseOrdersView, by=here).items) == 1
    assert store.ask(ListPurchaseOrders(), PurchaseOrdersView, by=there).items == ()
    store.do(turn, PurchaseOrderView, by=store.actor(PO_VIEW, PO_MODIFY, at=store.provo.id))


@pytest.mark.rule("ARC-06")
def test_nothing_new_is_ordered_for_an_archived_customer_but_what_comes_is_received() -> None:
    store = Store()
    (saved,) = store.generate(store.acme)
    store.turn(saved.id, ORDERED)
    store.replace(store.maria, archived_at=NOW)

    assert set(refusal(store, store.generation(store.zeta))) == {"customer.archived"}
    store.turn(saved.id, RECEIVED)
    assert store.stock() == {"Panel": 2}


def test_what_is_not_there_is_not_found() -> None:
    store = Store()

    with pytest.raises(NotFound):
        store.execute(turning(fresh(), ORDERED))
    with pytest.raises(NotFound):
        store.execute(store.generation(store.acme, work_order=WorkOrderId(fresh())))
    with pytest.raises(NotFound):
        store.ask(ShowPurchaseOrder(purchase_order=PurchaseOrderId(fresh())), PurchaseOrderView)
    assert set(refusal(store, store.generation(store.acme, vendors=(EntryId(fresh()),)))) == {"purchase.vendor_unknown"}
