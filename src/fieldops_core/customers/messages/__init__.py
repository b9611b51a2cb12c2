"""
What can be done and asked about customers and what belongs to them, and what happens then.
"""

from fieldops_core.customers.messages.record import (
    ADDRESS_FIELDS,
    IMPORT_FIELDS,
    SECRET_FIELDS,
    TEXT_FIELDS,
    ChangeCustomer,
    CreateCustomer,
    CustomerChanged,
    CustomerCreated,
    ImportCustomers,
    ImportLine,
    ListCustomers,
    ShowCustomer,
)

__all__ = [
    "ADDRESS_FIELDS",
    "IMPORT_FIELDS",
    "SECRET_FIELDS",
    "TEXT_FIELDS",
    "ChangeCustomer",
    "CreateCustomer",
    "CustomerChanged",
    "CustomerCreated",
    "ImportCustomers",
    "ImportLine",
    "ListCustomers",
    "ShowCustomer",
]
