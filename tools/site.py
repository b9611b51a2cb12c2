"""
The application on loopback, on a real uvicorn in a thread of this process.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import uvicorn
from attrs import frozen

from fieldops_http.app import Api, create_app
from fieldops_http.engine import Engine
from fieldops_http.server import Server
from fieldops_http.streams import Streams

START_SECONDS = 20
LIVE_SECONDS = 0.05
"""
So often is it asked whether something was committed: nobody here is to wait a second for each change.
"""


@frozen
class Site:
    """
    A served application. Making one takes longer than most tests: each puts an engine of its own behind it.
    """

    url: str
    app: Api

    def serve(self, engine: Engine) -> None:
        self.app.state.engine = engine


@contextmanager
def site_over(engine: Engine) -> Iterator[Site]:
    """
    Serves an engine on a free port until the block ends.
    """
    app = create_app(engine)
    app.state.streams = Streams(seconds=LIVE_SECONDS)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, lifespan="off", timeout_graceful_shutdown=1
    )
    server = Server(config, app.state.streams)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        _wait(server, thread)
        try:
            yield Site(f"http://127.0.0.1:{listening.getsockname()[1]}", app)
        finally:
            server.should_exit = True
            thread.join(START_SECONDS)


def _wait(server: uvicorn.Server, thread: Thread) -> None:
    until = monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or monotonic() > until:
            raise RuntimeError("The server does not start.")
        sleep(0.01)
