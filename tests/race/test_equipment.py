"""
Equipment that is installed, and purchase orders that are received, at the same moment, each elsewhere.
"""

from collections.abc import Callable

import pytest

from fieldops_core.access.model import Actor
from fieldops_core.company.model import Attributes, Catalog, EntryId
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_piece,
    a_purchase_order,
    a_work_order,
    some_stock,
    some_work,
)
from fieldops_core.work_orders.messages import GeneratePurchaseOrders, TickWork, TurnPurchaseOrder
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    ItemState,
    PurchaseLine,
    PurchaseOrder,
    PurchaseStatus,
    WorkAction,
    WorkItem,
    WorkOrder,
)
from tests.race.crowd import Opening
from tests.race.test_pairs import opening, race, worlds
from tests.support.world import World

__all__ = ["opening"]

INSTALL = WorkAction.INSTALL


class Job:
    """
    Of a world: two work orders, in each of which Ann installs pieces of one item.
    """

    def __init__(self, world: World, *, pieces: int = 1, stocked: bool) -> None:
        self.world = world
        self.vendor = a_catalog_entry(catalog=Catalog.VENDORS, name="Acme")
        bought = Attributes(vendor=self.vendor.id)
        self.item = a_catalog_entry(catalog=Catalog.EQUIPMENT, name="Panel", attributes=bought)
        world.put(self.vendor, self.item)
        if stocked:
            world.put(some_stock(technician=world.ann.id, item=self.item.id, quantity=5))
        self.orders = [a_work_order(customer=world.maria.id, number=number) for number in (1, 2)]
        self.pieces = [self._work(each, pieces) for each in self.orders]
        starts = ("2026-05-27T09:00", "2026-05-27T11:00")
        self.visits = [
            AppointmentId(world.book(start, work_order=each.id).id)
            for start, each in zip(starts, self.orders, strict=True)
        ]

    def _work(self, order: WorkOrder, count: int) -> list[CustomerEquipment]:
        there = [a_piece(customer=order.customer, item=self.item.id) for _ in range(count)]
        items = tuple(WorkItem(equipment=each.id, action=INSTALL) for each in there)
        self.world.put(order, *there, some_work(id=order.id, customer=order.customer, items=items))
        return there

    def tick(self, order: int, piece: int = 0) -> TickWork:
        id = self.pieces[order][piece].id
        return TickWork(appointment=self.visits[order], equipment=id, action=INSTALL, state=ItemState.DONE)

    def bought(self) -> PurchaseOrder:
        order = a_purchase_order(
            number=1,
            vendor=self.vendor.id,
            recipient=self.world.ann.id,
            work_order=self.orders[0].id,
            location=self.world.provo.id,
            lines=(PurchaseLine(item=self.item.id, quantity=3),),
            status=PurchaseStatus.ORDERED,
        )
        self.world.put(order)
        return order

    def stock(self) -> int:
        with self.world.storage.reading(self.world.company.id) as unit:
            return sum(each.quantity for each in unit.stock.of(self.world.ann.id, items=[EntryId(self.item.id)]))


def jobs(opening: Opening, *, pieces: int = 1, stocked: bool = True) -> tuple[list[World], dict[object, Job]]:
    there = worlds(opening)
    return there, {each.company.id: Job(each, pieces=pieces, stocked=stocked) for each in there}


def ann() -> list[Callable[[World], Actor]]:
    return [lambda world: world.actor(user=world.ann.id)] * 2


@pytest.mark.rule("STO-05", "PUR-03")
@pytest.mark.parametrize("stocked", [True, False])
def test_two_installs_at_once_take_two_from_the_stock(opening: Opening, *, stocked: bool) -> None:
    there, made = jobs(opening, stocked=stocked)

    def install(which: int) -> Callable[[World], object]:
        return lambda world: made[world.company.id].tick(which)

    ends = race(there, [install(0), install(1)], opening, by=ann())

    assert {tuple(end) for end in ends} == {("done", "done")}
    assert {each.stock() for each in made.values()} == {3 if stocked else -2}


@pytest.mark.rule("STO-05", "EQP-07", "PUR-03")
def test_two_pieces_of_one_checklist_are_ticked_off_at_once(opening: Opening) -> None:
    there, made = jobs(opening, pieces=2)

    def install(which: int) -> Callable[[World], object]:
        return lambda world: made[world.company.id].tick(0, which)

    ends = race(there, [install(0), install(1)], opening, by=ann())

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        with world.storage.reading(world.company.id) as unit:
            (work,) = unit.work_to_perform.named([made[world.company.id].orders[0].id])
        assert work.open == ()
    assert {each.stock() for each in made.values()} == {3}


@pytest.mark.rule("STO-05", "EQP-07", "PUR-03")
def test_one_piece_that_is_ticked_off_twice_at_once_is_installed_once(opening: Opening) -> None:
    there, made = jobs(opening)

    def install(world: World) -> object:
        return made[world.company.id].tick(0)

    ends = race(there, [install, install], opening, by=ann())

    assert {tuple(sorted(end)) for end in ends} == {("checklist.done", "done")}
    assert {each.stock() for each in made.values()} == {4}


@pytest.mark.rule("STO-05", "PUR-03")
def test_a_purchase_order_that_is_received_twice_at_once_is_added_once(opening: Opening) -> None:
    there, made = jobs(opening)
    bought = {id: job.bought() for id, job in made.items()}

    def receive(world: World) -> object:
        return TurnPurchaseOrder(purchase_order=bought[world.company.id].id, status=PurchaseStatus.RECEIVED)

    ends = race(there, [receive, receive], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "purchase_order.illegal_transition")}
    assert {each.stock() for each in made.values()} == {8}


@pytest.mark.rule("STO-05", "PUR-03")
@pytest.mark.parametrize("stocked", [True, False])
def test_what_is_received_and_what_is_installed_at_once_are_both_counted(opening: Opening, *, stocked: bool) -> None:
    there, made = jobs(opening, stocked=stocked)
    bought = {id: job.bought() for id, job in made.items()}

    def receive(world: World) -> object:
        return TurnPurchaseOrder(purchase_order=bought[world.company.id].id, status=PurchaseStatus.RECEIVED)

    def install(world: World) -> object:
        return made[world.company.id].tick(0)

    ends = race(there, [receive, install], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    assert {each.stock() for each in made.values()} == {(5 if stocked else 0) + 3 - 1}


@pytest.mark.rule("STO-05", "PUR-02")
def test_of_two_who_generate_at_once_the_second_is_warned(opening: Opening) -> None:
    there, made = jobs(opening)

    def generate(world: World) -> object:
        job = made[world.company.id]
        return GeneratePurchaseOrders(work_order=job.orders[0].id, recipient=world.ann.id, vendors=(job.vendor.id,))

    ends = race(there, [generate, generate], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "purchase.on_order")}
