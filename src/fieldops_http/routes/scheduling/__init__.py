"""
Appointments, and the day grid.
"""

from fieldops_http.routes.scheduling import appointments, grid

OPERATIONS = (*appointments.OPERATIONS, *grid.OPERATIONS)
