"""
The customer record, and what belongs to it: load, decide, save.
"""

from fieldops_core.customers.use_cases.importing import import_customers
from fieldops_core.customers.use_cases.notes import change_note, create_note, list_notes, show_note
from fieldops_core.customers.use_cases.record import (
    change_customer,
    create_customer,
    list_customers,
    show_customer,
)
from fieldops_core.customers.use_cases.tickets import (
    change_ticket,
    close_ticket,
    create_ticket,
    list_tickets,
    reopen_ticket,
    show_ticket,
)

__all__ = [
    "change_customer",
    "change_note",
    "change_ticket",
    "close_ticket",
    "create_customer",
    "create_note",
    "create_ticket",
    "import_customers",
    "list_customers",
    "list_notes",
    "list_tickets",
    "reopen_ticket",
    "show_customer",
    "show_note",
    "show_ticket",
]
