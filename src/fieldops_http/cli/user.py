"""
``fieldops user``
"""

from collections.abc import Iterable, Iterator
from typing import Annotated, TypeVar
from uuid import UUID

import msgspec
import typer

from fieldops_core.access.model import Grant, Grants, RoleId
from fieldops_core.company.messages import ShowSettings
from fieldops_core.company.views import SettingsView
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.unset import UNSET, Keep
from fieldops_core.login.views import LinkView
from fieldops_core.staff.messages import ChangeUser, CreateUser
from fieldops_core.staff.views import UserView
from fieldops_http.cli.naming import grants_of, location_of, role_of, roles_of, the_user, users_of
from fieldops_http.cli.opening import AsJson, CompanyName, Desk, at_desk
from fieldops_http.cli.role import Permissions, grant_texts
from fieldops_http.cli.telling import CannotDo, columns
from fieldops_http.settings import Settings

A = TypeVar("A")

app = typer.Typer(no_args_is_help=True)

Who = Annotated[str, typer.Argument(metavar="EMAIL", help="The email address by which the user logs in, or the id.")]
Roles = Annotated[list[str] | None, typer.Option("--role", metavar="NAME", help="A role; give it as often as needed.")]
Home = Annotated[
    str | None, typer.Option(metavar="LOCATION", help="The home location's name; where there is one alone, that.")
]
Phone = Annotated[str | None, typer.Option(help="A telephone number; in the home location's country without +.")]
Zone = Annotated[str | None, typer.Option(help="The time zone they read in, such as America/Denver.")]
ExternalId = Annotated[str | None, typer.Option(metavar="ID", help="How another program knows them.")]
Start = Annotated[
    str | None, typer.Option(metavar="LATITUDE,LONGITUDE", help="Where a technician starts the day: 40.2338,-111.6585")
]
Radius = Annotated[
    float | None, typer.Option(metavar="DISTANCE", min=0, help="How far around it, in the company's miles or km.")
]


@app.callback()
def users() -> None:
    """
    Users: technicians, sales reps, dispatchers and whoever else logs in.
    """


@app.command()
def create(
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The address by which they log in.")],
    company: CompanyName,
    name: Annotated[str, typer.Option(help="The full name.")],
    home: Home = None,
    technician: Annotated[bool, typer.Option("--technician", help="Can be assigned tech appointments.")] = False,
    sales_rep: Annotated[bool, typer.Option("--sales-rep", help="Can be assigned sales appointments.")] = False,
    role: Roles = None,
    phone: Phone = None,
    zone: Zone = None,
    start: Start = None,
    radius: Radius = None,
    external_id: ExternalId = None,
    as_json: AsJson = False,
) -> None:
    """
    Make a user. They work the company's default hours until others are given through the API.

    ```
    fieldops user create ann@acme.example --company acme --name "Ann Delgado" \\
        --technician --start 40.2338,-111.6585 --radius 25 --role Technician
    ```

    They log in with a password, which they set by a link: `fieldops user invite`. Programs need a token:
    `fieldops token create`.
    """
    desk = at_desk(company)
    command = CreateUser(
        name=name,
        email=email,
        home=LocationId(location_of(desk, home).id),
        phone=phone,
        zone=zone,
        technician=technician,
        sales_rep=sales_rep,
        start=_point(start) if start else None,
        coverage_radius=_meters(desk, radius or 0),
        roles=tuple(RoleId(role_of(desk, each).id) for each in role or ()),
        external_id=external_id,
    )
    _tell(desk, desk.do(command, UserView), as_json)


@app.command("list")
def list_users(
    company: CompanyName,
    location: Annotated[
        str | None, typer.Option("--location", metavar="LOCATION", help="Those of a location alone.")
    ] = None,
    all: Annotated[bool, typer.Option("--all", help="Deactivated ones too.")] = False,
    as_json: AsJson = False,
) -> None:
    """
    List users: who they are, what they can be assigned, which roles they hold.

    ```
    fieldops user list --company acme --location Provo
    ```
    """
    desk = at_desk(company)
    at = None if location is None else LocationId(location_of(desk, location).id)
    found = [user for user in users_of(desk.engine, desk.company, location=at) if all or user.active]
    if as_json:
        print(msgspec.json.encode(found).decode())
        return
    roles = {role.id: role.name for role in roles_of(desk)}
    rows = [(u.email, u.name, _can(u), ", ".join(roles[id] for id in u.roles)) for u in found]
    print(columns([("EMAIL", "NAME", "CAN", "ROLES"), *rows]))


