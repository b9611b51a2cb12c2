"""
The server process: the API on uvicorn, and the worker beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from fieldops_core.app.fieldops import FieldOps
from fieldops_http.app import create_app
from fieldops_http.engine import Engine
from fieldops_http.garbage import settle
from fieldops_http.settings import Settings
from fieldops_http.worker import SECONDS, Worker


def serve(engine: Engine, settings: Settings) -> None:
    """
    Answer requests until the process is asked to end.
    """
    app = create_app(engine)
    settle()
    with working(engine.fieldops, settings):
        uvicorn.run(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
        )


@contextmanager
def working(fieldops: FieldOps, settings: Settings, *, seconds: float = SECONDS) -> Iterator[None]:
    """
    Deliver what is due meanwhile, unless that is switched off.
    """
    worker = Worker(fieldops, seconds=seconds) if settings.deliver else None
    if worker:
        worker.start()
    try:
        yield
    finally:
        if worker:
            worker.stop()
