"""
Several work orders edited at once (WOR-08).
"""

from datetime import datetime
from typing import Any

import pytest

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Attributes, Catalog
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound, Stale
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.model import Status, WorkOrderId
from fieldops_core.testing.builders import a_catalog_entry, a_customer, a_period, a_work_order, an_appointment, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import BulkEditWorkOrders, ShowWorkOrder
from fieldops_core.work_orders.model import Upcoming, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.views import BulkEditView, WorkOrderView
from tests.support.world import World

OPEN, SCHEDULED, IN_PROGRESS, PAUSED, COMPLETE, INVOICED, CANCELLED = WorkOrderStatus
VIEW, MODIFY = (Permission.WORK_ORDERS, Action.VIEW), (Permission.WORK_ORDERS, Action.MODIFY)


class Desk(World):
    """
    With work orders of Maria's, numbered from 1, in some statuses.
    """

    def __init__(self, *statuses: WorkOrderStatus) -> None:
        super().__init__()
        self.urgent = a_catalog_entry(catalog=Catalog.PRIORITIES, name="Urgent", attributes=Attributes(place=1))
        self.warranty = a_catalog_entry(catalog=Catalog.WORK_ORDER_TYPES, name="Warranty")
        self.orders = [
            a_work_order(customer=self.maria.id, number=number, status=status, **self.of_work_order)
            for number, status in enumerate(statuses, 1)
        ]
        self.put(self.urgent, self.warranty, *self.orders)

    def edit(self, **given: Any) -> BulkEditWorkOrders:
        ids = tuple(each.id for each in self.orders)
        return BulkEditWorkOrders(**{"work_orders": ids, "versions": (1,) * len(ids), **given})

    def visit(self, order: WorkOrder, status: Status = Status.SCHEDULED) -> None:
        self.put(
            an_appointment(
                user=self.ann.id,
                customer=self.maria.id,
                type=self.service.id,
                location=self.provo.id,
                work_order=order.id,
                status=status,
                period=a_period(f"{8 + order.number:02}:00"),
            )
        )

    def shown(self, order: WorkOrder) -> WorkOrderView:
        return self.ask(ShowWorkOrder(work_order=order.id), WorkOrderView)

    def refused(self, **given: Any) -> list[tuple[object, str]]:
        """
        What refuses a bulk edit, each with the number of its work order; nothing was changed.
        """
        with pytest.raises(Refused) as refused:
            self.execute(self.edit(**given))
        assert all(self.shown(each).version == each.version for each in self.orders)
        for each in refused.value.violations:
            assert each.sentence.startswith(f"Work order {each.facts['number']}: ")
        return [(each.facts["number"], each.code) for each in refused.value.violations]


@pytest.mark.rule("WOR-08")
def test_chosen_fields_of_several_work_orders_are_edited_at_once() -> None:
    desk = Desk(OPEN, PAUSED)
    there = a_customer(location=desk.phoenix.id, number=9)
    elsewhere = a_work_order(customer=there.id, number=3)
    desk.put(there, elsewhere)
    desk.orders.append(elsewhere)

    edited = desk.do(
        desk.edit(due=datetime(2026, 6, 1, 9), type=desk.warranty.id, priority=desk.urgent.id), BulkEditView
    )

    assert [each.number for each in edited.work_orders] == [1, 2, 3]
    for each in edited.work_orders:
        assert each.type and each.priority and each.due
        assert (each.type.name, each.priority.name, each.version) == ("Warranty", "Urgent", 2)
        assert f"{each.due:%m-%d %H:%M}" == "06-01 09:00"
    zones = [each.zone for each in edited.work_orders]
    assert zones == ["America/Denver", "America/Denver", "America/Phoenix"]
    assert edited.work_orders[0] == desk.shown(desk.orders[0])


@pytest.mark.rule("WOR-08", "WOR-04", "WOR-01")
def test_one_that_is_refused_refuses_all_by_number() -> None:
    desk = Desk(OPEN, COMPLETE, CANCELLED, INVOICED)

    assert desk.refused(type=desk.warranty.id) == [(number, "work_order.locked") for number in (2, 3, 4)]
    assert desk.refused(technician=desk.bob.id, priority=desk.urgent.id) == [
        (1, "work_order.technician_elsewhere"),
        (2, "work_order.technician_elsewhere"),
        (3, "work_order.locked"),
        (3, "work_order.technician_elsewhere"),
        (4, "work_order.locked"),
        (4, "work_order.technician_elsewhere"),
    ]


@pytest.mark.rule("WOR-08", "WOR-03")
def test_a_status_is_set_by_the_decisions_of_a_single_change() -> None:
    for status, reason in ((COMPLETE, ""), (CANCELLED, ""), (OPEN, "A sensor is missing.")):
        befores = (OPEN, SCHEDULED, COMPLETE, CANCELLED, INVOICED)
        allowed = {OPEN, SCHEDULED} if status is not OPEN else {COMPLETE, CANCELLED}
        desk = Desk(*befores)
        illegal = "work_order.illegal_transition"
        assert desk.refused(status=status, reason=reason) == [
            (number, illegal) for number, before in enumerate(befores, 1) if before not in allowed
        ]
        desk.orders = [each for each in desk.orders if each.status in allowed]
        edited = desk.do(desk.edit(status=status, reason=reason), BulkEditView)
        assert {each.status for each in edited.work_orders} == {status}
    desk = Desk(COMPLETE)
    assert desk.refused(status=SCHEDULED) == [(1, "work_order.reason_required")]
    assert desk.refused(status=INVOICED) == [(1, "work_order.illegal_transition")]


