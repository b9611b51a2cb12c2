"""
What is computed about customers without an opinion.
"""

from fieldops_core.customers.calculations.files import described, media_type_of

__all__ = ["described", "media_type_of"]
