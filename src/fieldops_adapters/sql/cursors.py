"""
Cursors of psycopg that leave out what nobody asks for.
"""

from collections.abc import Sequence
from typing import Any, overload

from psycopg import Column, Cursor


class LeanCursor(Cursor[Any]):
    """
    Describes the columns of a result when somebody looks at them. After each statement SQLAlchemy asks whether there
    are any; it looks at them when it meets a statement for the first time, and never again.
    """

    @property
    def description(self) -> "Columns | None":  # type: ignore[override]
        result = self.pgresult
        return Columns(self) if result is not None and result.nfields else None

    def described(self) -> list[Column]:
        return super().description or []


class Columns(Sequence[Column]):
    """
    The columns of the result that a cursor stands on.
    """

    __slots__ = ("cursor",)

    def __init__(self, cursor: LeanCursor) -> None:
        self.cursor = cursor

    def __len__(self) -> int:
        return len(self.cursor.described())

    @overload
    def __getitem__(self, at: int) -> Column: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Column]: ...

    def __getitem__(self, at: int | slice) -> Column | Sequence[Column]:
        return self.cursor.described()[at]
