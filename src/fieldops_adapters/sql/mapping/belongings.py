"""
What belongs to customer records.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import (
    at_risk_marks,
    contacts,
    files,
    notes,
    taggings,
    tickets,
)
from fieldops_core.customers.model import (
    AtRiskMark,
    Contact,
    File,
    FileContent,
    Note,
    Tagging,
    Ticket,
    TicketStatus,
)
from fieldops_core.kernel.contact import Phone


def note_row(note: Note) -> Values:
    return {
        "id": note.id,
        "customer_id": note.customer,
        "type_id": note.type,
        "text": note.text,
        "created_by": note.created_by,
        "created_at": note.created_at,
        "changed_by": note.changed_by,
        "changed_at": note.changed_at,
        "version": note.version,
    }


def note_state(row: Row) -> Note:
    id, customer, type, text, created_by, created_at, changed_by, changed_at, version = row
    return Note(
        id=id,
        customer=customer,
        type=type,
        text=text,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


NOTES = Form(
    kind="note",
    table=notes,
    columns=tuple(column for column in notes.c if column.name != "company_id"),
    row=note_row,
    state=note_state,
)


def ticket_row(ticket: Ticket) -> Values:
    return note_row(ticket) | {
        "assignee_id": ticket.assignee,
        "due": ticket.due,
        "status": ticket.status.value,
        "closed_by": ticket.closed_by,
        "closed_at": ticket.closed_at,
    }


def ticket_state(row: Row) -> Ticket:
    id, customer, type, text, assignee, due, status, closed_by, closed_at, *kept = row
    created_by, created_at, changed_by, changed_at, version = kept
    return Ticket(
        id=id,
        customer=customer,
        type=type,
        text=text,
        assignee=assignee,
        due=due,
        status=TicketStatus(status),
        closed_by=closed_by,
        closed_at=closed_at,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


TICKETS = Form(
    kind="ticket",
    table=tickets,
    columns=tuple(column for column in tickets.c if column.name != "company_id"),
    row=ticket_row,
    state=ticket_state,
)


def contact_row(contact: Contact) -> Values:
    return {
        "id": contact.id,
        "customer_id": contact.customer,
        "name": contact.name,
        "relation": contact.relation,
        "phones": " ".join(phone.number for phone in contact.phones),
        "place": contact.place,
        "created_by": contact.created_by,
        "created_at": contact.created_at,
        "changed_by": contact.changed_by,
        "changed_at": contact.changed_at,
        "version": contact.version,
    }


def contact_state(row: Row) -> Contact:
    id, customer, name, relation, phones, place, created_by, created_at, changed_by, changed_at, version = row
    return Contact(
        id=id,
        customer=customer,
        name=name,
        relation=relation,
        phones=tuple(Phone(number) for number in phones.split()),
        place=place,
        created_by=created_by,
        created_at=created_at,
        changed_by=changed_by,
        changed_at=changed_at,
        version=version,
    )


CONTACTS = Form(
    kind="contact",
    table=contacts,
    columns=tuple(column for column in contacts.c if column.name != "company_id"),
    row=contact_row,
    state=contact_state,
)


def tagging_row(tagging: Tagging) -> Values:
    return {"id": tagging.id, "tags": tagging.tags, "version": tagging.version}


def tagging_state(row: Row) -> Tagging:
    id, tags, version = row
    return Tagging(id=id, tags=tags, version=version)


TAGGINGS = Form(
    kind="tagging",
    table=taggings,
    columns=(taggings.c.id, taggings.c.tags, taggings.c.version),
    row=tagging_row,
    state=tagging_state,
)


def at_risk_mark_row(mark: AtRiskMark) -> Values:
    return {
        "id": mark.id,
        "customer_id": mark.customer,
        "reason": mark.reason,
        "created_by": mark.created_by,
        "created_at": mark.created_at,
        "cleared_by": mark.cleared_by,
        "cleared_at": mark.cleared_at,
        "version": mark.version,
    }


def at_risk_mark_state(row: Row) -> AtRiskMark:
    id, customer, reason, created_by, created_at, cleared_by, cleared_at, version = row
    return AtRiskMark(
        id=id,
        customer=customer,
        reason=reason,
        created_by=created_by,
        created_at=created_at,
        cleared_by=cleared_by,
        cleared_at=cleared_at,
        version=version,
    )


AT_RISK_MARKS = Form(
    kind="at_risk_mark",
    table=at_risk_marks,
    columns=tuple(column for column in at_risk_marks.c if column.name != "company_id"),
    row=at_risk_mark_row,
    state=at_risk_mark_state,
)


def file_row(file: File) -> Values:
    return {
        "id": file.id,
        "customer_id": file.customer,
        "name": file.name,
        "media_type": file.content.media_type,
        "size": file.content.size,
        "digest": file.content.digest,
        "store_key": file.content.key,
        "created_by": file.created_by,
        "created_at": file.created_at,
        "version": file.version,
    }


def file_state(row: Row) -> File:
    id, customer, name, media_type, size, digest, key, created_by, created_at, version = row
    return File(
        id=id,
        customer=customer,
        name=name,
        content=FileContent(media_type=media_type, size=size, digest=digest, key=key),
        created_by=created_by,
        created_at=created_at,
        version=version,
    )


FILES = Form(
    kind="file",
    table=files,
    columns=tuple(column for column in files.c if column.name != "company_id"),
    row=file_row,
    state=file_state,
)
