"""
What belongs to the bakery of the example company.
"""

from datetime import date
from uuid import UUID

from attrs import evolve

from fieldops_core.app.ports import Unit
from fieldops_core.company.model import EntryId
from fieldops_core.customers.calculations import described
from fieldops_core.customers.model import (
    AtRiskMarkId,
    ConnectionId,
    ConnectionKind,
    ContactId,
    CreditCheckId,
    CreditReport,
    CustomerId,
    FileId,
    FulfilmentId,
    NoteId,
    TicketId,
    TicketStatus,
)
from fieldops_core.customers.ports import Files
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.messaging.model import MessageId, MessageState
from fieldops_core.testing.builders import (
    a_connection,
    a_contact,
    a_credit_check,
    a_file,
    a_fulfilment,
    a_message,
    a_note,
    a_ticket,
    an_at_risk_mark,
)
from fieldops_core.testing.clock import NOW
from fieldops_http import examples

FLOOR_PLAN = b"\x89PNG\r\n\x1a\n ..."
BAKERY, DAN = CustomerId(examples.BAKERY), UserId(examples.DAN)


def keep_belongings(unit: Unit) -> None:
    unit.notes.add(
        a_note(
            id=NoteId(examples.NOTE),
            customer=BAKERY,
            type=EntryId(examples.BILLING_QUESTION),
            text="Deliveries come before 07:00.",
            created_by=DAN,
            changed_by=DAN,
        )
    )
    ticket = a_ticket(
        id=_ticket(examples.TICKET),
        customer=BAKERY,
        type=EntryId(examples.CALL_BACK),
        assignee=UserId(examples.SAL),
        due=date(2026, 5, 29),
        created_by=DAN,
        changed_by=DAN,
    )
    unit.tickets.add(ticket)
    unit.tickets.add(
        evolve(
            ticket,
            id=_ticket(examples.CLOSED_TICKET),
            status=TicketStatus.CLOSED,
            closed_by=DAN,
            closed_at=NOW,
        )
    )
    for place, (id, name) in enumerate(((examples.BAKER, "Ben Baker"), (examples.NEIGHBOUR, "Nan Next")), start=1):
        unit.contacts.add(a_contact(id=ContactId(id), customer=BAKERY, name=name, place=place))
    unit.at_risk_marks.add(
        an_at_risk_mark(id=AtRiskMarkId(examples.MARK), customer=BAKERY, reason="Asks for the price.", created_by=DAN)
    )
    unit.connections.add(
        a_connection(
            id=ConnectionId(examples.CONNECTION),
            customer=CustomerId(examples.MILL),
            kind=ConnectionKind.INTERACTIVE,
            provider=EntryId(examples.SMART_HOME),
            account_number="SH-100",
            linked_by=DAN,
        )
    )
    report = CreditReport(score=712, tracking_number="SANDBOX-0417", sandbox=True)
    unit.credit_checks.add(
        a_credit_check(id=CreditCheckId(examples.CREDIT_CHECK), customer=BAKERY, report=report, run_by=DAN)
    )
    unit.fulfilments.add(
        a_fulfilment(
            id=FulfilmentId(examples.FULFILMENT),
            customer=BAKERY,
            regulation=EntryId(examples.ALARM_PERMIT),
            number="P-2025-17",
            created_by=DAN,
        )
    )


def keep_message(unit: Unit) -> None:
    unit.messages.add(
        a_message(
            id=MessageId(examples.UNDELIVERED),
            customer=BAKERY,
            to=Email("bakery@nowhere.example"),
            state=MessageState.DEAD,
            attempts=8,
            last_error="The mail server does not answer.",
            due_at=None,
            created_by=DAN,
        )
    )


def keep_file(unit: Unit, files: Files, company: CompanyId) -> None:
    name, key = "Floor plan.png", "the-key-of-the-floor-plan"
    content = described(FLOOR_PLAN, name=name, key=key)
    unit.files.add(a_file(id=FileId(examples.FLOOR_PLAN), customer=BAKERY, name=name, content=content, created_by=DAN))
    files.put(company, key, FLOOR_PLAN)


def _ticket(id: UUID) -> TicketId:
    return TicketId(NoteId(id))
