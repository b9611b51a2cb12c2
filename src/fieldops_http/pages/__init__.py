"""
Server-rendered pages, over the same commands and questions as the API. Each module of pages lists its handlers.
"""

from pathlib import Path

from litestar.datastructures import CacheControlHeader
from litestar.di import Provide
from litestar.router import Router
from litestar.static_files import create_static_files_router

from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_http.pages import appointments, board, customers, login, new_user, user, users, work_orders
from fieldops_http.pages.frame import (
    NotHere,
    answer_cross_site,
    answer_forbidden,
    answer_invalid,
    answer_not_found,
    answer_not_here,
    needed,
)
from fieldops_http.sessions import CrossSite

HANDLERS = (
    *login.HANDLERS,
    *board.HANDLERS,
    *appointments.HANDLERS,
    *customers.HANDLERS,
    *work_orders.HANDLERS,
    *users.HANDLERS,
    *new_user.HANDLERS,
    *user.HANDLERS,
)


def pages() -> list[Router]:
    """
    All pages, and what they look like.
    """
    own = Router(
        "/",
        route_handlers=HANDLERS,
        dependencies={"here": Provide(needed)},
        exception_handlers={
            CrossSite: answer_cross_site,
            NotHere: answer_not_here,
            Forbidden: answer_forbidden,
            NotFound: answer_not_found,
            InvalidValue: answer_invalid,
        },
    )
    # Pages name each of them by what it holds: a changed one has another address.
    kept = CacheControlHeader(public=True, max_age=31_536_000, immutable=True)
    static = create_static_files_router(
        "/pages", [Path(__file__).parent / "static"], include_in_schema=False, cache_control=kept
    )
    return [own, static]
