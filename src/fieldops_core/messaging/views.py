"""
What questions and commands about messages answer.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.views import NamedView, Names
from fieldops_core.messaging.model import Channel, Message, MessageState


@frozen(kw_only=True)
class MessageView:
    """
    A message. *attachment*: the name of the file that goes with it, if one does. *attempts*: how often it was tried;
    *last_error*: why the last try was in vain, empty where it was not.
    """

    id: UUID
    customer: UUID
    channel: Channel
    to: str
    subject: str
    body: str
    appointment: UUID | None
    attachment: str | None
    state: MessageState
    attempts: int
    last_error: str
    sent_at: datetime | None
    created_by: NamedView | None
    created_at: datetime
    version: int


@frozen(kw_only=True)
class MessageCounts:
    """
    How many messages are how far.
    """

    queued: int = 0
    sent: int = 0
    failed: int = 0
    dead: int = 0


@frozen(kw_only=True)
class MessagesView:
    """
    One page of messages, newest first; *counts* of all of them by state, where asked for.
    """

    items: tuple[MessageView, ...]
    next: str | None
    counts: MessageCounts | None = None


@frozen(kw_only=True)
class SentView:
    """
    The messages that a sheet was sent with, one for each address. They are queued; a worker hands them on.
    """

    messages: tuple[MessageView, ...]


def message_view(message: Message, names: Names) -> MessageView:
    return MessageView(
        id=message.id,
        customer=message.customer,
        channel=message.channel,
        to=message.to.address,
        subject=message.subject,
        body=message.body,
        appointment=message.appointment,
        attachment=message.sheet.name if message.sheet else None,
        state=message.state,
        attempts=message.attempts,
        last_error=message.last_error,
        sent_at=message.sent_at,
        created_by=names.user(message.created_by),
        created_at=message.created_at,
        version=message.version,
    )
