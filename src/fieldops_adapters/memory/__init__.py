"""
Everything kept in dictionaries and found by plain scans: the oracle of the contract suites, and the store of tests and
of small embeddings. What it holds is gone when the process ends.
"""

from fieldops_adapters.memory.storage import MemoryStorage

__all__ = ["MemoryStorage"]
