"""
The customer records, what was written down of them, and what is left of those that are no more.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import (
    Candidate,
    Customer,
    CustomerId,
    CustomerPlace,
    InstallVisit,
    Match,
    Place,
    RecordStatus,
    Sort,
    Sought,
    Tombstone,
    Traits,
)
from fieldops_core.kernel.history import HistoryEntry, HistoryPlace
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock, Repository


@frozen(kw_only=True)
class Selection:
    """
    Which records a list holds: of pairs of stage and location, of a number, at a location, of a stage, archived or not,
    with a *tag*, leads of a *lead_status*, of a *status*; None: of all.
    """

    visible: frozenset[tuple[Stage, LocationId]] | None = None
    number: int | None = None
    location: LocationId | None = None
    stage: Stage | None = None
    archived: bool | None = None
    tag: EntryId | None = None
    lead_status: EntryId | None = None
    status: RecordStatus | None = None


@frozen(kw_only=True)
class Found:
    """
    What a search found, in any order. *more*: more records match than were asked for.
    """

    matches: tuple[Match, ...]
    more: bool


class Customers(Repository[CustomerId, Customer], Protocol):
    def next_number(self) -> int:
        """
        A number that no record of the company has or had, 1 first. Given back only where the unit is rolled back.
        """

    def next_numbers(self, count: int) -> range:
        """
        That many new numbers in a row, as :meth:`next_number`.
        """

    def add_all(self, states: Sequence[Customer]) -> None:
        """
        Add many new records, in one statement or a few.

        Raises:
            Conflict: as :meth:`add`.
        """

    def named(self, ids: Collection[CustomerId], *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        """
        Those records, in the order of their ids, locked in that order. Ids that the company does not have are left out.
        """

    def known_external_ids(self, external_ids: Collection[str]) -> Mapping[str, CustomerId]:
        """
        Which of some external ids records of the company have, and whose each is.
        """

    def external_id_taken(self, external_id: str, *, by_other_than: CustomerId | None = None) -> bool:
        """
        Whether another record of the company has that external id.
        """

    def alike(self, traits: Traits) -> tuple[Candidate, ...]:
        """
        In the order of their numbers, at least the records that share a key of those traits.
        """

    def page(self, selection: Selection, *, sort: Sort, after: Place | None, limit: int) -> tuple[Customer, ...]:
        """
        At most *limit* records in an order, those after a place in it.
        """

    def matching(self, sought: Sought, selection: Selection, *, limit: int) -> Found:
        """
        The records in which each term is :func:`~fieldops_core.customers.calculations.is_found`, at most *limit*. Where
        more match, those come first whose number or external id is exactly what was typed, then those whose name key
        begins with the first term, in its order; which of the others is the storage's choice, the same again while
        nothing changes.
        """

    def family(self, parent: CustomerId, *, lock: Lock = Lock.NONE) -> tuple[Customer, ...]:
        """
        A customer and all its sub-customers, in the order of their ids, in which they are locked; also who became one
        while that took time. None where there is no such customer.
        """

    def children(self, parent: CustomerId, *, limit: int | None = None) -> tuple[Customer, ...]:
        """
        The sub-customers of a customer, at most *limit* (None: all), in the order of their numbers.
        """

    def candidates(
        self,
        *,
        visible: frozenset[LocationId] | None,
        words: tuple[str, ...],
        without: CustomerId,
        limit: int,
    ) -> tuple[Customer, ...]:
        """
        At most *limit* customers that are neither archived nor sub-customers, at some locations (None: at any), apart
        from one, in the order of their numbers. *words* as in :meth:`matching`.
        """

    def save_alike(self, change: UniformChange[Customer]) -> None:
        """
        Replace many that this unit has locked as it read them, in a number of statements that does not grow with
        theirs.
        """

    def unplaced(self, *, estimates: bool) -> tuple[CustomerId, ...]:
        """
        The records without coordinates, or, with *estimates*, also those that are only estimated, in the order of their
        numbers.
        """

    def places(self) -> tuple[CustomerPlace, ...]:
        """
        Where every record of the stage CUSTOMER is, in the order of their numbers.
        """


class Tombstones(Protocol):
    """
    What is left of records that are no more, by their ids.
    """

    def add(self, state: Tombstone) -> None:
        """
        Its number is not given again.

        Raises:
            Conflict: where there is one of that record, or of its number.
        """

    def save(self, state: Tombstone) -> None:
        """
        Replace version ``state.version - 1``.

        Raises:
            Conflict: where that is not the stored version.
        """

    def find(self, id: CustomerId) -> Tombstone | None:
        """
        What is left of a record, if it is no more.
        """

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]],
        number: int | None,
        stage: Stage | None,
        location: LocationId | None,
        after: HistoryPlace | None,
        limit: int,
    ) -> tuple[Tombstone, ...]:
        """
        At most *limit* of deleted records, without those merged into another, of *visible* pairs of stage and location,
        the latest first; of one instant the highest id first.
        """


class RecordHistory(Protocol):
    def of(self, aggregate: str, id: UUID, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
        """
        The entries of one aggregate, newest first.
        """

    def first(self, aggregate: str, id: UUID) -> HistoryEntry | None:
        """
        The oldest entry of one aggregate.
        """

    def of_record(
        self, record: UUID, *, aggregates: Collection[str], after: HistoryPlace | None, limit: int
    ) -> tuple[HistoryEntry, ...]:
        """
        At most *limit* entries of what a customer's record is and has, of some kinds of *aggregates*, newest first; of
        one instant the highest id first.
        """


class InstallVisits(Protocol):
    """
    What scheduling knows of the installation of customers.
    """

    def of(self, customers: Collection[CustomerId]) -> tuple[InstallVisit, ...]:
        """
        The appointments of some customers whose type is marked ``install``, without those that were cancelled or where
        nobody showed, by start and id.
        """
