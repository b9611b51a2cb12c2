"""
Every rule of placing, changing and ending a visit.
"""

from fieldops_core.scheduling.rules.cases import (
    Choice,
    Doubling,
    Length,
    Link,
    Offer,
    Placement,
    Record,
    Reschedule,
    Visit,
)
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
from fieldops_core.scheduling.rules.when import FREE, LENGTH, PAST, RECORD, SLOT, TIME
from fieldops_core.scheduling.rules.whom import CATALOG, COVERAGE, OFFER, STAGE, WHOM, user_is_eligible

__all__ = [
    "CATALOG",
    "COVERAGE",
    "CREATION",
    "EDITING",
    "FREE",
    "LENGTH",
    "LIFECYCLE",
    "LINK",
    "OFFER",
    "PAST",
    "PLACE",
    "RECORD",
    "REINSTATING",
    "RESCHEDULING",
    "SLOT",
    "STAGE",
    "TIME",
    "WHOM",
    "Choice",
    "Creation",
    "Doubling",
    "Edit",
    "Length",
    "Link",
    "Offer",
    "Place",
    "Placement",
    "Record",
    "Reschedule",
    "Transition",
    "Visit",
    "transition_is_legal",
    "user_is_eligible",
]
