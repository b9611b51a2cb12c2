"""
Work orders, their numbers and lists, and what scheduling is told of them.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.repository import Lock
from fieldops_core.scheduling.model import WorkOrderFact, WorkOrderId
from fieldops_core.testing.builders import a_customer, a_work_order, fresh
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.work_orders.model import Listed, WorkOrder, WorkOrderStatus


def told(work_order: WorkOrder) -> WorkOrderFact:
    return WorkOrderFact(
        id=work_order.id,
        number=work_order.number,
        customer=work_order.customer,
        open=work_order.status is WorkOrderStatus.OPEN,
    )


class WorkOrdersContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_work_orders_make_up_the_whole_list_newest_first(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        customers = {world.maria.id: world.maria, world.jens.id: world.jens}
        there = [world.repair]
        for number in data.draw(st.lists(st.integers(2, 12), unique=True, max_size=6)):
            state, whose = data.draw(st.sampled_from(WorkOrderStatus)), data.draw(world.known.customers)
            there.append(a_work_order(number=number, status=state, customer=whose))
        with world.writing() as unit:
            for work_order in there[1:]:
                unit.work_orders.add(work_order)
        visible = data.draw(st.none() | st.frozensets(world.known.locations))
        customer = data.draw(st.none() | world.known.customers)
        status = data.draw(st.none() | st.sampled_from(WorkOrderStatus))
        wanted = data.draw(st.none() | st.integers(1, 12))
        limit = data.draw(st.integers(1, 5))
        naive = [
            Listed(work_order=each, customer_number=its.number, customer_name=its.name, stage=its.stage)
            for each in sorted(there, key=lambda each: -each.number)
            for its in [customers[each.customer]]
            if (visible is None or its.location in visible)
            and (customer is None or each.customer == customer)
            and (status is None or each.status is status)
            and (wanted is None or each.number == wanted)
        ]

        pages: list[Listed] = []
        with world.reading() as unit:
            while found := unit.work_orders.page(
                visible=visible,
                customer=customer,
                status=status,
                number=wanted,
                after=pages[-1].work_order.number if pages else None,
                limit=limit,
            ):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(there), "a page repeats what another held"

        assert pages == naive

    def test_a_work_orders_number_is_given_once(self, world: World) -> None:
        numbers: list[int] = []
        for _ in range(2):
            with world.writing() as unit:
                numbers += [unit.work_orders.next_number(), unit.work_orders.next_number()]

        assert numbers == sorted(numbers)
        assert len({world.repair.number, *numbers}) == 5

    def test_work_orders_are_counted_apart_from_customers(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.add(a_customer(location=world.provo.id, number=40))
            unit.customers.next_number()

            assert unit.work_orders.next_number() == world.repair.number + 1

    def test_two_work_orders_do_not_share_a_number(self, world: World) -> None:
        with pytest.raises(Conflict), world.writing() as unit:
            unit.work_orders.add(a_work_order(customer=world.jens.id, number=world.repair.number))

    @pytest.mark.parametrize("lock", Lock)
    def test_what_is_told_of_work_orders_is_in_the_order_of_their_ids(self, world: World, lock: Lock) -> None:
        done = a_work_order(customer=world.jens.id, number=7, status=WorkOrderStatus.COMPLETE)
        with world.writing() as unit:
            unit.work_orders.add(done)

        with world.writing() as unit:
            asked = [done.id, world.repair.id, WorkOrderId(fresh())]
            assert unit.work_orders.facts(asked, lock=lock) == (told(world.repair), told(done))
            assert unit.work_orders.facts([], lock=lock) == ()

    def test_what_is_told_of_a_work_order_is_what_it_is_now(self, world: World) -> None:
        cancelled = evolve(world.repair, status=WorkOrderStatus.CANCELLED, version=2)
        with world.writing() as unit:
            unit.work_orders.save(cancelled)

            assert unit.work_orders.facts([world.repair.id]) == (told(cancelled),)
