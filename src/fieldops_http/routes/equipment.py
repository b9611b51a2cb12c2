"""
Customer equipment, the work that is done with it, and what technicians carry.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_core.work_orders.messages import (
    ListEquipment,
    ListStock,
    ShowChecklist,
    ShowEquipment,
    ShowWorkToPerform,
)
from fieldops_core.work_orders.model import EquipmentId
from fieldops_core.work_orders.views import (
    ChecklistView,
    EquipmentListView,
    EquipmentView,
    StockView,
    WorkTableView,
)
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit
from fieldops_http.wire.equipment import (
    ChangeEquipmentBody,
    CreateEquipmentBody,
    SetWorkToPerformBody,
    TickWorkBody,
    ToggleWorkBody,
)

TAG, WORK, FIELD = "equipment", "work orders", "field work"


@operation(
    "GET",
    "/customers/{id:uuid}/equipment",
    summary="List a customer's equipment",
    tag=TAG,
    rules="CUS-20 ACC-16 API-04",
)
def list_equipment(
    caller: TheCaller,
    id: FromPath[CustomerId],
    active: FromQuery[bool | None] = None,
    after: FromQuery[EquipmentId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[EquipmentListView]:
    """
    Newest first. `active=true`: only what is there; `count=true`: with how many such pieces there are.
    """
    question = ListEquipment(customer=id, active=active, after=after, limit=limit, count=count)
    return caller.ask(question, EquipmentListView)


@operation(
    "POST",
    "/customers/{id:uuid}/equipment",
    summary="Record a piece of equipment",
    tag=TAG,
    rules="CUS-20 CUS-21 EQP-05 EQP-06 ACC-16 ACC-20",
    creates=True,
)
def create_equipment(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[CreateEquipmentBody]
) -> Response[EquipmentView]:
    """
    At a customer or a lead.
    """
    return caller.create(data.command(id), EquipmentView, at="equipment")


@operation("GET", "/equipment/{id:uuid}", summary="Show a piece of equipment", tag=TAG, rules="EQP-01 ACC-16")
def show_equipment(caller: TheCaller, id: FromPath[EquipmentId]) -> Response[EquipmentView]:
    """
    One piece, and what may be done with it.
    """
    return caller.ask(ShowEquipment(equipment=id), EquipmentView)


@operation(
    "PATCH",
    "/equipment/{id:uuid}",
    summary="Change a piece of equipment",
    tag=TAG,
    rules="EQP-01 EQP-05 EQP-06 ACC-16 ACC-20",
    versioned=True,
)
def change_equipment(
    caller: TheCaller, id: FromPath[EquipmentId], data: JSONBody[ChangeEquipmentBody]
) -> Response[EquipmentView]:
    """
    By hand. Nothing is deleted: what is gone is made inactive.
    """
    return caller.execute(data.command(id), EquipmentView, version=data.version)


@operation(
    "GET",
    "/work_orders/{id:uuid}/work_to_perform",
    summary="Show the work to perform",
    tag=WORK,
    rules="EQP-01 EQP-02 EQP-03 EQP-04 ACC-09",
)
def show_work_to_perform(caller: TheCaller, id: FromPath[WorkOrderId]) -> Response[WorkTableView]:
    """
    A row for each active piece of the customer's equipment, and for what was chosen before it became inactive.
    """
    return caller.ask(ShowWorkToPerform(work_order=id), WorkTableView)


@operation(
    "PUT",
    "/work_orders/{id:uuid}/work_to_perform",
    summary="Choose the work to perform",
    tag=WORK,
    rules="EQP-01 EQP-02 EQP-04 WOR-04 ACC-09",
    versioned=True,
)
def set_work_to_perform(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[SetWorkToPerformBody]
) -> Response[WorkTableView]:
    """
    A change of the work order, and its version. What was saved stays valid when the equipment changes afterwards.
    """
    return caller.execute(data.command(id), WorkTableView, version=data.version)


@operation(
    "POST",
    "/work_orders/{id:uuid}/toggle",
    summary="Set a box of the work to perform",
    tag=WORK,
    rules="EQP-01 EQP-02 EQP-03 EQP-04 ACC-09",
)
def toggle_work(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[ToggleWorkBody]
) -> Response[WorkTableView]:
    """
    Answers the table as it would be, and saves nothing.
    """
    return caller.ask(data.question(id), WorkTableView)


@operation(
    "GET", "/appointments/{id:uuid}/checklist", summary="Show a checklist", tag=FIELD, rules="EQP-07 FLD-02 ACC-07"
)
def show_checklist(caller: TheCaller, id: FromPath[AppointmentId]) -> Response[ChecklistView]:
    """
    The actions of the appointment's work order, for whom its Work screen is open to.
    """
    return caller.ask(ShowChecklist(appointment=id), ChecklistView)


@operation(
    "POST",
    "/appointments/{id:uuid}/checklist",
    summary="Tick off an action",
    tag=FIELD,
    rules="EQP-05 EQP-06 EQP-07 PUR-03 WOR-04 ACC-07 ACC-09",
)
def tick_work(caller: TheCaller, id: FromPath[AppointmentId], data: JSONBody[TickWorkBody]) -> Response[ChecklistView]:
    """
    Of the assignee, or of who may edit the work order. `install` that is done puts the piece in place, and takes one
    from the assignee's stock; `remove` makes it inactive. A unit that was to be replaced is followed by another.
    """
    return caller.execute(data.command(id), ChecklistView)


@operation("GET", "/users/{id:uuid}/stock", summary="List a technician's stock", tag=TAG, rules="PUR-03 ACC-11")
def list_stock(caller: TheCaller, id: FromPath[UserId]) -> Response[StockView]:
    """
    By the names of the items. One's own, or with the permission for purchase orders.
    """
    return caller.ask(ListStock(technician=id), StockView)


OPERATIONS = (
    list_equipment,
    create_equipment,
    show_equipment,
    change_equipment,
    show_work_to_perform,
    set_work_to_perform,
    toggle_work,
    show_checklist,
    tick_work,
    list_stock,
)
