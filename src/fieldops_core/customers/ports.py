"""
What the customers subdomain needs of the world.
"""

from collections.abc import (
    Collection,
    Iterator,
    Mapping,
    Sequence,
)
from datetime import datetime
from typing import Protocol, TypeVar
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model import (
    Account,
    AtRiskMark,
    AtRiskMarkId,
    Candidate,
    Connection,
    ConnectionId,
    ConnectionKind,
    Contact,
    ContactId,
    CreditCheck,
    CreditCheckId,
    CreditInquiry,
    CreditReport,
    Customer,
    CustomerId,
    CustomerPlace,
    File,
    FileId,
    Fulfilment,
    FulfilmentId,
    InstallVisit,
    Located,
    Match,
    Note,
    NoteId,
    Place,
    RecordStatus,
    Sort,
    Sought,
    StoredBytes,
    Suggestion,
    Tagging,
    Ticket,
    TicketId,
    Tombstone,
    Traits,
)
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.history import HistoryEntry, HistoryPlace
from fieldops_core.kernel.ids import (
    CompanyId,
    LocationId,
)
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.staff import ports as staff

Key = TypeVar("Key", bound=UUID, contravariant=True)
State = TypeVar("State", bound=Aggregate)


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


class Connections(Belongings[ConnectionId, Connection], Protocol):
    def standing(self, customer: CustomerId, kind: ConnectionKind) -> Connection | None:
        """
        The one of a kind that is linked now. A second one is a Conflict.
        """


class ConnectorFailed(Exception):
    """
    A provider did not answer in time, or refused: the message is a sentence for people.
    """


class Connector(Protocol):
    """
    Links accounts at those who monitor customers, or provide their interactive services. Asked outside of transactions.
    """

    @property
    def by_hand(self) -> bool:
        """
        Nobody is told: somebody links the account there themselves.
        """

    def link(self, account: Account) -> str:
        """
        The provider's name for the link.

        Raises:
            ConnectorFailed: where the provider does not answer, or does not link that account.
        """

    def unlink(self, account: Account) -> None:
        """
        The account is linked no more, whether it was or not.

        Raises:
            ConnectorFailed: where the provider does not answer.
        """


class ByHand:
    """
    Talks to nobody: connections are kept as somebody tells them, who links the account at the provider themselves.
    """

    by_hand = True

    def link(self, account: Account) -> str:
        return ""

    def unlink(self, account: Account) -> None:
        pass


class CreditFailed(Exception):
    """
    A credit bureau did not answer in time, or refused: the message is a sentence for people.
    """


class CreditBureaus(Protocol):
    """
    Those who know credit scores. Asked outside of transactions.
    """

    @property
    def names(self) -> tuple[str, ...]:
        """
        The bureaus that can be asked.
        """

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        """
        Raises:
            CreditFailed: where the bureau does not answer, or not with a report.
        """


class NoCreditBureaus:
    """
    Asks nobody: until whoever runs the server connects a bureau, every credit check is refused.
    """

    names: tuple[str, ...] = ()

    def run(self, inquiry: CreditInquiry) -> CreditReport:
        raise CreditFailed("No credit bureau is connected here.")


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


class FileRows(Belongings[FileId, File], Protocol):
    """
    What is known of files; their bytes are kept by :class:`Files`.
    """

    def remove(self, state: File) -> None:
        """
        Raises:
            Conflict: where the stored version is another.
        """

    def named(self, keys: Collection[str]) -> frozenset[str]:
        """
        Those of some keys that a file of the company names.
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


class FilesFailed(Exception):
    """
    Bytes could not be kept or read: the message is a sentence for people.
    """


class Files(Protocol):
    """
    Keeps the bytes of files, each company's apart, under keys of letters, digits, ``-`` and ``_`` that are hard to
    guess. What was put is there for good when ``put`` returns. Used outside of transactions.

    Every method raises FilesFailed where the store does not answer.
    """

    def put(self, company: CompanyId, key: str, content: bytes) -> None: ...

    def get(self, company: CompanyId, key: str) -> bytes | None:
        """
        None where nothing is kept under that key.
        """

    def remove(self, company: CompanyId, key: str) -> None:
        """
        Nothing is kept under that key from now on, whether there was or not.
        """

    def stored(self) -> Iterator[StoredBytes]:
        """
        All that is kept, of all companies, one company after another.
        """


class NoFiles:
    """
    Keeps none: for embedders who have no use for them.
    """

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        raise FilesFailed("No files are kept here.")

    def get(self, company: CompanyId, key: str) -> bytes | None:
        return None

    def remove(self, company: CompanyId, key: str) -> None:
        pass

    def stored(self) -> Iterator[StoredBytes]:
        return iter(())


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


class Unit(staff.Unit, Protocol):
    @property
    def people(self) -> staff.People: ...
    @property
    def install_visits(self) -> InstallVisits: ...
    @property
    def history(self) -> RecordHistory: ...
    @property
    def customers(self) -> Customers: ...
    @property
    def notes(self) -> Belongings[NoteId, Note]: ...
    @property
    def tickets(self) -> Belongings[TicketId, Ticket]: ...
    @property
    def connections(self) -> Connections: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def taggings(self) -> Taggings: ...
    @property
    def at_risk_marks(self) -> Belongings[AtRiskMarkId, AtRiskMark]: ...
    @property
    def credit_checks(self) -> Belongings[CreditCheckId, CreditCheck]: ...
    @property
    def fulfilments(self) -> Fulfilments: ...
    @property
    def files(self) -> FileRows: ...
    @property
    def lookups(self) -> Lookups: ...
    @property
    def tombstones(self) -> Tombstones: ...
