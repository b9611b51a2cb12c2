"""
``fieldops demo``
"""

from importlib import import_module
from pathlib import Path
from typing import Annotated, Literal

import typer


def demo(
    database: Annotated[
        Path, typer.Option(metavar="FILE", help="The SQLite file that is filled, if it is new, and served.")
    ] = Path(".demo/fieldops.db"),
    size: Annotated[
        Literal["full", "small"],
        typer.Option(help="How much is filled: three months of 60 people and 5,000 customers, or days of a few."),
    ] = "full",
    host: Annotated[str, typer.Option(metavar="ADDRESS", help="Where it is served.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="PORT", min=0, max=65_535, help="Where it is served.")] = 8000,
    open: Annotated[bool, typer.Option(help="Open the board in a browser.")] = True,
) -> None:
    """
    Fill a made-up company with technicians, customers and visits, serve it, and say how to look at it.

    ```
    fieldops demo
    fieldops demo --port 8001 --no-open
    ```

    The next start goes on with what is there. Ctrl-C ends it.
    """
    demo = import_module("fieldops_http.demo")
    demo.run(database=database, size=demo.SIZES[size], host=host, port=port, open_browser=open)
