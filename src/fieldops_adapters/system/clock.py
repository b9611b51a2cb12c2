"""
The time.
"""

from datetime import UTC, datetime


class SystemClock:
    """
    Tells the machine's time, in UTC.
    """

    def __call__(self) -> datetime:
        return datetime.now(UTC)
