"""
Scheduling: load, decide, save; load, calculate, view.
"""

from fieldops_core.scheduling.use_cases.appointments import (
    book_appointment,
    cancel_appointment,
    edit_appointment,
    list_of_customer,
    move_appointment,
    reassign_appointment,
    reinstate_appointment,
    resize_appointment,
    show_appointment,
    show_work,
)
from fieldops_core.scheduling.use_cases.coverage import PastCoverage, uncover
from fieldops_core.scheduling.use_cases.diagnosing import diagnose
from fieldops_core.scheduling.use_cases.fitting import find_openings, list_technicians, measure_travel
from fieldops_core.scheduling.use_cases.grid import choose_grid, show_grid, show_grid_choice
from fieldops_core.scheduling.use_cases.stranding import Past, strand
from fieldops_core.scheduling.use_cases.zones import change_location_zone, recompute_instants

__all__ = [
    "Past",
    "PastCoverage",
    "book_appointment",
    "cancel_appointment",
    "change_location_zone",
    "choose_grid",
    "diagnose",
    "edit_appointment",
    "find_openings",
    "list_of_customer",
    "list_technicians",
    "measure_travel",
    "move_appointment",
    "reassign_appointment",
    "recompute_instants",
    "reinstate_appointment",
    "resize_appointment",
    "show_appointment",
    "show_grid",
    "show_grid_choice",
    "show_work",
    "strand",
    "uncover",
]
