"""
Rules of work orders.
"""

from fieldops_core.work_orders.rules.fields import EDITING, Edit, fields_are_not_locked
from fieldops_core.work_orders.rules.lifecycle import (
    DELETING,
    ENDING,
    LIFECYCLE,
    Deletion,
    Ending,
    Transition,
    deleted_work_order_is_not_invoiced,
    nobody_is_under_way,
    nobody_is_under_way_to_what_is_deleted,
    reopening_has_a_reason,
    transition_is_legal,
    unlinking_is_offered,
    upcoming_visits_are_provided_for,
)
from fieldops_core.work_orders.rules.links import (
    LINKING,
    Linking,
    linked_visit_has_none,
    linked_visit_is_tech,
    linked_visit_is_the_customers,
    linked_visit_is_upcoming,
    linked_work_order_is_open,
)

__all__ = [
    "DELETING",
    "EDITING",
    "ENDING",
    "LIFECYCLE",
    "LINKING",
    "Deletion",
    "Edit",
    "Ending",
    "Linking",
    "Transition",
    "deleted_work_order_is_not_invoiced",
    "fields_are_not_locked",
    "linked_visit_has_none",
    "linked_visit_is_tech",
    "linked_visit_is_the_customers",
    "linked_visit_is_upcoming",
    "linked_work_order_is_open",
    "nobody_is_under_way",
    "nobody_is_under_way_to_what_is_deleted",
    "reopening_has_a_reason",
    "transition_is_legal",
    "unlinking_is_offered",
    "upcoming_visits_are_provided_for",
]
