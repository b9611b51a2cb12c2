"""
Removing: load, decide, take away.
"""

from fieldops_core.removing.use_cases.deleting import delete_customer, list_tombstones
from fieldops_core.removing.use_cases.merging import merge_customers, preview_merge

__all__ = ["delete_customer", "list_tombstones", "merge_customers", "preview_merge"]
