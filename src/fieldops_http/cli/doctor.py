"""
``fieldops doctor``
"""

from typing import Annotated

import typer
from rich.console import Console

from fieldops_core.scheduling.messages import Diagnose
from fieldops_core.scheduling.views import DiagnosisView
from fieldops_http.auth import known
from fieldops_http.cli.opening import as_system, company_of, opened
from fieldops_http.settings import Settings


def doctor(company: Annotated[str, typer.Option(help="The company's short name.")]) -> None:
    """
    List settings that quietly break scheduling, each with its mend. Ends with 1 where there is one.
    """
    engine = opened(Settings.of())
    context = as_system(company_of(engine, company))
    found = known(engine.fieldops.ask(Diagnose(), context), DiagnosisView).items
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for each in found:
        console.print(f"{each.sentence} {each.mend}")
        for customer in each.customers:
            console.print(f"  {customer.number} {customer.name}")
    if found:
        raise typer.Exit(1)
    console.print("Nothing was found that would break scheduling.")
