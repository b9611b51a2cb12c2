"""
Lists in pages.
"""

import base64
from datetime import datetime
from typing import TypeVar
from uuid import UUID

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


def cursor_of(*parts: str) -> str:
    """
    The place of an item in a list, as text that is nobody's to read.
    """
    return base64.urlsafe_b64encode("|".join(parts).encode()).decode().rstrip("=")


def parts_of(cursor: str) -> list[str]:
    """
    What :func:`cursor_of` was told.

    Raises:
        ValueError: where the text is no cursor.
    """
    return base64.urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4)).decode().split("|")


def instant_and_id(cursor: str) -> tuple[datetime, UUID]:
    """
    The place in a list by instant and id.

    Raises:
        ValueError: where the text is no such cursor.
    """
    at, id = parts_of(cursor)
    instant = datetime.fromisoformat(at)
    if instant.tzinfo is None:
        raise ValueError("an instant without an offset")
    return instant, UUID(id)
