"""
Work orders whose appointments change at the same moment, each elsewhere, and that are closed by hand meanwhile.
"""

from collections.abc import Callable

import pytest

from fieldops_core.access.model import Actor
from fieldops_core.field_work.messages import CheckIn, CheckOut
from fieldops_core.scheduling.messages import CancelAppointment, EditAppointment
from fieldops_core.scheduling.model import AppointmentId, Status, VisitOutcome
from fieldops_core.testing.builders import a_work_order
from fieldops_core.work_orders.messages import (
    BulkEditWorkOrders,
    CancelWorkOrder,
    CompleteWorkOrder,
    CreateWorkOrder,
    DeleteWorkOrder,
)
from fieldops_core.work_orders.model import Upcoming, WorkOrder, WorkOrderStatus
from tests.race.crowd import Opening
from tests.race.test_pairs import opening, race, worlds
from tests.support.world import World

__all__ = ["opening"]

Made = dict[object, list[AppointmentId]]
ORDERS: dict[object, tuple[WorkOrder, ...]] = {}


def a_job(world: World, *, visits: int = 2, orders: int = 1) -> list[AppointmentId]:
    """
    Work orders of Maria's, and visits of the first one by Ann and Sam at one start.
    """
    there = tuple(a_work_order(customer=world.maria.id, number=1 + number) for number in range(orders))
    ORDERS[world.company.id] = there
    world.put(*there)
    world.replace(world.sam, technician=True)
    users = (world.ann.id, world.sam.id)[:visits]
    return [AppointmentId(world.book(user=user, work_order=there[0].id).id) for user in users]


def status(world: World, which: int = 0) -> WorkOrderStatus:
    with world.storage.reading(world.company.id) as unit:
        return unit.work_orders.get(ORDERS[world.company.id][which].id).status


def members() -> list[Callable[[World], Actor]]:
    return [lambda world: world.actor(user=world.ann.id), lambda world: world.actor(user=world.sam.id)]


def crews_check_out(opening: Opening, there: list[World]) -> None:
    crews: Made = {}
    for world in there:
        crews[world.company.id] = crew = a_job(world)
        for id, who in zip(crew, members(), strict=True):
            world.execute(CheckIn(appointment=id), by=who(world))
        assert status(world) is WorkOrderStatus.IN_PROGRESS

    def check_out(which: int) -> Callable[[World], object]:
        return lambda world: CheckOut(appointment=crews[world.company.id][which], outcome=VisitOutcome.DONE)

    ends = race(there, [check_out(0), check_out(1)], opening, by=members())

    assert {tuple(end) for end in ends} == {("done", "done")}
    assert {status(world) for world in there} == {WorkOrderStatus.COMPLETE}


@pytest.mark.rule("STO-05", "WOR-11")
def test_two_of_a_crew_who_check_out_at_once_complete_their_work_order(opening: Opening) -> None:
    crews_check_out(opening, worlds(opening))


@pytest.mark.proof
@pytest.mark.rule("STO-05", "WOR-11")
def test_they_complete_it_each_of_200_times(opening: Opening) -> None:
    storage = opening()
    crews_check_out(opening, [World(storage) for _ in range(200)])


