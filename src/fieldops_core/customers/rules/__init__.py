"""
Rules of the customer record, and of what belongs to it.
"""

from fieldops_core.customers.rules.notes import (
    CHANGE,
    CHOICES,
    TURN,
    Choices,
    Turn,
    assignee_is_active,
    changed_ticket_is_open,
    note_type_is_offered,
    ticket_turns,
)
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
    "CHANGE",
    "CHOICES",
    "IMPORTING",
    "LINE",
    "PLACING",
    "RECORD",
    "TURN",
    "Choices",
    "Importing",
    "Placing",
    "Record",
    "Turn",
    "assignee_is_active",
    "changed_ticket_is_open",
    "customer_has_a_location",
    "customer_has_an_account_type",
    "external_id_is_free",
    "line_has_a_phone",
    "line_has_an_external_id",
    "line_has_known_fields",
    "note_type_is_offered",
    "record_has_a_city_and_a_state",
    "record_has_a_name",
    "ticket_turns",
]
