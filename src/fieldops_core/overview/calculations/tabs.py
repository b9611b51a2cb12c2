"""
The tabs of a record: which there are, who may see each, and what it counts (CUS-20).
"""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType

from attrs import field, frozen

from fieldops_core.access.model import Action, Actor, Kind, Permission, Stage
from fieldops_core.access.rules import (
    BelongingAccess,
    SlotAccess,
    WorkOrderAccess,
    kinds_seen,
    may_see_slots,
    may_use_belonging,
    may_use_work_orders,
)
from fieldops_core.company.model import Settings
from fieldops_core.customers.calculations import WarningFacts, tab_warnings
from fieldops_core.customers.model import Customer
from fieldops_core.overview.model import Counted, Counts, Tab
from fieldops_core.overview.views import TabView


@frozen(kw_only=True)
class Reader:
    """
    Who looks at a record that they may view, and what the company has turned on.
    """

    actor: Actor
    customer: Customer
    settings: Settings


Sees = Callable[[Reader], bool]


@frozen(kw_only=True)
class TabPlan:
    """
    A tab, and what it *counts*, each with who sees that. Who sees any of it sees the tab; one that counts nothing says
    who *sees* it.
    """

    tab: Tab
    sees: Sees | None = None
    counts: Mapping[Counted, Sees] = field(default=MappingProxyType({}))

    def counted_for(self, reader: Reader) -> tuple[Counted, ...]:
        return tuple(each for each, sees in self.counts.items() if sees(reader))

    def seen_by(self, reader: Reader) -> bool:
        return self.sees(reader) if self.sees else bool(self.counted_for(reader))


def _everybody(_: Reader) -> bool:
    return True


def _with(permission: Permission, action: Action = Action.VIEW) -> Sees:
    def sees(reader: Reader) -> bool:
        at = reader.customer.location
        case = BelongingAccess(actor=reader.actor, permission=permission, action=action, at=at)
        return may_use_belonging(case) is None

    return sees


def _work_orders(reader: Reader) -> bool:
    case = WorkOrderAccess(actor=reader.actor, action=Action.VIEW, at=reader.customer.location)
    return may_use_work_orders(case) is None


def _appointments(reader: Reader) -> bool:
    """
    VIEW of any scheduler; of leads also who may look at the free times of technicians.
    """
    actor, customer = reader.actor, reader.customer
    preview = SlotAccess(actor=actor, kind=Kind.TECH, stage=customer.stage, at=customer.location)
    of_lead = customer.stage is Stage.LEAD and may_see_slots(preview) is None
    return any(kinds_seen(actor, customer.location)) or of_lead


def _credit(reader: Reader) -> bool:
    return reader.settings.credit_checks and _with(Permission.CREDIT)(reader)


def _of_customer(reader: Reader) -> bool:
    return reader.customer.stage is Stage.CUSTOMER


TABS = (
    TabPlan(tab=Tab.HOME, sees=_everybody),
    TabPlan(tab=Tab.TAGS, sees=_with(Permission.TAGS, Action.MODIFY)),
    TabPlan(
        tab=Tab.NOTES_AND_TICKETS,
        counts={Counted.NOTES: _with(Permission.NOTES), Counted.TICKETS: _with(Permission.TICKETS)},
    ),
    TabPlan(tab=Tab.CONNECTIONS, counts={Counted.CONNECTIONS: _of_customer}),
    TabPlan(tab=Tab.APPOINTMENTS, counts={Counted.APPOINTMENTS: _appointments}),
    TabPlan(tab=Tab.WORK_ORDERS, counts={Counted.WORK_ORDERS: _work_orders}),
    TabPlan(tab=Tab.EQUIPMENT, counts={Counted.EQUIPMENT: _with(Permission.EQUIPMENT)}),
    TabPlan(tab=Tab.FILES, counts={Counted.FILES: _with(Permission.FILES)}),
    TabPlan(tab=Tab.MESSAGES, counts={Counted.MESSAGES: _with(Permission.MESSAGES)}),
    TabPlan(tab=Tab.CREDIT, counts={Counted.CREDIT_CHECKS: _credit}),
    TabPlan(tab=Tab.CONTACTS, counts={Counted.CONTACTS: _with(Permission.CONTACTS)}),
    TabPlan(tab=Tab.AT_RISK, counts={Counted.AT_RISK_MARKS: _with(Permission.AT_RISK)}),
    TabPlan(tab=Tab.HISTORY, sees=_everybody),
)
"""
The tabs that there are, in the order of :class:`Tab`. One of a part that is not built is not listed.
"""

WARNED: Mapping[Counted, Sees] = MappingProxyType(
    {
        Counted.OVERDUE_TICKETS: _with(Permission.TICKETS),
        Counted.UNSCHEDULED_WORK_ORDERS: _work_orders,
        Counted.PENDING_REASSIGNMENTS: _appointments,
        Counted.LATE_APPOINTMENTS: _appointments,
    }
)
"""
What a reader is warned of, and who sees that.
"""


def counted(reader: Reader) -> frozenset[Counted]:
    """
    What is counted for a reader: by the tabs, and for their warnings.
    """
    warned = (each for each, sees in WARNED.items() if sees(reader))
    return frozenset(each for plan in TABS for each in plan.counted_for(reader)).union(warned)


def warned_of(counts: Counts) -> frozenset[Tab]:
    """
    The tabs for which there is a warning.
    """
    facts = WarningFacts(
        overdue_tickets=counts.get(Counted.OVERDUE_TICKETS),
        unscheduled_work_orders=counts.get(Counted.UNSCHEDULED_WORK_ORDERS),
        pending_reassignments=counts.get(Counted.PENDING_REASSIGNMENTS),
        late_appointments=counts.get(Counted.LATE_APPOINTMENTS),
    )
    return frozenset(Tab(each.tab) for each in tab_warnings(facts))


def tabs(reader: Reader, counts: Counts, warnings: Collection[Tab] = ()) -> tuple[TabView, ...]:
    """
    The tabs that a reader may see, with their counts, and whether there is a warning for each.
    """
    return tuple(
        TabView(tab=plan.tab, count=_count(plan, reader, counts), warning=plan.tab in warnings)
        for plan in TABS
        if plan.seen_by(reader)
    )


def _count(plan: TabPlan, reader: Reader, counts: Counts) -> int | None:
    return sum(counts[each] for each in plan.counted_for(reader)) if plan.counts else None
