"""
``fieldops demo``
"""

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer


def demo(
    database: Annotated[Path, typer.Option(help="The SQLite file that is filled, if it is new, and served.")] = Path(
        ".demo/fieldops.db"
    ),
    host: str = "127.0.0.1",
    port: int = 8000,
    open: Annotated[bool, typer.Option(help="Open the documentation in a browser.")] = True,
) -> None:
    """
    Fill a made-up company with technicians, customers and visits, serve it, and say how to look at it.
    """
    import_module("fieldops_http.demo").run(database=database, host=host, port=port, open_browser=open)
