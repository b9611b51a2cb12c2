"""
What several subdomains answer together.
"""

from litestar import Response
from litestar.params import FromPath

from fieldops_core.customers.model import CustomerId
from fieldops_core.overview.messages import (
    PreviewDuplicate,
    ShowAppointmentActions,
    ShowCustomerActions,
    ShowHeader,
    ShowHistory,
    ShowWorkOrderActions,
)
from fieldops_core.overview.views import ActionsView, HeaderView, HistoryView, UnsavedRecord
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import After, Limit

TAG = "overview"


@operation(
    "GET",
    "/appointments/{id:uuid}/actions",
    summary="List what you may do with an appointment",
    tag=TAG,
    rules="ACC-17 ACC-07 APT-07 APT-10",
)
def show_appointment_actions(caller: TheCaller, id: FromPath[AppointmentId]) -> Response[ActionsView]:
    """
    Each action by the name of its operation: whether it is open to you now, and, where it is not, the rule and the
    sentence. What depends on a time or user that is still to be chosen is not asked here.
    """
    return caller.ask(ShowAppointmentActions(appointment=id), ActionsView)


@operation(
    "GET",
    "/customers/{id:uuid}/actions",
    summary="List what you may do with a record",
    tag=TAG,
    rules="ACC-17 CUS-10 CUS-21",
)
def show_customer_actions(caller: TheCaller, id: FromPath[CustomerId]) -> Response[ActionsView]:
    """
    What can be changed of the record and created on it, each by the name of its operation, and, where it is not open to
    you now, the rule and the sentence.
    """
    return caller.ask(ShowCustomerActions(customer=id), ActionsView)


@operation(
    "GET",
    "/work_orders/{id:uuid}/actions",
    summary="List what you may do with a work order",
    tag=TAG,
    rules="ACC-17 WOR-03 WOR-04",
)
def show_work_order_actions(caller: TheCaller, id: FromPath[WorkOrderId]) -> Response[ActionsView]:
    """
    Each action by the name of its operation: whether it is open to you now, and, where it is not, the rule and the
    sentence.
    """
    return caller.ask(ShowWorkOrderActions(work_order=id), ActionsView)


@operation(
    "GET",
    "/customers/{id:uuid}/history",
    summary="Show a record's history",
    tag=TAG,
    rules="CUS-16 ACC-13 ACC-14 ACC-26",
)
def show_history(
    caller: TheCaller, id: FromPath[CustomerId], after: After = None, limit: Limit = 50
) -> Response[HistoryView]:
    """
    Every change ever made to the record and to what belongs to it, newest first: who, when, from where, and each field
    with its old and new value, `***` where you may not see it.
    """
    return caller.ask(ShowHistory(customer=id, after=after, limit=limit), HistoryView)


@operation(
    "GET",
    "/customers/{id:uuid}/header",
    summary="Show a record's header",
    tag=TAG,
    rules="CUS-09 CUS-10 CUS-20 ACC-13 ACC-16 FAM-05 FAM-07",
)
def show_header(caller: TheCaller, id: FromPath[CustomerId]) -> Response[HeaderView]:
    """
    What stays in sight of a record: who it is, how it stands, its family, the tabs that you may see with how much there
    is, and the quick actions that are open to you now.
    """
    return caller.ask(ShowHeader(customer=id), HeaderView)


@operation(
    "POST", "/customers/{id:uuid}/duplicate", summary="Begin a record like this one", tag=TAG, rules="CUS-21 CUS-10"
)
def duplicate_customer(caller: TheCaller, id: FromPath[CustomerId]) -> Response[UnsavedRecord]:
    """
    The body of a new record: this one's personal section, without what is confidential, of a credit check, or this
    record's alone. Nothing is saved until it is sent to `POST /customers`, changed as you like.
    """
    return caller.ask(PreviewDuplicate(customer=id), UnsavedRecord)


OPERATIONS = (
    show_header,
    show_history,
    duplicate_customer,
    show_appointment_actions,
    show_customer_actions,
    show_work_order_actions,
)
