"""
The customer record: load, decide, save.
"""

from fieldops_core.customers.use_cases.families import find_parents, link_parent, show_family, unlink_parent
from fieldops_core.customers.use_cases.importing import import_customers
from fieldops_core.customers.use_cases.record import (
    change_customer,
    create_customer,
    list_customers,
    show_customer,
)

__all__ = [
    "change_customer",
    "create_customer",
    "find_parents",
    "import_customers",
    "link_parent",
    "list_customers",
    "show_customer",
    "show_family",
    "unlink_parent",
]
