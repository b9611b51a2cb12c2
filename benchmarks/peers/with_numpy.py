"""
numpy, as well as we could: a row of booleans for each user, a column for each quarter of an hour, and no loop over
visits but those that turn rows into arrays.
"""

from datetime import timedelta
from functools import lru_cache
from typing import Any

import numpy as np

from benchmarks.peers.problem import Answer, Problem, Ranges, Side

CELL = 15 * 60
A_DAY = 24 * 60 * 60 // CELL


class Fitting:
    """
    What the problem fixes for every question is made once, as ours keeps it too: the instant of each cell, the cells in
    which a visit may start, the cells of each pattern of working hours.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.cells = problem.days * A_DAY
        midnight = problem.at(problem.first, 0)
        self.origin = int(midnight.timestamp())
        self.instants = np.array([midnight + timedelta(seconds=cell * CELL) for cell in range(self.cells)], object)
        minute = np.arange(A_DAY) * 15
        day = (minute % problem.step == 0) & (minute >= problem.opens) & (minute + problem.minutes <= problem.closes)
        self.starts = np.tile(day, problem.days)
        self.pattern = lru_cache(maxsize=None)(self._pattern)

    def _pattern(self, weekly: tuple[Ranges, ...]) -> Any:
        works = np.zeros((self.problem.days, A_DAY), bool)
        for number, day in enumerate(self.problem.dates):
            for start, end in weekly[day.weekday()]:
                works[number, start // 15 : end // 15] = True
        return works.ravel()

    def arrays(self) -> tuple[Any, Any, Any, Any]:
        """
        The rows as arrays: whose each visit is, its seconds, and the cells in which each user works and is there.
        """
        users, _, starts, untils = zip(*self.problem.taken, strict=True)
        index = {user: number for number, (user, _) in enumerate(self.problem.people)}
        same = np.fromiter(map(id, users), np.int64, len(users))
        first = np.concatenate(([0], np.flatnonzero(same[1:] != same[:-1]) + 1))
        whose = np.repeat([index[users[each]] for each in first], np.diff(np.append(first, len(users))))
        there = np.stack([self.pattern(weekly) for _, weekly in self.problem.people])
        for user, away, back, start, end in self.problem.absences:
            for day in range((away - self.problem.first).days, (back - self.problem.first).days + 1):
                there[index[user], day * A_DAY + start // 15 : day * A_DAY - (-end // 15)] = False
        return whose, np.array(starts), np.array(untils), there

    def fit(self, whose: Any, starts: Any, untils: Any, there: Any) -> Answer:
        """
        Count visits up and down along each user's week; a start is free where nobody is counted in all its cells.
        """
        count, width = len(self.problem.people), self.cells + 1
        ups = np.bincount(whose * width + (starts - self.origin) // CELL, minlength=count * width)
        downs = np.bincount(whose * width - (self.origin - untils) // CELL, minlength=count * width)
        free = there & (np.cumsum((ups - downs).reshape(count, width), axis=1)[:, :-1] == 0)
        length = self.problem.minutes // 15
        fits = free[:, : self.cells - length + 1] & self.starts[: self.cells - length + 1]
        for each in range(1, length):
            fits &= free[:, each : self.cells - length + 1 + each]
        who, cell = np.nonzero(fits)
        told, cuts = self.instants[cell].tolist(), np.searchsorted(who, np.arange(count + 1)).tolist()
        people = self.problem.people
        return {user: told[cuts[number] : cuts[number + 1]] for number, (user, _) in enumerate(people)}


def side(problem: Problem) -> Side:
    """
    From rows.
    """
    fitting = Fitting(problem)
    return Side(lambda: fitting.fit(*fitting.arrays()), lambda found: found)


def arrays_side(problem: Problem) -> Side:
    """
    From arrays that are there already.
    """
    fitting = Fitting(problem)
    arrays = fitting.arrays()
    return Side(lambda: fitting.fit(*arrays), lambda found: found)
