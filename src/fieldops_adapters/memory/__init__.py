"""
Everything kept in dictionaries and found by plain scans: the oracle of the contract suites, and the store of tests and
of small embeddings. What it holds is gone when the process ends.
"""

from fieldops_adapters.memory.scheduling import AllAppointments, ScannedAppointments
from fieldops_adapters.memory.storage import MemoryStorage
from fieldops_adapters.memory.unit import MemoryUnit

__all__ = ["AllAppointments", "MemoryStorage", "MemoryUnit", "ScannedAppointments"]
