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
    Subject,
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
    "FREE",
    "LENGTH",
    "LIFECYCLE",
    "LINK",
    "MEETING",
    "OFFER",
    "PAST",
    "PLACE",
    "RECORD",
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
    "Doubling",
    "Edit",
    "Length",
    "Link",
    "Meeting",
    "Offer",
    "Place",
    "Placement",
    "Record",
    "Reschedule",
    "Retiming",
    "Rezoning",
    "Subject",
    "Transition",
    "Visit",
    "technician_covers_customer",
    "transition_is_legal",
    "user_is_eligible",
]
