"""
The server process: the API on uvicorn, and the workers beside it.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from socket import socket

import uvicorn

from fieldops_core.app.fieldops import FieldOps
from fieldops_http.app import create_app
from fieldops_http.engine import Engine
from fieldops_http.garbage import settle
from fieldops_http.settings import Settings
from fieldops_http.streams import Streams
from fieldops_http.worker import SECONDS, SWEEP_SECONDS, Worker, deliver, forget, look_up, post, send, sweep

STOP_SECONDS = 5


def serve(engine: Engine, settings: Settings) -> None:
    """
    Answer requests until the process is asked to end.
    """
    app = create_app(engine)
    settle()
    with working(engine.fieldops, settings):
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        with suppress(KeyboardInterrupt):  # told again once the server has ended
            Server(config, app.state.streams).run()


class Server(uvicorn.Server):
    """
    A server that ends its streams before it waits for requests to end.
    """

    def __init__(self, config: uvicorn.Config, streams: Streams) -> None:
        super().__init__(config)
        self._streams = streams

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        self._streams.end()
        await super().shutdown(sockets)


@contextmanager
def working(fieldops: FieldOps, settings: Settings, *, seconds: float = SECONDS) -> Iterator[None]:
    """
    Do what is due meanwhile, unless that is switched off. A thread for each kind of work: a service that takes its time
    to find addresses, or a mail server, does not keep events waiting. The files are swept every hour, and sessions that
    are over forgotten.
    """
    often, hourly = (deliver, look_up, send, post), (sweep, forget)
    rounds = {**dict.fromkeys(often, seconds), **dict.fromkeys(hourly, SWEEP_SECONDS)} if settings.deliver else {}
    workers = [Worker(fieldops, round=round, seconds=each) for round, each in rounds.items()]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()