@pytest.mark.rule("STO-05", "WOR-11")
def test_two_bookings_of_one_work_order_at_once_are_both_made(opening: Opening) -> None:
    there = worlds(opening)
    for world in there:
        a_job(world, visits=0)

    def wish(user: str) -> Callable[[World], object]:
        return lambda world: world.wish(user=getattr(world, user).id, work_order=ORDERS[world.company.id][0].id)

    ends = race(there, [wish("ann"), wish("sam")], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        with world.storage.reading(world.company.id) as unit:
            order = unit.work_orders.get(ORDERS[world.company.id][0].id)
        assert (order.status, order.version) == (WorkOrderStatus.SCHEDULED, 2)


@pytest.mark.rule("STO-05", "WOR-11")
def test_visits_that_exchange_their_work_orders_at_once_leave_both_as_their_appointments_make_them(
    opening: Opening,
) -> None:
    there = worlds(opening)
    visits: Made = {}
    for world in there:
        (first,) = a_job(world, visits=1, orders=2)
        other = ORDERS[world.company.id][1]
        second = AppointmentId(world.book(user=world.sam.id, work_order=other.id).id)
        visits[world.company.id] = [first, second]

    def exchange(which: int) -> Callable[[World], object]:
        return lambda world: EditAppointment(
            appointment=visits[world.company.id][which], work_order=ORDERS[world.company.id][1 - which].id
        )

    ends = race(there, [exchange(0), exchange(1)], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    assert {status(world, which) for world in there for which in (0, 1)} == {WorkOrderStatus.SCHEDULED}


@pytest.mark.rule("STO-05", "WOR-11")
@pytest.mark.parametrize("close", [CompleteWorkOrder, CancelWorkOrder])
def test_a_check_in_that_races_the_end_of_its_work_order_comes_before_it_or_after(
    opening: Opening, close: type[CompleteWorkOrder | CancelWorkOrder]
) -> None:
    there = worlds(opening)
    visits: Made = {world.company.id: a_job(world, visits=1) for world in there}

    def arrive(world: World) -> object:
        return CheckIn(appointment=visits[world.company.id][0])

    def end(world: World) -> object:
        return close(work_order=ORDERS[world.company.id][0].id, upcoming=Upcoming.UNLINK)

    ends = race(there, [arrive, end], opening, by=[members()[0], lambda world: world.owner])

    for world, (arrival, ending) in zip(there, ends, strict=True):
        assert arrival == "done"  # at what was unlinked, too
        assert (ending, status(world)) in {
            ("work_order.under_way", WorkOrderStatus.IN_PROGRESS),
            ("done", WorkOrderStatus.COMPLETE if close is CompleteWorkOrder else WorkOrderStatus.CANCELLED),
        }


@pytest.mark.rule("STO-05", "WOR-05", "WOR-09")
@pytest.mark.parametrize("end", [CancelWorkOrder, DeleteWorkOrder])
@pytest.mark.parametrize("answer", Upcoming)
def test_a_visit_that_is_cancelled_while_its_work_order_ends_is_cancelled_and_nothing_is_left_behind(
    opening: Opening, answer: Upcoming, end: type[CancelWorkOrder | DeleteWorkOrder]
) -> None:
    there = worlds(opening)
    visits: Made = {world.company.id: a_job(world) for world in there}

    def cancel(world: World) -> object:
        return CancelAppointment(appointment=visits[world.company.id][0])

    def leave(world: World) -> object:
        return end(work_order=ORDERS[world.company.id][0].id, upcoming=answer)

    ends = race(there, [cancel, leave], opening)

    for world, (cancelled, ended) in zip(there, ends, strict=True):
        assert ended == "done"
        assert cancelled in ("done", "appointment.illegal_transition")
        first, second = (world.appointment(id) for id in visits[world.company.id])
        assert first.status is Status.CANCELLED
        assert second.status is (Status.CANCELLED if answer is Upcoming.CANCEL else Status.SCHEDULED)
        assert end is CancelWorkOrder or (first.work_order, second.work_order) == (None, None)


@pytest.mark.rule("STO-05", "WOR-11")
def test_two_visits_that_are_cancelled_at_once_leave_their_work_order_open(opening: Opening) -> None:
    there = worlds(opening)
    visits: Made = {world.company.id: a_job(world) for world in there}

    def cancel(which: int) -> Callable[[World], object]:
        return lambda world: CancelAppointment(appointment=visits[world.company.id][which])

    ends = race(there, [cancel(0), cancel(1)], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    assert {status(world) for world in there} == {WorkOrderStatus.OPEN}


@pytest.mark.rule("STO-05", "CUS-02")
def test_two_work_orders_made_at_once_do_not_share_an_external_id(opening: Opening) -> None:
    def make(world: World) -> object:
        return CreateWorkOrder(customer=world.maria.id, subject="Furnace", external_id="J-1", **world.of_work_order)

    ends = race(worlds(opening), [make, make], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "work_order.external_id_taken")}


@pytest.mark.rule("STO-05", "WOR-08")
def test_a_bulk_edit_and_a_booking_of_its_technician_do_not_undo_each_other(opening: Opening) -> None:
    there = worlds(opening)
    for world in there:
        a_job(world, visits=0, orders=2)

    def edit(world: World) -> object:
        orders = ORDERS[world.company.id]
        ids = tuple(each.id for each in orders)
        return BulkEditWorkOrders(work_orders=ids, versions=(1, 1), technician=world.ann.id)

    def book(world: World) -> object:
        return world.wish(work_order=ORDERS[world.company.id][0].id)

    ends = race(there, [edit, book], opening)

    assert {end[1] for end in ends} == {"done"}
    for world, end in zip(there, ends, strict=True):
        with world.storage.reading(world.company.id) as unit:
            first, second = (unit.work_orders.get(each.id) for each in ORDERS[world.company.id])
        assert first.status is WorkOrderStatus.SCHEDULED
        edited = end[0] == "done"
        assert (first.technician, second.technician) == ((world.ann.id,) * 2 if edited else (None, None))
