"""
Appointments, holds, the day grid, bulk schedules.
"""

from fieldops_http.routes.scheduling import appointments, bulk, grid, holds

OPERATIONS = (*appointments.OPERATIONS, *holds.OPERATIONS, *grid.OPERATIONS, *bulk.OPERATIONS)
