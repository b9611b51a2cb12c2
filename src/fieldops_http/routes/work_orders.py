"""
Work orders.
"""

from datetime import date

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.model import WorkOrderId
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.work_orders.messages import DeleteWorkOrder, ListBacklog, ListWorkOrders, ShowWorkOrder
from fieldops_core.work_orders.model import Upcoming, WorkOrderStatus
from fieldops_core.work_orders.views import BacklogView, BulkEditView, WorkOrdersView, WorkOrderView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import After, AfterNumber, Latitude, Limit, Longitude, Number, Version, point_asked
from fieldops_http.wire.work_orders import (
    BulkEditWorkOrdersBody,
    CancelWorkOrderBody,
    ChangeWorkOrderBody,
    CompleteWorkOrderBody,
    CreateWorkOrderBody,
    LinkAppointmentBody,
    ReopenWorkOrderBody,
)

TAG = "work orders"


@operation("GET", "/work_orders", summary="List work orders", tag=TAG, rules="ACC-09 ACC-18 WOR-06 API-04")
def list_work_orders(
    caller: TheCaller,
    customer: FromQuery[CustomerId | None] = None,
    location: FromQuery[LocationId | None] = None,
    status: FromQuery[WorkOrderStatus | None] = None,
    open: FromQuery[bool | None] = None,
    count: FromQuery[bool] = False,
    number: Number = None,
    technician: FromQuery[UserId | None] = None,
    type: FromQuery[EntryId | None] = None,
    priority: FromQuery[EntryId | None] = None,
    after: AfterNumber = None,
    limit: Limit = 50,
) -> Response[WorkOrdersView]:
    """
    Newest first, those that the reader may view, each with its next upcoming appointment, else its last, and the number
    of the others. With `count`, how many are open.
    """
    question = ListWorkOrders(
        customer=customer,
        location=location,
        status=status,
        open=open,
        count=count,
        number=number,
        technician=technician,
        type=type,
        priority=priority,
        after=after,
        limit=limit,
    )
    return caller.ask(question, WorkOrdersView)


@operation("GET", "/work_orders/backlog", summary="List the backlog", tag=TAG, rules="ACC-09 ACC-18 WOR-13 API-04")
def list_backlog(
    caller: TheCaller,
    location: FromQuery[LocationId | None] = None,
    type: FromQuery[EntryId | None] = None,
    priority: FromQuery[EntryId | None] = None,
    due_from: FromQuery[date | None] = None,
    due_until: FromQuery[date | None] = None,
    latitude: Latitude = None,
    longitude: Longitude = None,
    after: After = None,
    limit: Limit = 50,
) -> Response[BacklogView]:
    """
    The open work orders without an open appointment, the oldest first; with a point (both `latitude` and `longitude`),
    the nearest first, each with its distance as the crow flies. `due_from` and `due_until` are dates at each location,
    both included; what has no due date is then left out.
    """
    question = ListBacklog(
        location=location,
        type=type,
        priority=priority,
        due_from=due_from,
        due_until=due_until,
        near=point_asked(latitude, longitude),
        after=after,
        limit=limit,
    )
    return caller.ask(question, BacklogView)


@operation(
    "POST", "/work_orders", summary="Create a work order", tag=TAG, rules="ACC-09 WOR-01 WOR-02 WOR-12", creates=True
)
def create_work_order(caller: TheCaller, data: JSONBody[CreateWorkOrderBody]) -> Response[WorkOrderView]:
    """
    A job at a customer, open, under the next number. What a template fills in gives way to what is sent.
    """
    return caller.create(data.command(), WorkOrderView, at="work_orders")


@operation("POST", "/work_orders/bulk_edit", summary="Edit several work orders", tag=TAG, rules="ACC-09 WOR-04 WOR-08")
def bulk_edit_work_orders(caller: TheCaller, data: JSONBody[BulkEditWorkOrdersBody]) -> Response[BulkEditView]:
    """
    Technician, due time, type, priority or status of up to 200 work orders, all or nothing. Each refusal names the
    number of its work order; a version that is not the newest refuses all.
    """
    return caller.execute(data.command(), BulkEditView)


