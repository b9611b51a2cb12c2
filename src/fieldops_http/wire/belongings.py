"""
Requests about what belongs to customer records.
"""

from datetime import date

import msgspec
from msgspec import UnsetType

from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import ChangeNote, ChangeTicket, CreateNote, CreateTicket, ReopenTicket
from fieldops_core.customers.model import CustomerId, NoteId, TicketId
from fieldops_core.kernel.ids import UserId
from fieldops_http.wire.values import Body, Change, keep


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
