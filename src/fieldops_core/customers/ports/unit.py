"""
What the use cases of customers work with.
"""

from typing import Protocol

from fieldops_core.customers.model import (
    AtRiskMark,
    AtRiskMarkId,
    CreditCheck,
    CreditCheckId,
    Note,
    NoteId,
    Ticket,
    TicketId,
)
from fieldops_core.customers.ports.addresses import Lookups
from fieldops_core.customers.ports.belongings import Belongings, Contacts, Fulfilments, Taggings
from fieldops_core.customers.ports.connections import Connections
from fieldops_core.customers.ports.files import FileRows
from fieldops_core.customers.ports.record import Customers, InstallVisits, RecordHistory, Tombstones
from fieldops_core.staff import ports as staff


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
