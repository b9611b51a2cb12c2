"""
Removing: load, decide, take away.
"""

from fieldops_core.removing.use_cases.deleting import delete_customer, list_tombstones

__all__ = ["delete_customer", "list_tombstones"]
