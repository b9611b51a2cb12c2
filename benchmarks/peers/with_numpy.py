"""
numpy, as well as we could: a row of booleans for each user, a column for each quarter of an hour, and no loop over
visits but those that turn rows into arrays.
"""

from datetime import timedelta
from operator import itemgetter
from typing import Any

import numpy as np

from benchmarks.peers.problem import Answer, Problem, Side

QUARTER = 15
A_DAY = 24 * 60 // QUARTER


class Fitting:
    """
    What no booking changes is made once, as ours keeps it too: the instant of each quarter, those in which a visit may
    start, and those in which each user works.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.cells, self.length = problem, problem.days * A_DAY, problem.minutes // QUARTER
        midnight, self.width = problem.at(problem.first, 0), self.cells - self.length + 1
        self.origin = int(midnight.timestamp())
        self.instants = np.array([midnight + timedelta(minutes=QUARTER * cell) for cell in range(self.cells)], object)
        minute = np.arange(self.width) % A_DAY * QUARTER
        inside = (minute >= problem.opens) & (minute <= problem.closes - problem.minutes)
        self.starts = inside & (minute % problem.step == 0)
        self.works = np.zeros((len(problem.people), problem.days, A_DAY), bool)
        for number, (_, weekly) in enumerate(problem.people):
            for day, date in enumerate(problem.dates):
                for start, end in weekly[date.weekday()]:
                    self.works[number, day, start // QUARTER : end // QUARTER] = True
        self.number = {user: number for number, (user, _) in enumerate(problem.people)}

    def arrays(self) -> tuple[Any, Any, Any, Any]:
        """
        The rows as arrays: whose each visit is, its seconds, and the quarters in which each user works and is there.
        """
        users, count = list(map(itemgetter(0), self.problem.taken)), len(self.problem.taken)
        same = np.fromiter(map(id, users), np.int64, count)
        first = np.concatenate(([0], np.flatnonzero(same[1:] != same[:-1]) + 1))
        whose = np.repeat([self.number[users[each]] for each in first], np.diff(np.append(first, count)))
        starts, untils = (np.fromiter(map(itemgetter(at), self.problem.taken), np.int64, count) for at in (2, 3))
        there = self.works.copy()
        for user, date, start, end in self.problem.away():
            there[self.number[user], (date - self.problem.first).days, start // QUARTER : -(-end // QUARTER)] = False
        return whose, starts, untils, there

    def fit(self, whose: Any, starts: Any, untils: Any, there: Any) -> Answer:
        """
        Strike out the quarters that visits touch; a start is free where all its quarters are left.
        """
        free = there.reshape(len(self.number), self.cells).copy()
        first = (starts - self.origin) // 60 // QUARTER
        end = -((self.origin - untils) // 60 // QUARTER)
        ends = np.cumsum(end - first)
        struck = np.arange(ends[-1]) + np.repeat(whose * self.cells + end - ends, end - first)
        free.ravel()[struck] = False
        fits = free[:, : self.width] & self.starts
        for each in range(1, self.length):
            fits &= free[:, each : self.width + each]
        who, cell = np.divmod(np.flatnonzero(fits), self.width)
        told, cuts = self.instants[cell].tolist(), np.searchsorted(who, np.arange(len(self.number) + 1)).tolist()
        return {user: told[cuts[number] : cuts[number + 1]] for user, number in self.number.items()}


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
