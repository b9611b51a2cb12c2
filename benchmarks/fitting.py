"""
Fitting: every start at which a visit fits, for each of many users and every day of a week.

Ours, an oracle that looks at each minute, and peers, each in a process of its own (:mod:`benchmarks.peers`). All of
them start from the same rows and end at the same instants.
"""

import pickle
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import repeat
from pathlib import Path
from typing import IO, cast
from uuid import UUID

from attrs import frozen

from benchmarks.firm import DAYS, FIRST, MINUTES, NOW, STEP, Firm, a_firm
from benchmarks.peers.problem import Answer, Problem, Ranges
from benchmarks.report import Goal, Table, milliseconds, times
from benchmarks.timing import Side, Times, interleaved, processor_seconds
from fieldops_core.kernel.cells import epoch
from fieldops_core.scheduling.calculations import Knowledge, by_owner, cells_of, frame, taken_cells, user_time
from fieldops_core.scheduling.ports import Taken

PYTHON = Path(".venv-bench/bin/python")
"""
Where the peers are installed: `make bench` does that.
"""
AT_LEAST = 50


def measure(quick: bool) -> Table:
    """
    1,000 technicians, 7 days, 6 visits a day.
    """
    firm = a_firm(50 if quick else 1_000)
    taken = rows(firm)
    asked = problem(firm, taken)
    answer = ours(firm, taken)
    assert same(answer, oracle(asked))
    sides = [Side(name="ours", run=lambda: processor_seconds(lambda: ours(firm, taken)))]
    with ExitStack() as running:
        for name in PEERS:
            each = running.enter_context(peer(name, asked))
            seconds, found = each.answer()
            assert same(found, answer), name
            run = repeat(seconds).__next__ if ROUNDS.get(name) == 1 else each.seconds
            sides.append(Side(name=name, run=run, rounds=ROUNDS.get(name)))
        times = interleaved(sides, rounds=5 if quick else 25)
    return _table(times)


PEERS = ("numpy", "numpy arrays", "django", "django service", "slotify")
ROUNDS = {"django": 9, "django service": 1, "slotify": 3}
TOLD = {
    "ours": "fieldops, from rows to instants",
    "numpy": "numpy, from the same rows",
    "numpy arrays": "numpy, from arrays made of them beforehand",
    "django": "django-appointment: its slot functions, from records loaded beforehand",
    "django service": "django-appointment: its service, with the queries it makes",
    "slotify": "slotify-scheduling, from engines and bookings made beforehand",
}


def _table(found: Times) -> Table:
    ratios = {name: found.ratio(name, "ours") for name in PEERS}
    rows = [("ours", "1"), *((name, times(ratio)) for name, ratio in ratios.items())]
    return Table(
        columns=("fitting", "median", "times ours"),
        rows=[(TOLD[name], milliseconds(found.median(name)), ratio) for name, ratio in rows],
        goals=[
            _slower("slotify-scheduling", ratios["slotify"], AT_LEAST),
            _slower("django-appointment, its slot functions alone,", ratios["django"], AT_LEAST),
            _slower("numpy", ratios["numpy"], 1),
        ],
    )


def _slower(who: str, ratio: float, at_least: int) -> Goal:
    what = f"{who} at least {at_least} times slower" if at_least > 1 else f"{who} not faster"
    return Goal(what=what, reached=f"{times(ratio)} times ours", met=ratio >= at_least)


def ours(firm: Firm, taken: list[Taken]) -> Answer:
    """
    As FindOpenings does it, from what it has loaded.
    """
    settings, office = firm.company.settings, firm.office
    within = frame(office.zone, FIRST, DAYS, settings.grid_start, settings.grid_end)
    known = Knowledge(
        zones={office.id: office.zone},
        absences=by_owner(firm.absences),
        taken=taken_cells(within, taken),
        rule=settings.working_hours_rule,
        now=NOW,
    )
    length, step = cells_of(MINUTES), cells_of(STEP)
    return {user.id: within.told(user_time(user, within, known).starts(length, step)) for user in firm.people}


def rows(firm: Firm) -> list[Taken]:
    """
    The week's visits as :meth:`Times.taken` answers them, in the order of the index they are found by.
    """
    visits = sorted(firm.visits(), key=lambda each: (each.user, each.period.start))
    return [
        Taken(user=each.user, appointment=each.id, start=epoch(each.period.start), until=epoch(each.period.end))
        for each in visits
    ]


def problem(firm: Firm, taken: list[Taken]) -> Problem:
    """
    The same for all others.
    """
    settings = firm.company.settings
    return Problem(
        zone=firm.office.zone,
        first=FIRST,
        days=DAYS,
        minutes=MINUTES,
        step=STEP,
        opens=settings.grid_start,
        closes=settings.grid_end,
        people=[
            (user.id, tuple(tuple((each.start, each.end) for each in day) for day in user.hours.weekly.days))
            for user in firm.people
        ],
        absences=[(each.user, each.first, each.last, each.start, each.end) for each in firm.absences if each.user],
        taken=[each[:4] for each in taken],
    )


def oracle(asked: Problem) -> Answer:
    """
    Looks at every minute of each day: a start fits where the user works, is there and is free in all its minutes.
    """
    taken = defaultdict[UUID, list[tuple[int, int]]](list)
    for user, _, start, until in asked.taken:
        taken[user].append((start, until))
    return {user: list(_minute_by_minute(asked, user, weekly, taken[user])) for user, weekly in asked.people}


def _minute_by_minute(
    asked: Problem, user: UUID, weekly: tuple[Ranges, ...], taken: list[tuple[int, int]]
) -> Iterator[datetime]:
    away = [each[1:] for each in asked.absences if each[0] == user]
    for day in asked.dates:
        midnight = int(asked.at(day, 0).timestamp())
        free = [any(start <= minute < end for start, end in weekly[day.weekday()]) for minute in range(24 * 60)]
        for first, last, start, end in away:
            for minute in range(start, end) if first <= day <= last else ():
                free[minute] = False
        for start, until in taken:
            for second in range(max(start, midnight), min(until, midnight + 24 * 60 * 60), 60):
                free[(second - midnight) // 60] = False
        for minute in range(asked.opens, asked.closes - asked.minutes + 1, asked.step):
            if all(free[minute : minute + asked.minutes]):
                yield asked.at(day, minute)


def same(one: Answer, other: Answer) -> bool:
    """
    Whether two answers tell the same instants, in whatever zones and kinds of lists.
    """
    return one.keys() == other.keys() and all(tuple(one[user]) == tuple(other[user]) for user in one)


@frozen
class Peer:
    """
    A peer's process, which waits for what it is to do (:mod:`benchmarks.peers.worker`).
    """

    process: "subprocess.Popen[bytes]"

    def answer(self) -> tuple[float, Answer]:
        return cast("tuple[float, Answer]", self._told(b"answer"))

    def seconds(self) -> float:
        return cast("float", self._told(b"time"))

    def _told(self, command: bytes) -> object:
        commands, answers = (cast("IO[bytes]", each) for each in (self.process.stdin, self.process.stdout))
        commands.write(command + b"\n")
        commands.flush()
        return pickle.load(answers)


@contextmanager
def peer(name: str, asked: Problem, python: Path = PYTHON) -> Iterator[Peer]:
    """
    A peer that has been handed the problem.
    """
    command = [python, "-m", "benchmarks.peers.worker", name]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        pickle.dump(asked, cast("IO[bytes]", process.stdin))
        yield Peer(process)
