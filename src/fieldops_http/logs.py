"""
Structured logs: one line a request, with its id, and nothing in it that belongs to a person (API-07).
"""

import logging
import re
import sys
import traceback
from time import perf_counter
from typing import Any
from uuid import uuid4

import structlog
from litestar.types import Message, Receive, Scope, Send
from litestar.types.asgi_types import ASGIApp, HTTPScope

from fieldops_http.settings import Logs

SANE = re.compile(r"[A-Za-z0-9._-]{8,128}")
HEADER = b"x-request-id"
STATE = "fieldops_request_id"

log = structlog.stdlib.get_logger("fieldops")


def configure(logs: Logs) -> None:
    """
    Send everything that is logged, by whichever library, to the standard error stream in one form.
    """
    console = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
    last = structlog.processors.JSONRenderer() if logs is Logs.JSON else console
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells whole addresses: where customers live
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def request_id(scope: Scope) -> str:
    """
    The id of a request: the caller's own X-Request-Id where that is a sane one, else a new one.
    """
    state = scope["state"]
    if STATE not in state:
        sent = next((value for name, value in scope["headers"] if name == HEADER), b"").decode("latin-1")
        state[STATE] = sent if SANE.fullmatch(sent) else uuid4().hex
    id: str = state[STATE]
    return id


def where(error: BaseException) -> list[str]:
    """
    The lines that an error passed, innermost last, without any values.
    """
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames]


async def observed(app: ASGIApp, scope: HTTPScope, receive: Receive, send: Send) -> None:
    """
    Let an application answer a request, tell the request's id in the answer, and log what came of it: the template of
    the path, never the path, for paths and queries name people.
    """
    scope.setdefault("state", {})
    id, began, status = request_id(scope), perf_counter(), 0

    async def tell(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            message["headers"] = [*message.get("headers", ()), (HEADER, id.encode())]
        await send(message)

    try:
        await app(scope, receive, tell)
    finally:
        log.info(
            "request",
            request_id=id,
            method=scope["method"],
            path=scope.get("path_template") or "unknown",
            status=status,
            milliseconds=round((perf_counter() - began) * 1_000, 1),
        )
