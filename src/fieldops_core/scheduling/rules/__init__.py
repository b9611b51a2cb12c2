"""
Every rule of placing, changing and ending a visit.
"""

from fieldops_core.scheduling.rules.cases import Choice, Length, Offer, Placement, Visit
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
from fieldops_core.scheduling.rules.when import LENGTH, PAST, SLOT, TIME, user_is_free
from fieldops_core.scheduling.rules.whom import CATALOG, COVERAGE, OFFER, STAGE, WHOM, user_is_eligible
from fieldops_core.scheduling.rules.zones import MEETING, RETIMING, REZONING, Meeting, Retiming, Rezoning

__all__ = [
    "CATALOG",
    "COVERAGE",
    "CREATION",
    "EDITING",
    "LENGTH",
    "LIFECYCLE",
    "MEETING",
    "OFFER",
    "PAST",
    "PLACE",
    "REINSTATING",
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
    "Meeting",
    "Offer",
    "Place",
    "Placement",
    "Retiming",
    "Rezoning",
    "Transition",
    "Visit",
    "transition_is_legal",
    "user_is_eligible",
    "user_is_free",
]
