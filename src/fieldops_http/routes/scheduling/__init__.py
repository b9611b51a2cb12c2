"""
Appointments, holds, the day grid, bulk schedules, repairs.
"""

from fieldops_http.routes.scheduling import appointments, bulk, grid, holds, repairs

OPERATIONS = (*appointments.OPERATIONS, *holds.OPERATIONS, *grid.OPERATIONS, *bulk.OPERATIONS, *repairs.OPERATIONS)
