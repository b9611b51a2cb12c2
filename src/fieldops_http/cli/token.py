"""
``fieldops token``
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec
import typer

from fieldops_core.access.context import Context
from fieldops_core.access.messages import CreateToken, ListTokens, RevokeToken
from fieldops_core.access.model import SYSTEM, TokenId
from fieldops_core.access.views import TokensView, TokenView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_http.cli.naming import the_user, users_of
from fieldops_http.cli.opening import AsJson, CompanyName, at_desk
from fieldops_http.cli.telling import columns
from fieldops_http.engine import Engine, known

app = typer.Typer(no_args_is_help=True)

Days = Annotated[
    int, typer.Option("--days", metavar="DAYS", help="For how many days the token is valid.", min=1, max=3_650)
]


@app.callback()
def tokens() -> None:
    """
    Bearer tokens, by which programs speak for a user.
    """


@app.command()
def create(
    company: CompanyName,
    user: Annotated[str, typer.Option(metavar="EMAIL", help="The email address by which the user logs in, or the id.")],
    days: Days = 30,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What the token is for.")] = "command line",
) -> None:
    """
    Make a token for a user, and print it: once, for only its hash is kept.

    ```
    fieldops token create --company acme --user ann@acme.example --days 365
    ```

    A program sends it with each request, as `Authorization: Bearer fo_…`.
    """
    desk = at_desk(company)
    found = the_user(desk, user)
    print(new_token(desk.engine, desk.company, UserId(found.id), days=days, name=name))


@app.command("list")
def list_tokens(company: CompanyName, as_json: AsJson = False) -> None:
    """
    List the tokens of a company, whose they are, and until when they are valid.

    ```
    fieldops token list --company acme
    ```
    """
    desk = at_desk(company)
    tokens = desk.ask(ListTokens(), TokensView).items
    if as_json:
        print(msgspec.json.encode(tokens).decode())
    elif tokens:
        emails = {user.id: user.email for user in users_of(desk.engine, desk.company)}
        rows = [(str(each.id), emails[each.user], each.name, _until(each)) for each in tokens]
        print(columns([("ID", "USER", "FOR", "VALID"), *rows]))


@app.command()
def revoke(
    token: Annotated[UUID, typer.Argument(metavar="ID", help="The token's id, as `fieldops token list` tells it.")],
    company: CompanyName,
) -> None:
    """
    Revoke a token: it is refused from then on.

    ```
    fieldops token revoke 01a20027-5cf5-7e45-8d3f-3b8b11ed9b48 --company acme
    ```
    """
    revoked = at_desk(company).do(RevokeToken(token=TokenId(token)), TokenView)
    print(f"{revoked.id} is {_until(revoked)}.")


def new_token(engine: Engine, company: CompanyId, user: UserId, *, days: int, name: str) -> str:
    """
    The text of a new token.
    """
    command = CreateToken(user=user, name=name, expires_at=datetime.now(UTC) + timedelta(days=days))
    context = Context(company=company, actor=SYSTEM, source=Source.SYSTEM)
    made = known(engine.fieldops.execute(command, context).answer, TokenView)
    return str(made.secret)


def _until(token: TokenView) -> str:
    if token.revoked_at is not None:
        return f"revoked on {token.revoked_at:%Y-%m-%d}"
    ended = token.expires_at <= datetime.now(UTC)
    return f"{'expired on' if ended else 'until'} {token.expires_at:%Y-%m-%d}"
