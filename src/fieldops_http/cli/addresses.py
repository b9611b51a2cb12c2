"""
``fieldops addresses``
"""

from typing import Annotated

import typer
from rich.console import Console

from fieldops_core.customers.messages import LookUpAddresses
from fieldops_core.customers.views import LookupsView
from fieldops_http.cli.opening import CompanyName, at_desk

app = typer.Typer(no_args_is_help=True)


@app.callback()
def addresses() -> None:
    """
    Addresses, and where they lie.
    """


@app.command("look-up")
def look_up(
    company: CompanyName,
    estimates: Annotated[
        bool, typer.Option("--estimates", help="Those of whom only the postal code or the street is known, too.")
    ] = False,
) -> None:
    """
    Have the addresses of customers without coordinates looked up, by the service that FIELDOPS_GEOCODING names. The
    server does it in the background, as fast as FIELDOPS_GEOCODING_RATE lets it.

    ```
    fieldops addresses look-up --company acme --estimates
    ```
    """
    wait = at_desk(company).do(LookUpAddresses(estimates=estimates), LookupsView).wait
    Console(highlight=False, soft_wrap=True, markup=False).print(f"{wait} to be looked up.")
