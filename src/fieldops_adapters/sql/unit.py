"""
All repositories over one transaction.
"""

from fieldops_adapters.sql.answers import SqlAnswers
from fieldops_adapters.sql.history import SqlHistory
from fieldops_adapters.sql.lookups import SqlLookups
from fieldops_adapters.sql.outbox import SqlOutbox
from fieldops_adapters.sql.queries.installs import SqlInstallVisits
from fieldops_adapters.sql.queries.people import SqlPeople
from fieldops_adapters.sql.queries.times import SqlTimes
from fieldops_adapters.sql.removals import SqlRemovals
from fieldops_adapters.sql.repositories.access import SqlRoles, SqlTokens
from fieldops_adapters.sql.repositories.belongings import (
    SqlAtRiskMarks,
    SqlContacts,
    SqlFileRows,
    SqlNotes,
    SqlTaggings,
    SqlTickets,
)
from fieldops_adapters.sql.repositories.company import (
    SqlAppointmentTypes,
    SqlCatalogEntries,
    SqlCompanies,
    SqlLocations,
    SqlLocationUses,
)
from fieldops_adapters.sql.repositories.connections import SqlConnections
from fieldops_adapters.sql.repositories.credit import SqlCreditChecks
from fieldops_adapters.sql.repositories.customers import SqlCustomers
from fieldops_adapters.sql.repositories.equipment import SqlEquipment, SqlStocks, SqlWorkToPerforms
from fieldops_adapters.sql.repositories.login import SqlAttempts, SqlPasswordLinks, SqlPasswords, SqlSessions
from fieldops_adapters.sql.repositories.messages import SqlMessages
from fieldops_adapters.sql.repositories.overview import SqlRecordCounts
from fieldops_adapters.sql.repositories.purchasing import SqlPurchaseOrders
from fieldops_adapters.sql.repositories.regulations import SqlFulfilments
from fieldops_adapters.sql.repositories.scheduling import SqlAppointments, SqlGridChoices, SqlHolds, SqlRepairs
from fieldops_adapters.sql.repositories.staff import SqlAbsences, SqlUsers
from fieldops_adapters.sql.repositories.tombstones import SqlTombstones
from fieldops_adapters.sql.repositories.work_orders import SqlWorkOrders
from fieldops_adapters.sql.sets import SqlSets
from fieldops_adapters.sql.work import Work


class SqlUnit:
    """
    One unit of work in one company. It neither begins nor ends the transaction.
    """

    def __init__(self, work: Work) -> None:
        self.companies = SqlCompanies(work)
        self.locations = SqlLocations(work)
        self.location_uses = SqlLocationUses(work)
        self.appointment_types = SqlAppointmentTypes(work)
        self.catalog_entries = SqlCatalogEntries(work)
        self.roles = SqlRoles(work)
        self.tokens = SqlTokens(work)
        self.users = SqlUsers(work)
        self.people = SqlPeople(work)
        self.absences = SqlAbsences(work)
        self.sessions = SqlSessions(work)
        self.passwords = SqlPasswords(work)
        self.password_links = SqlPasswordLinks(work)
        self.attempts = SqlAttempts(work)
        self.customers = SqlCustomers(work)
        self.notes = SqlNotes(work)
        self.tickets = SqlTickets(work)
        self.connections = SqlConnections(work)
        self.contacts = SqlContacts(work)
        self.taggings = SqlTaggings(work)
        self.at_risk_marks = SqlAtRiskMarks(work)
        self.credit_checks = SqlCreditChecks(work)
        self.fulfilments = SqlFulfilments(work)
        self.files = SqlFileRows(work)
        self.install_visits = SqlInstallVisits(work)
        self.lookups = SqlLookups(work)
        self.tombstones = SqlTombstones(work)
        self.messages = SqlMessages(work)
        self.work_orders = SqlWorkOrders(work)
        self.equipment = SqlEquipment(work)
        self.work_to_perform = SqlWorkToPerforms(work)
        self.stock = SqlStocks(work)
        self.purchase_orders = SqlPurchaseOrders(work)
        self.appointments = SqlAppointments(work)
        self.holds = SqlHolds(work)
        self.repairs = SqlRepairs(work)
        self.times = SqlTimes(work)
        self.grid_choices = SqlGridChoices(work)
        self.answers = SqlAnswers(work)
        self.history = SqlHistory(work)
        self.outbox = SqlOutbox(work)
        self.sets = SqlSets(work)
        self.record_counts = SqlRecordCounts(work)
        self.removals = SqlRemovals(work)
