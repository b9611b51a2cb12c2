"""
The customer record, and what belongs to it.
"""

from fieldops_core.customers.model.at_risk import (
    REASON_LIMIT,
    AtRiskMark,
    AtRiskMarkId,
)
from fieldops_core.customers.model.contacts import (
    CONTACT_LIMIT,
    PHONE_LIMIT,
    Contact,
    ContactId,
)
from fieldops_core.customers.model.files import (
    FILE_LIMIT,
    File,
    FileContent,
    FileId,
    StoredBytes,
    valid_size,
)
from fieldops_core.customers.model.notes import (
    TEXT_LIMIT,
    Note,
    NoteId,
    Ticket,
    TicketId,
    TicketStatus,
)
from fieldops_core.customers.model.record import (
    CONTACT_INFORMATION,
    INSTALLATION_CODES,
    MASKED,
    AccountType,
    Customer,
    CustomerId,
    CustomerPlace,
    Located,
    a_birthdate,
    an_ssn,
    folded,
    search_text,
)
from fieldops_core.customers.model.tags import (
    TAG_LIMIT,
    Tagging,
)

__all__ = [
    "CONTACT_INFORMATION",
    "CONTACT_LIMIT",
    "FILE_LIMIT",
    "INSTALLATION_CODES",
    "MASKED",
    "PHONE_LIMIT",
    "REASON_LIMIT",
    "TAG_LIMIT",
    "TEXT_LIMIT",
    "AccountType",
    "AtRiskMark",
    "AtRiskMarkId",
    "Contact",
    "ContactId",
    "Customer",
    "CustomerId",
    "CustomerPlace",
    "File",
    "FileContent",
    "FileId",
    "Located",
    "Note",
    "NoteId",
    "StoredBytes",
    "Tagging",
    "Ticket",
    "TicketId",
    "TicketStatus",
    "a_birthdate",
    "an_ssn",
    "folded",
    "search_text",
    "valid_size",
]
