"""
Those whom an office works for, as its routes reach them.
"""

from collections import deque
from collections.abc import Container, Iterable, Sequence
from datetime import date
from random import Random

from attrs import frozen

from fieldops_core.customers.model import CustomerId
from fieldops_core.kernel.geo import Point, great_circle
from fieldops_http.demo.places import SCATTER_METERS, middle


@frozen(kw_only=True)
class Site:
    """
    A customer or lead, and where they are.
    """

    customer: CustomerId
    zip: str
    point: Point


class Territory:
    """
    Sites by ZIP code, in each of which whoever has waited longest is visited next, and nobody twice on a day.
    """

    def __init__(self, sites: Iterable[Site], chance: Random) -> None:
        self._waiting: dict[str, deque[Site]] = {}
        for site in sites:
            self._waiting.setdefault(site.zip, deque()).append(site)
        for each in self._waiting.values():
            chance.shuffle(each)
        self._visited: dict[CustomerId, date] = {}
        self._near: dict[str, list[str]] = {}

    def within(self, start: Point, meters: float) -> dict[str, float]:
        """
        The ZIP codes all of whose sites lie within some meters, each with its weight in a choice: many sites draw, and
        so does a short way.
        """
        ways = {zip: great_circle(start, middle(zip)) for zip in self._waiting}
        return {
            zip: len(self._waiting[zip]) / (1 + way / 8_000) ** 2
            for zip, way in ways.items()
            if way + SCATTER_METERS < meters
        }

    def around(self, first: str, zips: Container[str]) -> list[str]:
        """
        Some ZIP codes, the nearest to one of them first.
        """
        if first not in self._near:
            here = middle(first)
            self._near[first] = sorted(self._waiting, key=lambda zip: great_circle(here, middle(zip)))
        return [zip for zip in self._near[first] if zip in zips]

    def take(self, zips: Sequence[str], day: date, wanted: int) -> list[Site]:
        """
        At most so many sites to be visited on a day, of the first ZIP codes that have some left.
        """
        taken: list[Site] = []
        for zip in zips:
            waiting = self._waiting[zip]
            while len(taken) < wanted and self._visited.get(waiting[0].customer) != day:
                site = waiting.popleft()
                self._visited[site.customer] = day
                waiting.append(site)
                taken.append(site)
        return taken

    def give_back(self, site: Site) -> None:
        """
        It is not visited after all, and waits first in line.
        """
        waiting = self._waiting[site.zip]
        waiting.remove(site)
        waiting.appendleft(site)
        del self._visited[site.customer]
