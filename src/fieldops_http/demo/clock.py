"""
The time at which the demo's history happens.
"""

from datetime import UTC, datetime


class SteppedClock:
    """
    A :class:`~fieldops_core.kernel.time.Clock` that is set forward from one thing that happened to the next. It begins
    days ago, so that visits of last week were booked before they began, as the rules want it.
    """

    def __init__(self, now: datetime) -> None:
        self._now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self._now

    def forward_to(self, instant: datetime) -> None:
        """
        Show an instant that is not before the one shown.

        Raises:
            ValueError: where it is.
        """
        if instant < self._now:
            raise ValueError(f"{instant} is before {self._now}.")
        self._now = instant.astimezone(UTC)
