"""
A clock that stands still.
"""

from datetime import UTC, datetime, timedelta

NOW = datetime(2026, 5, 25, 12, tzinfo=UTC)
"""
The present of tests: Monday, 06:00 in Provo.
"""


class FrozenClock:
    """
    A :class:`~fieldops_core.kernel.time.Clock` that moves only when it is told to.
    """

    def __init__(self, now: datetime = NOW) -> None:
        self.set(now)

    def __call__(self) -> datetime:
        return self._now

    def set(self, now: datetime) -> None:
        """
        Show an instant, earlier or later. It must be aware.
        """
        if now.tzinfo is None:
            raise ValueError("A clock shows instants, which have a zone.")
        self._now = now.astimezone(UTC)

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """
        Move on by elapsed time, and answer the instant it shows then.
        """
        self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self._now
