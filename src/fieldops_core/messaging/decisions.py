"""
What queueing, sending and retrying come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve, frozen

from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, require, violations
from fieldops_core.kernel.time import local
from fieldops_core.messaging.calculations import clock, sheet_of, wait_after
from fieldops_core.messaging.messages import (
    CreateMessage,
    FinishSending,
    MessageFailed,
    MessageQueued,
    MessageRetried,
    MessageSent,
    SendSheet,
)
from fieldops_core.messaging.model import ERROR_LIMIT, Message, MessageId, MessageState, SheetFacts
from fieldops_core.messaging.rules import ADDRESS, RETRYING, SENDING, TEXT, Sending


@frozen(kw_only=True)
class Text:
    """
    What messages to several addresses have in common.
    """

    customer: CustomerId
    subject: str
    body: str


def recipient(address: str) -> Email:
    """
    Raises:
        InvalidValue: where it is no email address; of the field *to*.
    """
    try:
        return Email(address)
    except InvalidValue as invalid:
        raise InvalidValue(invalid.code, invalid.sentence, facts=invalid.facts, field="to") from invalid


def create(
    command: CreateMessage, customer: Customer, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[Message]:
    """
    Raises:
        Refused: where it has no address or no text.
        InvalidValue: where the address or the subject is none.
    """
    to = recipient(command.to) if command.to is not None else customer.email
    refuse(violations(ADDRESS, to) + violations(TEXT, command.body))
    if to is None:
        raise TypeError("a message without an address was refused already")
    text = Text(customer=customer.id, subject=command.subject, body=command.body)
    return _queued(_message(text, to, by, id=new_id(), now=now), now=now)


def send(
    command: SendSheet,
    facts: SheetFacts,
    case: Sending,
    by: UserId | None,
    *,
    new_id: Callable[[], UUID],
    now: datetime,
) -> tuple[Outcome[Message], ...]:
    """
    A message for each address, however often it is named. They carry the sheet as it is now: what is sent is what a
    preview shows at this moment.

    Raises:
        Refused: where nobody is named, too many are, or the user has no address.
    """
    require(SENDING, case)
    own = (case.address,) if case.to_user and case.address else ()
    addresses = {each.address.casefold(): each for each in (*own, *case.to)}
    text = Text(
        customer=facts.customer.id,
        subject=command.subject.strip() or _subject(facts),
        body=command.body.strip() or _body(facts),
    )
    sheet = sheet_of(facts)
    made = (_message(text, to, by, id=new_id(), now=now) for to in addresses.values())
    return tuple(_queued(evolve(each, appointment=facts.appointment.id, sheet=sheet), now=now) for each in made)


def finish(command: FinishSending, message: Message, *, now: datetime) -> Outcome[Message]:
    """
    What is not waiting any more was finished by another worker, and stays as it is.
    """
    if not message.waiting:
        return Outcome(before=message, state=message)
    tried = evolve(message, attempts=message.attempts + 1, version=message.version + 1)
    if not command.error:
        sent = evolve(tried, state=MessageState.SENT, last_error="", due_at=None, sent_at=now)
        return Outcome(before=message, state=sent, events=(MessageSent.of(message, sent, at=now),))
    wait = None if command.refused else wait_after(tried.attempts)
    failed = evolve(
        tried,
        state=MessageState.DEAD if wait is None else MessageState.FAILED,
        last_error=command.error[:ERROR_LIMIT],
        due_at=None if wait is None else now + wait,
    )
    return Outcome(before=message, state=failed, events=(MessageFailed.of(message, failed, at=now),))


def retry(message: Message, *, now: datetime) -> Outcome[Message]:
    """
    Raises:
        Refused: where it is not dead.
    """
    require(RETRYING, message)
    again = evolve(message, state=MessageState.QUEUED, attempts=0, due_at=now, version=message.version + 1)
    return Outcome(before=message, state=again, events=(MessageRetried.of(message, again, at=now),))


def _message(text: Text, to: Email, by: UserId | None, *, id: UUID, now: datetime) -> Message:
    return Message(
        id=MessageId(id),
        customer=text.customer,
        to=to,
        subject=text.subject,
        body=text.body,
        due_at=now,
        created_by=by,
        created_at=now,
    )


def _queued(message: Message, *, now: datetime) -> Outcome[Message]:
    return Outcome(state=message, events=(MessageQueued.of(None, message, at=now),))


def _subject(facts: SheetFacts) -> str:
    visit = facts.appointment
    start = local(visit.period.start, visit.zone)
    return f"Appointment sheet: work order {facts.work_order.number}, {start:%B} {start.day}, {clock(start)}"


def _body(facts: SheetFacts) -> str:
    return f"The appointment sheet of work order {facts.work_order.number} is attached.\n\n{facts.company}"
