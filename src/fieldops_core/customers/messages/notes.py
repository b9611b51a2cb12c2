"""
Notes and tickets.
"""

from datetime import date

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import CustomerId, NoteId, TicketId, TicketStatus
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class CreateNote:
    customer: CustomerId
    type: EntryId
    text: str


@frozen(kw_only=True)
class ChangeNote:
    note: NoteId
    type: EntryId | Keep = UNSET
    text: str | Keep = UNSET


@frozen(kw_only=True)
class ShowNote:
    note: NoteId


@frozen(kw_only=True)
class ListNotes:
    """
    Those of a record, newest first, after the one of id *after*, at most *limit*; with *count*, how many there are.
    """

    customer: CustomerId
    after: NoteId | None = None
    limit: int = 50
    count: bool = False


@frozen(kw_only=True)
class CreateTicket:
    """
    *due* is a local date of the record's location; it may have passed.
    """

    customer: CustomerId
    type: EntryId
    text: str
    assignee: UserId
    due: date


@frozen(kw_only=True)
class ChangeTicket:
    """
    New values for some fields of an open ticket.
    """

    ticket: TicketId
    type: EntryId | Keep = UNSET
    text: str | Keep = UNSET
    assignee: UserId | Keep = UNSET
    due: date | Keep = UNSET


@frozen(kw_only=True)
class CloseTicket:
    ticket: TicketId


@frozen(kw_only=True)
class ReopenTicket:
    """
    A closed ticket is open again: for its assignee and date, or others.
    """

    ticket: TicketId
    assignee: UserId | Keep = UNSET
    due: date | Keep = UNSET


@frozen(kw_only=True)
class ShowTicket:
    ticket: TicketId


@frozen(kw_only=True)
class ListTickets:
    """
    Those of a record, newest first, as :class:`ListNotes`; *status*: only such.
    """

    customer: CustomerId
    status: TicketStatus | None = None
    after: TicketId | None = None
    limit: int = 50
    count: bool = False


class NoteCreated(Event):
    pass


class NoteChanged(Event):
    pass


class TicketCreated(Event):
    pass


class TicketChanged(Event):
    pass


class TicketClosed(Event):
    pass


class TicketReopened(Event):
    pass
