"""
Appointments, the time they take, and what was chosen to be seen of it.
"""

from fieldops_adapters.memory.scheduling.appointments import AllAppointments, MemoryAppointments, ScannedAppointments
from fieldops_adapters.memory.scheduling.choices import MemoryGridChoices
from fieldops_adapters.memory.scheduling.holds import MemoryHolds
from fieldops_adapters.memory.scheduling.times import MemoryTimes

__all__ = [
    "AllAppointments",
    "MemoryAppointments",
    "MemoryGridChoices",
    "MemoryHolds",
    "MemoryTimes",
    "ScannedAppointments",
]
