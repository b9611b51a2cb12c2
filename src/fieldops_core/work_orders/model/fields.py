"""
The fields of work orders that people fill in.
"""

from fieldops_core.company.model import Catalog

CHANGEABLE = frozenset(
    {
        "external_id",
        "note_type",
        "type",
        "technician",
        "due",
        "subject",
        "note",
        "internal_note",
        "priority",
        "lines",
    }
)
"""
The fields that can be changed while none is locked.
"""

CATALOGS = {
    "template": Catalog.WORK_ORDER_TEMPLATES,
    "note_type": Catalog.NOTE_TYPES,
    "type": Catalog.WORK_ORDER_TYPES,
    "priority": Catalog.PRIORITIES,
}
"""
The fields that hold an entry, and of which catalog.
"""
