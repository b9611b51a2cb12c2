"""
One unit of work in one company: all repositories over the same tables.
"""

from collections.abc import Callable

from fieldops_adapters.memory.access import MemoryRoles, MemoryTokens
from fieldops_adapters.memory.belongings import (
    MemoryBelongings,
    MemoryConnections,
    MemoryContacts,
    MemoryCreditChecks,
    MemoryFileRows,
    MemoryFulfilments,
    MemoryTaggings,
)
from fieldops_adapters.memory.company import (
    MemoryAppointmentTypes,
    MemoryCatalogEntries,
    MemoryCompanies,
    MemoryLocationUses,
)
from fieldops_adapters.memory.customers import MemoryCustomers, MemoryInstallVisits, MemoryLookups
from fieldops_adapters.memory.equipment import MemoryEquipment, MemoryStocks, MemoryWorkToPerforms
from fieldops_adapters.memory.journal import MemoryAnswers, MemoryHistory, MemoryOutbox
from fieldops_adapters.memory.login import MemoryAttempts, MemoryLinks, MemoryPasswords, MemorySessions
from fieldops_adapters.memory.messages import MemoryMessages
from fieldops_adapters.memory.overview import MemoryRecordCounts
from fieldops_adapters.memory.purchasing import MemoryPurchaseOrders
from fieldops_adapters.memory.removals import MemoryRemovals
from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.scheduling import (
    AllAppointments,
    MemoryAppointments,
    MemoryGridChoices,
    MemoryHolds,
    MemoryTimes,
)
from fieldops_adapters.memory.sets import MemorySets
from fieldops_adapters.memory.staff import MemoryAbsences, MemoryPeople, MemoryUsers
from fieldops_adapters.memory.tables import Tables
from fieldops_adapters.memory.tombstones import MemoryTombstones
from fieldops_adapters.memory.work_orders import MemoryWorkOrders
from fieldops_core.kernel.ids import CompanyId


class MemoryUnit:
    """
    *appointments* may be replaced: *times* are those of whatever stands there.
    """

    appointments: AllAppointments

    def __init__(self, company: CompanyId, tables: Tables, named: Callable[[str], CompanyId | None]) -> None:
        self.company = company
        self.roles = MemoryRoles("role", tables.roles)
        self.tokens = MemoryTokens("token", tables.tokens)
        self.companies = MemoryCompanies(company, tables, named)
        self.locations = MemoryRepository("location", tables.locations)
        self.appointment_types = MemoryAppointmentTypes("appointment_type", tables.appointment_types)
        self.catalog_entries = MemoryCatalogEntries("catalog_entry", tables.catalog_entries)
        self.users = MemoryUsers(tables)
        self.people = MemoryPeople(tables.users)
        self.absences = MemoryAbsences("absence", tables.absences)
        self.sessions = MemorySessions(tables)
        self.passwords = MemoryPasswords(tables)
        self.password_links = MemoryLinks("password_link", tables.password_links)
        self.attempts = MemoryAttempts(tables.attempts)
        self.customers = MemoryCustomers(tables)
        self.notes = MemoryBelongings("note", tables.notes)
        self.tickets = MemoryBelongings("ticket", tables.tickets, open=lambda ticket: ticket.open)
        self.connections = MemoryConnections("connection", tables.connections, open=lambda each: each.open)
        self.contacts = MemoryContacts("contact", tables.contacts)
        self.taggings = MemoryTaggings("tagging", tables.taggings)
        self.at_risk_marks = MemoryBelongings("at_risk_mark", tables.at_risk_marks, open=lambda mark: mark.open)
        self.credit_checks = MemoryCreditChecks("credit_check", tables.credit_checks, open=lambda check: check.active)
        self.fulfilments = MemoryFulfilments("fulfilment", tables.fulfilments)
        self.files = MemoryFileRows("file", tables.files)
        self.lookups = MemoryLookups(tables.lookups)
        self.tombstones = MemoryTombstones(tables)
        self.messages = MemoryMessages(tables)
        self.work_orders = MemoryWorkOrders(tables)
        self.equipment = MemoryEquipment("customer_equipment", tables.equipment, open=lambda piece: piece.active)
        self.work_to_perform = MemoryWorkToPerforms("work_to_perform", tables.work_to_perform)
        self.stock = MemoryStocks("stock", tables.stock)
        self.purchase_orders = MemoryPurchaseOrders(tables)
        self.appointments = MemoryAppointments("appointment", tables.appointments)
        self.holds = MemoryHolds("hold", tables.holds)
        self.repairs = MemoryRepository("repair", tables.repairs)
        self.times = MemoryTimes(self)
        self.install_visits = MemoryInstallVisits(self, tables)
        self.location_uses = MemoryLocationUses(self, tables)
        self.grid_choices = MemoryGridChoices(tables.grid_choices)
        self.answers = MemoryAnswers(tables.answers)
        self.history = MemoryHistory(tables.history)
        self.outbox = MemoryOutbox(tables.outbox, tables.happened)
        self.sets = MemorySets(self)
        self.record_counts = MemoryRecordCounts(self)
        self.removals = MemoryRemovals(self, tables)
