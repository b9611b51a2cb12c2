"""
Scheduling: load, decide, save; load, calculate, view.
"""

from fieldops_core.scheduling.use_cases.answering import shown
from fieldops_core.scheduling.use_cases.appointments import (
    book_appointment,
    cancel_appointment,
    edit_appointment,
    move_appointment,
    placed,
    reassign_appointment,
    reinstate_appointment,
    resize_appointment,
    show_appointment,
    show_work,
)
from fieldops_core.scheduling.use_cases.best_slots import find_best_slots
from fieldops_core.scheduling.use_cases.bulk import bulk_schedule, preview_bulk_schedule
from fieldops_core.scheduling.use_cases.coverage import PastCoverage, uncover
from fieldops_core.scheduling.use_cases.crews import move_crew
from fieldops_core.scheduling.use_cases.diagnosing import diagnose
from fieldops_core.scheduling.use_cases.explaining import explain_fit
from fieldops_core.scheduling.use_cases.fitting import find_openings, list_technicians
from fieldops_core.scheduling.use_cases.grid import choose_grid, show_grid, show_grid_choice
from fieldops_core.scheduling.use_cases.holds import hold_time, release_hold, show_hold
from fieldops_core.scheduling.use_cases.listing import list_appointments
from fieldops_core.scheduling.use_cases.live import list_grid_changes
from fieldops_core.scheduling.use_cases.pairs import keep_visit, keep_visits
from fieldops_core.scheduling.use_cases.relocating import relocate
from fieldops_core.scheduling.use_cases.repairing import find_repairs
from fieldops_core.scheduling.use_cases.repairs import repair_appointments, show_repair, undo_repair
from fieldops_core.scheduling.use_cases.rows import list_of_customer
from fieldops_core.scheduling.use_cases.series import cancel_series, move_series, reassign_series
from fieldops_core.scheduling.use_cases.stacking import list_of_work_order
from fieldops_core.scheduling.use_cases.stranding import Past, strand
from fieldops_core.scheduling.use_cases.travel import measure_travel
from fieldops_core.scheduling.use_cases.zones import change_location_zone, recompute_instants

__all__ = [
    "Past",
    "PastCoverage",
    "book_appointment",
    "bulk_schedule",
    "cancel_appointment",
    "cancel_series",
    "change_location_zone",
    "choose_grid",
    "diagnose",
    "edit_appointment",
    "explain_fit",
    "find_best_slots",
    "find_openings",
    "find_repairs",
    "hold_time",
    "keep_visit",
    "keep_visits",
    "list_appointments",
    "list_grid_changes",
    "list_of_customer",
    "list_of_work_order",
    "list_technicians",
    "measure_travel",
    "move_appointment",
    "move_crew",
    "move_series",
    "placed",
    "preview_bulk_schedule",
    "reassign_appointment",
    "reassign_series",
    "recompute_instants",
    "reinstate_appointment",
    "release_hold",
    "relocate",
    "repair_appointments",
    "resize_appointment",
    "show_appointment",
    "show_grid",
    "show_grid_choice",
    "show_hold",
    "show_repair",
    "show_work",
    "shown",
    "strand",
    "uncover",
    "undo_repair",
]
