"""
The customer record: load, decide, save.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Stage
from fieldops_core.access.rules import (
    RECORD as RECORD_PERMISSION,
)
from fieldops_core.access.rules import (
    ContactAccess,
    RecordAccess,
    may_change_contact_information,
    may_use_record,
)
from fieldops_core.company.model import Setup
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer, ListCustomers, ShowCustomer
from fieldops_core.customers.model import CONTACT_INFORMATION, Customer
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import PLACING, Placing, Record
from fieldops_core.customers.views import CustomersView, CustomerView, customer_view
from fieldops_core.kernel.contact import Phone, Phones
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import one_more, paged
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.unset import UNSET, Keep, Unset


def create_customer(command: CreateCustomer, call: Call[Unit], *, phones: Phones) -> CustomerView:
    setup = call.unit.companies.setup()
    location = setup.location(_location(command, call.actor))
    _may(call.actor, command.stage, Action.CREATE, location.id)
    phone = phones.parse(command.phone, country=location.country)
    number = call.unit.customers.next_number()
    customer = decisions.new_customer(command, location.id, phone, number, new_id=call.new_id)
    outcome = decisions.create_customer(_record(customer, call), now=call.now)
    return customer_view(call.keep(call.unit.customers, outcome))


def change_customer(command: ChangeCustomer, call: Call[Unit], *, phones: Phones) -> CustomerView:
    customer = call.unit.customers.get(command.customer)
    # The answer is the record: who may not view it does not get it by changing it (ACC-12).
    for action in (Action.VIEW, Action.MODIFY):
        _may(call.actor, customer.stage, action, customer.location)
    call.expect(customer)
    phone: Phone | Keep = UNSET
    if not isinstance(command.phone, Unset):
        phone = phones.parse(command.phone, country=call.unit.companies.setup().location(customer.location).country)
    changed = decisions.changed_customer(command, customer, phone)
    if any(getattr(changed, field) != getattr(customer, field) for field in CONTACT_INFORMATION):
        permit((may_change_contact_information,), ContactAccess(actor=call.actor, at=customer.location))
    outcome = decisions.change_customer(customer, _record(changed, call), now=call.now)
    return customer_view(call.keep(call.unit.customers, outcome))


def show_customer(question: ShowCustomer, call: Call[Unit]) -> CustomerView:
    customer = call.unit.customers.get(question.customer)
    _may(call.actor, customer.stage, Action.VIEW, customer.location)
    return customer_view(customer)


def list_customers(question: ListCustomers, call: Call[Unit]) -> CustomersView:
    """
    What the reader may view of a page; what lies elsewhere is left out (ACC-18).
    """
    found = call.unit.customers.page(
        visible=_visible(call.actor, call.unit.companies.setup()),
        number=question.number,
        location=question.location,
        stage=question.stage,
        after=question.after,
        limit=one_more(question.limit),
    )
    page, last = paged(found, question.limit)
    more = str(last.number) if last else None
    return CustomersView(items=tuple(customer_view(each) for each in page), next=more)


def _location(command: CreateCustomer, actor: Actor) -> LocationId:
    home = actor.home if command.stage is Stage.LEAD else None
    location = command.location or home
    if location is None:
        require(PLACING, Placing(stage=command.stage, placed=False))
        raise NotFound("location", "of the actor")
    return location


def _may(actor: Actor, stage: Stage, action: Action, at: LocationId) -> None:
    permit((may_use_record,), RecordAccess(actor=actor, stage=stage, action=action, at=at))


def _record(customer: Customer, call: Call[Unit]) -> Record:
    external_id = customer.external_id
    taken = external_id is not None and call.unit.customers.external_id_taken(external_id, by_other_than=customer.id)
    return Record(customer=customer, external_id_taken=taken)


def _visible(actor: Actor, setup: Setup) -> frozenset[tuple[Stage, LocationId]] | None:
    """
    The stages and locations whose records an actor may view; None where that is all.
    """
    if all(actor.holds(permission, Action.VIEW) for permission in RECORD_PERMISSION.values()):
        return None
    places = (
        RecordAccess(actor=actor, stage=stage, action=Action.VIEW, at=location.id)
        for stage in Stage
        for location in setup.locations
    )
    return frozenset((case.stage, case.at) for case in places if may_use_record(case) is None)
