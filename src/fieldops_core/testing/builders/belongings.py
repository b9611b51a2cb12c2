"""
What belongs to a customer.
"""

from datetime import date
from hashlib import sha256
from typing import Unpack

from attrs import evolve

from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import (
    AtRiskMark,
    AtRiskMarkId,
    Connection,
    ConnectionId,
    ConnectionKind,
    Contact,
    ContactId,
    CreditCheck,
    CreditCheckId,
    CreditReport,
    CustomerId,
    File,
    FileContent,
    FileId,
    Fulfilment,
    FulfilmentId,
    Note,
    NoteId,
    Ticket,
    TicketId,
)
from fieldops_core.kernel.contact import Email, Phone
from fieldops_core.kernel.ids import UserId
from fieldops_core.messaging.model import Message, MessageId
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import DAY, fresh
from fieldops_core.testing.clock import NOW


def a_note(**given: Unpack[fields.NoteFields]) -> Note:
    note = Note(
        id=NoteId(fresh()),
        customer=CustomerId(fresh()),
        type=EntryId(fresh()),
        text="The key is with the neighbour.",
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(note, **given)


def a_ticket(**given: Unpack[fields.TicketFields]) -> Ticket:
    """
    An open one, due on :data:`DAY`.
    """
    ticket = Ticket(
        id=TicketId(NoteId(fresh())),
        customer=CustomerId(fresh()),
        type=EntryId(fresh()),
        text="Call back about the panel.",
        assignee=UserId(fresh()),
        due=DAY,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(ticket, **given)


def a_contact(**given: Unpack[fields.ContactFields]) -> Contact:
    contact = Contact(
        id=ContactId(fresh()),
        customer=CustomerId(fresh()),
        name="Nora Nielsen",
        relation="neighbour",
        phones=(Phone("+18015550199"),),
        place=1,
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(contact, **given)


def an_at_risk_mark(**given: Unpack[fields.AtRiskMarkFields]) -> AtRiskMark:
    """
    One that stands.
    """
    mark = AtRiskMark(
        id=AtRiskMarkId(fresh()), customer=CustomerId(fresh()), reason="Moves away", created_by=None, created_at=NOW
    )
    return evolve(mark, **given)


def a_connection(**given: Unpack[fields.ConnectionFields]) -> Connection:
    """
    To a central station, linked by hand.
    """
    connection = Connection(
        id=ConnectionId(fresh()),
        customer=CustomerId(fresh()),
        kind=ConnectionKind.MONITORING,
        provider=EntryId(fresh()),
        account_number="0417",
        linked_by=None,
        linked_at=NOW,
    )
    return evolve(connection, **given)


def a_credit_check(**given: Unpack[fields.CreditCheckFields]) -> CreditCheck:
    """
    One that was not applied.
    """
    check = CreditCheck(
        id=CreditCheckId(fresh()),
        customer=CustomerId(fresh()),
        bureau="sandbox",
        report=CreditReport(score=712, tracking_number="T-1", sandbox=True),
        run_by=None,
        run_at=NOW,
    )
    return evolve(check, **given)


def a_fulfilment(**given: Unpack[fields.FulfilmentFields]) -> Fulfilment:
    """
    Of a year ago, for a year.
    """
    fulfilment = Fulfilment(
        id=FulfilmentId(fresh()),
        customer=CustomerId(fresh()),
        regulation=EntryId(fresh()),
        number="P-17",
        fulfilled_on=date(2025, 5, 1),
        expires_on=date(2026, 4, 30),
        created_by=None,
        created_at=NOW,
        changed_by=None,
        changed_at=NOW,
    )
    return evolve(fulfilment, **given)


def a_file(**given: Unpack[fields.FileFields]) -> File:
    """
    One whose bytes are kept nowhere.
    """
    id = FileId(fresh())
    content = FileContent(media_type="application/pdf", size=9, digest=sha256(id.bytes).hexdigest(), key=id.hex)
    file = File(
        id=id,
        customer=CustomerId(fresh()),
        name="Contract.pdf",
        content=content,
        created_by=None,
        created_at=NOW,
    )
    return evolve(file, **given)


def a_message(**given: Unpack[fields.MessageFields]) -> Message:
    """
    A queued one, due at :data:`NOW`.
    """
    message = Message(
        id=MessageId(fresh()),
        customer=CustomerId(fresh()),
        to=Email("maria@example.com"),
        subject="Your visit",
        body="We will be there at nine.",
        due_at=NOW,
        created_by=None,
        created_at=NOW,
    )
    return evolve(message, **given)
