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
from itertools import islice
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

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / ".venv-bench" / "bin" / "python"
"""
Where the peers are installed.
"""
TECHNICIANS, FEW = 1_000, 50
AT_LEAST = 50


@frozen
class Peer:
    """
    A way to find the same with other means: its name among those of the worker, how the table calls it, in how many
    rounds it takes part (None: in all), and for how many technicians, where all of them would take minutes.
    """

    name: str
    told: str
    rounds: int | None = None
    technicians: int = TECHNICIANS


SCALED = f"({FEW} technicians, times {TECHNICIANS // FEW})"
PEERS = (
    Peer("numpy", "numpy, from the same rows"),
    Peer("numpy arrays", "numpy, from arrays made of them beforehand"),
    Peer("django", "django-appointment's slot functions, from the same rows", 5),
    Peer("django records", "django-appointment's slot functions, from records made beforehand", 5),
    Peer("django service", f"django-appointment's service, with its queries {SCALED}", 3, FEW),
    Peer("slotify", "slotify-scheduling as it is fastest, from the same rows", 3),
    Peer("slotify documented", f"slotify-scheduling as documented, from bookings made beforehand {SCALED}", 3, FEW),
)


def measure(quick: bool) -> Table:
    """
    1,000 technicians, 7 days, 6 visits a day, beside peers.
    """
    count = FEW if quick else TECHNICIANS
    firm = a_firm(count)
    taken = rows(firm)
    asked = problem(firm, taken)
    answer = ours(firm, taken)
    assert same(answer, oracle(asked))
    sides = [Side(name="ours", run=lambda: processor_seconds(lambda: ours(firm, taken)))]
    with ExitStack() as running:
        for each in PEERS:
            part = min(each.technicians, count)
            worker = running.enter_context(working(each.name, asked.of_the_first(part)))
            assert same(worker.answer(), dict(islice(answer.items(), part))), each.name
            run = lambda worker=worker, part=part: worker.seconds() * count / part  # noqa: E731
            sides.append(Side(name=each.name, run=run, rounds=each.rounds))
        return _table(interleaved(sides, rounds=5 if quick else 25))


def _table(found: Times) -> Table:
    ratios = {each.name: found.ratio(each.name, "ours") for each in PEERS}
    peers = ((each.told, milliseconds(found.median(each.name)), times(ratios[each.name])) for each in PEERS)
    return Table(
        columns=("fitting", "median", "times ours"),
        rows=[("fieldops, from rows to instants", milliseconds(found.median("ours")), "1"), *peers],
        goals=[
            _slower("slotify-scheduling, as it is fastest,", ratios["slotify"], AT_LEAST),
            _slower("django-appointment's slot functions", ratios["django"], AT_LEAST),
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
        taken=[(each.user, each.appointment, each.start, each.until) for each in taken if each.appointment],
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
class Worker:
    """
    A peer's process, which waits for what it is to do (:mod:`benchmarks.peers.worker`).
    """

    commands: IO[bytes]
    answers: IO[bytes]

    def answer(self) -> Answer:
        return cast("Answer", self._told(b"answer"))

    def seconds(self) -> float:
        return cast("float", self._told(b"time"))

    def _told(self, command: bytes) -> object:
        self.commands.write(command + b"\n")
        self.commands.flush()
        return pickle.load(self.answers)


@contextmanager
def working(name: str, asked: Problem) -> Iterator[Worker]:
    """
    A peer that has been handed the problem.
    """
    if not PYTHON.exists():
        raise SystemExit("The peers are not installed: `make bench` does that.")
    command = (PYTHON, "-m", "benchmarks.peers.worker", name)
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        pickle.dump(asked, process.stdin)
        yield Worker(process.stdin, process.stdout)
