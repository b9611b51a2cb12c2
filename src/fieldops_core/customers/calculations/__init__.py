"""
What is computed about customers without an opinion.
"""

from fieldops_core.customers.calculations.files import described, media_type_of
from fieldops_core.customers.calculations.months import months_remaining, whole_months
from fieldops_core.customers.calculations.regulations import (
    expires,
    is_of,
    regulated,
    unfulfilled,
)
from fieldops_core.customers.calculations.searching import (
    MATCHES,
    is_exact,
    is_found,
    ordered,
    part,
    place,
    placed,
    sought,
)
from fieldops_core.customers.calculations.warnings import TabWarning, Warned, WarningFacts, tab_warnings

__all__ = [
    "MATCHES",
    "TabWarning",
    "Warned",
    "WarningFacts",
    "described",
    "expires",
    "is_exact",
    "is_found",
    "is_of",
    "media_type_of",
    "months_remaining",
    "ordered",
    "part",
    "place",
    "placed",
    "regulated",
    "sought",
    "tab_warnings",
    "unfulfilled",
    "whole_months",
]
