"""
What messaging knows.
"""

from fieldops_core.messaging.model.sheets import Fact, Section, Sheet

__all__ = ["Fact", "Section", "Sheet"]