@pytest.mark.rule("WOR-08", "WOR-04")
def test_what_is_closed_is_closed_last_and_what_is_opened_again_is_opened_first() -> None:
    desk = Desk(OPEN, PAUSED)
    closed = desk.do(desk.edit(status=COMPLETE, type=desk.warranty.id), BulkEditView)
    assert [(each.status, each.type and each.type.name, each.version) for each in closed.work_orders] == [
        (COMPLETE, "Warranty", 2)
    ] * 2

    again = desk.edit(status=OPEN, reason="A sensor is missing.", type=desk.job_type.id, versions=(2, 2))
    opened = desk.do(again, BulkEditView)
    assert [(each.status, each.type and each.type.name, each.version) for each in opened.work_orders] == [
        (OPEN, "Repair", 3)
    ] * 2
    told = [due.event for due in desk.storage.claim(20, now=NOW, lease_seconds=1)]
    assert [type(each).__name__ for each in told if each.aggregate_id == desk.orders[0].id] == [
        "WorkOrderChanged",
        "WorkOrderCompleted",
        "WorkOrderReopened",
        "WorkOrderChanged",
    ]
    assert [each.version for each in told if each.aggregate_id == desk.orders[0].id] == [2, 2, 3, 3]


@pytest.mark.rule("WOR-08", "WOR-05", "WOR-11")
def test_upcoming_appointments_of_what_is_closed_are_provided_for() -> None:
    desk = Desk(SCHEDULED, OPEN, SCHEDULED, SCHEDULED)
    desk.visit(desk.orders[0])
    desk.visit(desk.orders[2])
    desk.visit(desk.orders[3], Status.EN_ROUTE)

    assert desk.refused(status=CANCELLED) == [
        (1, "work_order.upcoming"),
        (3, "work_order.upcoming"),
        (4, "work_order.under_way"),
    ]
    desk.orders.pop()
    with pytest.raises(Forbidden):
        desk.execute(desk.edit(status=CANCELLED, upcoming=Upcoming.CANCEL), by=desk.actor(VIEW, MODIFY))
    edited = desk.do(desk.edit(status=CANCELLED, upcoming=Upcoming.CANCEL), BulkEditView)
    assert {each.status for each in edited.work_orders} == {CANCELLED}
    with desk.storage.reading(desk.company.id) as unit:
        visits = unit.appointments.of_work_orders([each.id for each in desk.orders])
    assert [each.status for each in visits] == [Status.CANCELLED] * 2


@pytest.mark.rule("WOR-08", "ACC-09", "ACC-18")
def test_a_bulk_edit_needs_the_permission_for_each_of_them() -> None:
    desk = Desk(OPEN)
    there = a_customer(location=desk.phoenix.id, number=9)
    elsewhere = a_work_order(customer=there.id, number=3)
    desk.put(there, elsewhere)
    at_provo = desk.actor(VIEW, MODIFY, at=desk.provo.id)
    both = desk.edit(work_orders=(desk.orders[0].id, elsewhere.id), versions=(1, 1), priority=desk.urgent.id)

    with pytest.raises(Forbidden):
        desk.execute(both, by=at_provo)
    assert desk.execute(desk.edit(priority=desk.urgent.id), by=at_provo)


@pytest.mark.rule("WOR-08", "ARC-06")
def test_an_archived_customer_refuses_all() -> None:
    desk = Desk(OPEN)
    gone = a_customer(location=desk.provo.id, number=9, archived_at=NOW)
    theirs = a_work_order(customer=gone.id, number=7)
    desk.put(gone, theirs)
    desk.orders.append(theirs)

    assert desk.refused(priority=desk.urgent.id) == [(7, "customer.archived")]


@pytest.mark.rule("WOR-08", "STO-04")
def test_each_is_edited_at_the_version_that_was_read() -> None:
    desk = Desk(OPEN, OPEN)

    with pytest.raises(Stale, match="work order 2") as stale:
        desk.execute(desk.edit(versions=(1, 2), priority=desk.urgent.id))
    assert (stale.value.expected, stale.value.actual) == (2, 1)


@pytest.mark.rule("WOR-08")
def test_a_bulk_edit_names_each_of_1_to_200_once() -> None:
    desk = Desk(OPEN)
    id = desk.orders[0].id

    for ids, versions in (((), ()), ((id, id), (1, 1)), ((id,), ()), ((id,) * 201, (1,) * 201)):
        with pytest.raises(InvalidValue) as refused:
            desk.edit(work_orders=ids, versions=versions)
        assert refused.value.field == "work_orders"
    with pytest.raises(NotFound):
        desk.execute(desk.edit(work_orders=(id, WorkOrderId(fresh())), versions=(1, 1)))


def test_a_bulk_edit_of_nothing_saves_nothing() -> None:
    desk = Desk(OPEN, CANCELLED)

    edited = desk.do(desk.edit(), BulkEditView)

    assert [each.version for each in edited.work_orders] == [1, 1]
