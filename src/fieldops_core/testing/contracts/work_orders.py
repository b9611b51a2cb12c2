"""
Work orders, their numbers and lists, and what scheduling is told of them.
"""

from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import OPEN as VISIT_OPEN
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Status,
    StatusChange,
    VisitOutcome,
    WorkOrderFact,
    WorkOrderId,
)
from fieldops_core.testing.builders import a_customer, a_period, a_work_order, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.work_orders.model import OPEN, Listed, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.ports import BacklogSelection, Selection


def told(work_order: WorkOrder) -> WorkOrderFact:
    return WorkOrderFact(
        id=work_order.id,
        number=work_order.number,
        customer=work_order.customer,
        open=work_order.status in OPEN,
        resumable=work_order.status not in (WorkOrderStatus.INVOICED, WorkOrderStatus.CANCELLED),
    )


def _visit(world: World, hour: int, work_order: WorkOrderId | None, data: st.DataObject) -> Appointment:
    """
    A visit in any status, completed at any time if it is.
    """
    status = data.draw(st.sampled_from(Status))
    visit = world.visit(period=a_period(f"{hour + 8:02}:00"), work_order=work_order, status=status)
    if status is not Status.COMPLETED:
        return visit
    at = visit.period.start + data.draw(st.integers(0, 3)) * timedelta(minutes=20)
    done = StatusChange(status=status, at=at, by=None, source=Source.API)
    return evolve(visit, outcome=data.draw(st.sampled_from(VisitOutcome)), moments=(done,))


def _next(visits: list[Appointment], as_of: datetime) -> AppointmentId:
    upcoming = [each for each in visits if each.upcoming(as_of)]
    if upcoming:
        return min(upcoming, key=lambda each: each.period.start).id
    return max(visits, key=lambda each: each.period.start).id


def _listed(order: WorkOrder, its: Customer) -> Listed:
    without = evolve(order, internal_note=None)
    return Listed(
        work_order=without, customer_number=its.number, customer_name=its.name, stage=its.stage, location=its.location
    )


DUE = st.integers(-2, 2).map(lambda days: NOW + timedelta(days=days))


