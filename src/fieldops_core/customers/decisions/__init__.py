"""
What changes of customer records, and of what belongs to them, come to.
"""

from fieldops_core.customers.decisions.record import (
    MASK,
    NOT_FIELDS,
    NOTHING,
    Reading,
    change_customer,
    changed_customer,
    create_customer,
    new_customer,
)

__all__ = [
    "MASK",
    "NOTHING",
    "NOT_FIELDS",
    "Reading",
    "change_customer",
    "changed_customer",
    "create_customer",
    "new_customer",
]
