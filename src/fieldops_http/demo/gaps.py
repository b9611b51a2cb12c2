"""
Times that visits stood at before they were moved to where they stand.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from random import Random

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.hours import Ranges
from fieldops_http.demo.days_off import without
from fieldops_http.demo.opening import Colleague
from fieldops_http.demo.plan import Stop, Worker

DAYS_MOVED = range(-4, 8)


@frozen
class Slot:
    """
    A user's time from *start*, minutes after midnight of a date.
    """

    colleague: Colleague
    day: date
    start: int

    @property
    def told(self) -> datetime:
        """
        The local time of the start.
        """
        return datetime.combine(self.day, time()) + timedelta(minutes=self.start)


class Gaps:
    """
    Stretches of workers' days in which nothing stands: there a visit can have stood before. Each is used once.
    """

    def __init__(self, stops: Iterable[Stop], workers: Iterable[Worker]) -> None:
        taken: dict[tuple[Worker, date], list[Stop]] = {}
        for stop in stops:
            taken.setdefault((stop.worker, stop.day), []).append(stop)
        self._free = {
            (worker, day): list(_left(ranges, taken.get((worker, day), ())))
            for worker in workers
            for day, ranges in worker.free.items()
        }
        self._workers = tuple(workers)

    def another_time(self, stop: Stop, chance: Random) -> Slot | None:
        """
        Another time of the same worker within some days.
        """
        for offset in chance.sample(DAYS_MOVED, len(DAYS_MOVED)):
            day = stop.day + timedelta(days=offset)
            for gap in self._free.get((stop.worker, day), ()):
                if gap.end - gap.start >= stop.wish.minutes:
                    self._free[stop.worker, day].remove(gap)
                    return Slot(stop.worker.colleague, day, gap.start)
        return None

    def another_worker(self, stop: Stop, chance: Random) -> Slot | None:
        """
        The same time of another technician, who goes there, too.
        """
        if stop.worker.kind is not Kind.TECH:
            return None
        others = [
            each
            for each in self._workers
            if each.kind is Kind.TECH and each.territory is stop.worker.territory and stop.site.zip in each.reach
        ]
        for other in chance.sample(others, len(others)):
            for gap in self._free.get((other, stop.day), ()):
                if gap.start <= stop.start and stop.end <= gap.end:
                    self._free[other, stop.day].remove(gap)
                    return Slot(other.colleague, stop.day, stop.start)
        return None


def _left(ranges: Ranges, stops: Iterable[Stop]) -> Ranges:
    for stop in stops:
        ranges = without(ranges, stop.start, stop.end)
    return ranges
