"""
A customer's page, to look something up: who it is, its visits, its open work orders, its notes (WEB-03).
"""

from uuid import UUID

from litestar import get
from litestar.params import FromPath, FromQuery

from fieldops_core.company.messages import ListLocations
from fieldops_core.company.views import LocationsView
from fieldops_core.customers.messages import ListNotes, ShowCustomer, ShowTags
from fieldops_core.customers.model import CustomerId, NoteId
from fieldops_core.customers.views import CustomerView, NotesView, TagsView
from fieldops_core.overview.messages import ShowHeader
from fieldops_core.overview.model import Tab
from fieldops_core.overview.views import HeaderView
from fieldops_core.scheduling.messages import ListCustomerAppointments
from fieldops_core.scheduling.views import AppointmentsView
from fieldops_core.work_orders.messages import ListWorkOrders
from fieldops_core.work_orders.views import WorkOrdersView
from fieldops_http.pages.frame import Answer, Here

VISITS, NOTES, WORK_ORDERS = 25, 20, 50
WARNINGS = {
    Tab.HOME: "A government regulation is not fulfilled",
    Tab.NOTES_AND_TICKETS: "A ticket is overdue",
    Tab.APPOINTMENTS: "A visit is late, or has to be reassigned",
    Tab.WORK_ORDERS: "An open work order has no visit",
}


@get("/app/{company:str}/customers/{id:uuid}", include_in_schema=False, sync_to_thread=True)
def customer(
    here: Here,
    id: FromPath[CustomerId],
    after: FromQuery[str | None] = None,
    seen: FromQuery[int] = 0,
    notes: FromQuery[UUID | None] = None,
) -> Answer:
    """
    Seven questions, whatever there is. *after* is the visit that the page before ended with, *seen* how many there were
    before it, *notes* the note likewise. What the reader may not see is left out, and confidential fields always.
    """
    header = here.ask(ShowHeader(customer=id), HeaderView)
    record = here.ask(ShowCustomer(customer=id), CustomerView)
    zones = {each.id: each.zone for each in here.ask(ListLocations(), LocationsView).items}
    visits = ListCustomerAppointments(customer=id, after=after, limit=VISITS, count=True)
    orders = ListWorkOrders(customer=id, open=True, limit=WORK_ORDERS)
    written = ListNotes(customer=id, after=None if notes is None else NoteId(notes), limit=NOTES)
    return here.page(
        "customer.html",
        header=header,
        record=record,
        zone=zones[record.location],
        tags=here.ask(ShowTags(customer=id), TagsView).tags,
        warnings=[WARNINGS[each.tab] for each in header.tabs if each.warning and each.tab in WARNINGS],
        may_book=any(each.name == "book_appointment" for each in header.quick_actions),
        visits=here.seen(visits, AppointmentsView),
        seen=max(seen, 0),
        orders=here.seen(orders, WorkOrdersView),
        notes=here.seen(written, NotesView),
    )


HANDLERS = (customer,)
