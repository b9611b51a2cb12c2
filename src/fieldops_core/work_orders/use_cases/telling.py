"""
Work orders as they are answered.
"""

from collections.abc import Collection, Sequence

from fieldops_core.access.context import Call
from fieldops_core.customers.model import Customer
from fieldops_core.customers.views import Names
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.views import customer_ref
from fieldops_core.work_orders.model import CATALOGS, WorkOrder
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.views import WorkOrderView, work_order_view

USERS = ("technician", "created_by", "changed_by")


def shown(work_order: WorkOrder, customer: Customer, call: Call[Unit]) -> WorkOrderView:
    zone = call.unit.companies.setup().location(customer.location).zone
    return work_order_view(work_order, customer_ref(customer), called((work_order,), call), zone)


def called(work_orders: Sequence[WorkOrder], call: Call[Unit], *, users: Collection[UserId] = ()) -> Names:
    """
    What the users and entries of some work orders, and some more *users*, are called: a query each, however many they
    are.
    """
    ids = {id for each in work_orders for name in USERS if (id := getattr(each, name)) is not None}
    ids.update(users)
    entries = {id for each in work_orders for name in CATALOGS if (id := getattr(each, name)) is not None}
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    there = call.unit.catalog_entries.named(entries) if entries else ()
    return Names(users={each.id: each.name for each in people}, entries={each.id: each.name for each in there})
