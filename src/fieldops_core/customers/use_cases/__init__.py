"""
The customer record: load, decide, save.
"""

from fieldops_core.customers.use_cases.addresses import (
    await_lookups,
    finish_lookup,
    look_up_addresses,
    suggest_addresses,
)
from fieldops_core.customers.use_cases.duplicates import find_duplicates
from fieldops_core.customers.use_cases.importing import import_customers
from fieldops_core.customers.use_cases.record import (
    change_customer,
    create_customer,
    list_customers,
    show_customer,
)

__all__ = [
    "await_lookups",
    "change_customer",
    "create_customer",
    "find_duplicates",
    "finish_lookup",
    "import_customers",
    "list_customers",
    "look_up_addresses",
    "show_customer",
    "suggest_addresses",
]
