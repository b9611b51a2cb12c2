"""
Messages.
"""

import json

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import messages
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.plain import restored, stored
from fieldops_core.messaging.model import Channel, Message, MessageState, Sheet


def message_row(message: Message) -> Values:
    return {
        "id": message.id,
        "customer_id": message.customer,
        "channel": message.channel.value,
        "recipient": message.to.address,
        "subject": message.subject,
        "body": message.body,
        "appointment_id": message.appointment,
        "sheet": None if message.sheet is None else json.dumps(stored(message.sheet), ensure_ascii=False),
        "state": message.state.value,
        "attempts": message.attempts,
        "last_error": message.last_error,
        "due_at": message.due_at,
        "sent_at": message.sent_at,
        "created_by": message.created_by,
        "created_at": message.created_at,
        "version": message.version,
    }


def message_state(row: Row) -> Message:
    id, customer, channel, to, subject, body, appointment, sheet, *how_far = row
    state, attempts, last_error, due_at, sent_at, created_by, created_at, version = how_far
    return Message(
        id=id,
        customer=customer,
        channel=Channel(channel),
        to=Email(to),
        subject=subject,
        body=body,
        appointment=appointment,
        sheet=None if sheet is None else restored(Sheet, json.loads(sheet)),
        state=MessageState(state),
        attempts=attempts,
        last_error=last_error,
        due_at=due_at,
        sent_at=sent_at,
        created_by=created_by,
        created_at=created_at,
        version=version,
    )


MESSAGES = Form(
    kind="message",
    table=messages,
    columns=tuple(column for column in messages.c if column.name != "company_id"),
    row=message_row,
    state=message_state,
)
