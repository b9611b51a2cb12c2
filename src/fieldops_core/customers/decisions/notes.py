"""
What changes of notes and tickets come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import (
    ChangeNote,
    ChangeTicket,
    CloseTicket,
    CreateNote,
    CreateTicket,
    NoteChanged,
    NoteCreated,
    ReopenTicket,
    TicketChanged,
    TicketClosed,
    TicketCreated,
    TicketReopened,
)
from fieldops_core.customers.model import Note, NoteId, Ticket, TicketId, TicketStatus
from fieldops_core.customers.rules import CHANGE, CHOICES, TURN, Choices, Turn
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.records import replaced, told
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.kernel.time import valid_date
from fieldops_core.kernel.unset import given


def create_note(
    command: CreateNote, case: Choices, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Note]:
    """
    Raises:
        Refused: where its type is no longer offered (ACC-20).
    """
    require(CHOICES, case)
    note = Note(
        id=NoteId(new_id()),
        customer=command.customer,
        type=command.type,
        text=command.text,
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )
    return Outcome(state=note, events=(NoteCreated.of(None, note, at=now),))


def change_note(command: ChangeNote, note: Note, case: Choices, by: UserId | None, *, now: datetime) -> Outcome[Note]:
    """
    Raises:
        Refused: as :func:`create_note`, of another type.
    """
    require(CHOICES, case)
    changes = told(command, apart_from=frozenset({"note"}))
    changed = replaced(note, {**changes, "changed_by": by, "changed_at": now, "version": note.version + 1})
    return Outcome(before=note, state=changed, events=(NoteChanged.of(note, changed, at=now),))


def create_ticket(
    command: CreateTicket, case: Choices, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Ticket]:
    """
    Raises:
        Refused: where its type is no longer offered (ACC-20), or its assignee not active (CUS-23).
    """
    require(CHOICES, case)
    ticket = Ticket(
        id=TicketId(NoteId(new_id())),
        customer=command.customer,
        type=command.type,
        text=command.text,
        assignee=command.assignee,
        due=valid_date(command.due, field="due"),
        created_by=by,
        created_at=now,
        changed_by=by,
        changed_at=now,
    )
    return Outcome(state=ticket, events=(TicketCreated.of(None, ticket, at=now),))


def change_ticket(
    command: ChangeTicket, ticket: Ticket, case: Choices, by: UserId | None, *, now: datetime
) -> Outcome[Ticket]:
    """
    Raises:
        Refused: where it is closed; and as :func:`create_ticket`, of what is chosen anew.
    """
    refuse((*violations(CHANGE, ticket), *violations(CHOICES, case)))
    valid_date(given(command.due, ticket.due), field="due")
    changes = told(command, apart_from=frozenset({"ticket"}))
    changed = replaced(ticket, {**changes, "changed_by": by, "changed_at": now, "version": ticket.version + 1})
    return Outcome(before=ticket, state=changed, events=(TicketChanged.of(ticket, changed, at=now),))


def close_ticket(_: CloseTicket, ticket: Ticket, by: UserId | None, *, now: datetime) -> Outcome[Ticket]:
    """
    Raises:
        Refused: where it is closed already.
    """
    require(TURN, Turn(before=ticket.status, after=TicketStatus.CLOSED))
    closed = evolve(
        ticket,
        status=TicketStatus.CLOSED,
        closed_by=by,
        closed_at=now,
        changed_by=by,
        changed_at=now,
        version=ticket.version + 1,
    )
    return Outcome(before=ticket, state=closed, events=(TicketClosed.of(ticket, closed, at=now),))


def reopen_ticket(
    command: ReopenTicket, ticket: Ticket, case: Choices, by: UserId | None, *, now: datetime
) -> Outcome[Ticket]:
    """
    Raises:
        Refused: where it is open already, or whose it is to be is not active.
    """
    turn = Turn(before=ticket.status, after=TicketStatus.OPEN)
    refuse((*violations(TURN, turn), *violations(CHOICES, case)))
    opened = evolve(
        ticket,
        status=TicketStatus.OPEN,
        assignee=given(command.assignee, ticket.assignee),
        due=valid_date(given(command.due, ticket.due), field="due"),
        closed_by=None,
        closed_at=None,
        changed_by=by,
        changed_at=now,
        version=ticket.version + 1,
    )
    return Outcome(before=ticket, state=opened, events=(TicketReopened.of(ticket, opened, at=now),))
