"""
Every rule of placing, changing and ending a visit.
"""

from fieldops_core.scheduling.rules.cases import Choice, Length, Link, Offer, Placement, Reschedule, Visit
from fieldops_core.scheduling.rules.lifecycle import (
    CREATION,
    EDITING,
    LIFECYCLE,
    PLACE,
    REINSTATING,
    Creation,
    Edit,
    Place,
    Transition,
    transition_is_legal,
)
from fieldops_core.scheduling.rules.links import LINK, RESCHEDULING
from fieldops_core.scheduling.rules.when import LENGTH, PAST, SLOT, TIME, user_is_free
from fieldops_core.scheduling.rules.whom import (
    CATALOG,
    COVERAGE,
    OFFER,
    STAGE,
    WHOM,
    technician_covers_customer,
    user_is_eligible,
)
from fieldops_core.scheduling.rules.zones import MEETING, RETIMING, REZONING, Meeting, Retiming, Rezoning

__all__ = [
    "CATALOG",
    "COVERAGE",
    "CREATION",
    "EDITING",
    "LENGTH",
    "LIFECYCLE",
    "LINK",
    "MEETING",
    "OFFER",
    "PAST",
    "PLACE",
    "REINSTATING",
    "RESCHEDULING",
    "RETIMING",
    "REZONING",
    "SLOT",
    "STAGE",
    "TIME",
    "WHOM",
    "Choice",
    "Creation",
    "Edit",
    "Length",
    "Link",
    "Meeting",
    "Offer",
    "Place",
    "Placement",
    "Reschedule",
    "Retiming",
    "Rezoning",
    "Transition",
    "Visit",
    "technician_covers_customer",
    "transition_is_legal",
    "user_is_eligible",
    "user_is_free",
]
