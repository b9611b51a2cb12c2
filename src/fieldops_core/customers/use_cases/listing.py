"""
The list of records: searched, filtered, sorted, page by page.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.access.rules import RECORD, RecordAccess, may_use_record
from fieldops_core.company.model import Setup
from fieldops_core.customers.calculations import MATCHES, ordered, place, placed, sought
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.model import HIGHEST, Customer, Place, RecordStatus, Sort, Sought, match_of
from fieldops_core.customers.ports import Selection, Unit
from fieldops_core.customers.use_cases.record import seen
from fieldops_core.customers.use_cases.sections import Surroundings
from fieldops_core.customers.views import CustomersView, CustomerView
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.text import clean, is_text

BY_CLOSENESS = "closeness"


def list_customers(question: ListCustomers, call: Call[Unit]) -> CustomersView:
    """
    What the reader may view of a page; what lies elsewhere is left out (ACC-18).
    """
    setup = call.unit.companies.setup()
    selection = Selection(
        visible=_visible(call.actor, setup, question.status),
        number=question.number,
        location=question.location,
        stage=question.stage,
        archived=question.archive.archived,
        tag=question.tag,
        lead_status=question.lead_status,
        status=question.status,
    )
    wanted = sought(clean(question.search or "", field="search", limit=200))
    if wanted.terms:
        return _searched(wanted, selection, question, setup, call)
    sort = question.sort or Sort.NUMBER
    after = _place(question.after, sort)
    found = call.unit.customers.page(selection, sort=sort, after=after, limit=one_more(question.limit))
    page, last = paged(found, question.limit)
    more = _cursor(placed(match_of(last), sort), sort) if last else None
    return CustomersView(items=_views(page, setup, call), next=more)


def _searched(
    wanted: Sought, selection: Selection, question: ListCustomers, setup: Setup, call: Call[Unit]
) -> CustomersView:
    """
    All that matches is ranked anew for each page: a place in the ranking stays one, whatever came or went meanwhile.
    """
    sort, after = question.sort, _place(question.after, question.sort)
    limit = one_more(question.limit)
    found = call.unit.customers.matching(wanted, selection, limit=MATCHES)
    ranked = sorted((ordered(place(each, wanted, sort), sort), each.id) for each in found.matches)
    if after is not None:
        ranked = [each for each in ranked if each[0] > ordered(after, sort)]
    page, last = paged(tuple(ranked[:limit]), question.limit)
    records = {each.id: each for each in call.unit.customers.named([id for _, id in page])}
    return CustomersView(
        items=_views(tuple(records[id] for _, id in page), setup, call),
        next=_cursor(ordered(last[0], sort), sort) if last else None,
        more_matched=found.more,
    )


def _views(page: tuple[Customer, ...], setup: Setup, call: Call[Unit]) -> tuple[CustomerView, ...]:
    around = Surroundings.of(page, setup, call)
    return tuple(seen(each, around, call) for each in page)


def _cursor(where: Place, sort: Sort | None) -> str:
    return cursor_of(_order(sort), *map(str, where))


def _place(cursor: str | None, sort: Sort | None) -> Place | None:
    """
    Raises:
        InvalidValue: where the text is no cursor of a list in this order.
    """
    if cursor is None:
        return None
    try:
        order, closeness, key, number = parts_of(cursor)
        found = Place(int(closeness), key, int(number))
    except ValueError:
        order, found = "", Place(0, "", 0)
    if order != _order(sort) or not is_text(found.key) or not 0 <= found.number <= HIGHEST:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after")
    return found


def _order(sort: Sort | None) -> str:
    return sort.value if sort else BY_CLOSENESS


STATUS = {RecordStatus.AT_RISK: Permission.AT_RISK, RecordStatus.CANCELLED: Permission.SALE_INFORMATION}
"""
Who may not see of a record that it has a status does not find it by that.
"""


def _visible(actor: Actor, setup: Setup, status: RecordStatus | None) -> frozenset[tuple[Stage, LocationId]] | None:
    """
    The stages and locations whose records an actor may view, and tell their status; None where that is all.
    """
    told = {STATUS[status]} if status else set()
    if all(actor.holds(permission, Action.VIEW) for permission in {*RECORD.values(), *told}):
        return None
    places = (
        RecordAccess(actor=actor, stage=stage, action=Action.VIEW, at=location.id)
        for stage in Stage
        for location in setup.locations
    )
    return frozenset(
        (case.stage, case.at)
        for case in places
        if may_use_record(case) is None and all(actor.holds(each, Action.VIEW, case.at) for each in told)
    )
