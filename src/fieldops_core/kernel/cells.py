"""
Time as integers: bit *i* of a mask stands for the *i*-th quarter of an hour (cell) of UTC after an origin.

Union is ``|``, overlap ``&``, and the starts at which *n* cells in a row are free come out of about log2(n) shifts,
whatever the number of appointments. Nothing is allocated per cell.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from attrs import frozen

from fieldops_core.kernel.time import Period

CELL_SECONDS = 15 * 60
CELL_MINUTES = 15
Mask = int


@frozen(kw_only=True)
class Cells:
    """
    The *length* cells from *first*, which counts quarters of an hour since 1970 (UTC).
    """

    first: int
    length: int

    @classmethod
    def covering(cls, period: Period) -> "Cells":
        """
        The fewest cells in which the whole period lies.
        """
        first, end = epoch(period.start) // CELL_SECONDS, -(-period.end.timestamp() // CELL_SECONDS)
        return cls(first=first, length=int(end) - first)

    @property
    def all(self) -> Mask:
        return (1 << self.length) - 1

    @property
    def period(self) -> Period:
        return Period(start=self.instant(0), end=self.instant(self.length))

    def instant(self, cell: int) -> datetime:
        """
        The instant (UTC) at which a cell begins.
        """
        return datetime.fromtimestamp((self.first + cell) * CELL_SECONDS, UTC)

    def cell(self, instant: datetime) -> int:
        """
        The cell in which an instant lies; below 0 or from *length* on where it lies outside.
        """
        return epoch(instant) // CELL_SECONDS - self.first

    def touched(self, start: int, end: int) -> Mask:
        """
        Every cell that the seconds from *start* up to *end* (since 1970) touch: what is taken is rounded outwards.
        """
        return self._between(start // CELL_SECONDS, -(-end // CELL_SECONDS))

    def filled(self, start: int, end: int) -> Mask:
        """
        Every cell that lies whole in the seconds from *start* up to *end*: what is offered is rounded inwards.
        """
        return self._between(-(-start // CELL_SECONDS), end // CELL_SECONDS)

    def _between(self, first: int, end: int) -> Mask:
        first, end = max(first - self.first, 0), min(end - self.first, self.length)
        return ((1 << (end - first)) - 1) << first if end > first else 0


def epoch(instant: datetime) -> int:
    """
    Whole seconds since 1970.
    """
    return int(instant.timestamp() // 1)


def span(first: int, count: int) -> Mask:
    """
    The cells ``first .. first + count - 1``.
    """
    return ((1 << count) - 1) << first


def comb(first: int, end: int, step: int) -> Mask:
    """
    Every *step*-th cell from *first*, up to, not including, *end*.
    """
    count = -(-(end - first) // step)
    return ((1 << (count * step)) - 1) // ((1 << step) - 1) << first if count > 0 else 0


def reaching(mask: Mask, count: int) -> Mask:
    """
    The cells from which *count* cells in a row reach into a mask. *count* is at least 1.
    """
    done = 1
    while done < count:
        step = min(done, count - done)
        mask |= mask >> step
        done += step
    return mask


def cells_in(mask: Mask) -> Iterator[int]:
    """
    The cells in a mask, ascending.
    """
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
