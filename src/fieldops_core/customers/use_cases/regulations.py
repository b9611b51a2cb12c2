"""
Government regulations: fulfilled, changed, removed, shown, listed. Where the company has enabled them: who views the
record sees them, who changes it tells what is fulfilled.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import RecordAccess, may_use_record
from fieldops_core.company.model import Catalog
from fieldops_core.customers import decisions
from fieldops_core.customers.calculations import regulated
from fieldops_core.customers.messages import (
    ChangeFulfilment,
    FulfilRegulation,
    ListRegulations,
    RemoveFulfilment,
    ShowFulfilment,
)
from fieldops_core.customers.model import Customer, CustomerId, Fulfilment
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import REGULATIONS, Fulfilling, writable
from fieldops_core.customers.use_cases.belonging import called, chosen, names, today, viewed
from fieldops_core.customers.views import FulfilmentView, RegulationsView, fulfilment_view, regulation_view
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require


def fulfil_regulation(command: FulfilRegulation, call: Call[Unit]) -> FulfilmentView:
    # Locked against others who count them.
    customer = _changeable(command.customer, call, lock=Lock.EXCLUSIVE)
    regulation = chosen(command.regulation, Catalog.REGULATIONS, "regulation", call)
    many = len(call.unit.fulfilments.of(customer.id))
    case = Fulfilling(customer=customer, regulation=regulation, many=many)
    outcome = decisions.fulfil_regulation(command, case, call.actor.user, new_id=call.new_id, now=call.now)
    return _view(call.keep(call.unit.fulfilments, outcome), call)


def change_fulfilment(command: ChangeFulfilment, call: Call[Unit]) -> FulfilmentView:
    fulfilment = call.unit.fulfilments.get(command.fulfilment)
    _changeable(fulfilment.customer, call)
    call.expect(fulfilment)
    outcome = decisions.change_fulfilment(command, fulfilment, call.actor.user, now=call.now)
    return _view(call.keep(call.unit.fulfilments, outcome), call)


def remove_fulfilment(command: RemoveFulfilment, call: Call[Unit]) -> FulfilmentView:
    fulfilment = call.unit.fulfilments.get(command.fulfilment)
    _changeable(fulfilment.customer, call)
    call.expect(fulfilment)
    outcome = decisions.remove_fulfilment(fulfilment, now=call.now)
    return _view(call.remove(call.unit.fulfilments, outcome), call)


def show_fulfilment(question: ShowFulfilment, call: Call[Unit]) -> FulfilmentView:
    fulfilment = call.unit.fulfilments.get(question.fulfilment)
    viewed(fulfilment.customer, call)
    _enabled(call)
    return _view(fulfilment, call)


def list_regulations(question: ListRegulations, call: Call[Unit]) -> RegulationsView:
    customer = viewed(question.customer, call)
    _enabled(call)
    unit, fulfilments = call.unit, call.unit.fulfilments.of(customer.id)
    entries = unit.catalog_entries.all(Catalog.REGULATIONS)
    found = regulated(entries, fulfilments, customer.address, today(customer, call))
    named = names((each.created_by for each in fulfilments), call, catalog=Catalog.REGULATIONS)
    return RegulationsView(items=tuple(regulation_view(each, named) for each in found))


def _changeable(id: CustomerId, call: Call[Unit], *, lock: Lock = Lock.SHARED) -> Customer:
    """
    A record that the actor may change, and that is not archived; regulations are enabled.
    """
    customer = viewed(id, call, lock=lock)
    case = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.MODIFY, at=customer.location)
    permit((may_use_record,), case)
    writable(customer, call.actor)
    _enabled(call)
    return customer


def _enabled(call: Call[Unit]) -> None:
    require(REGULATIONS, call.unit.companies.setup().settings)


def _view(fulfilment: Fulfilment, call: Call[Unit]) -> FulfilmentView:
    return fulfilment_view(fulfilment, called((fulfilment.created_by,), (fulfilment.regulation,), call))