@app.command()
def show(user: Who, company: CompanyName, as_json: AsJson = False) -> None:
    """
    Show one user, with roles and permissions.

    ```
    fieldops user show ann@acme.example --company acme
    ```
    """
    desk = at_desk(company)
    _tell(desk, the_user(desk, user), as_json)


@app.command()
def change(
    user: Who,
    company: CompanyName,
    email: Annotated[str | None, typer.Option(help="A new address by which they log in.")] = None,
    name: Annotated[str | None, typer.Option(help="A new name.")] = None,
    home: Home = None,
    technician: Annotated[bool | None, typer.Option(help="Whether they can be assigned tech appointments.")] = None,
    sales_rep: Annotated[bool | None, typer.Option(help="Whether they can be assigned sales appointments.")] = None,
    phone: Phone = None,
    zone: Zone = None,
    start: Start = None,
    radius: Radius = None,
    external_id: ExternalId = None,
    as_json: AsJson = False,
) -> None:
    """
    Change what is given, and leave the rest. An empty value clears: `--phone ""`.

    ```
    fieldops user change ann@acme.example --company acme --home Phoenix --no-sales-rep
    ```
    """
    desk = at_desk(company)
    there = the_user(desk, user)
    command = ChangeUser(
        user=UserId(there.id),
        email=_kept(email),
        name=_kept(name),
        home=UNSET if home is None else LocationId(location_of(desk, home).id),
        technician=_kept(technician),
        sales_rep=_kept(sales_rep),
        phone=_cleared(phone),
        zone=_cleared(zone),
        start=UNSET if start is None else _point(start) if start else None,
        coverage_radius=UNSET if radius is None else _meters(desk, radius),
        external_id=_cleared(external_id),
    )
    _tell(desk, desk.do(command, UserView, version=there.version), as_json)


@app.command()
def grant(
    user: Who, company: CompanyName, role: Roles = None, permission: Permissions = None, as_json: AsJson = False
) -> None:
    """
    Give a user roles, or permissions of their own.

    ```
    fieldops user grant dana@acme.example --company acme --role Dispatcher
    fieldops user grant dana@acme.example --company acme --permission users.view
    ```
    """
    desk = at_desk(company)
    there = the_user(desk, user)
    more = [role_of(desk, each).id for each in role or ()]
    roles = tuple(dict.fromkeys((*there.roles, *more)))
    _hold(desk, there, roles, _held(there) | grants_of(desk, permission or ()), as_json)


@app.command()
def revoke(
    user: Who, company: CompanyName, role: Roles = None, permission: Permissions = None, as_json: AsJson = False
) -> None:
    """
    Take roles, or permissions of their own, from a user.

    ```
    fieldops user revoke dana@acme.example --company acme --role Dispatcher
    ```
    """
    desk = at_desk(company)
    there = the_user(desk, user)
    less = {role_of(desk, each).id for each in role or ()}
    roles = tuple(id for id in there.roles if id not in less)
    _hold(desk, there, roles, _held(there) - grants_of(desk, permission or ()), as_json)


@app.command()
def invite(user: Who, company: CompanyName) -> None:
    """
    Print a link by which a user sets their password: once, within seven days. Links printed or sent before end.

    ```
    fieldops user invite ann@acme.example --company acme
    ```

    Whoever has the link is that user: give it to nobody else. FIELDOPS_URL says where browsers find the server. Where
    mail is set up, the link is mailed to them too.
    """
    desk = at_desk(company)
    there = the_user(desk, user)
    print(link_text(desk.slug, desk.engine.fieldops.door.invite(desk.company, UserId(there.id)), Settings.of()))


