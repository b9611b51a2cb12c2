"""
What the appointments of a work order make of it, what is chosen for its equipment, and what has to be
ordered for it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from attrs import evolve

from fieldops_core.company.model import CatalogEntry, EntryId, Settings
from fieldops_core.scheduling import model as scheduling
from fieldops_core.scheduling.model import Status, VisitOutcome
from fieldops_core.work_orders.model import (
    EXCLUDED,
    OPEN,
    CustomerEquipment,
    Group,
    ItemState,
    PurchaseLine,
    PurchaseOrder,
    Row,
    Upcoming,
    Visits,
    WorkAction,
    WorkOrderStatus,
    WorkToPerform,
)


def derived(visits: Sequence[Visits]) -> WorkOrderStatus:
    """
    The status of an open work order with those appointments (WOR-11).
    """
    last = last_outcome(visits)
    if last is VisitOutcome.DONE or count(visits, {Status.ON_SITE}):
        return WorkOrderStatus.IN_PROGRESS
    if count(visits, scheduling.OPEN):
        return WorkOrderStatus.SCHEDULED
    return WorkOrderStatus.OPEN if last is None else WorkOrderStatus.PAUSED


def followed(before: WorkOrderStatus, visits: Sequence[Visits], *, checked_out: bool, resumed: bool) -> WorkOrderStatus:
    """
    What a work order becomes when its appointments have changed: *checked_out*, one was completed now; *resumed*, one
    that was completed goes on. A closed one follows nothing but that, and only where it is COMPLETE.

    Whichever check-out is told last, the one that came last counts: those of a crew that were offline may be told in
    any order (FLD-10).
    """
    if before not in OPEN and not (resumed and before is WorkOrderStatus.COMPLETE):
        return before
    done = checked_out and last_outcome(visits) is VisitOutcome.DONE
    return WorkOrderStatus.COMPLETE if done and not count(visits, scheduling.OPEN) else derived(visits)


def last_outcome(visits: Sequence[Visits]) -> VisitOutcome | None:
    """
    How the last check-out ended. Of several at one instant, one that leaves something to do.
    """
    told = [
        (each.checked_out_at, each.outcome is not VisitOutcome.DONE, each.outcome.value, each.outcome)
        for each in visits
        if each.status is Status.COMPLETED and each.outcome is not None and each.checked_out_at is not None
    ]
    return max(told)[-1] if told else None


def upcoming_offered(settings: Settings) -> tuple[Upcoming, ...]:
    """
    What may become of upcoming appointments (WOR-05).
    """
    return (Upcoming.CANCEL,) if settings.work_order_required_for_tech_appointments else tuple(Upcoming)


def count(visits: Sequence[Visits], statuses: Collection[Status]) -> int:
    """
    How many of the appointments are in some statuses.
    """
    return sum(each.many for each in visits if each.status in statuses)


SIDES = {WorkAction.SERVICE: WorkAction.REMOVE, WorkAction.REMOVE: WorkAction.SERVICE}
"""
The header boxes that clear each other (EQP-03).
"""


def choose(row: Row, action: WorkAction) -> Row:
    """
    The row with an action, without those that it excludes (EQP-02).
    """
    return evolve(row, chosen=(row.chosen - EXCLUDED[action]) | {action})


def drop(row: Row, action: WorkAction) -> Row:
    """
    The row without an action, unless that is done.
    """
    return row if action in row.done else evolve(row, chosen=row.chosen - {action})


def toggled(rows: Sequence[Row], action: WorkAction, *, on: bool) -> tuple[Row, ...]:
    """
    The rows once a header box was set on or off (EQP-03).
    """
    if not on:
        return tuple(drop(each, action) for each in rows)
    cleared = rows if action not in SIDES else [drop(each, SIDES[action]) for each in rows]
    return tuple(choose(each, action) if each.eligible(action) else each for each in cleared)


def box_is_on(rows: Sequence[Row], action: WorkAction) -> bool:
    """
    Whether a header box shows on: all eligible rows have its action, and there are some.
    """
    eligible = [each for each in rows if each.eligible(action)]
    return bool(eligible) and all(action in each.chosen for each in eligible)


def work_counts(actions: Iterable[WorkAction]) -> tuple[tuple[WorkAction, int], ...]:
    """
    How many there are of each action, without those that there are none of (EQP-04).
    """
    found = Counter(actions)
    return tuple((each, found[each]) for each in WorkAction if found[each])


def to_order(work: WorkToPerform, pieces: Iterable[CustomerEquipment]) -> tuple[CustomerEquipment, ...]:
    """
    The active pieces that are marked INSTALL, and not put in place yet (PUR-01).
    """
    marked = {
        each.equipment for each in work.items if each.action is WorkAction.INSTALL and each.state is not ItemState.DONE
    }
    return tuple(each for each in pieces if each.id in marked and each.active)


def default_vendor(piece: CustomerEquipment, entries: Mapping[EntryId, CatalogEntry]) -> CatalogEntry | None:
    """
    The active default vendor of a piece's item, None where it has none.
    """
    vendor = entries[piece.item].attributes.vendor
    found = None if vendor is None else entries.get(vendor)
    return found if found is not None and found.active else None


def grouped(pieces: Iterable[CustomerEquipment], entries: Mapping[EntryId, CatalogEntry]) -> tuple[Group, ...]:
    """
    What would be ordered of each vendor, in the order of their names: so many of each item, at what it costs now.
    """
    wanted: defaultdict[EntryId, Counter[EntryId]] = defaultdict(Counter)
    for each in pieces:
        if (vendor := default_vendor(each, entries)) is not None:
            wanted[vendor.id][each.item] += 1

    def by_name(id: EntryId) -> tuple[str, EntryId]:
        return entries[id].name, id

    return tuple(
        Group(
            vendor=vendor,
            lines=tuple(
                PurchaseLine(item=item, quantity=wanted[vendor][item], cost=entries[item].attributes.cost)
                for item in sorted(wanted[vendor], key=by_name)
            ),
        )
        for vendor in sorted(wanted, key=by_name)
    )


def on_order(orders: Iterable[PurchaseOrder]) -> Counter[EntryId]:
    """
    How many of each item are on order, or were received, by purchase orders that stand (PUR-02).
    """
    found: Counter[EntryId] = Counter()
    for order in orders:
        for line in order.lines if order.stands else ():
            found[line.item] += line.quantity
    return found
