"""
The tables as the newest migration leaves them. Columns for what is searched, sorted, joined or constrained, JSON (as
text, read in one step) for the rest. Every key and index begins with the company, so that the schema can be distributed
by it; the due index of the outbox and the short names of companies are the exceptions.
"""

from fieldops_adapters.sql.tables.belongings import at_risk_marks, contacts, files, notes, taggings, tickets
from fieldops_adapters.sql.tables.common import metadata, of_company, one_of
from fieldops_adapters.sql.tables.company import appointment_types, catalog_entries, companies, locations
from fieldops_adapters.sql.tables.connections import connections
from fieldops_adapters.sql.tables.credit import credit_checks
from fieldops_adapters.sql.tables.customers import customer_keys, customer_tags, customers, lookups
from fieldops_adapters.sql.tables.equipment import equipment, purchase_orders, stock, work_to_perform
from fieldops_adapters.sql.tables.journal import answers, counters, history, outbox
from fieldops_adapters.sql.tables.login import attempts, password_links, passwords, sessions
from fieldops_adapters.sql.tables.messages import messages
from fieldops_adapters.sql.tables.regulations import fulfilments
from fieldops_adapters.sql.tables.removing import quotations, tombstones
from fieldops_adapters.sql.tables.scheduling import UNDER_WAY, appointments, grid_choices, holds, repairs
from fieldops_adapters.sql.tables.staff import absences, roles, tokens, users
from fieldops_adapters.sql.tables.work_orders import OPEN_WORK_ORDER, work_orders

__all__ = [
    "OPEN_WORK_ORDER",
    "UNDER_WAY",
    "absences",
    "answers",
    "appointment_types",
    "appointments",
    "at_risk_marks",
    "attempts",
    "catalog_entries",
    "companies",
    "connections",
    "contacts",
    "counters",
    "credit_checks",
    "customer_keys",
    "customer_tags",
    "customers",
    "equipment",
    "files",
    "fulfilments",
    "grid_choices",
    "history",
    "holds",
    "locations",
    "lookups",
    "messages",
    "metadata",
    "notes",
    "of_company",
    "one_of",
    "outbox",
    "password_links",
    "passwords",
    "purchase_orders",
    "quotations",
    "repairs",
    "roles",
    "sessions",
    "stock",
    "taggings",
    "tickets",
    "tokens",
    "tombstones",
    "users",
    "work_orders",
    "work_to_perform",
]
