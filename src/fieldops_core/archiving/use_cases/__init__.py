"""
Archiving: load, decide, save.
"""

from fieldops_core.archiving.use_cases.archiving import archive_customer, preview_archive, unarchive_customer

__all__ = ["archive_customer", "preview_archive", "unarchive_customer"]
