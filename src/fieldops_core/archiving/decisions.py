"""
What archiving a customer, and taking it back, come to.
"""

from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.archiving.messages import CustomerArchived, CustomerUnarchived
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.outcome import Outcome


def archive(customer: Customer, context: Context, *, now: datetime) -> Outcome[Customer]:
    changed = evolve(customer, archived_at=now, archived_by=context.actor.user, version=customer.version + 1)
    return Outcome(before=customer, state=changed, events=(CustomerArchived.of(customer, changed, at=now),))


def unarchive(customer: Customer, *, now: datetime) -> Outcome[Customer]:
    changed = evolve(customer, archived_at=None, archived_by=None, version=customer.version + 1)
    return Outcome(before=customer, state=changed, events=(CustomerUnarchived.of(customer, changed, at=now),))
