"""
The list of work orders with their appointments, and the backlog.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Attributes, Catalog
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import Status
from fieldops_core.testing.builders import DAY, a_catalog_entry, a_customer, a_period, a_work_order, an_appointment, at
from fieldops_core.work_orders.messages import ListBacklog, ListWorkOrders
from fieldops_core.work_orders.model import WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.views import BacklogView, WorkOrderLine, WorkOrdersView
from tests.support.world import OREM, PHOENIX, World

ORDERS = (Permission.WORK_ORDERS, Action.VIEW)
TECH = (Permission.TECH_SCHEDULER, Action.VIEW)
PROVO = Point(40.2338, -111.6585)


class Office(World):
    def order(self, number: int, status: WorkOrderStatus = WorkOrderStatus.OPEN, **given: Any) -> WorkOrder:
        order = evolve(a_work_order(customer=self.maria.id, number=number, status=status), **given)
        self.put(order)
        return order

    def visit(self, order: WorkOrder, day: int, status: Status = Status.SCHEDULED) -> None:
        """
        So many days from Wednesday.
        """
        self.put(
            an_appointment(
                user=self.ann.id,
                customer=self.maria.id,
                type=self.service.id,
                location=self.provo.id,
                work_order=order.id,
                period=a_period(day=DAY + timedelta(days=day)),
                status=status,
            )
        )

    def listed(self, by: Any = None, **asked: Any) -> tuple[WorkOrderLine, ...]:
        return self.ask(evolve(ListWorkOrders(), **asked), WorkOrdersView, by=by).items

    def backlog(self, by: Any = None, **asked: Any) -> list[int]:
        found = self.ask(evolve(ListBacklog(), **asked), BacklogView, by=by)
        return [each.work_order.number for each in found.items]


@pytest.mark.rule("WOR-06")
def test_a_work_order_is_listed_with_its_next_upcoming_appointment_and_the_number_of_others() -> None:
    office = Office()
    order, past, empty = office.order(1), office.order(2), office.order(3)
    for day in (7, 1, 0, -9):
        office.visit(order, day)
    office.visit(order, -8, Status.COMPLETED)
    for day, status in ((-10, Status.COMPLETED), (-7, Status.NO_SHOW)):
        office.visit(past, day, status)

    by_number = {each.number: each.appointment for each in office.listed()}

    shown = by_number[order.number]
    assert shown is not None
    assert (f"{shown.start:%d %H:%M}", shown.user.name, shown.others) == ("27 09:00", "Ann", 4)
    last = by_number[past.number]
    assert last is not None
    assert (last.status, f"{last.start:%d}", last.others) == (Status.NO_SHOW, "20", 1)
    assert by_number[empty.number] is None


@pytest.mark.rule("WOR-06", "ACC-22")
def test_who_may_not_see_appointments_at_the_records_location_is_not_shown_them() -> None:
    office = Office()
    office.visit(office.order(1), 0)

    assert office.listed(office.actor(ORDERS, TECH))[0].appointment
    assert office.listed(office.actor(ORDERS))[0].appointment is None


@pytest.mark.rule("WOR-06")
def test_the_tab_counts_open_ones_and_a_list_can_hold_them_alone() -> None:
    office = Office()
    for number, status in enumerate(WorkOrderStatus, 1):
        office.order(number, status)
    there = a_customer(location=office.phoenix.id, number=9)
    office.put(there)
    office.order(99, customer=there.id)

    view = office.ask(ListWorkOrders(customer=office.maria.id, count=True, limit=2), WorkOrdersView)

    assert (view.open, len(view.items)) == (4, 2)
    assert [each.number for each in office.listed(open=True, customer=office.maria.id)] == [4, 3, 2, 1]
    assert [each.number for each in office.listed(open=False)] == [7, 6, 5]
    elsewhere = office.actor(ORDERS, at=office.phoenix.id)
    assert [each.number for each in office.listed(location=office.phoenix.id)] == [99]
    assert [each.number for each in office.listed(elsewhere, location=office.phoenix.id)] == [99]
    assert office.listed(elsewhere, location=office.provo.id) == ()
    assert office.ask(ListWorkOrders(count=True), WorkOrdersView, by=elsewhere).open == 1
    assert office.ask(ListWorkOrders(), WorkOrdersView).open is None


# --- the backlog (WOR-13) -----------------------------------------------------------------------------


@pytest.mark.rule("WOR-13")
@pytest.mark.parametrize("status", WorkOrderStatus)
def test_the_backlog_is_what_is_open(status: WorkOrderStatus) -> None:
    office = Office()
    order = office.order(1, status)

    assert office.backlog() == ([1] if order.open else [])


@pytest.mark.rule("WOR-13")
@pytest.mark.parametrize("status", Status)
def test_the_backlog_has_no_open_appointment(status: Status) -> None:
    office = Office()
    office.visit(office.order(1), 0, status)

    assert office.backlog() == ([] if status in (Status.SCHEDULED, Status.EN_ROUTE, Status.ON_SITE) else [1])


@pytest.mark.rule("WOR-13", "ACC-18")
def test_the_backlog_is_of_locations_that_the_reader_may_see() -> None:
    office = Office()
    there = a_customer(location=office.phoenix.id, number=9)
    office.put(there)
    office.order(1)
    office.order(2, customer=there.id)

    assert office.backlog() == [1, 2]
    assert office.backlog(location=office.phoenix.id) == [2]
    assert office.backlog(office.actor(ORDERS, at=office.provo.id)) == [1]
    assert office.backlog(office.actor(ORDERS, at=office.provo.id), location=office.phoenix.id) == []


@pytest.mark.rule("WOR-13", "API-04")
def test_with_a_point_the_nearest_come_first_and_pages_go_on_where_the_one_before_ended() -> None:
    office = Office()
    far = a_customer(location=office.provo.id, number=8, point=PHOENIX)
    nowhere = a_customer(location=office.provo.id, number=9, point=None)
    office.put(far, nowhere)
    for number, customer in enumerate((nowhere, far, office.maria, far, nowhere), 1):
        office.order(number, customer=customer.id)

    assert office.backlog() == [1, 2, 3, 4, 5]
    assert office.backlog(near=PROVO) == [3, 2, 4, 1, 5]
    for near, order in ((None, [1, 2, 3, 4, 5]), (PROVO, [3, 2, 4, 1, 5])):
        found, after = [], None
        for _ in range(3):
            page = office.ask(ListBacklog(near=near, limit=2, after=after), BacklogView)
            found += [each.work_order.number for each in page.items]
            after = page.next
            assert page.total == 5
        assert (found, after) == (order, None)

    view = office.ask(ListBacklog(near=OREM), BacklogView)
    told = [each.distance and (each.distance["meters"], each.distance["from"]) for each in view.items]
    assert told[0] == (0, "point")
    assert told[3:] == [None, None]


@pytest.mark.parametrize("cursor", ["nonsense", "", "e30"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Office().backlog(after=cursor)
    assert refused.value.code == "cursor.invalid"


# --- what is filled in (WOR-06, WOR-13) -------------------------------------------------------------------


@pytest.mark.rule("WOR-06")
def test_a_list_tells_badges_note_technician_and_author_by_name_but_no_internal_note() -> None:
    office = Office()
    urgent = a_catalog_entry(catalog=Catalog.PRIORITIES, name="Urgent", attributes=Attributes(place=1))
    office.put(urgent)
    filled: dict[str, Any] = {
        **office.of_work_order,
        "priority": urgent.id,
        "technician": office.ann.id,
        "note": "<b>Ring</b>",
        "internal_note": Secret("Pays late."),
        "due": at("17:00"),
        "created_by": office.boss.id,
    }
    office.order(1, **filled)
    office.order(2)

    bare, line = office.listed()

    told = (line.note_type, line.type, line.priority, line.technician, line.created_by)
    assert [each.name for each in told if each] == ["Task", "Repair", "Urgent", "Ann", "Olga"]
    assert (line.note, line.due and f"{line.due:%d %H:%M}", line.zone) == ("<b>Ring</b>", "27 17:00", "America/Denver")
    assert "Pays late" not in repr(line)
    assert (bare.note_type, bare.technician, bare.due, bare.note) == (None, None, None, "")


@pytest.mark.rule("WOR-06")
def test_a_list_is_narrowed_by_technician_type_and_priority() -> None:
    office = Office()
    ids: dict[str, Any] = {"type": office.job_type.id, "priority": office.referral.id, "technician": office.ann.id}
    for number, name in enumerate(ids, 1):
        office.order(number, **{name: ids[name]})

    for number, name in enumerate(ids, 1):
        assert [each.number for each in office.listed(**{name: ids[name]})] == [number]
    assert office.listed(technician=office.bob.id) == ()
    assert office.backlog(type=ids["type"]) == [1]
    assert office.backlog(priority=ids["priority"]) == [2]


@pytest.mark.rule("WOR-13")
def test_the_backlog_is_narrowed_by_due_dates_at_each_location() -> None:
    office = Office()
    there = a_customer(location=office.phoenix.id, number=9)
    office.put(there)
    tuesday, thursday = DAY - timedelta(days=1), DAY + timedelta(days=1)
    for number, due in enumerate((at("00:00"), at("23:59"), at("23:59", tuesday), at("00:00", thursday)), 1):
        office.order(number, due=due)
    office.order(5, customer=there.id, due=at("23:59", zone="America/Phoenix"))
    office.order(6)

    assert office.backlog() == [1, 2, 3, 4, 5, 6]
    assert office.backlog(due_from=DAY, due_until=DAY) == [1, 2, 5]
    assert office.backlog(due_from=DAY) == [1, 2, 4, 5]
    assert office.backlog(due_until=DAY) == [1, 2, 3, 5]
    for name in ("due_from", "due_until"):
        with pytest.raises(InvalidValue) as refused:
            office.backlog(**{name: date(2200, 1, 1)})
        assert refused.value.field == name
