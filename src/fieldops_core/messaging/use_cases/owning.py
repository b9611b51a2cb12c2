"""
Whose a message is, and who may.
"""

from collections.abc import Sequence

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import MessageAccess, RecordAccess, may_use_messages, may_use_record
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import writable
from fieldops_core.customers.views import Names
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, violations
from fieldops_core.messaging.model import Message
from fieldops_core.messaging.ports import Unit
from fieldops_core.messaging.views import MessageView, message_view


def owner(id: CustomerId, action: Action, call: Call[Unit], *, changes: bool) -> Customer:
    """
    The record that a message is about. Who may not view the record does not get it by writing to it (ACC-12); where
    something *changes*, it is locked, and nothing is written on an archived one.
    """
    customer = call.unit.customers.get(id, lock=Lock.SHARED if changes else Lock.NONE)
    record = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), record)
    permit((may_use_messages,), MessageAccess(actor=call.actor, action=action, at=customer.location))
    return writable(customer, call.actor) if changes else customer


def seen(actor: Actor, stage: Stage, at: LocationId) -> bool:
    """
    Whether an actor may view the messages about records of a stage, at a location.
    """
    record = RecordAccess(actor=actor, stage=stage, action=Action.VIEW, at=at)
    access = MessageAccess(actor=actor, action=Action.VIEW, at=at)
    return not violations((may_use_record,), record) and not violations((may_use_messages,), access)


def views(messages: Sequence[Message], call: Call[Unit]) -> tuple[MessageView, ...]:
    """
    With the names of who made them: one query, however many they are.
    """
    ids = {each.created_by for each in messages if each.created_by is not None}
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    names = Names(users={person.id: person.name for person in people})
    return tuple(message_view(each, names) for each in messages)
