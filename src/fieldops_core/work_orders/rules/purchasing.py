"""
Rules of purchase orders.
"""

from collections.abc import Mapping

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.staff.model import User
from fieldops_core.work_orders.model import PURCHASE_TRANSITIONS, Group, PurchaseStatus, WorkOrder


@frozen(kw_only=True)
class Purchase:
    """
    Purchase orders that somebody wishes for a work order: the *groups* that there are, the *vendors* chosen of them,
    what is *on_order* for it already, and what entries are *called*.
    """

    work_order: WorkOrder
    recipient: User
    groups: tuple[Group, ...]
    vendors: tuple[EntryId, ...]
    on_order: Mapping[EntryId, int]
    called: Mapping[EntryId, str]
    again: bool = False

    @property
    def chosen(self) -> tuple[Group, ...]:
        return tuple(each for each in self.groups if each.vendor in self.vendors)


@rule("PUR-01", "purchase.recipient", "{name} is no active technician.", field="recipient")
def recipient_is_a_technician(case: Purchase) -> Facts | None:
    """
    An active technician receives what is ordered.
    """
    fits = case.recipient.active and case.recipient.technician
    return None if fits else {"name": case.recipient.name, "active": case.recipient.active}


@rule("PUR-01", "purchase.closed", "Work order {number} is not open.")
def purchase_is_for_an_open_work_order(case: Purchase) -> Facts | None:
    """
    A closed one has nothing more installed.
    """
    return None if case.work_order.open else {"number": case.work_order.number}


@rule("PUR-01", "purchase.no_vendor", "Choose at least one vendor.", field="vendors")
def some_vendor_is_chosen(case: Purchase) -> Facts | None:
    """
    Where every group is skipped there is nothing to save.
    """
    return None if case.vendors else {}


@rule("PUR-01", "purchase.vendor_unknown", "Nothing is to be ordered from: {ids}.", field="vendors")
def vendors_are_of_the_groups(case: Purchase) -> Facts | None:
    """
    Vendors are the default ones of what is marked INSTALL.
    """
    known = {each.vendor for each in case.groups}
    strange = [str(each) for each in case.vendors if each not in known]
    return {"ids": ", ".join(strange)} if strange else None


@rule("PUR-02", "purchase.on_order", "Already on order for work order {number}: {items}.", field="again")
def nothing_is_ordered_twice(case: Purchase) -> Facts | None:
    """
    Generating twice warns; who has seen it says so.
    """
    items = {line.item for group in case.chosen for line in group.lines if case.on_order.get(line.item)}
    told = sorted(f"{case.called[each]} ({case.on_order[each]})" for each in items)
    return {"number": case.work_order.number, "items": ", ".join(told)} if told and not case.again else None


@frozen(kw_only=True)
class PurchaseTurn:
    """
    Another status of a purchase order.
    """

    before: PurchaseStatus
    after: PurchaseStatus


@rule(
    "PUR-03",
    "purchase_order.illegal_transition",
    "A purchase order that is {before} cannot become {after}.",
    field="status",
)
def purchase_may_turn(case: PurchaseTurn) -> Facts | None:
    """
    The table of transitions is the whole truth.
    """
    if case.after in PURCHASE_TRANSITIONS[case.before]:
        return None
    return {"before": case.before.value, "after": case.after.value}


PURCHASE = (
    recipient_is_a_technician,
    purchase_is_for_an_open_work_order,
    some_vendor_is_chosen,
    vendors_are_of_the_groups,
    nothing_is_ordered_twice,
)
PURCHASE_TURN = (purchase_may_turn,)
