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
from fieldops_core.scheduling.use_cases.crews import move_crew
from fieldops_core.scheduling.use_cases.fitting import find_openings, list_technicians, measure_travel
from fieldops_core.scheduling.use_cases.grid import choose_grid, show_grid, show_grid_choice
from fieldops_core.scheduling.use_cases.holds import hold_time, release_hold, show_hold

__all__ = [
    "book_appointment",
    "cancel_appointment",
    "choose_grid",
    "edit_appointment",
    "find_openings",
    "hold_time",
    "list_of_customer",
    "list_technicians",
    "measure_travel",
    "move_appointment",
    "move_crew",
    "reassign_appointment",
    "reinstate_appointment",
    "release_hold",
    "resize_appointment",
    "show_appointment",
    "show_grid",
    "show_grid_choice",
    "show_hold",
    "show_work",
]
