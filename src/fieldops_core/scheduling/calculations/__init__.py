"""
Algorithms of scheduling, without opinions: frames of local days, a user's time as integers, who is near enough, drives.
"""

from fieldops_core.scheduling.calculations.changes import longest_fit, nearest_start
from fieldops_core.scheduling.calculations.coverage import Mode, covers, distance_from_start, mode_for, reach
from fieldops_core.scheduling.calculations.frames import ONE_DAY, Frame, FrameDay, frame
from fieldops_core.scheduling.calculations.presence import (
    Presence,
    absent,
    absent_periods,
    by_owner,
    not_working,
    outside_hours,
    working,
    working_periods,
)
from fieldops_core.scheduling.calculations.times import (
    Knowledge,
    Taking,
    UserTime,
    cells_of,
    past,
    taken_cells,
    user_time,
)
from fieldops_core.scheduling.calculations.timing import Timing, kept_instant, kept_local_time, proposed_minutes
from fieldops_core.scheduling.calculations.travel import (
    Addition,
    Drive,
    Gap,
    Stopping,
    addition,
    estimate,
    estimated,
    gaps,
)

__all__ = [
    "ONE_DAY",
    "Addition",
    "Drive",
    "Frame",
    "FrameDay",
    "Gap",
    "Knowledge",
    "Mode",
    "Presence",
    "Stopping",
    "Taking",
    "Timing",
    "UserTime",
    "absent",
    "absent_periods",
    "addition",
    "by_owner",
    "cells_of",
    "covers",
    "distance_from_start",
    "estimate",
    "estimated",
    "frame",
    "gaps",
    "kept_instant",
    "kept_local_time",
    "longest_fit",
    "mode_for",
    "nearest_start",
    "not_working",
    "outside_hours",
    "past",
    "proposed_minutes",
    "reach",
    "taken_cells",
    "user_time",
    "working",
    "working_periods",
]
