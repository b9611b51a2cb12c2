"""
What the builders take: the fields of each record, all optional.
"""

from fieldops_core.testing.fields.belongings import (
    AtRiskMarkFields,
    ConnectionFields,
    ContactFields,
    CreditCheckFields,
    FileFields,
    FulfilmentFields,
    MessageFields,
    NoteFields,
    TicketFields,
)
from fieldops_core.testing.fields.company import (
    CatalogEntryFields,
    CompanyFields,
    LocationFields,
    SubTypeFields,
    TypeFields,
)
from fieldops_core.testing.fields.customers import CustomerFields, TombstoneFields
from fieldops_core.testing.fields.scheduling import AppointmentFields, BlockFields, HoldFields
from fieldops_core.testing.fields.staff import AbsenceFields, RoleFields, TokenFields, UserFields
from fieldops_core.testing.fields.work_orders import (
    EquipmentFields,
    PurchaseOrderFields,
    StockFields,
    WorkOrderFields,
    WorkToPerformFields,
)

__all__ = [
    "AbsenceFields",
    "AppointmentFields",
    "AtRiskMarkFields",
    "BlockFields",
    "CatalogEntryFields",
    "CompanyFields",
    "ConnectionFields",
    "ContactFields",
    "CreditCheckFields",
    "CustomerFields",
    "EquipmentFields",
    "FileFields",
    "FulfilmentFields",
    "HoldFields",
    "LocationFields",
    "MessageFields",
    "NoteFields",
    "PurchaseOrderFields",
    "RoleFields",
    "StockFields",
    "SubTypeFields",
    "TicketFields",
    "TokenFields",
    "TombstoneFields",
    "TypeFields",
    "UserFields",
    "WorkOrderFields",
    "WorkToPerformFields",
]
