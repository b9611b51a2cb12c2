"""
The company, its settings, its locations and its catalogs.
"""

from fieldops_core.company.model.catalogs import (
    LONGEST_TERM,
    LONGEST_TEXT,
    MOST_LINES,
    Attributes,
    Catalog,
    CatalogEntry,
    EntryId,
    FieldType,
    RateLine,
)
from fieldops_core.company.model.companies import (
    MOST_BANDS,
    MOST_SELLERS,
    SLUG,
    Company,
    CreditBand,
    ListMode,
    Settings,
    Setup,
    SheetPart,
    WorkingHoursRule,
)
from fieldops_core.company.model.locations import Location, LocationUse
from fieldops_core.company.model.types import (
    SLOT_MINUTES,
    AppointmentType,
    SubType,
    SubTypeId,
    TypeId,
    minutes_in_steps,
)

__all__ = [
    "LONGEST_TERM",
    "LONGEST_TEXT",
    "MOST_BANDS",
    "MOST_LINES",
    "MOST_SELLERS",
    "SLOT_MINUTES",
    "SLUG",
    "AppointmentType",
    "Attributes",
    "Catalog",
    "CatalogEntry",
    "Company",
    "CreditBand",
    "EntryId",
    "FieldType",
    "ListMode",
    "Location",
    "LocationUse",
    "RateLine",
    "Settings",
    "Setup",
    "SheetPart",
    "SubType",
    "SubTypeId",
    "TypeId",
    "WorkingHoursRule",
    "minutes_in_steps",
]
