"""
What deleting and merging records come to.
"""

from datetime import datetime

from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.customers.messages import CustomerChanged, CustomerLinked, CustomerTagged
from fieldops_core.customers.model import Customer, Tagging, Tombstone
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import require
from fieldops_core.removing.calculations import Merger, united
from fieldops_core.removing.messages import CustomerDeleted, CustomerMerged
from fieldops_core.removing.rules import REMOVING, Deleting


def delete(customer: Customer, case: Deleting, context: Context, *, now: datetime) -> Outcome[Tombstone]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    require(REMOVING, case)
    left = _left(customer, context, now)
    return Outcome(state=left, events=(CustomerDeleted.of(None, left, at=now),))


def merge(merger: Merger, *, now: datetime) -> Outcome[Customer]:
    """
    The record kept, with what it takes from the other one.
    """
    changed = merger.merged
    return Outcome(before=merger.kept, state=changed, events=(CustomerChanged.of(merger.kept, changed, at=now),))


def merge_away(merger: Merger, context: Context, *, now: datetime) -> Outcome[Tombstone]:
    """
    What is left of the other one: its number leads to the record kept.
    """
    left = evolve(_left(merger.other, context, now), merged_into=merger.kept.id)
    return Outcome(state=left, events=(CustomerMerged.of(None, left, at=now),))


def adopt(child: Customer, parent: Customer, *, now: datetime) -> Outcome[Customer]:
    """
    A sub-customer of the other record is one of the record kept.
    """
    changed = evolve(child, parent=parent.id, version=child.version + 1)
    return Outcome(before=child, state=changed, events=(CustomerLinked.of(child, changed, at=now),))


def unite(kept: Tagging, other: Tagging, *, now: datetime) -> Outcome[Tagging]:
    changed = united(kept, other)
    return Outcome(before=kept, state=changed, events=(CustomerTagged.of(kept, changed, at=now),))


def _left(customer: Customer, context: Context, now: datetime) -> Tombstone:
    return Tombstone(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        location=customer.location,
        by=context.actor.user,
        at=now,
    )
