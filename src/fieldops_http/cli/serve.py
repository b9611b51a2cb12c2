"""
``fieldops serve``
"""

from typing import Annotated

import typer
from attrs import evolve

from fieldops_http.cli.opening import can_listen, opened
from fieldops_http.settings import Settings


def serve(
    host: Annotated[str | None, typer.Option(metavar="ADDRESS", help="By default FIELDOPS_HOST.")] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=0, max=65_535, help="By default FIELDOPS_PORT.")
    ] = None,
) -> None:
    """
    Serve the HTTP API. Its documentation is at `/docs`. Ctrl-C ends it.

    ```
    fieldops serve
    fieldops serve --host 0.0.0.0 --port 8080
    ```

    What is due in the outbox is delivered every second by a thread beside it, another one looks addresses up where
    FIELDOPS_GEOCODING names a service, others send messages and links where FIELDOPS_MAIL says how, unless
    FIELDOPS_DELIVER is off. The database must have this version's schema: `fieldops migrate` brings it there.
    """
    # Not needed by the other commands, which begin sooner without.
    from fieldops_http import server
    from fieldops_http.logs import configure

    settings = Settings.of()
    settings = evolve(settings, host=host or settings.host, port=settings.port if port is None else port)
    engine = opened(settings)
    can_listen(settings.host, settings.port)
    configure(settings.logs)
    server.serve(engine, settings)