@app.command()
def reset_password(user: Who, company: CompanyName) -> None:
    """
    Print a link by which a user who has forgotten theirs sets another password: once, within two hours.

    ```
    fieldops user reset-password ann@acme.example --company acme
    ```
    """
    desk = at_desk(company)
    there = the_user(desk, user)
    link = desk.engine.fieldops.door.invite(desk.company, UserId(there.id), reset=True)
    print(link_text(desk.slug, link, Settings.of()))


@app.command()
def deactivate(user: Who, company: CompanyName, as_json: AsJson = False) -> None:
    """
    Let somebody in no more: their tokens and sessions end at once, and nothing can be assigned to them. Their name
    stays.

    ```
    fieldops user deactivate ann@acme.example --company acme
    ```
    """
    _activate(user, company, as_json, active=False)


@app.command()
def reactivate(user: Who, company: CompanyName, as_json: AsJson = False) -> None:
    """
    Let somebody in again, with the roles and permissions that they held.

    ```
    fieldops user reactivate ann@acme.example --company acme
    ```
    """
    _activate(user, company, as_json, active=True)


def link_text(slug: str, link: LinkView, settings: Settings) -> str:
    """
    Where a link leads.
    """
    if link.secret is None:
        raise TypeError("The system itself is told where a link leads.")
    return f"{settings.address}/app/{slug}/link/{link.secret.reveal()}"


def _activate(told: str, company: str, as_json: bool, *, active: bool) -> None:
    desk = at_desk(company)
    there = the_user(desk, told)
    command = ChangeUser(user=UserId(there.id), active=active)
    _tell(desk, desk.do(command, UserView, version=there.version), as_json)


def _held(user: UserView) -> Grants:
    return frozenset(
        Grant(each.permission, each.action, None if each.at is None else LocationId(each.at)) for each in user.grants
    )


def _hold(desk: Desk, user: UserView, roles: Iterable[UUID], grants: Grants, as_json: bool) -> None:
    command = ChangeUser(user=UserId(user.id), roles=tuple(RoleId(id) for id in roles), grants=grants)
    _tell(desk, desk.do(command, UserView, version=user.version), as_json)


def _tell(desk: Desk, user: UserView, as_json: bool) -> None:
    """
    Print a user as it is now.
    """
    if as_json:
        print(msgspec.json.encode(user).decode())
    else:
        print(columns([(f"{name}:", text) for name, text in _told(desk, user) if text]))


def _told(desk: Desk, user: UserView) -> Iterator[tuple[str, str]]:
    roles = {role.id: role.name for role in roles_of(desk)}
    unit = desk.ask(ShowSettings(), SettingsView).distance_unit
    start = user.start_coordinates
    yield "name", user.name
    yield "email", user.email
    yield "id", str(user.id)
    yield "external id", user.external_id or ""
    yield "phone", user.phone or ""
    yield "zone", user.zone or ""
    yield "home", location_of(desk, str(user.home)).name
    yield "can", _can(user)
    yield "start", f"{start.latitude}, {start.longitude}" if start else ""
    yield "radius", unit.text(user.coverage_radius) if user.coverage_radius else ""
    yield "roles", ", ".join(roles[id] for id in user.roles)
    yield "permissions", ", ".join(grant_texts(desk, user.grants))


def _can(user: UserView) -> str:
    """
    What somebody can be assigned.
    """
    if not user.active:
        return "deactivated"
    kinds = {"tech": user.technician, "sales": user.sales_rep, "program": bool(user.program_types)}
    return " ".join(kind for kind, whether in kinds.items() if whether)


def _kept(value: A | None) -> A | Keep:
    return UNSET if value is None else value


def _cleared(text: str | None) -> str | None | Keep:
    return UNSET if text is None else text or None


def _point(text: str) -> Point:
    try:
        latitude, longitude = (float(each) for each in text.split(","))
    except ValueError:
        raise CannotDo(f"{text!r} are no coordinates. Write them as 40.2338,-111.6585.") from None
    return Point(latitude, longitude)


def _meters(desk: Desk, distance: float) -> float:
    return distance * desk.ask(ShowSettings(), SettingsView).distance_unit.meters if distance else 0.0
