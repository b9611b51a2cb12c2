"""
The customer record: load, decide, save.
"""

from fieldops_core.customers.use_cases.duplicates import find_duplicates
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
    "find_duplicates",
    "import_customers",
    "list_customers",
    "show_customer",
]
