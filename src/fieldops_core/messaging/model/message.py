"""
Messages.
"""

from datetime import datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import INTERNAL
from fieldops_core.kernel.text import filled, tidy
from fieldops_core.messaging.model.sheets import Sheet
from fieldops_core.scheduling.model import AppointmentId

MessageId = NewType("MessageId", UUID)

SUBJECT_LIMIT, BODY_LIMIT, ERROR_LIMIT = 200, 20_000, 500


class Channel(Enum):
    """
    The way a message takes.
    """

    EMAIL = "email"


class MessageState(Enum):
    """
    How far a message is (NTF-08): it waits to be sent for the first time; it was handed on; it was tried in vain, and
    is tried again; it was tried in vain, and is not tried again unless somebody says so.
    """

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"
    DEAD = "dead"


WAITING = frozenset({MessageState.QUEUED, MessageState.FAILED})


def a_subject(text: str) -> str:
    """
    One line of 1 to 200 characters: it becomes a header.

    Raises:
        InvalidValue: where it is not.
    """
    text = filled(text, field="subject", limit=SUBJECT_LIMIT)
    if len(text.splitlines()) > 1 or not text.isprintable():
        raise InvalidValue("subject.invalid", "A subject is one line of text.", field="subject", rule="CUS-23")
    return text


@frozen(kw_only=True)
class Message:
    """
    A text to one address, about a *customer*. With *sheet* it carries the appointment sheet of *appointment*, as it was
    when the message was made. It was tried *attempts* times; while it waits, it is due at *due_at*; *last_error* says
    why the last try was in vain.

    Raises:
        InvalidValue: where the subject is not one line of 1 to 200 characters, or the body has more than 20,000.
    """

    id: MessageId
    customer: CustomerId
    channel: Channel = Channel.EMAIL
    to: Email
    subject: str = field(converter=a_subject)
    body: str = ""
    appointment: AppointmentId | None = None
    sheet: Sheet | None = field(default=None, metadata=INTERNAL)
    state: MessageState = MessageState.QUEUED
    attempts: int = 0
    last_error: str = ""
    due_at: datetime | None = field(default=None, metadata=INTERNAL)
    sent_at: datetime | None = None
    created_by: UserId | None
    created_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, body=BODY_LIMIT, last_error=ERROR_LIMIT)

    @property
    def waiting(self) -> bool:
        return self.state in WAITING


@frozen(kw_only=True)
class Attachment:
    """
    A file that goes with a letter.
    """

    name: str
    media_type: str
    content: bytes


@frozen(kw_only=True)
class Letter:
    """
    A message as a mailer takes it: *sender* is the name of the company, shown beside the address that the mailer sends
    from. Of two letters with one *id* a reader's mailbox may drop the second (NTF-01).
    """

    id: MessageId
    sender: str
    to: Email
    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()
