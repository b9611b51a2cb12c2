"""
``fieldops demo``
"""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer


def demo(
    database: Annotated[Path, typer.Option(help="The SQLite file that is filled, if it is new, and served.")] = Path(
        ".demo/fieldops.db"
    ),
    size: Annotated[
        Literal["full", "small"],
        typer.Option(help="How much is filled: three months of 60 people and 5,000 customers, or days of a few."),
    ] = "full",
    host: str = "127.0.0.1",
    port: int = 8000,
    open: Annotated[bool, typer.Option(help="Open the documentation in a browser.")] = True,
) -> None:
    """
    Fill a made-up company with technicians, customers and visits, serve it, and say how to look at it.
    """
    demo = import_module("fieldops_http.demo")
    demo.run(database=database, size=demo.SIZES[size], host=host, port=port, open_browser=open)
