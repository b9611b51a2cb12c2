"""
What the shell serves.
"""

from collections.abc import Callable
from typing import TypeVar

from attrs import frozen

from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.ids import Ids
from fieldops_http.tiles import Tiles

A = TypeVar("A")


@frozen(kw_only=True)
class Engine:
    """
    FieldOps over one storage. *threads*: whether what touches the storage runs in threads beside the event loop, or in
    it (short indexed reads of SQLite are quicker so). *secure*: browsers come over TLS
    alone. *tiles* are the ground of maps; without them it is plain. *ready* raises where the storage cannot be used.
    """

    fieldops: FieldOps
    storage: Storage
    ids: Ids
    threads: bool
    secure: bool = False
    tiles: Tiles | None = None

    @property
    def ready(self) -> Callable[[], None]:
        return self.storage.ready


def known(answer: object, kind: type[A]) -> A:
    """
    What the engine answers, as the type that the registry promises.
    """
    if not isinstance(answer, kind):
        raise TypeError(f"{kind.__name__} was promised, not {type(answer).__name__}")
    return answer
