"""
Rules of notes and tickets.
"""

from attrs import frozen

from fieldops_core.company.model import CatalogEntry
from fieldops_core.customers.model import Ticket, TicketStatus
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.staff.model import User


@frozen(kw_only=True)
class Choices:
    """
    What is newly chosen for a note or ticket: its *type*, and a ticket's *assignee*. None: that stays as it is.
    """

    type: CatalogEntry | None = None
    assignee: User | None = None


@rule("ACC-20", "note_type.inactive", "The note type {name} is no longer offered.", field="type")
def note_type_is_offered(case: Choices) -> Facts | None:
    """
    New choices are of active entries; what is saved keeps one that was made inactive later.
    """
    return {"name": case.type.name} if case.type and not case.type.active else None


@rule("CUS-23", "ticket.assignee_inactive", "{name} is no longer active.", field="assignee")
def assignee_is_active(case: Choices) -> Facts | None:
    """
    A ticket is given to somebody who is there to do it. One who leaves later keeps what they have until it is given to
    another.
    """
    return {"name": case.assignee.name} if case.assignee and not case.assignee.active else None


@frozen(kw_only=True)
class Turn:
    """
    Another status of a ticket.
    """

    before: TicketStatus
    after: TicketStatus


@rule("CUS-23", "ticket.status_unchanged", "This ticket is {status} already.", field="status")
def ticket_turns(case: Turn) -> Facts | None:
    """
    An open ticket is closed, a closed one opened again.
    """
    return {"status": case.after.value} if case.before is case.after else None


@rule("CUS-23", "ticket.closed", "This ticket is closed. Open it again to change it.")
def changed_ticket_is_open(case: Ticket) -> Facts | None:
    """
    What was closed stays as it was then.
    """
    return None if case.open else {"status": case.status.value}


CHOICES = (note_type_is_offered, assignee_is_active)
TURN = (ticket_turns,)
CHANGE = (changed_ticket_is_open,)