def _filled(order: WorkOrder, world: World, data: st.DataObject) -> WorkOrder:
    """
    What lists are narrowed by, and an internal note, which they do not show.
    """
    return evolve(
        order,
        technician=data.draw(st.none() | world.known.users),
        type=data.draw(st.none() | world.known.entries),
        priority=data.draw(st.none() | world.known.entries),
        due=data.draw(st.none() | DUE),
        internal_note=data.draw(st.none() | st.just(Secret("Pays late."))),
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
            there.append(_filled(a_work_order(number=number, status=state, customer=whose), world, data))
        with world.writing() as unit:
            for work_order in there[1:]:
                unit.work_orders.add(work_order)
        asked = Selection(
            visible=data.draw(st.none() | st.frozensets(world.known.locations)),
            customer=data.draw(st.none() | world.known.customers),
            status=data.draw(st.none() | st.sampled_from(WorkOrderStatus)),
            open=data.draw(st.none() | st.booleans()),
            number=data.draw(st.none() | st.integers(1, 12)),
            technician=data.draw(st.none() | world.known.users),
            type=data.draw(st.none() | world.known.entries),
            priority=data.draw(st.none() | world.known.entries),
        )
        limit = data.draw(st.integers(1, 5))
        naive = [
            _listed(each, its)
            for each in sorted(there, key=lambda each: -each.number)
            for its in [customers[each.customer]]
            if (asked.visible is None or its.location in asked.visible)
            and asked.open in (None, each.status in OPEN)
            and all(
                getattr(asked, name) in (None, getattr(each, name))
                for name in ("customer", "status", "number", "technician", "type", "priority")
            )
        ]

        pages: list[Listed] = []
        with world.reading() as unit:
            while found := unit.work_orders.page(
                asked, after=pages[-1].work_order.number if pages else None, limit=limit
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

    @pytest.mark.parametrize("lock", Lock)
    def test_named_work_orders_are_in_the_order_of_their_ids_and_saved_together(self, world: World, lock: Lock) -> None:
        other = a_work_order(customer=world.jens.id, number=7)
        with world.writing() as unit:
            unit.work_orders.add(other)
        changed = [
            evolve(each, status=WorkOrderStatus.PAUSED, version=each.version + 1) for each in (other, world.repair)
        ]

        with world.writing() as unit:
            asked = [other.id, WorkOrderId(fresh()), world.repair.id]
            assert unit.work_orders.named(asked, lock=lock) == (world.repair, other)
            assert unit.work_orders.named([], lock=lock) == ()
            unit.work_orders.save_all(changed)
            unit.work_orders.save_all([])

            assert unit.work_orders.named(asked) == (changed[1], changed[0])

    def test_of_many_none_is_saved_over_another_version(self, world: World) -> None:
        other = a_work_order(customer=world.jens.id, number=7)
        with world.writing() as unit:
            unit.work_orders.add(other)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.work_orders.save_all([evolve(other, version=2), evolve(world.repair, version=3)])

        with world.reading() as unit:
            assert unit.work_orders.get(other.id) == other

    @EXAMPLES
    @given(data=st.data())
    def test_the_appointments_of_work_orders_are_counted_by_status_and_outcome(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        other = a_work_order(customer=world.maria.id, number=7)
        with world.writing() as unit:
            unit.work_orders.add(other)
        there = [
            _visit(world, hour, data.draw(st.sampled_from((None, world.repair.id, other.id))), data)
            for hour in range(data.draw(st.integers(0, 8)))
        ]
        world.keep(*there)
        asked = data.draw(st.sets(st.sampled_from((world.repair.id, other.id, WorkOrderId(fresh())))))

        with world.reading() as unit:
            found = unit.work_orders.visits(asked)

        alike = {(each.work_order, each.status, each.outcome) for each in found}
        assert len(alike) == len(found)
        assert alike == {(each.work_order, each.status, each.outcome) for each in there if each.work_order in asked}
        for each in found:
            same = [v for v in there if (v.work_order, v.status, v.outcome) == each[:3]]
            ends = [visit.checked_out_at for visit in same if visit.checked_out_at]
            assert (each.many, each.checked_out_at) == (len(same), max(ends, default=None))

    @EXAMPLES
    @given(data=st.data())
    def test_lists_show_the_next_upcoming_appointment_or_the_last_and_the_backlog_has_none_that_is_open(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        orders = [world.repair]
        for number in range(2, data.draw(st.integers(2, 5))):
            state = data.draw(st.sampled_from(WorkOrderStatus))
            whose = data.draw(world.known.customers)
            orders.append(_filled(a_work_order(number=number + 5, status=state, customer=whose), world, data))
        with world.writing() as unit:
            for each in orders[1:]:
                unit.work_orders.add(each)
        of = [None, *(each.id for each in orders)]
        there = [
            _visit(world, hour, data.draw(st.sampled_from(of)), data) for hour in range(data.draw(st.integers(0, 8)))
        ]
        world.keep(*there)
        as_of = a_period(f"{data.draw(st.integers(6, 17)):02}:30").start
        visible = data.draw(st.none() | st.frozensets(world.known.locations))
        asked = BacklogSelection(
            visible=visible,
            location=data.draw(st.none() | world.known.locations),
            type=data.draw(st.none() | world.known.entries),
            priority=data.draw(st.none() | world.known.entries),
            due_since=data.draw(st.none() | DUE),
            due_before=data.draw(st.none() | DUE),
        )
        customers = {
            each.id: {world.maria.id: world.maria, world.jens.id: world.jens}[each.customer] for each in orders
        }

        with world.reading() as unit:
            shown = unit.work_orders.shown([each.id for each in orders], as_of=as_of)
            backlog = unit.work_orders.backlog(asked)
            count = unit.work_orders.open_ones(visible=visible, customer=world.maria.id)
            listed = unit.work_orders.listed([each.id for each in orders[1:]])
            theirs = unit.appointments.of_work_orders([each.id for each in orders[1:]])
            assert unit.appointments.of_work_orders([]) == ()
            stacked = {each.id: unit.appointments.stacked(each.id) for each in orders}

        others = {each.id for each in orders[1:]}
        by_start = sorted(there, key=lambda each: (each.period.start, each.id))
        assert theirs == tuple(each for each in by_start if each.work_order in others)
        for order in orders:
            at_work = [each for each in there if each.work_order == order.id]
            assert set(stacked[order.id]) == {(each.id, each.user, each.period.start, each.zone) for each in at_work}
            assert len(stacked[order.id]) == len(at_work)
        assert {each.work_order: (each.id, each.others) for each in shown} == {
            order.id: (_next(its_visits, as_of), len(its_visits) - 1)
            for order in orders
            if (its_visits := [each for each in there if each.work_order == order.id])
        }
        awaited = {each.work_order for each in there if each.status in VISIT_OPEN}
        seen = [each for each in orders if visible is None or customers[each.id].location in visible]
        assert [each.number for each in backlog] == [
            each.number
            for each in sorted(seen, key=lambda each: each.number)
            if each.status in OPEN
            and each.id not in awaited
            and asked.location in (None, customers[each.id].location)
            and asked.type in (None, each.type)
            and asked.priority in (None, each.priority)
            and (asked.due_since is None or (each.due is not None and asked.due_since <= each.due))
            and (asked.due_before is None or (each.due is not None and each.due < asked.due_before))
        ]
        by_id = {each.id: each for each in orders}
        for waiting in backlog:
            its = customers[waiting.id]
            assert (waiting.place, waiting.location) == (its.point, its.location)
            assert waiting.due == by_id[waiting.id].due
        assert count == sum(each.status in OPEN and each.customer == world.maria.id for each in seen)
        assert {each.work_order.id: each for each in listed} == {
            each.id: _listed(each, customers[each.id]) for each in orders[1:]
        }

    def test_an_external_id_is_one_work_orders(self, world: World) -> None:
        mine = evolve(world.repair, external_id="J-1", version=2)
        with world.writing() as unit:
            unit.work_orders.save(mine)

        with world.reading() as unit:
            assert unit.work_orders.external_id_taken("J-1")
            assert not unit.work_orders.external_id_taken("J-1", by_other_than=mine.id)
            assert not unit.work_orders.external_id_taken("j-1")
        with pytest.raises(Conflict), world.writing() as unit:
            unit.work_orders.add(a_work_order(customer=world.jens.id, number=7, external_id="J-1"))
        with world.writing() as unit:
            unit.work_orders.add(a_work_order(customer=world.jens.id, number=8))
            unit.work_orders.add(a_work_order(customer=world.jens.id, number=9))

    def test_what_is_told_of_a_work_order_is_what_it_is_now(self, world: World) -> None:
        cancelled = evolve(world.repair, status=WorkOrderStatus.CANCELLED, version=2)
        with world.writing() as unit:
            unit.work_orders.save(cancelled)

            assert unit.work_orders.facts([world.repair.id]) == (told(cancelled),)
