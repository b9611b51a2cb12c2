"""
The ASGI application.
"""

from functools import partial
from typing import Any

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.enums import ScopeType
from litestar.exceptions import ValidationException
from litestar.types import LifeSpanReceive, LifeSpanSend, Message, Receive, Scope, Send
from litestar.types.asgi_types import LifeSpanScope

from fieldops_core.kernel.secret import Secret
from fieldops_http.docs import routes_of
from fieldops_http.engine import Engine
from fieldops_http.logs import observed
from fieldops_http.operations import Operation
from fieldops_http.pages import pages
from fieldops_http.pages.frame import answer_any
from fieldops_http.problems import BODY_LIMIT, answer_parameters
from fieldops_http.requests import ApiRequest
from fieldops_http.routes import (
    access,
    archiving,
    belongings,
    company,
    connections,
    credit,
    customers,
    equipment,
    families,
    field_work,
    files,
    login,
    messaging,
    overview,
    purchasing,
    regulations,
    removing,
    scheduling,
    staff,
    whole,
    work_orders,
)
from fieldops_http.streams import Streams

OPERATIONS: tuple[Operation, ...] = (
    *scheduling.OPERATIONS,
    *field_work.OPERATIONS,
    *work_orders.OPERATIONS,
    *equipment.OPERATIONS,
    *purchasing.OPERATIONS,
    *overview.OPERATIONS,
    *customers.OPERATIONS,
    *belongings.OPERATIONS,
    *connections.OPERATIONS,
    *credit.OPERATIONS,
    *regulations.OPERATIONS,
    *files.OPERATIONS,
    *messaging.OPERATIONS,
    *families.OPERATIONS,
    *archiving.OPERATIONS,
    *removing.OPERATIONS,
    *staff.OPERATIONS,
    *company.OPERATIONS,
    *login.OPERATIONS,
    *access.OPERATIONS,
    *whole.OPERATIONS,
)


class Api(Litestar):
    """
    Litestar, with every request named and logged, those too that reach no operation.
    """

    async def __call__(
        self,
        scope: Scope | LifeSpanScope,
        receive: Receive | LifeSpanReceive,
        send: Send | LifeSpanSend,
    ) -> None:
        inner: Any = super().__call__
        outer: Any = partial(observed, inner) if scope["type"] == ScopeType.HTTP else inner
        await outer(scope, receive, send)


async def kept_nowhere(message: Message, scope: Scope) -> None:
    """
    What the API answers is meant for who asked, and holds what no browser or proxy may show to the next one. An ETag
    does not change that: it names the version of a thing, and not what somebody with other roles, or in another zone,
    sees of it.
    """
    if message["type"] != "http.response.start" or not scope["path"].startswith("/v1/"):
        return
    headers = list(message.get("headers", ()))
    if all(name.lower() != b"cache-control" for name, _ in headers):
        message["headers"] = [*headers, (b"cache-control", b"private, no-store")]


def create_app(engine: Engine) -> Api:
    """
    The HTTP API over an engine: its operations, its OpenAPI document and its documentation page.
    """
    return Api(
        route_handlers=[
            *(each.handler(threads=engine.threads) for each in OPERATIONS),
            *routes_of(OPERATIONS),
            *pages(),
        ],
        state=State({"engine": engine, "streams": Streams()}),
        request_class=ApiRequest,
        request_max_body_size=BODY_LIMIT,
        type_encoders={Secret: str},
        exception_handlers={ValidationException: answer_parameters, Exception: answer_any},
        # Not what is answered to somebody: it holds secrets, of which its length must tell nothing.
        compression_config=CompressionConfig(backend="gzip", exclude=["^/app", "^/v1"]),
        before_send=[kept_nowhere],
        openapi_config=None,
        logging_config=None,
    )
