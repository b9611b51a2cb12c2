"""
The people of a company, and a map of what they cover (WEB-07).
"""

from collections.abc import Iterator
from typing import Annotated

from attrs import frozen
from litestar import get
from litestar.params import FromQuery, QueryParameter

from fieldops_core.access.messages import ListRoles
from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.access.rules import CompanyWide, held_company_wide
from fieldops_core.access.views import RolesView
from fieldops_core.company.messages import ListAppointmentTypes, ListLocations, ShowSettings
from fieldops_core.company.views import AppointmentTypesView, LocationsView, SettingsView
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.staff.messages import ListUsers
from fieldops_core.staff.views import UsersView, UserView
from fieldops_http.pages.frame import Answer, Here, Present
from fieldops_http.pages.maps import allowing, coverage_map, length
from fieldops_http.pages.user_forms import Offered

A_PAGE, AT_ONCE = 25, 200

Asked = Annotated[str, QueryParameter(name="page", required=False)]
ACTIVE = {"yes": True, "no": False, "all": None}


@frozen(kw_only=True)
class Row:
    """
    A user as the list shows them.
    """

    id: str
    name: str
    email: str
    home: str
    work: tuple[str, ...]
    active: bool
    radius: str
    start: str


@get("/app/{company:str}/users", include_in_schema=False, sync_to_thread=True)
def users(
    here: Here,
    text: FromQuery[str] = "",
    location: FromQuery[str] = "",
    active: FromQuery[str] = "yes",
    page: Asked = "1",
) -> Answer:
    """
    The list, by name, and where on the map they are. A company's people are some hundreds: all are looked through.
    """
    locations = here.ask(ListLocations(), LocationsView).items
    homes = {str(each.id): each.name for each in locations}
    at = next((LocationId(each.id) for each in locations if str(each.id) == location), None)
    found = sorted(_found(here, text, at, ACTIVE.get(active, True)), key=_by_name)
    pages = max(1, -(-len(found) // A_PAGE))
    number = min(max(1, int(page)), pages) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    settings = settings_of(here)
    unit = settings.distance_unit if settings else DistanceUnit.MILE
    return here.page(
        "users.html",
        headers=allowing(here.engine.tiles),
        text=text[:200],
        location=location,
        active=active if active in ACTIVE else "yes",
        locations=locations,
        rows=[_row(each, homes, unit) for each in found[(number - 1) * A_PAGE : number * A_PAGE]],
        count=len(found),
        number=number,
        pages=pages,
        may_add=may(here, Action.MODIFY),
        map=coverage_map(here, [each for each in found if each.technician], locations, settings),
    )


def settings_of(here: Present) -> SettingsView | None:
    """
    None for who may not see them.
    """
    return here.seen(ShowSettings(), SettingsView)


def may(here: Present, *actions: Action) -> bool:
    """
    Whether they may do that with users: with all of the company's, or with none.
    """
    actor = here.context.actor
    asked = (CompanyWide(actor=actor, permission=Permission.USERS, action=action) for action in actions)
    return all(held_company_wide(each) is None for each in asked)


def offered(here: Present) -> Offered:
    roles = here.seen(ListRoles(), RolesView)
    return Offered(
        locations=here.ask(ListLocations(), LocationsView).items,
        settings=settings_of(here),
        roles=roles.items if roles else None,
        programs=here.ask(ListAppointmentTypes(kind=Kind.PROGRAM), AppointmentTypesView).items,
    )


def people(here: Present) -> list[UserView]:
    """
    Who is active, by name.
    """
    return sorted(_found(here, "", None, True), key=_by_name)


def _by_name(user: UserView) -> tuple[str, str]:
    return user.name.casefold(), str(user.id)


def _found(here: Present, text: str, at: LocationId | None, active: bool | None) -> Iterator[UserView]:
    """
    Those at a location and active as asked, whose name or address has every word of a text in it.
    """
    words, after = text[:200].casefold().split(), None
    while True:
        view = here.ask(ListUsers(location=at, active=active, after=after, limit=AT_ONCE), UsersView)
        for user in view.items:
            if all(word in f"{user.name} {user.email}".casefold() for word in words):
                yield user
        if view.next is None:
            return
        after = UserId(view.items[-1].id)


def _row(user: UserView, homes: dict[str, str], unit: DistanceUnit) -> Row:
    return Row(
        id=str(user.id),
        name=user.name,
        email=user.email,
        home=homes.get(str(user.home), ""),
        work=kinds(user),
        active=user.active,
        radius=f"{length(user.coverage_radius, unit)} {'mi' if unit is DistanceUnit.MILE else 'km'}",
        start=start_of(user),
    )


def kinds(user: UserView) -> tuple[str, ...]:
    """
    What a user can be assigned.
    """
    told = (("Technician", user.technician), ("Sales rep", user.sales_rep), ("Program", bool(user.program_types)))
    return tuple(name for name, does in told if does)


def start_of(user: UserView) -> str:
    """
    Where a user starts the day: by its address, or else by its degrees; empty where nobody knows.
    """
    address, at = user.start_address, user.start_coordinates
    told = ", ".join(part for part in (address.line1, address.city, address.state) if part)
    return told or (f"{at.latitude:.4f}, {at.longitude:.4f}" if at else "")


HANDLERS = (users,)
