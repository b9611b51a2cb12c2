"""
Algorithms of scheduling, without opinions: frames of local days, a user's time as integers, who is near enough, drives.
"""

from fieldops_core.scheduling.calculations.changes import longest_fit, nearest_start
from fieldops_core.scheduling.calculations.coverage import Mode, distance_from_start, mode_for, reach
from fieldops_core.scheduling.calculations.times import (
    ONE_DAY,
    Frame,
    FrameDay,
    Knowledge,
    Taking,
    UserTime,
    absent,
    absent_periods,
    by_owner,
    cells_of,
    frame,
    not_working,
    outside_hours,
    past,
    proposed_minutes,
    taken_cells,
    user_time,
    working,
    working_periods,
)
from fieldops_core.scheduling.calculations.travel import estimate

__all__ = [
    "ONE_DAY",
    "Frame",
    "FrameDay",
    "Knowledge",
    "Mode",
    "Taking",
    "UserTime",
    "absent",
    "absent_periods",
    "by_owner",
    "cells_of",
    "distance_from_start",
    "estimate",
    "frame",
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
