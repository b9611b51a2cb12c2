"""
Appointments, holds, the day grid, bulk schedules, repairs.
"""

from fieldops_http.routes.scheduling import appointments, bulk, grid, holds, live, repairs

OPERATIONS = (
    *appointments.OPERATIONS,
    *holds.OPERATIONS,
    *grid.OPERATIONS,
    *live.OPERATIONS,
    *bulk.OPERATIONS,
    *repairs.OPERATIONS,
)
