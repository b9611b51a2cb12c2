"""
Families: customers whose billing rolls up to another's, two levels deep.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.access.rules import LinkAccess, RecordAccess, may_link, may_use_record
from fieldops_core.company.model import Setup
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import FindParents, LinkParent, ShowFamily, UnlinkParent
from fieldops_core.customers.model import Customer, folded
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import CHILD, WRITING, Linking, Write, writable
from fieldops_core.customers.views import FamilyView, ParentsView, family_member, family_view
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, violations


def link_parent(command: LinkParent, call: Call[Unit]) -> FamilyView:
    """
    Both are locked in the order of their ids: of two links that would make three levels one comes first.
    """
    locks = {command.parent: Lock.SHARED, command.customer: Lock.EXCLUSIVE}
    found = {id: call.unit.customers.get(id, lock=locks[id]) for id in sorted(locks)}
    customer, parent = _own(found[command.customer], call), found[command.parent]
    _may_view(parent, call.actor)
    outcome = decisions.link(_linking(customer, call, parent), parent, now=call.now)
    return _view(call.keep(call.unit.customers, outcome), call)


def unlink_parent(command: UnlinkParent, call: Call[Unit]) -> FamilyView:
    customer = _own(call.unit.customers.get(command.customer, lock=Lock.EXCLUSIVE), call)
    return _view(call.keep(call.unit.customers, decisions.unlink(customer, now=call.now)), call)


def show_family(question: ShowFamily, call: Call[Unit]) -> FamilyView:
    customer = call.unit.customers.get(question.customer)
    _may_view(customer, call.actor)
    return _view(customer, call)


def find_parents(question: FindParents, call: Call[Unit]) -> ParentsView:
    customer = call.unit.customers.get(question.customer)
    _may_link(customer, call.actor)
    limit = one_more(question.limit)
    against = violations(WRITING, Write(customer=customer, actor=call.actor))
    against += violations(CHILD, _linking(customer, call))
    if against:
        return ParentsView(items=(), violations=against)
    found = call.unit.customers.candidates(
        visible=_visible(call.actor, call.unit.companies.setup()),
        words=folded(question.search),
        without=customer.id,
        limit=limit,
    )
    page, _ = paged(found, question.limit)
    return ParentsView(items=tuple(family_member(each, lambda _: True) for each in page), violations=())


def _own(customer: Customer, call: Call[Unit]) -> Customer:
    """
    A customer whose parent the actor may choose.
    """
    _may_link(customer, call.actor)
    writable(customer, call.actor)
    call.expect(customer)
    return customer


def _may_link(customer: Customer, actor: Actor) -> None:
    _may_view(customer, actor)
    permit((may_link,), LinkAccess(actor=actor, at=customer.location))


def _may_view(customer: Customer, actor: Actor) -> None:
    permit((may_use_record,), _viewing(customer, actor))


def _viewing(customer: Customer, actor: Actor) -> RecordAccess:
    return RecordAccess(actor=actor, stage=customer.stage, action=Action.VIEW, at=customer.location)


def _linking(customer: Customer, call: Call[Unit], parent: Customer | None = None) -> Linking:
    return Linking(
        customer=customer,
        parent=parent,
        children=len(call.unit.customers.children(customer.id)),
        enabled=call.unit.companies.setup().settings.parent_child_billing,
    )


def _view(customer: Customer, call: Call[Unit]) -> FamilyView:
    def may_see(other: Customer) -> bool:
        return may_use_record(_viewing(other, call.actor)) is None

    customers = call.unit.customers
    parent = None if customer.parent is None else customers.get(customer.parent)
    return family_view(customer, parent, () if parent else customers.children(customer.id), may_see)


def _visible(actor: Actor, setup: Setup) -> frozenset[LocationId] | None:
    """
    The locations whose customers an actor may view; None where that is all.
    """
    if actor.holds(Permission.CUSTOMERS, Action.VIEW):
        return None
    places = (
        RecordAccess(actor=actor, stage=Stage.CUSTOMER, action=Action.VIEW, at=each.id) for each in setup.locations
    )
    return frozenset(case.at for case in places if may_use_record(case) is None)
