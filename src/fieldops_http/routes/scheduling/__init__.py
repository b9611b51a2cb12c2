"""
Appointments, the day grid, bulk schedules.
"""

from fieldops_http.routes.scheduling import appointments, bulk, grid

OPERATIONS = (*appointments.OPERATIONS, *grid.OPERATIONS, *bulk.OPERATIONS)
