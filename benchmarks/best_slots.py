"""
Best slots: the starts of a week for many technicians, ranked by the driving that they add, from a SQLite file to the
answer, beside the openings of the same question.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from attrs import asdict

from benchmarks import openings
from benchmarks.databases import by_the_boss, directory
from benchmarks.firm import MINUTES, NOW, Firm, a_firm
from benchmarks.report import Goal, Table, milliseconds, times
from benchmarks.timing import Side, interleaved, processor_seconds
from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import UserId
from fieldops_core.scheduling.calculations import estimated
from fieldops_core.scheduling.messages import FindBestSlots
from fieldops_core.scheduling.views import BestSlotsView, OpeningsView
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from tests.support.databases import SEALER, sqlite_url

AT_MOST = 3


def measure(quick: bool) -> Table:
    """
    The best 20 of one week of 200 technicians with 6 visits a day, from SQLite.
    """
    with directory() as folder:
        storage = SqlStorage(connect(sqlite_url(folder / "best_slots.sqlite3")), SEALER)
        firm = a_firm(20 if quick else 200)
        firm.keep(storage)
        ports = Ports(phones=PlainPhones(), routing=GreatCircleRouting(), randomness=CountedRandomness())
        ops = FieldOps(storage=storage, clock=FrozenClock(NOW), ids=CountingIds(), ports=ports)
        context = by_the_boss(firm)
        agreed(ops, firm)
        fits, best = openings.asked(firm), asked(firm)
        sides = (
            Side(name="best", run=lambda: processor_seconds(lambda: ops.ask(best, context))),
            Side(name="openings", run=lambda: processor_seconds(lambda: ops.ask(fits, context))),
        )
        found = interleaved(sides, rounds=9 if quick else 75)
        storage.close()
    ratio = found.ratio("best", "openings")
    return Table(
        columns=("best slots", "median", "times the openings"),
        rows=[
            ("best slots, from the question to the answer", milliseconds(found.median("best")), times(ratio)),
            ("openings of the same question", milliseconds(found.median("openings")), "1"),
        ],
        goals=[
            Goal(what=f"at most {AT_MOST} times the openings", reached=f"{times(ratio)} times", met=ratio <= AT_MOST)
        ],
    )


def asked(firm: Firm) -> FindBestSlots:
    return FindBestSlots(**asdict(openings.asked(firm), recurse=False))


def agreed(ops: FieldOps, firm: Firm) -> None:
    """
    Our answer against an oracle that looks at each opening and at the visits before and after it.
    """
    context = by_the_boss(firm)
    fits, best = ops.ask(openings.asked(firm), context), ops.ask(asked(firm), context)
    assert isinstance(fits, OpeningsView)
    assert isinstance(best, BestSlotsView)
    starts = [(UserId(item.user.id), start) for item in fits.items for day in item.days for start in day.starts]
    least = sorted(oracle(firm, starts))[: len(best.items)]
    assert [each.added and each.added.minutes for each in best.items] == [minutes for minutes, _ in least]


def oracle(firm: Firm, starts: list[tuple[UserId, datetime]]) -> Iterator[tuple[int, datetime]]:
    """
    The minutes that each start adds, where it leaves time for the drives.
    """
    places = {customer.id: customer.point for customer in firm.customers}
    visits = [(each.user, each.period, places[each.customer]) for each in firm.visits()]
    home = {user.id: user.start for user in firm.people}
    theirs = {user: [(period, place) for whose, period, place in visits if whose == user] for user in home}
    there = firm.customers[0].point
    assert there is not None
    for user, start in starts:
        end = start + timedelta(minutes=MINUTES)
        day = [each for each in theirs[user] if each[0].start.astimezone(start.tzinfo).date() == start.date()]
        before = max((each for each in day if each[0].end <= start), key=lambda each: each[0], default=None)
        after = min((each for each in day if each[0].start >= end), key=lambda each: each[0], default=None)
        come = _minutes(before[1] if before else home[user], there)
        go = _minutes(there, after[1]) if after else 0
        saved = _minutes(before[1] if before else home[user], after[1]) if after else 0
        in_time = before is None or before[0].end + timedelta(minutes=come) <= start
        if in_time and (after is None or end + timedelta(minutes=go) <= after[0].start):
            yield come + go - saved, start


def _minutes(origin: Point | None, destination: Point | None) -> int:
    assert origin is not None
    assert destination is not None
    return estimated(origin, destination).minutes
