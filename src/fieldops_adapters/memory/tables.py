"""
Rows by key. What is committed never changes; a draft copies a table before its first change to it.
"""

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from attrs import Factory, evolve, fields, frozen

from fieldops_core.access.model import Role, Token
from fieldops_core.app.ports import StoredAnswer
from fieldops_core.company.model import AppointmentType, CatalogEntry, Company, Location
from fieldops_core.customers.model import (
    AtRiskMark,
    Connection,
    Contact,
    CreditCheck,
    Customer,
    File,
    Fulfilment,
    Note,
    Tagging,
    Ticket,
    Tombstone,
)
from fieldops_core.kernel.events import Event, Happened
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.ids import UserId
from fieldops_core.login.model import Attempts, Password, PasswordLink, Session
from fieldops_core.messaging.model import Message
from fieldops_core.scheduling.model import Appointment, GridChoice, Hold, Repair
from fieldops_core.staff.model import Absence, User
from fieldops_core.work_orders.model import CustomerEquipment, PurchaseOrder, Stock, WorkOrder, WorkToPerform

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Table(Generic[K, V]):
    """
    One kind of rows. Committed ones are read-only; :meth:`draft` answers a writable one that begins with the same rows.
    """

    __slots__ = ("_open", "_own", "_rows")

    def __init__(self, rows: dict[K, V] | None = None, *, open: bool = False) -> None:
        self._rows, self._open, self._own = rows or {}, open, False

    @property
    def rows(self) -> Mapping[K, V]:
        return self._rows

    def draft(self) -> "Table[K, V]":
        return Table(self._rows, open=True)

    def close(self) -> None:
        """
        No row changes any more.
        """
        self._open = False

    def put(self, key: K, row: V) -> None:
        self._writable()[key] = row

    def drop(self, key: K) -> None:
        self._writable().pop(key, None)

    def _writable(self) -> dict[K, V]:
        if not self._open:
            raise RuntimeError("Nothing can be written here: the unit of work only reads, or has ended.")
        if not self._own:
            self._rows, self._own = dict(self._rows), True
        return self._rows


@frozen(kw_only=True)
class Waiting:
    """
    An event in the outbox. *leased_until* is None before it is claimed.
    """

    event: Event
    attempts: int = 0
    leased_until: datetime | None = None


@frozen(kw_only=True)
class Lookup:
    """
    An address that waits to be looked up, and how often it was in vain.
    """

    due: datetime
    tries: int = 0


@frozen(kw_only=True)
class Counted:
    """
    Attempts, and from when on nobody asks for them.
    """

    attempts: Attempts
    forget_at: datetime


@frozen(kw_only=True)
class Tables:
    """
    All that is kept of one company.
    """

    companies: Table[UUID, Company] = Factory(Table)
    locations: Table[UUID, Location] = Factory(Table)
    appointment_types: Table[UUID, AppointmentType] = Factory(Table)
    catalog_entries: Table[UUID, CatalogEntry] = Factory(Table)
    roles: Table[UUID, Role] = Factory(Table)
    tokens: Table[UUID, Token] = Factory(Table)
    users: Table[UUID, User] = Factory(Table)
    absences: Table[UUID, Absence] = Factory(Table)
    sessions: Table[UUID, Session] = Factory(Table)
    passwords: Table[UUID, Password] = Factory(Table)
    password_links: Table[UUID, PasswordLink] = Factory(Table)
    attempts: Table[str, Counted] = Factory(Table)
    customers: Table[UUID, Customer] = Factory(Table)
    notes: Table[UUID, Note] = Factory(Table)
    tickets: Table[UUID, Ticket] = Factory(Table)
    connections: Table[UUID, Connection] = Factory(Table)
    contacts: Table[UUID, Contact] = Factory(Table)
    taggings: Table[UUID, Tagging] = Factory(Table)
    at_risk_marks: Table[UUID, AtRiskMark] = Factory(Table)
    credit_checks: Table[UUID, CreditCheck] = Factory(Table)
    fulfilments: Table[UUID, Fulfilment] = Factory(Table)
    files: Table[UUID, File] = Factory(Table)
    messages: Table[UUID, Message] = Factory(Table)
    numbers: Table[str, int] = Factory(Table)
    lookups: Table[UUID, Lookup] = Factory(Table)
    tombstones: Table[UUID, Tombstone] = Factory(Table)
    work_orders: Table[UUID, WorkOrder] = Factory(Table)
    equipment: Table[UUID, CustomerEquipment] = Factory(Table)
    work_to_perform: Table[UUID, WorkToPerform] = Factory(Table)
    stock: Table[UUID, Stock] = Factory(Table)
    purchase_orders: Table[UUID, PurchaseOrder] = Factory(Table)
    appointments: Table[UUID, Appointment] = Factory(Table)
    holds: Table[UUID, Hold] = Factory(Table)
    repairs: Table[UUID, Repair] = Factory(Table)
    grid_choices: Table[UUID, GridChoice] = Factory(Table)
    answers: Table[tuple[UserId | None, str], StoredAnswer] = Factory(Table)
    history: Table[UUID, HistoryEntry] = Factory(Table)
    outbox: Table[UUID, Waiting] = Factory(Table)
    happened: Table[int, Happened] = Factory(Table)

    def draft(self) -> "Tables":
        return evolve(self, **{each.name: getattr(self, each.name).draft() for each in fields(Tables)})

    def close(self) -> None:
        for each in fields(Tables):
            getattr(self, each.name).close()
