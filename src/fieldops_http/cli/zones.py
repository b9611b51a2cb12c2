"""
``fieldops zones``
"""

from typing import Annotated

import typer
from rich.console import Console

from fieldops_core.scheduling.messages import RecomputeInstants
from fieldops_core.scheduling.views import RecomputedView, Window
from fieldops_http.auth import known
from fieldops_http.cli.opening import as_system, company_of, opened
from fieldops_http.settings import Settings

app = typer.Typer(help="Time zones, and the visits told in them.", no_args_is_help=True)


@app.callback()
def zones() -> None:
    """
    Time zones, and the visits told in them.
    """


@app.command()
def recompute(
    company: Annotated[str, typer.Option(help="The company's short name.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would move, and change nothing.")] = False,
) -> None:
    """
    After a new tz database: move upcoming appointments to what their agreed local times mean now, and tell each one
    that moves. What cannot be moved stays, and is pending reassignment.
    """
    engine = opened(Settings.of())
    context = as_system(company_of(engine, company))
    if dry_run:
        receipt = engine.fieldops.preview(RecomputeInstants(), context).receipt
    else:
        receipt = engine.fieldops.execute(RecomputeInstants(), context)
    _tell(known(receipt.answer if receipt else None, RecomputedView), dry_run=dry_run)


def _tell(view: RecomputedView, *, dry_run: bool) -> None:
    console = Console(highlight=False, soft_wrap=True, markup=False)
    for each in view.moved.appointments:
        who = f"{each.user.name}, {each.customer.name}"
        console.print(f"{each.id}: {who}: {_told(each.before)} becomes {_told(each.after)}")
    for left in view.unmoved:
        who = f"{left.user.name}, {left.customer.name}"
        console.print(f"{left.id}: {who}: agreed for {left.agreed}, stays at {_told(left.stays)}. {left.why}")
    would = "would move" if dry_run else "moved"
    console.print(
        f"{view.looked_at} upcoming: {view.moved.count} {would}, {len(view.unmoved)} cannot, "
        f"{view.stranded.count + len(view.unmoved)} pending reassignment by it."
    )


def _told(window: Window) -> str:
    return f"{window.start.isoformat(timespec='minutes')} ({window.zone})"
