"""
Notes and tickets.
"""

from datetime import date, datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import Note, Ticket, TicketStatus
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class NoteView:
    """
    A text on a record; it is plain text. Names are those of today, also where somebody has left, or a type is no longer
    offered.
    """

    id: UUID
    customer: UUID
    type: NamedView
    text: str
    created_by: NamedView | None
    created_at: datetime
    changed_by: NamedView | None
    changed_at: datetime
    version: int


@frozen(kw_only=True)
class NotesView:
    """
    One page of a record's notes, newest first; *count* is how many there are, where asked for.
    """

    items: tuple[NoteView, ...]
    next: str | None
    count: int | None = None


@frozen(kw_only=True)
class TicketView:
    """
    A note to be done by somebody until *due*, a local date of the record's location. *overdue*: it is open, and that
    date has passed there.
    """

    id: UUID
    customer: UUID
    type: NamedView
    text: str
    assignee: NamedView
    due: date
    overdue: bool
    status: TicketStatus
    closed_by: NamedView | None
    closed_at: datetime | None
    created_by: NamedView | None
    created_at: datetime
    changed_by: NamedView | None
    changed_at: datetime
    version: int


@frozen(kw_only=True)
class TicketsView:
    """
    One page of a record's tickets, newest first; *count* is how many of that status there are, where asked for.
    """

    items: tuple[TicketView, ...]
    next: str | None
    count: int | None = None


def note_view(note: Note, names: Names) -> NoteView:
    return NoteView(
        id=note.id,
        customer=note.customer,
        type=names.entry(note.type),
        text=note.text,
        created_by=names.user(note.created_by),
        created_at=note.created_at,
        changed_by=names.user(note.changed_by),
        changed_at=note.changed_at,
        version=note.version,
    )


def ticket_view(ticket: Ticket, names: Names, *, today: date) -> TicketView:
    return TicketView(
        id=ticket.id,
        customer=ticket.customer,
        type=names.entry(ticket.type),
        text=ticket.text,
        assignee=names.somebody(ticket.assignee),
        due=ticket.due,
        overdue=ticket.overdue(today),
        status=ticket.status,
        closed_by=names.user(ticket.closed_by),
        closed_at=ticket.closed_at,
        created_by=names.user(ticket.created_by),
        created_at=ticket.created_at,
        changed_by=names.user(ticket.changed_by),
        changed_at=ticket.changed_at,
        version=ticket.version,
    )
