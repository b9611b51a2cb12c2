"""
What the customers subdomain needs of the world.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fieldops_core.access.model import Stage
from fieldops_core.company import ports as company
from fieldops_core.customers.model import Candidate, Customer, CustomerId, CustomerPlace, Located, Suggestion, Traits
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.repository import Lock, Repository


class Geocoder(Protocol):
    """
    Knows where addresses lie, at once and without asking anybody: it is asked within transactions.
    """

    def locate(self, address: Address) -> Located | None:
        """
        None where the address is not found: a record is saved all the same (CUS-14).
        """

    def state_of(self, code: PostalCode) -> str | None:
        """
        The two letters of the state in which a postal code lies; None where that is not known.
        """


class NoGeocoder:
    """
    Finds nothing: for embedders who send coordinates themselves.
    """

    def locate(self, _: Address) -> Located | None:
        return None

    def state_of(self, _: PostalCode) -> str | None:
        return None


class AddressService(Protocol):
    """
    Knows addresses better, and may have to ask somebody outside, who takes their time or fails: it is asked after the
    transaction of a change, never within it.
    """

    @property
    def looks_up(self) -> bool:
        """
        Whether it knows more than the geocoder does: without that, nothing waits to be looked up.
        """

    def look_up(self, address: Address) -> Located | None:
        """
        None where the address is not found, not even its street.

        Raises:
            AddressServiceFailed: where the service does not answer: it is asked again later.
        """

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        """
        At most *limit* addresses that may be meant by what was typed so far, the likeliest first; fewer, or none, where
        a service does not answer at once.
        """


class AddressServiceFailed(Exception):
    """
    The service did not answer in time, or not with addresses.
    """


class NoAddressService:
    """
    Looks up nothing, and suggests nothing.
    """

    looks_up = False

    def look_up(self, _: Address) -> Located | None:
        return None

    def suggest(self, _: str, *, limit: int) -> tuple[Suggestion, ...]:
        return ()


class Lookups(Protocol):
    """
    The records whose addresses wait to be looked up (CUS-14).
    """

    def put(self, customers: Collection[CustomerId], *, due: datetime) -> None:
        """
        These are due then, and were not asked for yet, whatever was known of them.
        """

    def put_off(self, customer: CustomerId, *, due: datetime) -> None:
        """
        It was asked for in vain, once more, and is due again then.
        """

    def tries(self, customer: CustomerId) -> int | None:
        """
        How often it was asked for in vain; None where it does not wait.
        """

    def drop(self, customer: CustomerId) -> None:
        """
        It waits no longer, if it did.
        """


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

    def page(
        self,
        *,
        visible: frozenset[tuple[Stage, LocationId]] | None,
        words: tuple[str, ...] = (),
        number: int | None,
        location: LocationId | None,
        stage: Stage | None,
        after: int | None,
        limit: int,
    ) -> tuple[Customer, ...]:
        """
        At most *limit* records with a number above *after*, in the order of their numbers. *visible* limits them to
        pairs of stage and location; None: all may be seen. *words* must each occur in the record's
        :func:`~fieldops_core.customers.model.search_text`.
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


class RecordHistory(Protocol):
    def of(self, aggregate: str, id: UUID, *, limit: int = 200) -> tuple[HistoryEntry, ...]:
        """
        The entries of one record, newest first.
        """


class Unit(company.Unit, Protocol):
    @property
    def history(self) -> RecordHistory: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def lookups(self) -> Lookups: ...
