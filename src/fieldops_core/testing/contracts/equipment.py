"""
Customer equipment, work to perform, stock and purchase orders: found, listed, removed.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.repository import Lock
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_piece, a_purchase_order, fresh, some_stock, some_work
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.work_orders.model import (
    CustomerEquipment,
    EquipmentId,
    PurchaseOrder,
    PurchaseOrderId,
    PurchaseStatus,
)


class EquipmentContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_equipment_make_up_a_records_whole_list(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        some = data.draw(st.lists(strategies.equipment(world.known), max_size=6, unique_by=lambda each: each.id))
        with world.writing() as unit:
            for each in some:
                unit.equipment.add(each)
        whose, limit = data.draw(world.known.customers), data.draw(st.integers(1, 4))
        active = data.draw(st.none() | st.booleans())
        naive = [
            each
            for each in sorted(some, key=lambda each: each.id, reverse=True)
            if each.customer == whose and active in (None, each.active)
        ]

        pages: list[CustomerEquipment] = []
        with world.reading() as unit:
            while found := unit.equipment.of(whose, open=active, after=pages[-1].id if pages else None, limit=limit):
                assert len(found) <= limit
                pages += found
            assert unit.equipment.count(whose, open=active) == len(naive)

        assert pages == naive

    @pytest.mark.parametrize("lock", Lock)
    def test_for_work_there_is_what_is_active_and_what_is_asked_for_besides(self, world: World, lock: Lock) -> None:
        item = world.locked_out.id
        there, gone, lost = (a_piece(customer=world.maria.id, item=item, active=each) for each in (True, False, False))
        elsewhere = a_piece(customer=world.jens.id, item=item)
        with world.writing() as unit:
            for each in (lost, gone, there, elsewhere):
                unit.equipment.add(each)

        with world.writing() as unit:
            assert unit.equipment.for_work(world.maria.id, [], lock=lock) == (there,)
            also = [gone.id, elsewhere.id, EquipmentId(fresh())]
            assert unit.equipment.for_work(world.maria.id, also, lock=lock) == (there, gone)
            assert unit.equipment.named([elsewhere.id, gone.id]) == (gone, elsewhere)
            assert unit.equipment.named([]) == ()

    def test_a_piece_names_the_one_that_it_replaces(self, world: World) -> None:
        old = a_piece(customer=world.maria.id, item=world.locked_out.id, active=False)
        new = evolve(old, id=EquipmentId(fresh()), replaces=old.id, active=True)
        with world.writing() as unit:
            unit.equipment.add(old)
            unit.equipment.add(new)

        with world.reading() as unit:
            assert unit.equipment.get(new.id) == new

    @pytest.mark.rule("STO-04")
    def test_removed_work_is_gone_unless_it_was_changed_meanwhile(self, world: World) -> None:
        work = some_work(id=world.repair.id, customer=world.maria.id)
        with world.writing() as unit:
            unit.work_to_perform.add(work)
            assert unit.work_to_perform.named([world.repair.id]) == (work,)
            assert unit.work_to_perform.named([]) == ()
        with pytest.raises(Conflict), world.writing() as unit:
            unit.work_to_perform.remove(evolve(work, version=2))
        with world.writing() as unit:
            unit.work_to_perform.remove(work)
            unit.work_orders.remove(world.repair)

        with world.reading() as unit, pytest.raises(NotFound):
            unit.work_to_perform.get(work.id)

    @pytest.mark.parametrize("lock", Lock)
    def test_stock_is_told_of_a_technician_and_of_items(self, world: World, lock: Lock) -> None:
        one, other = world.locked_out.id, world.postponed.id
        mine = [some_stock(technician=world.ann.id, item=item, quantity=-1) for item in (one, other)]
        with world.writing() as unit:
            for each in (*reversed(mine), some_stock(technician=world.ben.id, item=one)):
                unit.stock.add(each)

        with world.writing() as unit:
            assert unit.stock.of(world.ann.id, lock=lock) == tuple(mine)
            assert unit.stock.of(world.ann.id, items=[other], lock=lock) == (mine[1],)
            assert unit.stock.of(world.ann.id, items=[], lock=lock) == ()

    @pytest.mark.rule("STO-05")
    def test_a_technician_has_one_stock_of_an_item(self, world: World) -> None:
        with world.writing() as unit:
            unit.stock.add(some_stock(technician=world.ann.id, item=world.locked_out.id))

        with pytest.raises(Conflict), world.writing() as unit:
            unit.stock.add(some_stock(technician=world.ann.id, item=world.locked_out.id))

    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_purchase_orders_make_up_the_whole_list_newest_first(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        some = data.draw(
            st.lists(
                strategies.purchase_orders(world.known), max_size=6, unique_by=(lambda e: e.id, lambda e: e.number)
            )
        )
        with world.writing() as unit:
            for each in some:
                unit.purchase_orders.add(each)
        visible = data.draw(st.none() | st.frozensets(world.known.locations))
        recipient = data.draw(st.none() | world.known.users)
        work_order = data.draw(st.none() | world.known.work_orders)
        status = data.draw(st.none() | st.sampled_from(PurchaseStatus))
        number = data.draw(st.none() | st.sampled_from([1, *(each.number for each in some)]))
        limit = data.draw(st.integers(1, 4))
        naive = [
            each
            for each in sorted(some, key=lambda each: -each.number)
            if (visible is None or each.location in visible)
            and recipient in (None, each.recipient)
            and work_order in (None, each.work_order)
            and status in (None, each.status)
            and number in (None, each.number)
        ]

        pages: list[PurchaseOrder] = []
        with world.reading() as unit:
            while found := unit.purchase_orders.page(
                visible=visible,
                work_order=work_order,
                recipient=recipient,
                status=status,
                number=number,
                after=pages[-1].number if pages else None,
                limit=limit,
            ):
                assert len(found) <= limit
                pages += found
            of_order = unit.purchase_orders.of_work_order(world.repair.id)

        assert pages == naive
        assert of_order == tuple(sorted(some, key=lambda each: each.number))

    def test_a_purchase_orders_number_is_given_once(self, world: World) -> None:
        order = a_purchase_order(
            number=7,
            vendor=world.locked_out.id,
            recipient=world.ann.id,
            work_order=world.repair.id,
            location=world.provo.id,
        )
        with world.writing() as unit:
            assert unit.purchase_orders.next_number() == 1
            unit.purchase_orders.add(order)
            assert [unit.purchase_orders.next_number() for _ in range(2)] == [8, 9]

        with pytest.raises(Conflict), world.writing() as unit:
            unit.purchase_orders.add(evolve(order, id=PurchaseOrderId(fresh())))
