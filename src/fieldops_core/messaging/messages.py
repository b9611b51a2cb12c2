"""
What can be done with sheets and messages, and what happens then.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.events import Event
from fieldops_core.messaging.model import Channel, MessageId, MessageState
from fieldops_core.scheduling.model import AppointmentId, WorkOrderId


@frozen(kw_only=True)
class PreviewSheet:
    """
    The sheet of an appointment of a work order (PDF-01).
    """

    work_order: WorkOrderId
    appointment: AppointmentId


@frozen(kw_only=True)
class SendSheet:
    """
    Mail that sheet, to the appointment's user (*to_user*) and to further addresses, a message for each (PDF-04).
    Without a *subject* or *body* they say what is attached.
    """

    work_order: WorkOrderId
    appointment: AppointmentId
    to_user: bool = False
    to: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""


@frozen(kw_only=True)
class CreateMessage:
    """
    Queue a message to a customer: to the record's own address, unless another one is given.
    """

    customer: CustomerId
    channel: Channel = Channel.EMAIL
    to: str | None = None
    subject: str
    body: str


@frozen(kw_only=True)
class RetryMessage:
    """
    Try a dead message again, from the start.
    """

    message: MessageId


@frozen(kw_only=True)
class FinishSending:
    """
    How a try to send a message ended: in vain where there is an *error*; *refused*: whoever it was handed to does not
    want it, so that another try is no use.
    """

    message: MessageId
    error: str = ""
    refused: bool = False


@frozen(kw_only=True)
class ShowMessage:
    message: MessageId


@frozen(kw_only=True)
class ListMessages:
    """
    Those of a customer, or of all whom the reader may view, newest first, after the one of id *after*, at most *limit*;
    only those of a *state*, where one is given; with *count*, how many of them are in which state.
    """

    customer: CustomerId | None = None
    state: MessageState | None = None
    after: MessageId | None = None
    limit: int = 50
    count: bool = False


class MessageQueued(Event):
    pass


class MessageSent(Event):
    pass


class MessageFailed(Event):
    """
    Tried in vain: it is tried again, or dead.
    """


class MessageRetried(Event):
    pass
