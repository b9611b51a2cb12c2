"""
A record deleted, and what is left of those that were.
"""

from collections.abc import Sequence

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import DeleteAccess, RecordAccess, may_delete, may_use_record
from fieldops_core.company.model import Setup
from fieldops_core.customers.model import Customer, CustomerId, Tombstone
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.history import HistoryPlace
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import cursor_of, instant_and_id, one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.removing import decisions
from fieldops_core.removing.messages import DeleteCustomer, ListTombstones
from fieldops_core.removing.ports import Unit
from fieldops_core.removing.rules import Deleting
from fieldops_core.removing.views import TombstonesView, TombstoneView, tombstone_view
from fieldops_core.scheduling import decisions as scheduling
from fieldops_core.scheduling.model import Status


def delete_customer(command: DeleteCustomer, call: Call[Unit]) -> TombstoneView:
    """
    The record is locked with its family, so that nothing is booked for it and nobody joins it meanwhile. What lies
    beside one of its visits on purpose has its user to itself again.
    """
    family = call.unit.customers.family(command.customer, lock=Lock.EXCLUSIVE)
    customer = found(command.customer, family)
    may_remove(customer, call.actor)
    call.expect(customer)
    engaged = call.unit.appointments.open_of((customer.id,), lock=Lock.EXCLUSIVE)
    case = Deleting(
        confirmed=command.confirmed,
        children=len(family) - 1,
        under_way=sum(each.status is not Status.SCHEDULED for each in engaged),
    )
    outcome = decisions.delete(customer, case, call.context, now=call.now)
    others = call.unit.appointments.beside(customer.id)
    alone = [scheduling.mark(each, None, call.context, now=call.now) for each in others]
    call.replace_all(call.unit.appointments, alone)
    call.unit.removals.forget(customer.id, at=call.now)
    return _views((call.keep(call.unit.tombstones, outcome),), call)[0]


def list_tombstones(question: ListTombstones, call: Call[Unit]) -> TombstonesView:
    """
    Of records that the reader might have deleted; what lay elsewhere is left out (ACC-18).
    """
    found = call.unit.tombstones.page(
        visible=_visible(call.actor, call.unit.companies.setup()),
        number=question.number,
        stage=question.stage,
        location=question.location,
        after=None if question.after is None else _place(question.after),
        limit=one_more(question.limit),
    )
    page, last = paged(found, question.limit)
    more = cursor_of(last.at.isoformat(), str(last.id)) if last else None
    return TombstonesView(items=_views(page, call), next=more)


def found(id: CustomerId, records: Sequence[Customer]) -> Customer:
    """
    Raises:
        NotFound: where it is not among them.
    """
    for each in records:
        if each.id == id:
            return each
    raise NotFound("customer", id)


def may_remove(customer: Customer, actor: Actor) -> None:
    """
    Raises:
        Forbidden: where the actor may not view the record, or not delete it.
    """
    access = RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), access)
    permit((may_delete,), DeleteAccess(actor=actor, stage=customer.stage, at=customer.location))


def _views(tombstones: Sequence[Tombstone], call: Call[Unit]) -> tuple[TombstoneView, ...]:
    ids = {each.by for each in tombstones if each.by is not None}
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    names = {each.id: each.name for each in people}
    return tuple(tombstone_view(each, names) for each in tombstones)


def _visible(actor: Actor, setup: Setup) -> frozenset[tuple[Stage, LocationId]]:
    """
    The stages and locations whose records an actor may delete.
    """
    places = (DeleteAccess(actor=actor, stage=stage, at=each.id) for stage in Stage for each in setup.locations)
    return frozenset((case.stage, case.at) for case in places if may_delete(case) is None)


def _place(cursor: str) -> HistoryPlace:
    try:
        return HistoryPlace(*instant_and_id(cursor))
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error
