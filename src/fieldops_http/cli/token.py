"""
``fieldops token``
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from fieldops_core.access.messages import CreateToken
from fieldops_core.access.views import TokenView
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.staff.messages import ListUsers
from fieldops_core.staff.views import UsersView, UserView
from fieldops_http.auth import known
from fieldops_http.cli.opening import as_system, company_of, opened
from fieldops_http.cli.telling import CannotDo
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings

app = typer.Typer(help="Bearer tokens, by which programs speak for a user.", no_args_is_help=True)

Days = Annotated[int, typer.Option(help="For how many days the token is valid.", min=1, max=3_650)]


@app.callback()
def tokens() -> None:
    """
    Bearer tokens, by which programs speak for a user.
    """


@app.command()
def create(
    company: Annotated[str, typer.Option(help="The company's short name.")],
    user: Annotated[str, typer.Option(help="The email address by which the user logs in.")],
    days: Days = 30,
    name: Annotated[str, typer.Option(help="What the token is for.")] = "command line",
) -> None:
    """
    Make a token for a user, and print it: once, for only its hash is kept.
    """
    engine = opened(Settings.of())
    id = company_of(engine, company)
    found = user_of(engine, id, user)
    if found is None:
        raise CannotDo(f"{company!r} has no user with the email address {user!r}. `GET /users` lists them all.")
    print(new_token(engine, id, UserId(found.id), days=days, name=name))


def user_of(engine: Engine, company: CompanyId, email: str) -> UserView | None:
    """
    The user who logs in with an address, whatever the case of its letters.
    """
    after: UserId | None = None
    while True:
        page = known(engine.fieldops.ask(ListUsers(after=after, limit=200), as_system(company)), UsersView)
        for each in page.items:
            if each.email.lower() == email.strip().lower():
                return each
        if page.next is None:
            return None
        after = UserId(page.items[-1].id)


def new_token(engine: Engine, company: CompanyId, user: UserId, *, days: int, name: str) -> str:
    """
    The text of a new token.
    """
    command = CreateToken(user=user, name=name, expires_at=datetime.now(UTC) + timedelta(days=days))
    made = known(engine.fieldops.execute(command, as_system(company)).answer, TokenView)
    return str(made.secret)
