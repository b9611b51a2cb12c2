"""
What booking, changing and ending a visit come to.
"""

from fieldops_core.scheduling.decisions.asking import asked_of, unfit
from fieldops_core.scheduling.decisions.booking import book, bulk_schedule, consume, hold, release
from fieldops_core.scheduling.decisions.changing import edit, replan, retime, strand
from fieldops_core.scheduling.decisions.ending import cancel, reinstate
from fieldops_core.scheduling.decisions.pairs import doubled, mark

__all__ = [
    "asked_of",
    "book",
    "bulk_schedule",
    "cancel",
    "consume",
    "doubled",
    "edit",
    "hold",
    "mark",
    "reinstate",
    "release",
    "replan",
    "retime",
    "strand",
    "unfit",
]
