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
from fieldops_core.scheduling.rules.when import FREE, LENGTH, PAST, SLOT, TIME
from fieldops_core.scheduling.rules.whom import CATALOG, COVERAGE, OFFER, STAGE, WHOM, user_is_eligible

__all__ = [
    "CATALOG",
    "COVERAGE",
    "CREATION",
    "EDITING",
    "FREE",
    "LENGTH",
    "LIFECYCLE",
    "OFFER",
    "PAST",
    "PLACE",
    "REINSTATING",
    "SLOT",
    "STAGE",
    "TIME",
    "WHOM",
    "Choice",
    "Creation",
    "Edit",
    "Length",
    "Offer",
    "Place",
    "Placement",
    "Transition",
    "Visit",
    "transition_is_legal",
    "user_is_eligible",
]
