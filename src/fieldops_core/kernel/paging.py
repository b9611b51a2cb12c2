"""
Lists in pages.
"""

from typing import TypeVar

from fieldops_core.kernel.errors import InvalidValue

Item = TypeVar("Item")
MOST = 200


def one_more(limit: int) -> int:
    """
    How many to read for a page of *limit*: one more tells whether another page follows.

    Raises:
        InvalidValue: where a page does not hold 1 to 200 (API-04).
    """
    if not 1 <= limit <= MOST:
        raise InvalidValue("limit.invalid", f"A page holds 1 to {MOST}.", facts={"limit": limit}, field="limit")
    return limit + 1


def paged(found: tuple[Item, ...], limit: int) -> tuple[tuple[Item, ...], Item | None]:
    """
    The page, and its last item where another page follows.
    """
    page = found[:limit]
    return page, page[-1] if len(found) > limit else None
