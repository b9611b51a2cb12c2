"""
``fieldops serve``
"""

from attrs import evolve

from fieldops_http import server
from fieldops_http.cli.opening import opened
from fieldops_http.logs import configure
from fieldops_http.settings import Settings


def serve(host: str | None = None, port: int | None = None) -> None:
    """
    Serve the HTTP API. Its documentation is at /docs.

    What is due in the outbox is delivered every second by a thread beside it, unless FIELDOPS_DELIVER is off. The
    database must have this version's schema: `fieldops migrate` brings it there.
    """
    settings = Settings.of()
    settings = evolve(settings, host=host or settings.host, port=settings.port if port is None else port)
    configure(settings.logs)
    server.serve(opened(settings), settings)
