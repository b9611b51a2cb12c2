"""
What booking, changing and ending a visit come to.
"""

from fieldops_core.scheduling.decisions.asking import asked_of, unfit
from fieldops_core.scheduling.decisions.booking import book, bulk_schedule, consume, hold, release
from fieldops_core.scheduling.decisions.changing import edit, hand_over, link, part, relocate, replan, retime, strand
from fieldops_core.scheduling.decisions.ending import cancel, reinstate
from fieldops_core.scheduling.decisions.pairs import doubled, mark
from fieldops_core.scheduling.decisions.repairing import put_back, repair, undo_repair

__all__ = [
    "asked_of",
    "book",
    "bulk_schedule",
    "cancel",
    "consume",
    "doubled",
    "edit",
    "hand_over",
    "hold",
    "link",
    "mark",
    "part",
    "put_back",
    "reinstate",
    "release",
    "relocate",
    "repair",
    "replan",
    "retime",
    "strand",
    "undo_repair",
    "unfit",
]
