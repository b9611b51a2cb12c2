"""
The fields of what belongs to a customer.
"""

from datetime import date, datetime
from typing import TypedDict

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import (
    AtRiskMarkId,
    ConnectionId,
    ConnectionKind,
    ContactId,
    CreditCheckId,
    CreditReport,
    CustomerId,
    FileContent,
    FileId,
    FulfilmentId,
    NoteId,
    TicketId,
    TicketStatus,
)
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.ids import UserId
from fieldops_core.messaging.model import Channel, MessageId, MessageState, Sheet
from fieldops_core.scheduling.model import AppointmentId


class NoteFields(TypedDict, total=False):
    id: NoteId
    customer: CustomerId
    type: EntryId
    text: str
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class TicketFields(TypedDict, total=False):
    id: TicketId
    customer: CustomerId
    type: EntryId
    text: str
    assignee: UserId
    due: date
    status: TicketStatus
    closed_by: UserId | None
    closed_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class ContactFields(TypedDict, total=False):
    id: ContactId
    customer: CustomerId
    name: str
    relation: str
    phones: tuple[Phone, ...]
    place: int
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class AtRiskMarkFields(TypedDict, total=False):
    id: AtRiskMarkId
    customer: CustomerId
    reason: str
    created_by: UserId | None
    created_at: datetime
    cleared_by: UserId | None
    cleared_at: datetime | None
    version: int


class ConnectionFields(TypedDict, total=False):
    id: ConnectionId
    customer: CustomerId
    kind: ConnectionKind
    provider: EntryId
    account_number: str
    reference: str
    by_hand: bool
    linked_by: UserId | None
    linked_at: datetime
    unlinked_by: UserId | None
    unlinked_at: datetime | None
    version: int


class CreditCheckFields(TypedDict, total=False):
    id: CreditCheckId
    customer: CustomerId
    bureau: str
    report: CreditReport
    run_by: UserId | None
    run_at: datetime
    active: bool
    applied_by: UserId | None
    applied_at: datetime | None
    version: int


class FulfilmentFields(TypedDict, total=False):
    id: FulfilmentId
    customer: CustomerId
    regulation: EntryId
    number: str
    fulfilled_on: date
    expires_on: date | None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int


class MessageFields(TypedDict, total=False):
    id: MessageId
    customer: CustomerId
    channel: Channel
    to: Email
    subject: str
    body: str
    appointment: AppointmentId | None
    sheet: Sheet | None
    state: MessageState
    attempts: int
    last_error: str
    due_at: datetime | None
    sent_at: datetime | None
    created_by: UserId | None
    created_at: datetime
    version: int


class FileFields(TypedDict, total=False):
    id: FileId
    customer: CustomerId
    name: str
    content: FileContent
    created_by: UserId | None
    created_at: datetime
    version: int
