"""
Requests about what belongs to customer records.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import (
    ChangeContact,
    ChangeNote,
    ChangeTicket,
    CreateContact,
    CreateNote,
    CreateTicket,
    MarkAtRisk,
    OrderContacts,
    ReopenTicket,
    SetTags,
)
from fieldops_core.customers.model import ContactId, CustomerId, NoteId, TicketId
from fieldops_core.kernel.ids import UserId
from fieldops_http.wire.values import Body, Change, keep

PhoneList = Annotated[tuple[str, ...], Meta(max_length=100, extra_json_schema={"maxItems": 5})]
"""
The core says how many are sensible, with a sentence.
"""


class CreateNoteBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A plain text of 1 to 20,000 characters; *type* is an entry of the catalog `note_types`.
    """

    type: EntryId
    text: str

    def command(self, customer: CustomerId) -> CreateNote:
        return CreateNote(customer=customer, type=self.type, text=self.text)


class ChangeNoteBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields.
    """

    type: EntryId | UnsetType = msgspec.UNSET
    text: str | UnsetType = msgspec.UNSET

    def command(self, note: NoteId) -> ChangeNote:
        return ChangeNote(note=note, type=keep(self.type), text=keep(self.text))


class CreateTicketBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    As a note, for an active user to do until *due*, a local date of the record's location.
    """

    type: EntryId
    text: str
    assignee: UserId
    due: date

    def command(self, customer: CustomerId) -> CreateTicket:
        return CreateTicket(customer=customer, type=self.type, text=self.text, assignee=self.assignee, due=self.due)


class ChangeTicketBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields.
    """

    type: EntryId | UnsetType = msgspec.UNSET
    text: str | UnsetType = msgspec.UNSET
    assignee: UserId | UnsetType = msgspec.UNSET
    due: date | UnsetType = msgspec.UNSET

    def command(self, ticket: TicketId) -> ChangeTicket:
        return ChangeTicket(
            ticket=ticket,
            type=keep(self.type),
            text=keep(self.text),
            assignee=keep(self.assignee),
            due=keep(self.due),
        )


class CloseTicketBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Nothing but the version.
    """


class ReopenTicketBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Whose it is from now on, and until when, where that is to be another.
    """

    assignee: UserId | UnsetType = msgspec.UNSET
    due: date | UnsetType = msgspec.UNSET

    def command(self, ticket: TicketId) -> ReopenTicket:
        return ReopenTicket(ticket=ticket, assignee=keep(self.assignee), due=keep(self.due))


class CreateContactBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Somebody to call about a record. *phones* are at most 5, read in the country of the record's location where they
    have no `+`.
    """

    name: str
    relation: str = ""
    phones: PhoneList = ()

    def command(self, customer: CustomerId) -> CreateContact:
        return CreateContact(customer=customer, name=self.name, relation=self.relation, phones=self.phones)


class ChangeContactBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields; *phones* replaces the list.
    """

    name: str | UnsetType = msgspec.UNSET
    relation: str | UnsetType = msgspec.UNSET
    phones: PhoneList | UnsetType = msgspec.UNSET

    def command(self, contact: ContactId) -> ChangeContact:
        return ChangeContact(
            contact=contact, name=keep(self.name), relation=keep(self.relation), phones=keep(self.phones)
        )


class OrderContactsBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Every contact of the record, once, in the order in which they are to be called.
    """

    contacts: Annotated[tuple[ContactId, ...], Meta(max_length=1_000)]

    def command(self, customer: CustomerId) -> OrderContacts:
        return OrderContacts(customer=customer, contacts=self.contacts)


class SetTagsBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    All tags that the record is to have, entries of the catalog `tags`, at most 100.
    """

    tags: Annotated[tuple[EntryId, ...], Meta(max_length=1_000, extra_json_schema={"maxItems": 100})]

    def command(self, customer: CustomerId) -> SetTags:
        return SetTags(customer=customer, tags=self.tags)


class MarkAtRiskBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Why the record may be lost, in 1 to 2,000 characters.
    """

    reason: str

    def command(self, customer: CustomerId) -> MarkAtRisk:
        return MarkAtRisk(customer=customer, reason=self.reason)


class ClearAtRiskBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Nothing but the version.
    """
