"""
The customer record, and what belongs to it: load, decide, save.
"""

from fieldops_core.customers.use_cases.addresses import (
    await_lookups,
    finish_lookup,
    look_up_addresses,
    suggest_addresses,
)
from fieldops_core.customers.use_cases.at_risk import (
    clear_at_risk,
    list_at_risk_marks,
    mark_at_risk,
    show_at_risk_mark,
)
from fieldops_core.customers.use_cases.connections import (
    link_connection,
    list_connections,
    show_connection,
    unlink_connection,
)
from fieldops_core.customers.use_cases.contacts import (
    change_contact,
    create_contact,
    list_contacts,
    order_contacts,
    remove_contact,
    show_contact,
)
from fieldops_core.customers.use_cases.converting import convert_lead
from fieldops_core.customers.use_cases.credit import (
    apply_credit_check,
    list_credit_checks,
    run_credit_check,
    show_credit_check,
)
from fieldops_core.customers.use_cases.duplicates import find_duplicates
from fieldops_core.customers.use_cases.families import find_parents, link_parent, show_family, unlink_parent
from fieldops_core.customers.use_cases.files import (
    add_file,
    find_file,
    list_files,
    remove_file,
    rename_file,
    show_file,
)
from fieldops_core.customers.use_cases.importing import import_customers
from fieldops_core.customers.use_cases.listing import list_customers
from fieldops_core.customers.use_cases.notes import change_note, create_note, list_notes, show_note
from fieldops_core.customers.use_cases.record import change_customer, create_customer, show_customer
from fieldops_core.customers.use_cases.regulations import (
    change_fulfilment,
    fulfil_regulation,
    list_regulations,
    remove_fulfilment,
    show_fulfilment,
)
from fieldops_core.customers.use_cases.tags import set_tags, show_tags
from fieldops_core.customers.use_cases.tickets import (
    change_ticket,
    close_ticket,
    create_ticket,
    list_tickets,
    reopen_ticket,
    show_ticket,
)

__all__ = [
    "add_file",
    "apply_credit_check",
    "await_lookups",
    "change_contact",
    "change_customer",
    "change_fulfilment",
    "change_note",
    "change_ticket",
    "clear_at_risk",
    "close_ticket",
    "convert_lead",
    "create_contact",
    "create_customer",
    "create_note",
    "create_ticket",
    "find_duplicates",
    "find_file",
    "find_parents",
    "finish_lookup",
    "fulfil_regulation",
    "import_customers",
    "link_connection",
    "link_parent",
    "list_at_risk_marks",
    "list_connections",
    "list_contacts",
    "list_credit_checks",
    "list_customers",
    "list_files",
    "list_notes",
    "list_regulations",
    "list_tickets",
    "look_up_addresses",
    "mark_at_risk",
    "order_contacts",
    "remove_contact",
    "remove_file",
    "remove_fulfilment",
    "rename_file",
    "reopen_ticket",
    "run_credit_check",
    "set_tags",
    "show_at_risk_mark",
    "show_connection",
    "show_contact",
    "show_credit_check",
    "show_customer",
    "show_family",
    "show_file",
    "show_fulfilment",
    "show_note",
    "show_tags",
    "show_ticket",
    "suggest_addresses",
    "unlink_connection",
    "unlink_parent",
]
