"""
How aggregates are kept.
"""

from enum import Enum
from typing import Protocol, TypeVar

from fieldops_core.kernel.events import Aggregate

Key = TypeVar("Key", contravariant=True)
State = TypeVar("State", bound=Aggregate)


class Lock(Enum):
    """
    Against what a row is locked as it is read, until the unit of work ends. SHARED: others may read it so too, but not
    change it. EXCLUSIVE: others who lock it wait.
    """

    NONE = "none"
    SHARED = "shared"
    EXCLUSIVE = "exclusive"


class Repository(Protocol[Key, State]):
    """
    The aggregates of one kind in one company.
    """

    def get(self, id: Key, *, lock: Lock = Lock.NONE) -> State:
        """
        Raises:
            NotFound: where the company has none of that id.
        """

    def add(self, state: State) -> None:
        """
        Raises:
            Conflict: where another writer was first.
        """

    def save(self, state: State) -> None:
        """
        Replace version ``state.version - 1``.

        Raises:
            Conflict: where that is not the stored version, or another writer was first.
        """
