"""
HTTP servers that outside help is asked at, on this machine.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

Answer = tuple[int, dict[str, Any] | list[Any]]
Fault = Callable[["Handler"], None]
LONG = 60
"""
Seconds for which a server neither answers nor hangs up, where a fault says so: far longer than anybody is to wait.
"""


class Served(ThreadingHTTPServer):
    """
    Answers what *answered* says of a path with its query, and of a body. *asked* holds the paths of the requests so
    far, *bodies* their bodies, *agents* who asked. A *fault* answers in place of it.
    """

    def __init__(self, answered: Callable[[str, bytes], Answer]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answered = answered
        self.asked: list[str] = []
        self.bodies: list[bytes] = []
        self.agents: list[str] = []
        self.fault: Fault | None = None
        self.ending = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    server: Served
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self.path)
        self.server.bodies.append(body)
        self.server.agents.append(self.headers.get("User-Agent", ""))
        if self.server.fault:
            self.server.fault(self)
        else:
            say(self, *self.server.answered(self.path, body))

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        pass


def say(handler: BaseHTTPRequestHandler, status: int, body: dict[str, Any] | list[Any] | bytes) -> None:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json; charset=UTF-8")
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)


def never_answers(handler: Handler) -> None:
    handler.close_connection = True
    handler.server.ending.wait(LONG)


def trickles(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000000")
    handler.end_headers()
    handler.close_connection = True
    for _ in range(20 * LONG):
        try:
            handler.wfile.write(b" ")
        except OSError:
            return
        if handler.server.ending.wait(0.05):
            return


@contextmanager
def served(answered: Callable[[str, bytes], Answer]) -> Iterator[Served]:
    with Served(answered) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.ending.set()
            server.shutdown()
            thread.join()