@operation("GET", "/work_orders/{id:uuid}", summary="Show a work order", tag=TAG, rules="ACC-09")
def show_work_order(caller: TheCaller, id: FromPath[WorkOrderId]) -> Response[WorkOrderView]:
    """
    One work order.
    """
    return caller.ask(ShowWorkOrder(work_order=id), WorkOrderView)


@operation(
    "PATCH",
    "/work_orders/{id:uuid}",
    summary="Change a work order",
    tag=TAG,
    rules="ACC-09 WOR-01 WOR-04 WOR-12",
    versioned=True,
)
def change_work_order(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[ChangeWorkOrderBody]
) -> Response[WorkOrderView]:
    """
    A complete work order keeps its types and lines, an invoiced one all but its internal note; a cancelled one is
    frozen. An entry that is no longer offered stays where it is, and is not newly chosen.
    """
    return caller.execute(data.command(id), WorkOrderView, version=data.version)


@operation(
    "POST",
    "/work_orders/{id:uuid}/complete",
    summary="Complete a work order",
    tag=TAG,
    rules="ACC-09 WOR-03 WOR-05 WOR-11",
    versioned=True,
)
def complete_work_order(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[CompleteWorkOrderBody]
) -> Response[WorkOrderView]:
    """
    By hand, while no technician is on the way or there. No appointment is linked to it any more from then on; of those
    that are upcoming, `upcoming` says whether they are cancelled or unlinked. Without it, it is refused with the list.
    """
    return caller.execute(data.command(id), WorkOrderView, version=data.version)


@operation(
    "POST",
    "/work_orders/{id:uuid}/cancel",
    summary="Cancel a work order",
    tag=TAG,
    rules="ACC-09 WOR-03 WOR-05 WOR-11",
    versioned=True,
)
def cancel_work_order(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[CancelWorkOrderBody]
) -> Response[WorkOrderView]:
    """
    Freezes it, while no technician is on the way or there. Of upcoming appointments, `upcoming` says whether they are
    cancelled or unlinked. Without it, it is refused with the list.
    """
    return caller.execute(data.command(id), WorkOrderView, version=data.version)


@operation(
    "POST",
    "/work_orders/{id:uuid}/reopen",
    summary="Open a work order again",
    tag=TAG,
    rules="ACC-09 WOR-03 WOR-11",
    versioned=True,
)
def reopen_work_order(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[ReopenWorkOrderBody]
) -> Response[WorkOrderView]:
    """
    A complete or cancelled one, with a reason. Its status is what its appointments make of it.
    """
    return caller.execute(data.command(id), WorkOrderView, version=data.version)


@operation(
    "DELETE",
    "/work_orders/{id:uuid}",
    summary="Delete a work order",
    tag=TAG,
    rules="ACC-09 WOR-05 WOR-09",
    versioned=True,
)
def delete_work_order(
    caller: TheCaller, id: FromPath[WorkOrderId], upcoming: FromQuery[Upcoming | None] = None, version: Version = None
) -> Response[WorkOrderView]:
    """
    Answers the work order as it was, which is not invoiced. Of upcoming appointments, `upcoming` says whether they are
    cancelled or unlinked; the others keep its number.
    """
    command = DeleteWorkOrder(work_order=id, upcoming=upcoming)
    return caller.execute(command, WorkOrderView, version=UNSET if version is None else version)


@operation(
    "POST",
    "/work_orders/{id:uuid}/link",
    summary="Link an appointment to a work order",
    tag=TAG,
    rules="ACC-09 WOR-07",
    versioned=True,
)
def link_appointment(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[LinkAppointmentBody]
) -> Response[AppointmentView]:
    """
    An upcoming tech appointment of the same customer that has no work order yet. Answers the appointment; the version
    is the appointment's, too.
    """
    return caller.execute(data.command(id), AppointmentView, version=data.version)


OPERATIONS = (
    list_work_orders,
    list_backlog,
    create_work_order,
    bulk_edit_work_orders,
    show_work_order,
    change_work_order,
    complete_work_order,
    cancel_work_order,
    reopen_work_order,
    delete_work_order,
    link_appointment,
)
