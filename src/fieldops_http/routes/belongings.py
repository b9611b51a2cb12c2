"""
What belongs to a customer record.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody
from msgspec import UNSET

from fieldops_core.customers.messages import (
    ClearAtRisk,
    CloseTicket,
    ListAtRiskMarks,
    ListContacts,
    ListNotes,
    ListTickets,
    RemoveContact,
    ShowAtRiskMark,
    ShowContact,
    ShowNote,
    ShowTags,
    ShowTicket,
)
from fieldops_core.customers.model import AtRiskMarkId, ContactId, CustomerId, NoteId, TicketId, TicketStatus
from fieldops_core.customers.views import (
    AtRiskMarksView,
    AtRiskMarkView,
    ContactsView,
    ContactView,
    NotesView,
    NoteView,
    TagsView,
    TicketsView,
    TicketView,
)
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import Limit, Version
from fieldops_http.wire.belongings import (
    ChangeContactBody,
    ChangeNoteBody,
    ChangeTicketBody,
    ClearAtRiskBody,
    CloseTicketBody,
    CreateContactBody,
    CreateNoteBody,
    CreateTicketBody,
    MarkAtRiskBody,
    OrderContactsBody,
    ReopenTicketBody,
    SetTagsBody,
)

NOTES, CONTACTS, TAGS, AT_RISK = "notes and tickets", "contacts", "tags", "at risk"


@operation(
    "GET",
    "/customers/{id:uuid}/notes",
    summary="List a customer's notes",
    tag=NOTES,
    rules="CUS-17 CUS-20 ACC-16 API-04",
)
def list_notes(
    caller: TheCaller,
    id: FromPath[CustomerId],
    after: FromQuery[NoteId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[NotesView]:
    """
    Newest first. `count=true`: with how many there are.
    """
    return caller.ask(ListNotes(customer=id, after=after, limit=limit, count=count), NotesView)


@operation(
    "POST",
    "/customers/{id:uuid}/notes",
    summary="Write a note on a customer",
    tag=NOTES,
    rules="CUS-17 CUS-21 CUS-23 ACC-16 ACC-20",
    creates=True,
)
def create_note(caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[CreateNoteBody]) -> Response[NoteView]:
    """
    On a customer or a lead.
    """
    return caller.create(data.command(id), NoteView, at="notes")


@operation("GET", "/notes/{id:uuid}", summary="Show a note", tag=NOTES, rules="CUS-17 ACC-16")
def show_note(caller: TheCaller, id: FromPath[NoteId]) -> Response[NoteView]:
    """
    One note.
    """
    return caller.ask(ShowNote(note=id), NoteView)


@operation(
    "PATCH", "/notes/{id:uuid}", summary="Change a note", tag=NOTES, rules="CUS-23 ACC-16 ACC-20", versioned=True
)
def change_note(caller: TheCaller, id: FromPath[NoteId], data: JSONBody[ChangeNoteBody]) -> Response[NoteView]:
    """
    Another text or type. What it was is in the history.
    """
    return caller.execute(data.command(id), NoteView, version=data.version)


@operation(
    "GET",
    "/customers/{id:uuid}/tickets",
    summary="List a customer's tickets",
    tag=NOTES,
    rules="CUS-17 CUS-20 ACC-16 API-04",
)
def list_tickets(
    caller: TheCaller,
    id: FromPath[CustomerId],
    status: FromQuery[TicketStatus | None] = None,
    after: FromQuery[TicketId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[TicketsView]:
    """
    Newest first. `count=true`: with how many of that status there are.
    """
    question = ListTickets(customer=id, status=status, after=after, limit=limit, count=count)
    return caller.ask(question, TicketsView)


@operation(
    "POST",
    "/customers/{id:uuid}/tickets",
    summary="Open a ticket on a customer",
    tag=NOTES,
    rules="CUS-17 CUS-21 CUS-23 ACC-16 ACC-20",
    creates=True,
)
def create_ticket(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[CreateTicketBody]
) -> Response[TicketView]:
    """
    On a customer or a lead, for an active user.
    """
    return caller.create(data.command(id), TicketView, at="tickets")


@operation("GET", "/tickets/{id:uuid}", summary="Show a ticket", tag=NOTES, rules="CUS-17 ACC-16")
def show_ticket(caller: TheCaller, id: FromPath[TicketId]) -> Response[TicketView]:
    """
    One ticket.
    """
    return caller.ask(ShowTicket(ticket=id), TicketView)


@operation(
    "PATCH", "/tickets/{id:uuid}", summary="Change a ticket", tag=NOTES, rules="CUS-23 ACC-16 ACC-20", versioned=True
)
def change_ticket(caller: TheCaller, id: FromPath[TicketId], data: JSONBody[ChangeTicketBody]) -> Response[TicketView]:
    """
    New values for some fields of an open ticket.
    """
    return caller.execute(data.command(id), TicketView, version=data.version)


@operation(
    "POST", "/tickets/{id:uuid}/close", summary="Close a ticket", tag=NOTES, rules="CUS-23 ACC-16", versioned=True
)
def close_ticket(caller: TheCaller, id: FromPath[TicketId], data: JSONBody[CloseTicketBody]) -> Response[TicketView]:
    """
    It is done. One that is closed already is refused.
    """
    return caller.execute(CloseTicket(ticket=id), TicketView, version=data.version)


@operation(
    "POST",
    "/tickets/{id:uuid}/reopen",
    summary="Open a ticket again",
    tag=NOTES,
    rules="CUS-23 ACC-16",
    versioned=True,
)
def reopen_ticket(caller: TheCaller, id: FromPath[TicketId], data: JSONBody[ReopenTicketBody]) -> Response[TicketView]:
    """
    For its assignee and date, or for others. Its assignee has to be active.
    """
    return caller.execute(data.command(id), TicketView, version=data.version)


@operation(
    "GET", "/customers/{id:uuid}/contacts", summary="List a customer's contacts", tag=CONTACTS, rules="CUS-17 ACC-16"
)
def list_contacts(caller: TheCaller, id: FromPath[CustomerId]) -> Response[ContactsView]:
    """
    All of them, in the order in which they are to be called.
    """
    return caller.ask(ListContacts(customer=id), ContactsView)


@operation(
    "POST",
    "/customers/{id:uuid}/contacts",
    summary="Create a contact of a customer",
    tag=CONTACTS,
    rules="CUS-03 CUS-17 CUS-21 CUS-23 ACC-16",
    creates=True,
)
def create_contact(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[CreateContactBody]
) -> Response[ContactView]:
    """
    The last to be called; a record has at most 50.
    """
    return caller.create(data.command(id), ContactView, at="contacts")


@operation(
    "PUT",
    "/customers/{id:uuid}/contacts/order",
    summary="Order a customer's contacts",
    tag=CONTACTS,
    rules="CUS-23 ACC-16",
)
def order_contacts(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[OrderContactsBody]
) -> Response[ContactsView]:
    """
    All of them, each once, in the order in which they are to be called. Where others have come or gone meanwhile, it is
    refused.
    """
    return caller.execute(data.command(id), ContactsView)


@operation("GET", "/contacts/{id:uuid}", summary="Show a contact", tag=CONTACTS, rules="CUS-17 ACC-16")
def show_contact(caller: TheCaller, id: FromPath[ContactId]) -> Response[ContactView]:
    """
    One contact.
    """
    return caller.ask(ShowContact(contact=id), ContactView)


@operation(
    "PATCH",
    "/contacts/{id:uuid}",
    summary="Change a contact",
    tag=CONTACTS,
    rules="CUS-03 CUS-23 ACC-16",
    versioned=True,
)
def change_contact(
    caller: TheCaller, id: FromPath[ContactId], data: JSONBody[ChangeContactBody]
) -> Response[ContactView]:
    """
    New values for some fields.
    """
    return caller.execute(data.command(id), ContactView, version=data.version)


@operation(
    "DELETE", "/contacts/{id:uuid}", summary="Remove a contact", tag=CONTACTS, rules="CUS-23 ACC-16", versioned=True
)
def remove_contact(caller: TheCaller, id: FromPath[ContactId], version: Version = None) -> Response[ContactView]:
    """
    They are called no more. The answer is what they were; the history keeps it.
    """
    return caller.execute(RemoveContact(contact=id), ContactView, version=UNSET if version is None else version)


@operation("GET", "/customers/{id:uuid}/tags", summary="Show a customer's tags", tag=TAGS, rules="CUS-17 ACC-12")
def show_tags(caller: TheCaller, id: FromPath[CustomerId]) -> Response[TagsView]:
    """
    To who may view the record. Its `version` is of the tags alone.
    """
    return caller.ask(ShowTags(customer=id), TagsView)


@operation(
    "PUT",
    "/customers/{id:uuid}/tags",
    summary="Set a customer's tags",
    tag=TAGS,
    rules="CUS-20 CUS-23 ACC-16 ACC-20",
    versioned=True,
)
def set_tags(caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[SetTagsBody]) -> Response[TagsView]:
    """
    All that it is to have, as one change. A tag that is no longer active can stay, and is not newly given.
    """
    return caller.execute(data.command(id), TagsView, version=data.version)


@operation(
    "GET",
    "/customers/{id:uuid}/at_risk_marks",
    summary="List a customer's at-risk marks",
    tag=AT_RISK,
    rules="CUS-17 CUS-20 ACC-16 API-04",
)
def list_at_risk_marks(
    caller: TheCaller,
    id: FromPath[CustomerId],
    open: FromQuery[bool | None] = None,
    after: FromQuery[AtRiskMarkId | None] = None,
    limit: Limit = 50,
    count: FromQuery[bool] = False,
) -> Response[AtRiskMarksView]:
    """
    Newest first. `open=true`: those that stand. `count=true`: with how many such there are.
    """
    question = ListAtRiskMarks(customer=id, open=open, after=after, limit=limit, count=count)
    return caller.ask(question, AtRiskMarksView)


@operation(
    "POST",
    "/customers/{id:uuid}/at_risk_marks",
    summary="Mark a customer at risk",
    tag=AT_RISK,
    rules="CUS-17 CUS-23 ACC-16",
    creates=True,
)
def mark_at_risk(
    caller: TheCaller, id: FromPath[CustomerId], data: JSONBody[MarkAtRiskBody]
) -> Response[AtRiskMarkView]:
    """
    For one more reason, beside those that stand: each is cleared on its own.
    """
    return caller.create(data.command(id), AtRiskMarkView, at="at_risk_marks")


@operation("GET", "/at_risk_marks/{id:uuid}", summary="Show an at-risk mark", tag=AT_RISK, rules="CUS-17 ACC-16")
def show_at_risk_mark(caller: TheCaller, id: FromPath[AtRiskMarkId]) -> Response[AtRiskMarkView]:
    """
    One mark, whether it stands or was cleared.
    """
    return caller.ask(ShowAtRiskMark(mark=id), AtRiskMarkView)


@operation(
    "POST",
    "/at_risk_marks/{id:uuid}/clear",
    summary="Clear an at-risk mark",
    tag=AT_RISK,
    rules="CUS-23 ACC-16",
    versioned=True,
)
def clear_at_risk(
    caller: TheCaller, id: FromPath[AtRiskMarkId], data: JSONBody[ClearAtRiskBody]
) -> Response[AtRiskMarkView]:
    """
    The reason is gone. One that was cleared already is refused.
    """
    return caller.execute(ClearAtRisk(mark=id), AtRiskMarkView, version=data.version)


OPERATIONS = (
    list_notes,
    create_note,
    show_note,
    change_note,
    list_tickets,
    create_ticket,
    show_ticket,
    change_ticket,
    close_ticket,
    reopen_ticket,
    list_contacts,
    create_contact,
    order_contacts,
    show_contact,
    change_contact,
    remove_contact,
    show_tags,
    set_tags,
    list_at_risk_marks,
    mark_at_risk,
    show_at_risk_mark,
    clear_at_risk,
)
