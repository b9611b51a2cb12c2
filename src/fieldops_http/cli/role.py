"""
``fieldops role``
"""

from typing import Annotated

import msgspec
import typer

from fieldops_core.access.messages import ChangeRole, CreateRole
from fieldops_core.access.model import Permission, RoleId
from fieldops_core.access.views import GrantView, RoleView
from fieldops_core.company.messages import ListLocations
from fieldops_core.company.views import LocationsView
from fieldops_http.cli.naming import actions_of, grants_of, role_of, roles_of
from fieldops_http.cli.opening import AsJson, CompanyName, Desk, at_desk
from fieldops_http.cli.telling import columns

app = typer.Typer(no_args_is_help=True)

RoleName = Annotated[str, typer.Argument(metavar="NAME", help="What the role is called.")]
_OPTION = typer.Option(
    "--permission",
    metavar="PERMISSION[.ACTION][@LOCATION]",
    help="What is held; give it as often as needed. Without an action: each of them; without a location: everywhere.",
)
Permissions = Annotated[list[str] | None, _OPTION]
Anew = Annotated[list[str], _OPTION]


@app.callback()
def roles() -> None:
    """
    Roles: named sets of permissions, which users hold.
    """


@app.command()
def create(name: RoleName, company: CompanyName, permission: Permissions = None) -> None:
    """
    Make a role.

    ```
    fieldops role create Dispatcher --company acme \\
        --permission tech_scheduler --permission customers.view \\
        --permission working_hours.modify@Provo
    ```
    """
    desk = at_desk(company)
    grants = grants_of(desk, permission or ())
    _tell(desk, desk.do(CreateRole(name=name, grants=grants), RoleView))


@app.command()
def change(name: RoleName, company: CompanyName, permission: Anew) -> None:
    """
    Say anew what a role holds: exactly the permissions that are given here.

    ```
    fieldops role change Dispatcher --company acme \\
        --permission tech_scheduler --permission customers
    ```
    """
    desk = at_desk(company)
    role = role_of(desk, name)
    grants = grants_of(desk, permission)
    _tell(desk, desk.do(ChangeRole(role=RoleId(role.id), grants=grants), RoleView, version=role.version))


@app.command("list")
def list_roles(company: CompanyName, as_json: AsJson = False) -> None:
    """
    List the roles of a company and what they hold.

    ```
    fieldops role list --company acme
    ```
    """
    desk = at_desk(company)
    roles = roles_of(desk)
    if as_json:
        print(msgspec.json.encode(roles).decode())
        return
    for role in roles:
        _tell(desk, role)


@app.command()
def permissions() -> None:
    """
    Name every permission, and for what it can be held.

    ```
    fieldops role permissions
    ```
    """
    rows = [(each.value, " ".join(action.value for action in actions_of(each))) for each in Permission]
    print(columns([("PERMISSION", "ACTIONS"), *rows]))


def grant_texts(desk: Desk, grants: tuple[GrantView, ...]) -> list[str]:
    """
    Grants as they are given here.
    """
    names = {each.id: each.name for each in desk.ask(ListLocations(), LocationsView).items}
    return [f"{g.permission.value}.{g.action.value}{f'@{names[g.at]}' if g.at else ''}" for g in grants]


def _tell(desk: Desk, role: RoleView) -> None:
    held = ["everything"] if role.owner else grant_texts(desk, role.grants)
    print(f"{role.name}: {', '.join(held) or 'nothing'}")
