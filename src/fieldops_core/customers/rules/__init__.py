"""
Rules of the customer record, and of what belongs to it.
"""

from fieldops_core.customers.rules.record import (
    IMPORTING,
    LINE,
    PLACING,
    RECORD,
    Importing,
    Placing,
    Record,
    customer_has_a_location,
    customer_has_an_account_type,
    external_id_is_free,
    line_has_a_phone,
    line_has_an_external_id,
    line_has_known_fields,
    record_has_a_city_and_a_state,
    record_has_a_name,
)

__all__ = [
    "IMPORTING",
    "LINE",
    "PLACING",
    "RECORD",
    "Importing",
    "Placing",
    "Record",
    "customer_has_a_location",
    "customer_has_an_account_type",
    "external_id_is_free",
    "line_has_a_phone",
    "line_has_an_external_id",
    "line_has_known_fields",
    "record_has_a_city_and_a_state",
    "record_has_a_name",
]
