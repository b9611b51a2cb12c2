"""
The visits as they stand in the end: routes from one customer to the next, day by day.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from random import Random

from attrs import evolve, frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import SLOT_MINUTES
from fieldops_core.kernel.geo import great_circle
from fieldops_core.kernel.hours import Ranges, TimeRange
from fieldops_core.scheduling.calculations import estimate
from fieldops_http.demo.catalog import CATALOG, Job, Offer, Season
from fieldops_http.demo.opening import Colleague
from fieldops_http.demo.territory import Site, Territory

MOST_A_DAY = 8
PAUSES = (30, 60, 60, 90, 120)
PAUSED = {Kind.TECH: 0.16, Kind.SALES: 0.5, Kind.PROGRAM: 0.2}
"""
How often a time is left free before a visit.
"""
BUSY_DAYS, FULL, EMPTIER, LEAST = 7, 0.97, 0.035, 0.12
"""
From today on calendars are full for so many days; then ever emptier, by so much a day, down to the least share.
"""
CANCELLED, REBOOKED, REINSTATED = 0.05, 0.7, 0.012


class Fate(Enum):
    """
    What becomes of a visit before its day.
    """

    KEPT = auto()
    CANCELLED = auto()
    REINSTATED = auto()


@frozen(kw_only=True, eq=False)
class Worker:
    """
    Somebody who visits: the local ranges in which visits can be planned, by date, and the ZIP codes in reach with their
    weights.
    """

    colleague: Colleague
    kind: Kind
    free: Mapping[date, Ranges]
    reach: Mapping[str, float]
    territory: Territory


@frozen
class Wish:
    """
    What a customer asks for, and how often it is that.
    """

    offer: Offer
    job: Job | None
    weight: float

    @property
    def minutes(self) -> int:
        return (self.job.minutes if self.job else None) or self.offer.minutes


@lru_cache
def wishes(kind: Kind, season: Season) -> tuple[Wish, ...]:
    """
    What is asked for in a season: the jobs of each offer, and the offer as such.
    """
    found = []
    for offer in CATALOG:
        if offer.kind is kind and offer.active:
            jobs = [None, *(job for job in offer.jobs if job.season in (None, season))]
            found += [Wish(offer, job, offer.often / len(jobs)) for job in jobs]
    return tuple(found)


@frozen(kw_only=True)
class Stop:
    """
    A visit as it is planned: *start* and *end* in minutes after local midnight. *instead*: it takes the time of another
    that was cancelled.
    """

    worker: Worker
    day: date
    start: int
    site: Site
    wish: Wish
    fate: Fate = Fate.KEPT
    instead: bool = False

    @property
    def end(self) -> int:
        return self.start + self.wish.minutes


@frozen(kw_only=True)
class Planner:
    """
    Plans by chance, as it is likely some days before and after *today*.
    """

    today: date
    chance: Random

    def stops(self, workers: Sequence[Worker]) -> Iterator[Stop]:
        """
        The visits of all workers on all their days. No two of a worker overlap but a cancelled one and the next.
        """
        for day in sorted({day for worker in workers for day in worker.free}):
            for worker in workers:
                for span in worker.free.get(day, ()):
                    yield from self._row(worker, day, span)

    def _row(self, worker: Worker, day: date, span: TimeRange) -> Iterator[Stop]:
        """
        One stretch of a worker's day: from the start location to whoever is nearest, and so on, with the time that the
        way takes.
        """
        sites = worker.territory.take(self._round(worker), day, MOST_A_DAY)
        place, at, step = worker.colleague.start, span.start, SLOT_MINUTES[worker.kind]
        while sites:
            site = min(sites, key=lambda each: great_circle(place, each.point))
            if at > span.start:
                at += -(-(estimate(place, site.point).minutes or 0) // step) * step
            if self.chance.random() < PAUSED[worker.kind]:
                at += self.chance.choice(PAUSES)
            wish = self._wish(worker, day, span.end - at)
            if wish is None:
                break
            sites.remove(site)
            if self.chance.random() < self._filled(day):
                yield from self._with_fate(Stop(worker=worker, day=day, start=at, site=site, wish=wish))
            else:
                worker.territory.give_back(site)
            place, at = site.point, at + wish.minutes
        for site in sites:
            worker.territory.give_back(site)

    def _round(self, worker: Worker) -> list[str]:
        """
        ZIP codes for a day: one near the start location, and then those around it.
        """
        if not worker.reach:
            return []
        first = self.chance.choices(list(worker.reach), weights=list(worker.reach.values()))[0]
        return worker.territory.around(first, worker.reach)

    def _wish(self, worker: Worker, day: date, left: int) -> Wish | None:
        """
        What is asked for in a season, as far ahead, and fits into the minutes left.
        """
        ahead, season = (day - self.today).days, worker.colleague.office.season(day.month)
        offered = wishes(worker.kind, season)
        fitting = [wish for wish in offered if ahead <= wish.offer.days_ahead and wish.minutes <= left]
        weights = [wish.weight for wish in fitting]
        return self.chance.choices(fitting, weights=weights)[0] if fitting else None

    def _filled(self, day: date) -> float:
        """
        How likely a visit that fits was booked.
        """
        beyond = (day - self.today).days - BUSY_DAYS
        return FULL if beyond <= 0 else max(LEAST, FULL - beyond * EMPTIER)

    def _with_fate(self, stop: Stop) -> Iterator[Stop]:
        """
        The visit; where it is cancelled, every second time somebody near gets the time that it frees.
        """
        drawn = self.chance.random()
        if drawn >= CANCELLED + REINSTATED:
            yield stop
            return
        if drawn >= CANCELLED:
            yield evolve(stop, fate=Fate.REINSTATED)
            return
        yield evolve(stop, fate=Fate.CANCELLED)
        if self.chance.random() < REBOOKED:
            for site in stop.worker.territory.take([stop.site.zip], stop.day, 1):
                yield evolve(stop, site=site, instead=True)
