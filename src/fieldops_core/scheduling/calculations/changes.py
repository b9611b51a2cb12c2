"""
What would have to be otherwise for a visit to fit.
"""

from datetime import datetime

from fieldops_core.kernel.cells import span
from fieldops_core.scheduling.calculations.times import UserTime


def nearest_start(time: UserTime, asked: datetime, count: int, step: int) -> datetime | None:
    """
    The start that fits *count* cells and is nearest to the one asked for, the earlier of two; None where none does.
    """
    cells, starts = time.frame.cells, time.starts(count, step)
    first = cells.cell(asked)
    earlier, later = starts & span(0, first + 1), starts >> first + 1
    found = [cells.instant(earlier.bit_length() - 1)] if earlier else []
    if later:
        found.append(cells.instant(first + (later & -later).bit_length()))
    return min(found, key=lambda each: abs(each - asked), default=None)


def longest_fit(time: UserTime, asked: datetime, count: int, step: int) -> int:
    """
    How many cells, in steps and at most *count*, fit from a start on; 0 where none do.
    """
    cells = time.frame.cells
    first = cells.cell(asked)
    if cells.instant(first) != asked:
        return 0
    longest = min(count, cells.length) // step * step
    return next((each for each in range(longest, 0, -step) if time.starts(each, step) >> first & 1), 0)
