"""
What the engine needs of the world: a storage, and outside help.
"""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.ports import Randomness
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.ports import (
    AddressService,
    ByHand,
    Connector,
    CreditBureaus,
    Files,
    Geocoder,
    NoAddressService,
    NoCreditBureaus,
    NoFiles,
    NoGeocoder,
    RecordHistory,
)
from fieldops_core.kernel.contact import Phones
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.rich_text import NO_MARKUP, Sanitiser
from fieldops_core.login import ports as login
from fieldops_core.login.model import LinkId
from fieldops_core.login.ports import NoPasswords, Passwords, Post, SignOn
from fieldops_core.messaging import ports as messaging
from fieldops_core.messaging.model import MessageId
from fieldops_core.messaging.ports import Mailer, NoMailer, NoSheets, Sheets
from fieldops_core.overview import ports as overview
from fieldops_core.removing import ports as removing
from fieldops_core.scheduling.ports import Happenings, Routing
from fieldops_core.staff.ports import HolidayCalendar, NoHolidays


@frozen(kw_only=True)
class Receipt:
    """
    What a command answers: the use case's *answer* (a view of the resource as it is now), and what policies *added*.
    """

    answer: object
    added: tuple[object, ...] = ()


@frozen(kw_only=True)
class StoredAnswer:
    """
    The first answer to a command id. *fingerprint* tells another command under the same id. *records* are those that
    the command changed: it is forgotten with each of them, and with each whose id the answer tells.
    """

    fingerprint: str
    receipt: Receipt
    records: frozenset[UUID] = field(default=frozenset(), eq=False)


class Answers(Protocol):
    """
    First answers by (actor, command id). They may hold what is secret: a storage seals them.
    """

    def find(
        self, actor: UserId | None, command_id: str, *, answer: object, added: Collection[type] = ()
    ) -> StoredAnswer | None:
        """
        *answer* is the type of the answer that is to be restored, *added* are those of what policies may have added;
        of other types it is restored as plain values, or as it was.
        """

    def add(self, actor: UserId | None, command_id: str, stored: StoredAnswer, *, at: datetime) -> None:
        """
        Raises:
            Conflict: where another call under the same id was first.
        """


class History(RecordHistory, Protocol):
    def add(self, entries: Sequence[HistoryEntry]) -> None: ...


class Outbox(Happenings, Protocol):
    def add(self, events: Sequence[Event], *, ids: Sequence[UUID]) -> None:
        """
        Keep events, under those ids, until they are delivered. They are due at once.
        """

    def done(self, id: UUID, *, at: datetime) -> None:
        """
        An event was delivered.
        """


class Unit(overview.Unit, removing.Unit, messaging.Unit, login.Unit, Protocol):
    """
    One unit of work in one company: all repositories over one transaction.
    """

    @property
    def answers(self) -> Answers: ...
    @property
    def history(self) -> History: ...
    @property
    def outbox(self) -> Outbox: ...


@frozen(kw_only=True)
class Due:
    """
    An event that waits for delivery, claimed by one worker. *attempt* counts from 1.
    """

    id: UUID
    company: CompanyId
    event: Event
    attempt: int


@frozen(kw_only=True)
class DueLookup:
    """
    A record whose address waits to be looked up, claimed by one worker.
    """

    company: CompanyId
    customer: CustomerId


@frozen(kw_only=True)
class DueMessage:
    """
    A message that waits to be sent, claimed by one worker.
    """

    company: CompanyId
    message: MessageId


@frozen(kw_only=True)
class DueLink:
    """
    A link that waits to be carried to its user, claimed by one worker.
    """

    company: CompanyId
    link: LinkId


class Storage(Protocol):
    """
    Where everything is kept.
    """

    def writing(self, company: CompanyId) -> AbstractContextManager[Unit]:
        """
        A unit of work that is saved whole when its block ends, and not at all when it raises.

        Raises:
            Conflict: at any point, where another writer was first; nothing is saved, and the work may be done again.
        """

    def reading(self, company: CompanyId) -> AbstractContextManager[Unit]:
        """
        A unit of work that only reads.
        """

    def company_named(self, slug: str) -> CompanyId | None:
        """
        The company of that short name.
        """

    def claim(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[Due, ...]:
        """
        At most *limit* events of any company that are due, oldest first. They are nobody else's for the time of the
        lease; one that is not done by then is due again.
        """

    def claim_lookups(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLookup, ...]:
        """
        At most *limit* records of any company whose addresses are due to be looked up, those due longest first. They
        are nobody else's for the time of the lease.
        """

    def claim_messages(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueMessage, ...]:
        """
        At most *limit* messages of any company that are due to be sent, those due longest first. They are nobody
        else's for the time of the lease.
        """

    def claim_links(self, limit: int, *, now: datetime, lease_seconds: int) -> tuple[DueLink, ...]:
        """
        At most *limit* links of any company that are due to be carried to their users, those due longest first. They
        are nobody else's for the time of the lease.
        """

    def forget_logins(self, *, now: datetime) -> int:
        """
        Remove, of any company, sessions and links that are over, and attempts that nobody asks for any more; answers
        how many those were.
        """

    def ready(self) -> None:
        """
        Raises:
            Exception: where the storage cannot be used: unreachable, or its schema is another version's.
        """


@frozen(kw_only=True)
class Ports:
    """
    Outside help for use cases.
    """

    phones: Phones
    routing: Routing
    randomness: Randomness
    geocoder: Geocoder = NoGeocoder()
    addresses: AddressService = NoAddressService()
    holidays: HolidayCalendar = NoHolidays()
    files: Files = NoFiles()
    central_stations: Connector = ByHand()
    interactive_services: Connector = ByHand()
    credit: CreditBureaus = NoCreditBureaus()
    sanitiser: Sanitiser = NO_MARKUP
    sheets: Sheets = NoSheets()
    mailer: Mailer = NoMailer()
    passwords: Passwords = NoPasswords()
    post: Post | None = None
    sign_on: SignOn | None = None
