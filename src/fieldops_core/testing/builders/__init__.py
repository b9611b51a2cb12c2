"""
Records with sensible defaults: an office in Provo, Utah, whose technicians and customers are near, on weekdays from
08:00 to 17:00. Each keyword overrides the field of that name; ids are new ones unless they are given.
"""

from fieldops_core.testing.builders.belongings import (
    a_connection,
    a_contact,
    a_credit_check,
    a_file,
    a_fulfilment,
    a_message,
    a_note,
    a_ticket,
    an_at_risk_mark,
)
from fieldops_core.testing.builders.company import a_catalog_entry, a_company, a_location, a_sub_type, a_type
from fieldops_core.testing.builders.customers import a_customer, a_tombstone
from fieldops_core.testing.builders.defaults import (
    DAY,
    DENVER,
    FIFTY_MILES,
    OFFICE_HOURS,
    PROVO,
    PROVO_ADDRESS,
    a_period,
    at,
    fresh,
)
from fieldops_core.testing.builders.scheduling import a_block, a_hold, a_repair, an_appointment
from fieldops_core.testing.builders.staff import a_role, a_technician, a_token, a_user, an_absence
from fieldops_core.testing.builders.work_orders import a_piece, a_purchase_order, a_work_order, some_stock, some_work

__all__ = [
    "DAY",
    "DENVER",
    "FIFTY_MILES",
    "OFFICE_HOURS",
    "PROVO",
    "PROVO_ADDRESS",
    "a_block",
    "a_catalog_entry",
    "a_company",
    "a_connection",
    "a_contact",
    "a_credit_check",
    "a_customer",
    "a_file",
    "a_fulfilment",
    "a_hold",
    "a_location",
    "a_message",
    "a_note",
    "a_period",
    "a_piece",
    "a_purchase_order",
    "a_repair",
    "a_role",
    "a_sub_type",
    "a_technician",
    "a_ticket",
    "a_token",
    "a_tombstone",
    "a_type",
    "a_user",
    "a_work_order",
    "an_absence",
    "an_appointment",
    "an_at_risk_mark",
    "at",
    "fresh",
    "some_stock",
    "some_work",
]
