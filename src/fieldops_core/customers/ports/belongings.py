"""
What belongs to a record.
"""

from collections.abc import Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from fieldops_core.customers.model import Contact, ContactId, CustomerId, Fulfilment, FulfilmentId, Tagging
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.repository import Lock, Repository

Key = TypeVar("Key", bound=UUID, contravariant=True)
State = TypeVar("State", bound=Aggregate)


class Belongings(Repository[Key, State], Protocol[Key, State]):
    """
    Things of one kind, each of which belongs to a record. *open*: only those that are, or only those that have ended;
    what never ends is always open. None: all.
    """

    def of(
        self, customer: CustomerId, *, open: bool | None = None, after: Key | None = None, limit: int
    ) -> tuple[State, ...]:
        """
        At most *limit* of a record, newest first: in the order of their ids, from the last, below *after*.
        """

    def count(self, customer: CustomerId, *, open: bool | None = None) -> int:
        """
        How many the record has.
        """


class Contacts(Repository[ContactId, Contact], Protocol):
    def of(self, customer: CustomerId) -> tuple[Contact, ...]:
        """
        Those of a record, by place and id.
        """

    def save_all(self, states: Sequence[Contact]) -> None:
        """
        As :meth:`save`, for many.
        """

    def remove(self, state: Contact) -> None:
        """
        Raises:
            Conflict: where the stored version is another.
        """


class Fulfilments(Repository[FulfilmentId, Fulfilment], Protocol):
    def of(self, customer: CustomerId) -> tuple[Fulfilment, ...]:
        """
        Those of a record, in the order of their ids.
        """

    def remove(self, state: Fulfilment) -> None:
        """
        Raises:
            Conflict: where the stored version is another.
        """


class Taggings(Protocol):
    def get(self, id: CustomerId, *, lock: Lock = Lock.NONE) -> Tagging:
        """
        The tags of a record that the company has; none, at version 1, where it was never tagged.
        """

    def add(self, state: Tagging) -> None:
        """
        Keep the first tags of a record, which are version 2.

        Raises:
            Conflict: where another writer was first.
        """

    def save(self, state: Tagging) -> None:
        """
        Replace version ``state.version - 1``, kept or not.

        Raises:
            Conflict: where that is not the stored version.
        """
