"""
Appointments, holds, and the day grid.
"""

from fieldops_http.routes.scheduling import appointments, grid, holds

OPERATIONS = (*appointments.OPERATIONS, *holds.OPERATIONS, *grid.OPERATIONS)
