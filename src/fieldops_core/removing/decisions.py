"""
What deleting a record comes to.
"""

from datetime import datetime

from fieldops_core.access.context import Context
from fieldops_core.customers.model import Customer, Tombstone
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.removing.messages import CustomerDeleted
from fieldops_core.removing.rules import REMOVING, Deleting


def delete(customer: Customer, case: Deleting, context: Context, *, now: datetime) -> Outcome[Tombstone]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    require(REMOVING, case)
    left = Tombstone(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        location=customer.location,
        by=context.actor.user,
        at=now,
    )
    return Outcome(state=left, events=(CustomerDeleted.of(None, left, at=now),))
