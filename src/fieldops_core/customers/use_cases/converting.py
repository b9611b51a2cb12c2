"""
A lead becomes a customer (CUS-18).
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ConvertLead
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.rules import CONVERSION, Conversion, Sections
from fieldops_core.customers.use_cases.record import as_record, expect, may_use, sections_of, shown
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import require


def convert_lead(command: ConvertLead, call: Call[Unit]) -> CustomerView:
    lead = call.unit.customers.get(command.customer)
    may_use(call.actor, lead.stage, Action.VIEW, lead.location)
    may_use(call.actor, Stage.LEAD, Action.MODIFY, lead.location)
    if command.location is not None:
        location = call.unit.locations.get(command.location, lock=Lock.SHARED)
        may_use(call.actor, Stage.CUSTOMER, Action.CREATE, location.id)
        require(IN_USE, location)
    expect(lead, call)
    require(CONVERSION, Conversion(stage=lead.stage))
    setup = call.unit.companies.setup()
    customer = decisions.converted(command, lead)
    sections = sections_of(Sections(after=customer, before=lead), setup, call)
    outcome = decisions.convert_lead(command, lead, as_record(customer, call), sections, now=call.now)
    return shown(call.keep(call.unit.customers, outcome), setup, call)
