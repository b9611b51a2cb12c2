"""
Tickets: created, changed, closed, opened again, shown, listed.
"""

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import (
    ChangeTicket,
    CloseTicket,
    CreateTicket,
    ListTickets,
    ReopenTicket,
    ShowTicket,
)
from fieldops_core.customers.model import Customer, Ticket, TicketId, TicketStatus
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import Choices
from fieldops_core.customers.use_cases.belonging import names, owner, page_of, today
from fieldops_core.customers.use_cases.notes import note_choices
from fieldops_core.customers.views import TicketsView, TicketView, ticket_view
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.unset import UNSET, Keep, Unset, given

TICKETS = Permission.TICKETS


def create_ticket(command: CreateTicket, call: Call[Unit]) -> TicketView:
    customer = owner(command.customer, TICKETS, Action.CREATE, call)
    case = _choices(command.type, command.assignee, call)
    outcome = decisions.create_ticket(command, case, call.actor.user, new_id=call.new_id, now=call.now)
    return _views((call.keep(call.unit.tickets, outcome),), customer, call)[0]


def change_ticket(command: ChangeTicket, call: Call[Unit]) -> TicketView:
    ticket, customer = _own(command.ticket, Action.MODIFY, call)
    call.expect(ticket)
    case = _choices(command.type, command.assignee, call, kept=ticket)
    outcome = decisions.change_ticket(command, ticket, case, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.tickets, outcome),), customer, call)[0]


def close_ticket(command: CloseTicket, call: Call[Unit]) -> TicketView:
    ticket, customer = _own(command.ticket, Action.MODIFY, call)
    call.expect(ticket)
    outcome = decisions.close_ticket(command, ticket, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.tickets, outcome),), customer, call)[0]


def reopen_ticket(command: ReopenTicket, call: Call[Unit]) -> TicketView:
    """
    It is given to its assignee anew: one who has left meanwhile does not get it.
    """
    ticket, customer = _own(command.ticket, Action.MODIFY, call)
    call.expect(ticket)
    case = _choices(UNSET, given(command.assignee, ticket.assignee), call)
    outcome = decisions.reopen_ticket(command, ticket, case, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.tickets, outcome),), customer, call)[0]


def show_ticket(question: ShowTicket, call: Call[Unit]) -> TicketView:
    ticket, customer = _own(question.ticket, Action.VIEW, call)
    return _views((ticket,), customer, call)[0]


def list_tickets(question: ListTickets, call: Call[Unit]) -> TicketsView:
    customer = owner(question.customer, TICKETS, Action.VIEW, call)
    open = None if question.status is None else question.status is TicketStatus.OPEN
    page, next, count = page_of(call.unit.tickets, question, open=open)
    return TicketsView(items=_views(page, customer, call), next=next, count=count)


def _own(id: TicketId, action: Action, call: Call[Unit]) -> tuple[Ticket, Customer]:
    ticket = call.unit.tickets.get(id)
    return ticket, owner(ticket.customer, TICKETS, action, call)


def _choices(type: EntryId | Keep, assignee: UserId | Keep, call: Call[Unit], *, kept: Ticket | None = None) -> Choices:
    case = note_choices(type, call, kept=kept.type if kept else None)
    if isinstance(assignee, Unset) or (kept and assignee == kept.assignee):
        return case
    return evolve(case, assignee=call.unit.users.get(assignee, lock=Lock.SHARED))


def _views(tickets: tuple[Ticket, ...], customer: Customer, call: Call[Unit]) -> tuple[TicketView, ...]:
    users = (id for each in tickets for id in (each.assignee, each.created_by, each.changed_by, each.closed_by))
    called, day = names(users, call, catalog=Catalog.NOTE_TYPES), today(customer, call)
    return tuple(ticket_view(ticket, called, today=day) for ticket in tickets)
