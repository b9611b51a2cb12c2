"""
Appointment sheets and messages.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.app.mailing import PDF
from fieldops_core.customers.model import CustomerId
from fieldops_core.messaging.messages import ListMessages, PreviewSheet, ShowMessage
from fieldops_core.messaging.model import MessageId
from fieldops_core.messaging.views import MessagesView, MessageView, SentView
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit, StateAsked
from fieldops_http.wire.messaging import CreateMessageBody, RetryMessageBody, SendSheetBody, printed

SHEETS, MESSAGES = "appointment sheet", "messages"


@operation(
    "GET",
    "/work_orders/{id:uuid}/appointment_sheet/{appointment:uuid}",
    summary="Preview an appointment sheet",
    tag=SHEETS,
    rules="PDF-01 PDF-02 PDF-03 ACC-11",
    outside=True,
    downloads=True,
    media=PDF,
)
def show_appointment_sheet(
    caller: TheCaller, id: FromPath[WorkOrderId], appointment: FromPath[AppointmentId]
) -> Response[bytes]:
    """
    The PDF that a technician takes to the site, and that sending it now would attach.
    """
    question = PreviewSheet(work_order=id, appointment=appointment)
    return printed(caller.fieldops.print_sheet(question, caller.context))


@operation(
    "POST",
    "/work_orders/{id:uuid}/send",
    summary="Send an appointment sheet",
    tag=SHEETS,
    rules="PDF-04 ACC-11 NTF-01",
)
def send_appointment_sheet(
    caller: TheCaller, id: FromPath[WorkOrderId], data: JSONBody[SendSheetBody]
) -> Response[SentView]:
    """
    By email, as it is now: to the appointment's user, to further addresses, or both, a message for each.
    """
    return caller.execute(data.command(id), SentView)


@operation(
    "GET",
    "/customers/{id:uuid}/messages",
    summary="List a customer's messages",
    tag=MESSAGES,
    rules="CUS-17 CUS-20 ACC-11 NTF-08 API-04",
)
def list_customer_messages(
    caller: TheCaller,
    id: FromPath[CustomerId],
    how_far: StateAsked = None,
    after: FromQuery[MessageId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[MessagesView]:
    """
    Newest first. `count=true`: with how many are in which state, whatever `state` is asked for.
    """
    question = ListMessages(customer=id, state=how_far, after=after, limit=limit, count=count)
    return caller.ask(question, MessagesView)


@operation(
    "POST",
    "/customers/{id:uuid}/messages",
    summary="Send a message to a customer",
    tag=MESSAGES,
    rules="CUS-17 CUS-21 CUS-23 ACC-11 NTF-01",
    creates=True,
)
def create_message(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[CreateMessageBody]
) -> Response[MessageView]:
    """
    It is queued, and sent within seconds where the server has a way to send.
    """
    return caller.create(data.command(id), MessageView, at="messages")


@operation("GET", "/messages", summary="List messages", tag=MESSAGES, rules="ACC-11 ACC-18 NTF-08 API-04")
def list_messages(
    caller: TheCaller,
    how_far: StateAsked = None,
    after: FromQuery[MessageId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[MessagesView]:
    """
    Newest first, those about records that the reader may view. `count=true`: with how many are in which state, whatever
    `state` is asked for.
    """
    return caller.ask(ListMessages(state=how_far, after=after, limit=limit, count=count), MessagesView)


@operation("GET", "/messages/{id:uuid}", summary="Show a message", tag=MESSAGES, rules="CUS-17 ACC-11 NTF-08")
def show_message(caller: TheCaller, id: FromPath[MessageId]) -> Response[MessageView]:
    """
    What it says, how far it is, and why it got no further.
    """
    return caller.ask(ShowMessage(message=id), MessageView)


@operation(
    "POST",
    "/messages/{id:uuid}/retry",
    summary="Try a dead message again",
    tag=MESSAGES,
    rules="ACC-11 NTF-08",
    versioned=True,
)
def retry_message(
    caller: TheCaller, id: FromPath[MessageId], data: JSONBody[RetryMessageBody]
) -> Response[MessageView]:
    """
    From the start, with as many tries as a new one.
    """
    return caller.execute(data.command(id), MessageView, version=data.version)


OPERATIONS = (
    show_appointment_sheet,
    send_appointment_sheet,
    list_customer_messages,
    create_message,
    list_messages,
    show_message,
    retry_message,
)
