"""
Lists of work orders: all of them, and those that nobody is to come for.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.access.rules import VISIT, VisitAccess, WorkOrderAccess, may_use_work_orders
from fieldops_core.company.model import Setup
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.rules import violations
from fieldops_core.kernel.time import local_date, valid_date
from fieldops_core.scheduling.views import distance_view
from fieldops_core.work_orders.calculations import work_counts
from fieldops_core.work_orders.messages import ListBacklog, ListWorkOrders
from fieldops_core.work_orders.model import Listed, Waiting
from fieldops_core.work_orders.ports import BacklogSelection, Selection, Unit
from fieldops_core.work_orders.use_cases.telling import called
from fieldops_core.work_orders.views import BacklogLine, BacklogView, WorkOrderLine, WorkOrdersView, work_order_line

DAY = timedelta(days=1)


def list_work_orders(question: ListWorkOrders, call: Call[Unit]) -> WorkOrdersView:
    """
    What the reader may view of a page; what lies elsewhere is left out (ACC-18).
    """
    setup = call.unit.companies.setup()
    visible = _visible(call.actor, setup)
    selection = Selection(
        visible=visible if question.location is None else _only(question.location, visible),
        customer=question.customer,
        status=question.status,
        open=question.open,
        number=question.number,
        technician=question.technician,
        type=question.type,
        priority=question.priority,
    )
    found = call.unit.work_orders.page(selection, after=question.after, limit=one_more(question.limit))
    page, last = paged(found, question.limit)
    more = str(last.work_order.number) if last else None
    count = call.unit.work_orders.open_ones(visible=visible, customer=question.customer) if question.count else None
    return WorkOrdersView(items=_lines(page, setup, call), next=more, open=count)


def list_backlog(question: ListBacklog, call: Call[Unit]) -> BacklogView:
    """
    Six queries, however many there are. Those whose place nobody knows come after those that are near.
    """
    setup, limit = call.unit.companies.setup(), one_more(question.limit)
    found = _waiting(question, setup, call)
    order = sorted((_rank(each, question.near), each.id) for each in found)
    place = _place(question.after) if question.after is not None else None
    rest = tuple(each for each in order if place is None or each[0] > place)
    page, last = paged(rest[:limit], question.limit)
    listed = {each.work_order.id: each for each in call.unit.work_orders.listed([id for _, id in page])} if page else {}
    lines = _lines([listed[id] for _, id in page], setup, call)
    unit = setup.settings.distance_unit
    items = (
        BacklogLine(work_order=line, distance=distance_view(_distance(rank), unit, "point"))
        for line, (rank, _) in zip(lines, page, strict=True)
    )
    more = cursor_of(*map(repr, last[0])) if last else None
    return BacklogView(items=tuple(items), total=len(found), next=more)


def _waiting(question: ListBacklog, setup: Setup, call: Call[Unit]) -> list[Waiting]:
    """
    Storages narrow by instants, a day more on either side; the dates are those at each location.
    """
    first, last = question.due_from, question.due_until
    selection = BacklogSelection(
        visible=_visible(call.actor, setup),
        location=question.location,
        type=question.type,
        priority=question.priority,
        due_since=_midnight(first, "due_from") - DAY if first else None,
        due_before=_midnight(last, "due_until") + 2 * DAY if last else None,
    )
    zones = {each.id: each.zone for each in setup.locations}

    def wanted(each: Waiting) -> bool:
        if each.due is None:
            return first is None and last is None
        due = local_date(each.due, zones[each.location])
        return (first is None or first <= due) and (last is None or due <= last)

    return [each for each in call.unit.work_orders.backlog(selection) if wanted(each)]


def _midnight(day: date, field: str) -> datetime:
    return datetime.combine(valid_date(day, field=field), time(), UTC)


Rank = tuple[bool, float, int]
"""
Whether its distance is not known, the distance in meters, its number.
"""


def _rank(waiting: Waiting, near: Point | None) -> Rank:
    place = waiting.place
    if near is None or place is None:
        return True, 0.0, waiting.number
    return False, great_circle(near, place), waiting.number


def _distance(rank: Rank) -> Distance | None:
    unknown, meters, _ = rank
    return None if unknown else Distance(meters=meters, kind=DistanceKind.ESTIMATE)


def _place(cursor: str) -> Rank:
    try:
        unknown, meters, number = parts_of(cursor)
        return unknown == "True", float(meters), int(number)
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error


def _lines(page: Sequence[Listed], setup: Setup, call: Call[Unit]) -> tuple[WorkOrderLine, ...]:
    """
    With the appointments that the reader may see: one query for them, one for the names of all users, one for what was
    chosen, and one for the work to perform.
    """
    sees = {each.location: _sees_visits(call.actor, each.location) for each in page}
    ids = [each.work_order.id for each in page if sees[each.location]]
    shown = {each.work_order: each for each in call.unit.work_orders.shown(ids, as_of=call.now)} if ids else {}
    names = called([each.work_order for each in page], call, users={each.user for each in shown.values()})
    zones = {each.id: each.zone for each in setup.locations}
    works = call.unit.work_to_perform.named([each.work_order.id for each in page]) if page else ()
    counts = {each.id: work_counts(item.action for item in each.items) for each in works}
    return tuple(
        work_order_line(
            each, shown.get(each.work_order.id), names, zones[each.location], counts.get(each.work_order.id, ())
        )
        for each in page
    )


def _sees_visits(actor: Actor, at: LocationId) -> bool:
    return not violations(VISIT, VisitAccess(actor=actor, kind=Kind.TECH, action=Action.VIEW, at=at, assignees=()))


def _visible(actor: Actor, setup: Setup) -> frozenset[LocationId] | None:
    """
    The locations whose work orders an actor may view; None where that is all.
    """
    if actor.holds(Permission.WORK_ORDERS, Action.VIEW):
        return None
    places = (WorkOrderAccess(actor=actor, action=Action.VIEW, at=location.id) for location in setup.locations)
    return frozenset(case.at for case in places if may_use_work_orders(case) is None)


def _only(location: LocationId, visible: frozenset[LocationId] | None) -> frozenset[LocationId]:
    """
    One location, where its work orders may be viewed.
    """
    return frozenset({location} if visible is None or location in visible else ())
