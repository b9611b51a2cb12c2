"""
Rules of the customer record, and of what belongs to it.
"""

from fieldops_core.customers.rules.at_risk import (
    CLEARING,
    mark_stands,
)
from fieldops_core.customers.rules.contacts import (
    ADDING,
    ORDER,
    Order,
    contacts_are_few,
    order_names_each_contact_once,
)
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
    sight_of,
)
from fieldops_core.customers.rules.tags import (
    TAGS,
    Given,
    given_tags_are_offered,
)

__all__ = [
    "ADDING",
    "CHANGE",
    "CHOICES",
    "CLEARING",
    "IMPORTING",
    "LINE",
    "ORDER",
    "PLACING",
    "RECORD",
    "TAGS",
    "TURN",
    "Choices",
    "Given",
    "Importing",
    "Order",
    "Placing",
    "Record",
    "Turn",
    "assignee_is_active",
    "changed_ticket_is_open",
    "contacts_are_few",
    "customer_has_a_location",
    "customer_has_an_account_type",
    "external_id_is_free",
    "given_tags_are_offered",
    "line_has_a_phone",
    "line_has_an_external_id",
    "line_has_known_fields",
    "mark_stands",
    "note_type_is_offered",
    "order_names_each_contact_once",
    "record_has_a_city_and_a_state",
    "record_has_a_name",
    "sight_of",
    "ticket_turns",
]
