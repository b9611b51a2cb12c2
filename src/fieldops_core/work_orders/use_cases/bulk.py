"""
The bulk edit of work orders: all or nothing, refusals by number (WOR-08).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import VISIT
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import WRITING, Write
from fieldops_core.kernel.errors import NotFound, Stale
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import told
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rich_text import NO_MARKUP
from fieldops_core.kernel.rules import Refused, Violation, permit, refuse, violations
from fieldops_core.scheduling.model import Appointment, Status, WorkOrderId
from fieldops_core.scheduling.views import customer_ref
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.calculations import upcoming_offered
from fieldops_core.work_orders.messages import BulkEditWorkOrders
from fieldops_core.work_orders.model import OPEN, Upcoming, Visits, WorkOrder
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import Ending
from fieldops_core.work_orders.use_cases.choosing import Chosen, choose
from fieldops_core.work_orders.use_cases.ending import Keep, names_of, of_visits
from fieldops_core.work_orders.use_cases.orders import may
from fieldops_core.work_orders.use_cases.telling import called
from fieldops_core.work_orders.views import BulkEditView, work_order_view

HOW = frozenset({"work_orders", "versions", "status", "reason", "upcoming"})


@frozen(kw_only=True)
class _Bulk:
    """
    The work orders of a bulk edit, locked, by number, with what decides on them; *upcoming* appointments where they are
    to be closed.
    """

    command: BulkEditWorkOrders
    chosen: Chosen
    orders: Sequence[WorkOrder]
    customers: Mapping[CustomerId, Customer]
    visits: Mapping[WorkOrderId, Sequence[Visits]]
    upcoming: Mapping[WorkOrderId, Sequence[Appointment]]


def bulk_edit_work_orders(command: BulkEditWorkOrders, call: Call[Unit], *, keep: Keep) -> BulkEditView:
    """
    As many statements however many there are.
    """
    bulk = _loaded(command, call)
    endings = {each.work_order.id: each for each in _endings(bulk, call)}
    found: list[Violation] = []
    outcomes: list[Outcome[WorkOrder]] = []
    for order in bulk.orders:
        try:
            outcomes.append(_edited(order, endings[order.id], bulk, call))
        except Refused as refused:
            found += [_of(order, each) for each in refused.violations]
    refuse(tuple(found))
    call.replace_all(call.unit.work_orders, [each for each in outcomes if each.events])
    keep([each for ending in endings.values() for each in decisions.settle(ending, call.context, now=call.now)], call)
    return _answered([each.state for each in outcomes], bulk, call)


def _loaded(command: BulkEditWorkOrders, call: Call[Unit]) -> _Bulk:
    """
    Customers are locked first, then the technician, then the work orders, as everywhere.
    """
    unit, versions = call.unit, dict(zip(command.work_orders, command.versions, strict=True))
    there = unit.work_orders.named(command.work_orders)
    for missing in set(versions) - {each.id for each in there}:
        raise NotFound("work_order", missing)
    customers = {each.id: each for each in unit.customers.named({each.customer for each in there}, lock=Lock.SHARED)}
    for customer in customers.values():
        for action in (Action.VIEW, Action.MODIFY):
            may(call.actor, action, customer)
    chosen = choose(told(command, apart_from=HOW), call)
    orders = sorted(unit.work_orders.named(command.work_orders, lock=Lock.EXCLUSIVE), key=lambda each: each.number)
    for each in orders:
        if each.version != versions[each.id]:
            raise Stale(f"work_order {each.number}", expected=versions[each.id], actual=each.version)
    visits: defaultdict[WorkOrderId, list[Visits]] = defaultdict(list)
    for alike in unit.work_orders.visits(versions) if command.status else ():
        visits[alike.work_order].append(alike)
    upcoming = _upcoming(visits, call) if command.status and command.status not in OPEN else {}
    return _Bulk(command=command, chosen=chosen, orders=orders, customers=customers, visits=visits, upcoming=upcoming)


def _upcoming(
    visits: Mapping[WorkOrderId, Sequence[Visits]], call: Call[Unit]
) -> Mapping[WorkOrderId, Sequence[Appointment]]:
    ids = {id for id, its in visits.items() if any(each.status is Status.SCHEDULED for each in its)}
    found: defaultdict[WorkOrderId, list[Appointment]] = defaultdict(list)
    for each in call.unit.appointments.of_work_orders(ids) if ids else ():
        if each.work_order is not None and each.upcoming(call.now):
            found[each.work_order].append(each)
    return found


def _endings(bulk: _Bulk, call: Call[Unit]) -> list[Ending]:
    answer = bulk.command.upcoming
    for customer in {each.customer for each in bulk.orders if bulk.upcoming.get(each.id)}:
        if answer is Upcoming.CANCEL:
            permit(VISIT, of_visits(bulk.customers[customer], Action.MODIFY, call))
    asked = [visit for its in bulk.upcoming.values() for visit in its] if answer is None else []
    names = names_of(asked, call) if asked else {}
    return [
        Ending(
            work_order=each,
            upcoming=bulk.upcoming.get(each.id, ()),
            names=names,
            answer=answer,
            offered=upcoming_offered(bulk.chosen.setup.settings),
            seen=not violations(VISIT, of_visits(bulk.customers[each.customer], Action.VIEW, call)),
        )
        for each in bulk.orders
    ]


def _edited(order: WorkOrder, ending: Ending, bulk: _Bulk, call: Call[Unit]) -> Outcome[WorkOrder]:
    command, customer = bulk.command, bulk.customers[order.customer]
    refuse(violations(WRITING, Write(customer=customer, actor=call.actor)))
    values = bulk.chosen.kept(told(command, apart_from=HOW), customer, NO_MARKUP)
    return decisions.edit(
        values,
        bulk.chosen.choices(order, customer),
        decisions.turn_to(command.status, command.reason),
        ending,
        bulk.visits.get(order.id, ()),
        call.context,
        now=call.now,
    )


def _of(order: WorkOrder, why: Violation) -> Violation:
    """
    What stands against one of several, named by its number.
    """
    facts = {**why.facts, "id": order.id, "number": order.number}
    return evolve(why, sentence=f"Work order {order.number}: {why.sentence}", facts=facts)


def _answered(orders: Sequence[WorkOrder], bulk: _Bulk, call: Call[Unit]) -> BulkEditView:
    names, setup = called(orders, call), bulk.chosen.setup
    views = (
        work_order_view(each, customer_ref(customer), names, setup.location(customer.location).zone)
        for each in orders
        for customer in (bulk.customers[each.customer],)
    )
    return BulkEditView(work_orders=tuple(views))
