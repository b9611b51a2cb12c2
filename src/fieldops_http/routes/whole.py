"""
How the server is.
"""

from typing import Any, Literal

import structlog
from attrs import frozen
from litestar import Request, Response

from fieldops_http.engine import Engine
from fieldops_http.logs import request_id, where
from fieldops_http.operations import operation

log = structlog.stdlib.get_logger("fieldops")


@frozen(kw_only=True)
class HealthView:
    """
    The process answers.
    """

    status: Literal["ok"] = "ok"


@frozen(kw_only=True)
class ReadinessView:
    """
    Whether the storage can be used.
    """

    status: Literal["ready", "not_ready"]


@operation("GET", "/health", summary="Is the process alive?", tag="server", rules="API-07", public=True)
def health() -> Response[HealthView]:
    """
    Answers without looking at the storage.
    """
    return Response(HealthView())


@operation("GET", "/ready", summary="Can the server do its work?", tag="server", rules="API-07", public=True)
def ready(request: Request[Any, Any, Any]) -> Response[ReadinessView]:
    """
    Asks the storage. 503 where it cannot be reached, or has another version's schema: `fieldops migrate` mends that.
    """
    engine: Engine = request.app.state.engine
    try:
        engine.ready()
    except Exception as error:  # noqa: BLE001 - whatever it is, the storage is not ready
        log.warning("not ready", request_id=request_id(request.scope), error=type(error).__name__, where=where(error))
        return Response(ReadinessView(status="not_ready"), status_code=503)
    return Response(ReadinessView(status="ready"))


OPERATIONS = (health, ready)
