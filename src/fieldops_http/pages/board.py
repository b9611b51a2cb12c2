"""
The board: a dispatcher's day (WEB-01).
"""

from typing import Any

from litestar import get

from fieldops_core.company.messages import ListAppointmentTypes, ListLocations
from fieldops_core.company.model import ListMode
from fieldops_core.company.views import AppointmentTypesView, LocationsView
from fieldops_core.scheduling.messages import ListGridChanges
from fieldops_core.scheduling.model import Status
from fieldops_core.staff.messages import ListUsers
from fieldops_core.staff.views import UserView
from fieldops_core.work_orders.messages import ListBacklog
from fieldops_http.pages.appointments.words import modes
from fieldops_http.pages.frame import Answer, Here, Present
from fieldops_http.pages.users import people
from fieldops_http.pages.wording import STATUSES


@get("/app/{company:str}", include_in_schema=False, sync_to_thread=True)
def board(here: Here) -> Answer:
    """
    The day grid, live, with the backlog beside it: its script asks the API for what it shows. Who sees no grid is told
    so.
    """
    if not here.hears(ListGridChanges):
        return here.page("welcome.html")
    locations = [each for each in here.ask(ListLocations(), LocationsView).items if each.active]
    types = here.ask(ListAppointmentTypes(), AppointmentTypesView).items
    return here.page(
        "board.html",
        locations=locations,
        modes=modes(ListMode),
        statuses=[(each.value, STATUSES[each]) for each in Status],
        users=_users(here),
        types=[_type(each) for each in types if each.active],
        backlog=here.hears(ListBacklog),
    )


def _users(here: Present) -> list[UserView]:
    """
    Whom one may choose from: nobody, for who may not list users. The grid shows whom it may all the same.
    """
    return people(here) if here.hears(ListUsers) else []


def _type(each: Any) -> dict[str, object]:
    return {"id": str(each.id), "name": each.name, "kind": each.kind.value, "minutes": each.minutes}


HANDLERS = (board,)
