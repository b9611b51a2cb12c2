"""
Every rule of the customer record.
"""

from fieldops_core.customers.rules.conversion import CONVERSION, Conversion
from fieldops_core.customers.rules.record import (
    IMPORTING,
    LINE,
    PLACING,
    RECORD,
    Importing,
    Placing,
    Record,
)
from fieldops_core.customers.rules.sections import (
    SECTIONS,
    Known,
    Sections,
    broken,
    missing_answers,
    newly_named,
)

__all__ = [
    "CONVERSION",
    "IMPORTING",
    "LINE",
    "PLACING",
    "RECORD",
    "SECTIONS",
    "Conversion",
    "Importing",
    "Known",
    "Placing",
    "Record",
    "Sections",
    "broken",
    "missing_answers",
    "newly_named",
]
