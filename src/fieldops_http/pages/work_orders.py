"""
Work orders: the list, the backlog, and one of them with its visits (WEB-04).
"""

from collections.abc import Mapping
from functools import partial
from uuid import UUID

from attrs import frozen
from litestar import get
from litestar.params import FromPath, FromQuery

from fieldops_core.company.messages import ListCatalogEntries, ListLocations
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.company.views import CatalogEntriesView, LocationsView
from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.ids import LocationId
from fieldops_core.overview.messages import ShowCustomerActions, ShowWorkOrderActions
from fieldops_core.overview.views import ActionsView
from fieldops_core.scheduling.messages import ListWorkOrderAppointments
from fieldops_core.scheduling.model import Grouping, WorkOrderId
from fieldops_core.scheduling.views import WorkOrderAppointments
from fieldops_core.work_orders.messages import ListBacklog, ListWorkOrders, ShowWorkOrder, ShowWorkToPerform
from fieldops_core.work_orders.model import WorkOrderStatus
from fieldops_core.work_orders.views import BacklogView, WorkOrdersView, WorkOrderView, WorkTableView
from fieldops_http.pages.frame import Answer, Here, Present, Web

LIMIT, VISITS, MOST = 25, 100, 2**31 - 1
ANY_OPEN, ANY_CLOSED, ALL = "any_open", "any_closed", "all"
STATES = (ANY_OPEN, ANY_CLOSED, ALL, *(each.value for each in WorkOrderStatus))
NO_NUMBER = "The number of a work order has digits alone."


@frozen(kw_only=True)
class Wanted:
    """
    What of the list is asked for, as an address says it. A choice that there is not is none.
    """

    state: str = ANY_OPEN
    location: LocationId | None = None
    type: EntryId | None = None
    priority: EntryId | None = None
    number: int | None = None
    after: str | None = None

    @classmethod
    def of(cls, told: Mapping[str, str]) -> "Wanted":
        ids = {name: _id(told.get(name, "")) for name in ("location", "type", "priority")}
        state, number = told.get("state", ""), _number(told.get("number", ""))
        location, kind, priority = ids["location"], ids["type"], ids["priority"]
        return cls(
            state=state if state in STATES else ANY_OPEN,
            location=LocationId(location) if location else None,
            type=EntryId(kind) if kind else None,
            priority=EntryId(priority) if priority else None,
            number=number,
            after=told.get("after") or None,
        )

    def question(self) -> ListWorkOrders:
        """
        Of one that is named by its number, no state is asked.
        """
        state = ALL if self.number else self.state
        return ListWorkOrders(
            status=None if state in (ANY_OPEN, ANY_CLOSED, ALL) else WorkOrderStatus(state),
            open={ANY_OPEN: True, ANY_CLOSED: False}.get(state),
            location=self.location,
            type=self.type,
            priority=self.priority,
            number=self.number,
            after=_number(self.after or ""),
            limit=LIMIT,
        )

    def backlog(self, *, limit: int = LIMIT) -> ListBacklog:
        return ListBacklog(
            location=self.location, type=self.type, priority=self.priority, after=self.after, limit=limit
        )


@get("/app/{company:str}/work_orders", include_in_schema=False, sync_to_thread=True)
def work_orders(request: Web, here: Here) -> Answer:
    """
    Newest first; the open ones, unless told otherwise.
    """
    told = request.query_params
    wanted, typed = Wanted.of(told), told.get("number", "").strip()
    wrong = bool(typed) and wanted.number is None
    found = WorkOrdersView(items=(), next=None) if wrong else here.ask(wanted.question(), WorkOrdersView)
    return _list(
        here,
        wanted,
        typed=typed,
        status=422 if wrong else 200,
        problems={"number": [NO_NUMBER]} if wrong else {},
        orders=[(each, None) for each in found.items],
        next=found.next,
        total=here.ask(Wanted().backlog(limit=1), BacklogView).total,
        backlog=False,
    )


@get("/app/{company:str}/work_orders/backlog", include_in_schema=False, sync_to_thread=True)
def backlog(request: Web, here: Here) -> Answer:
    """
    The open ones that nobody is to come for, the oldest first (WOR-13).
    """
    wanted = Wanted.of(request.query_params)
    found = here.ask(wanted.backlog(), BacklogView)
    orders = [(each.work_order, each.distance) for each in found.items]
    return _list(here, wanted, typed="", orders=orders, next=found.next, total=found.total, backlog=True)


def _list(here: Present, wanted: Wanted, **values: object) -> Answer:
    entries = partial(_entries, here)
    return here.page(
        "work_orders.html",
        **{"status": 200, "problems": {}, **values},  # type: ignore[arg-type]
        wanted=wanted,
        states=STATES,
        locations=here.ask(ListLocations(), LocationsView).items,
        types=entries(Catalog.WORK_ORDER_TYPES),
        priorities=entries(Catalog.PRIORITIES),
    )


def _entries(here: Present, catalog: Catalog) -> object:
    return here.ask(ListCatalogEntries(catalog=catalog, active=None), CatalogEntriesView).items


@get("/app/{company:str}/work_orders/{id:uuid}", include_in_schema=False, sync_to_thread=True)
def work_order(
    here: Here, id: FromPath[WorkOrderId], by: FromQuery[str] = "date", after: FromQuery[str | None] = None
) -> Answer:
    """
    Five questions, whatever there is: the work order, its visits, its work to perform, and what may be done. A bulk
    schedule makes thousands of visits: a hundred are asked for, those that follow *after* a page.
    """
    order = here.ask(ShowWorkOrder(work_order=id), WorkOrderView)
    grouping = Grouping.USER if by == Grouping.USER.value else Grouping.DATE
    asked = ListWorkOrderAppointments(work_order=id, by=grouping, after=after, limit=VISITS)
    actions = _open(here, id)
    return here.page(
        "work_order.html",
        order=order,
        by=grouping.value,
        visits=here.seen(asked, WorkOrderAppointments),
        after=after,
        work=here.seen(ShowWorkToPerform(work_order=id), WorkTableView),
        may_set_work="set_work_to_perform" in actions,
        may_print="preview_sheet" in actions,
        may_schedule=order.open and _may_book(here, CustomerId(order.customer.id)),
    )


def _may_book(here: Present, customer: CustomerId) -> bool:
    """
    Whether technicians can be booked there now. Who may not look at the record is told by the attempt (ACC-10).
    """
    actions = here.seen(ShowCustomerActions(customer=customer), ActionsView)
    return actions is None or any(each.name == "book_appointment" and "tech" in each.choices for each in actions.items)


def _open(here: Present, id: WorkOrderId) -> frozenset[str]:
    """
    What may be done with it now (ACC-17).
    """
    actions = here.ask(ShowWorkOrderActions(work_order=id), ActionsView).items
    return frozenset(each.name for each in actions if each.allowed)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    told = text.strip().lstrip("#")
    number = int(told) if told.isascii() and told.isdecimal() and len(told) <= 10 else 0
    return number if 0 < number <= MOST else None


HANDLERS = (work_orders, backlog, work_order)
