"""
The operations of the API: each a function, and what its address, its documentation and its guards need to know of it.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from inspect import cleandoc
from typing import Any, Literal, cast, get_args, get_type_hints

from attrs import frozen
from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler, HTTPRouteHandler
from litestar.params import QueryParameter
from litestar.types import AnyCallable, Empty

from fieldops_http.auth import BY_ITSELF, asked, authenticated, changing, changing_repeatably, repeatable
from fieldops_http.requests import only

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Function = Callable[..., Response[Any]]

COMPANY = "/v1/{company:str}"


@frozen(kw_only=True)
class Operation:
    """
    One operation, on *path* below the company's, or, where it is *public*, below nothing and for everybody.
    *versioned*: it changes what has a version, and must say which. *creates*: it makes something new. *outside*: it
    asks somebody outside, who may take their time. *uploads*: its body is a file of at most so many bytes;
    *downloads*: its answer is one, of the type *media* where that is always the same; *streams*: its answer goes on.
    *problems* are statuses that it answers beside those of its kind. *rules* are those of docs/rules.
    """

    function: Function
    method: Method
    path: str
    summary: str
    tag: str
    rules: tuple[str, ...]
    versioned: bool = False
    creates: bool = False
    outside: bool = False
    public: bool = False
    uploads: int | None = None
    downloads: bool = False
    media: str | None = None
    problems: tuple[int, ...] = ()
    streams: bool = False

    @property
    def id(self) -> str:
        return self.function.__name__

    @property
    def address(self) -> str:
        """
        Its whole path, as the OpenAPI document writes it.
        """
        path = self.path if self.public else COMPANY + self.path
        return path.replace(":str}", "}").replace(":uuid}", "}")

    @property
    def status(self) -> int:
        return 201 if self.creates else 200

    @property
    def repeatable(self) -> bool:
        return self.method == "POST"

    @property
    def body(self) -> type | None:
        """
        The type of the request's body, where it has one.
        """
        return get_type_hints(self.function).get("data")

    @property
    def answer(self) -> type:
        """
        The type of what is answered.
        """
        return cast("type", get_args(get_type_hints(self.function)["return"])[0])

    @property
    def description(self) -> str:
        rules = f"\n\nRules: {', '.join(self.rules)}." if self.rules else ""
        return cleandoc(self.function.__doc__ or "") + rules

    def handler(self, *, threads: bool) -> HTTPRouteHandler:
        """
        The operation as Litestar knows it; with *threads*, or where it asks outside, it runs beside the event loop.
        """
        beside = threads or self.outside
        return HTTPRouteHandler(
            self.path if self.public else COMPANY + self.path,
            http_method=self.method,
            status_code=self.status,
            operation_id=self.id,
            summary=self.summary,
            description=self.description,
            tags=[self.tag],
            request_max_body_size=Empty if self.uploads is None else self.uploads,
            guards=[] if self.public else [authenticated, self._only_known_parameters],
            dependencies={} if self.public else self._dependencies(),
            sync_to_thread=None if beside else False,
            opt={BY_ITSELF: self.streams},
        )(_in_a_thread(self.function) if beside else self.function)

    @property
    def parameters(self) -> frozenset[str]:
        """
        The names that its query may hold.
        """
        return frozenset(name for function in (self.function, asked) for name in _query(function))

    async def _only_known_parameters(self, connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler) -> None:
        # A coroutine, although it waits for nothing: Litestar would send a plain function to a thread.
        only(connection.query_params, self.parameters)

    def _dependencies(self) -> dict[str, Provide]:
        caller: AnyCallable
        match self.repeatable, self.versioned:
            case True, True:
                caller = changing_repeatably
            case True, False:
                caller = repeatable
            case False, True:
                caller = changing
            case _:
                return {"caller": Provide(asked, sync_to_thread=False)}
        return {
            "asked": Provide(asked, sync_to_thread=False),
            "caller": Provide(caller, sync_to_thread=False),
        }


def _in_a_thread(function: Function) -> AnyCallable:
    """
    Not left to Litestar: it wraps a function again for each further method on its path, and then answers with a
    coroutine that nobody awaited.
    """

    @wraps(function)
    async def beside(*arguments: Any, **named: Any) -> Response[Any]:
        return await sync_to_thread(function, *arguments, **named)

    return beside


def _query(function: Callable[..., Any]) -> Iterator[str]:
    for name, hint in get_type_hints(function, include_extras=True).items():
        for mark in getattr(hint, "__metadata__", ()):
            if isinstance(mark, QueryParameter):
                yield mark.name or name


def operation(
    method: Method,
    path: str,
    *,
    summary: str,
    tag: str,
    rules: str = "",
    versioned: bool = False,
    creates: bool = False,
    outside: bool = False,
    public: bool = False,
    uploads: int | None = None,
    downloads: bool = False,
    media: str | None = None,
    problems: tuple[int, ...] = (),
    streams: bool = False,
) -> Callable[[Function], Operation]:
    """
    Mark a function as an operation; its docstring is the description. *rules* are numbers, separated by spaces.
    """
    return lambda function: Operation(
        function=function,
        method=method,
        path=path,
        summary=summary,
        tag=tag,
        rules=tuple(rules.split()),
        versioned=versioned,
        creates=creates,
        outside=outside,
        public=public,
        uploads=uploads,
        downloads=downloads,
        media=media,
        problems=problems,
        streams=streams,
    )
