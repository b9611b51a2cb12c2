"""
``fieldops company``
"""

from typing import Annotated

import typer

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.company.messages import FoundCompany
from fieldops_core.company.views import CompanyView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_http.cli.opening import opened
from fieldops_http.cli.token import Days, new_token
from fieldops_http.engine import known
from fieldops_http.settings import Settings

app = typer.Typer(no_args_is_help=True)


@app.callback()
def companies() -> None:
    """
    Companies: each has its own data, and sees nothing of another's.
    """


@app.command()
def create(
    slug: Annotated[
        str,
        typer.Argument(metavar="SLUG", help="The short name, as in /v1/acme: lower-case letters, digits, hyphens."),
    ],
    owner_email: Annotated[str, typer.Option(metavar="EMAIL", help="The first owner's email address.")],
    zone: Annotated[
        str, typer.Option("--zone", metavar="ZONE", help="The first location's time zone, such as America/Denver.")
    ],
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="The company's full name; by default the short one.")
    ] = None,
    location: Annotated[str, typer.Option(metavar="NAME", help="The first location's name.")] = "Office",
    owner_name: Annotated[str, typer.Option(metavar="NAME", help="The first owner's name.")] = "Owner",
    days: Days = 30,
) -> None:
    """
    Found a company with its first location and its first owner, and print a token of the owner's.

    ```
    fieldops company create acme --name "Acme Home Services" --location Provo \\
        --owner-email olive@acme.example --zone America/Denver
    ```

    The token is printed once. It lets the owner use the API; `fieldops user create` makes the others.
    """
    engine = opened(Settings.of())
    id = CompanyId(engine.ids())
    command = FoundCompany(
        slug=slug,
        name=name or slug,
        location=location,
        zone=zone,
        owner_name=owner_name,
        owner_email=owner_email,
    )
    context = Context(company=id, actor=SYSTEM, source=Source.SYSTEM)
    company = known(engine.fieldops.execute(command, context).answer, CompanyView)
    print(new_token(engine, id, UserId(company.owner), days=days, name="founding"))
