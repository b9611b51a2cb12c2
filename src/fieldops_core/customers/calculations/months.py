"""
Months.
"""

from calendar import monthrange
from datetime import date


def whole_months(since: date, until: date) -> int:
    """
    How many whole months have passed; a month from the 31st ends on the last day of a shorter one. 0 where *until* is
    not after *since*.
    """
    last = monthrange(until.year, until.month)[1]
    begun = until.day < min(since.day, last)
    return max(0, (until.year - since.year) * 12 + until.month - since.month - begun)


def months_remaining(term: int | None, since: date | None, today: date) -> int | None:
    """
    What is left of a contract of *term* months that began on a date (CUS-22): never negative, None without either.
    """
    return None if term is None or since is None else max(0, term - whole_months(since, today))
