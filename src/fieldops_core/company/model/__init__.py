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
    WorkingHoursRule,
)
from fieldops_core.company.model.locations import Location, LocationUse
from fieldops_core.company.model.templates import (
    DESCRIPTION_LIMIT,
    LARGEST_QUANTITY,
    MOST_JOB_LINES,
    NOTE_LIMIT,
    SUBJECT_LIMIT,
    EntryId,
    JobLine,
    LineKind,
    WorkOrderTemplate,
    job_lines,
)
from fieldops_core.company.model.types import (
    SLOT_MINUTES,
    AppointmentType,
    SubType,
    SubTypeId,
    TypeId,
    minutes_in_steps,
)

__all__ = [
    "DESCRIPTION_LIMIT",
    "LARGEST_QUANTITY",
    "LONGEST_TERM",
    "LONGEST_TEXT",
    "MOST_BANDS",
    "MOST_JOB_LINES",
    "MOST_LINES",
    "MOST_SELLERS",
    "NOTE_LIMIT",
    "SLOT_MINUTES",
    "SLUG",
    "SUBJECT_LIMIT",
    "AppointmentType",
    "Attributes",
    "Catalog",
    "CatalogEntry",
    "Company",
    "CreditBand",
    "EntryId",
    "FieldType",
    "JobLine",
    "LineKind",
    "ListMode",
    "Location",
    "LocationUse",
    "RateLine",
    "Settings",
    "Setup",
    "SubType",
    "SubTypeId",
    "TypeId",
    "WorkOrderTemplate",
    "WorkingHoursRule",
    "job_lines",
    "minutes_in_steps",
]
