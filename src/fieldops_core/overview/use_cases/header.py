"""
What stays in sight of a record (CUS-09).
"""

from datetime import date

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Stage
from fieldops_core.access.rules import RecordAccess, kinds_seen, may_use_record
from fieldops_core.company.model import Setup
from fieldops_core.customers.model import Customer, InstallVisit, installed_by
from fieldops_core.customers.rules import sight_of
from fieldops_core.customers.views import Names
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.rules import permit
from fieldops_core.kernel.time import local_date
from fieldops_core.overview.calculations import (
    HeaderFacts,
    Reader,
    counted,
    customer_actions,
    header_view,
    named_users,
    quick_actions,
    warned_of,
)
from fieldops_core.overview.messages import ShowHeader
from fieldops_core.overview.model import Counted, Counts, Wanted
from fieldops_core.overview.ports import Unit
from fieldops_core.overview.views import HeaderView

CHILDREN_TOLD = 50


def show_header(question: ShowHeader, call: Call[Unit]) -> HeaderView:
    """
    At most eight readings, however much the record has.
    """
    customer = call.unit.customers.get(question.customer)
    access = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), access)
    setup = call.unit.companies.setup()
    reader = Reader(actor=call.actor, customer=customer, settings=setup.settings)
    facts = _facts(reader, setup, call)
    actions = customer_actions(call.actor, customer, setup.settings, facts.parent)
    return header_view(reader, facts, quick_actions(actions), warned_of(facts.counts))


def _facts(reader: Reader, setup: Setup, call: Call[Unit]) -> HeaderFacts:
    customer, unit = reader.customer, call.unit
    today = local_date(call.now, setup.location(customer.location).zone)
    counts = _counts(reader, today, call)
    has_children = counts.get(Counted.SUB_CUSTOMERS, 0) > 0
    facts = HeaderFacts(
        setup=setup,
        today=today,
        sight=sight_of(call.actor, customer),
        counts=counts,
        began=_began(customer, call),
        parent=None if customer.parent is None else unit.customers.get(customer.parent),
        children=unit.customers.children(customer.id, limit=CHILDREN_TOLD) if has_children else (),
    )
    facts = evolve(facts, install=_install(customer, facts, call))
    return evolve(facts, names=_names(customer, facts, call))


def _began(customer: Customer, call: Call[Unit]) -> HistoryEntry | None:
    """
    The entry of its creation, which alone tells its number: what was brought in past the engine has none.
    """
    first = call.unit.history.first("customer", customer.id)
    return first if first and any(each.field == "number" for each in first.changes) else None


def _counts(reader: Reader, today: date, call: Call[Unit]) -> Counts:
    customer = reader.customer
    family = {Counted.SUB_CUSTOMERS} if customer.stage is Stage.CUSTOMER else set()
    kinds, own_sales = kinds_seen(call.actor, customer.location)
    wanted = Wanted(
        of=counted(reader) | family,
        kinds=kinds,
        only_of=call.actor.user if own_sales else None,
        as_of=call.now,
        today=today,
    )
    return call.unit.record_counts.of(customer.id, wanted)


def _install(customer: Customer, facts: HeaderFacts, call: Call[Unit]) -> InstallVisit | None:
    asked = customer.stage is Stage.CUSTOMER and facts.sight.installation
    return installed_by(customer, call.unit.install_visits.of((customer.id,))) if asked else None


def _names(customer: Customer, facts: HeaderFacts, call: Call[Unit]) -> Names:
    ids, by = named_users(customer, facts), customer.sale.monitored_by
    people = call.unit.people.find(ids=ids, active=None) if ids else ()
    entries = call.unit.catalog_entries.named((by,)) if by is not None and facts.sight.sale else ()
    return Names(users={each.id: each.name for each in people}, entries={each.id: each.name for each in entries})
