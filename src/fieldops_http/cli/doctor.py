"""
``fieldops doctor``
"""

import typer
from rich.console import Console

from fieldops_core.scheduling.messages import Diagnose
from fieldops_core.scheduling.views import DiagnosisView
from fieldops_http.cli.opening import CompanyName, at_desk


def doctor(company: CompanyName) -> None:
    """
    List settings that quietly break scheduling, each with its mend. Ends with 1 where there is one.

    ```
    fieldops doctor --company acme
    ```
    """
    found = at_desk(company).ask(Diagnose(), DiagnosisView).items
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for each in found:
        console.print(f"{each.sentence} {each.mend}")
        for customer in each.customers:
            console.print(f"  {customer.number} {customer.name}")
    if found:
        raise typer.Exit(1)
    console.print("Nothing was found that would break scheduling.")
