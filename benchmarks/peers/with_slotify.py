"""
slotify-scheduling as we found it fastest: an engine for each user and day, visits as busy periods of its policy. Each
engine then looks at a day's visits alone, and keeps no bookings to count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from slotify import AvailabilityEngine, BookingPolicy, BusyPeriod, Schedule, Slot, SlotGenerator

from benchmarks.peers.problem import Answer, Problem, Ranges, Side

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def side(problem: Problem) -> Side:
    """
    From rows.
    """
    zone, generator = ZoneInfo(problem.zone), generators(problem)
    now = problem.at(problem.first, -24 * 60)

    def solve() -> Any:
        busy = defaultdict(list)
        for user, _, start, until in problem.taken:
            first = datetime.fromtimestamp(start, zone)
            busy[user, first.date()].append(BusyPeriod(start=first, end=datetime.fromtimestamp(until, zone)))
        for user, day, start, until in problem.away():
            busy[user, day].append(BusyPeriod(start=problem.at(day, start), end=problem.at(day, until)))
        found: dict[UUID, list[Slot]] = {}
        for user, weekly in problem.people:
            slots = found[user] = []
            for day in problem.dates:
                policy = BookingPolicy(busy_periods=tuple(busy[user, day]))
                slots += AvailabilityEngine(generator(weekly), policy=policy).available_slots(day, now=now)
        return found

    return Side(solve, told)


def generators(problem: Problem) -> Callable[[tuple[Ranges, ...]], Any]:
    """
    One for each pattern of working hours, made once.
    """

    @cache
    def generator(weekly: tuple[Ranges, ...]) -> Any:
        windows = {name: [_window(*each) for each in ranges] for name, ranges in zip(WEEKDAYS, weekly, strict=True)}
        return SlotGenerator(
            schedule=Schedule(weekly=windows),
            duration=problem.minutes,
            interval=problem.step,
            timezone=problem.zone,
        )

    return generator


def _window(start: int, end: int) -> tuple[time, time]:
    return time(*divmod(start, 60)), time(*divmod(end, 60))


def told(found: Mapping[UUID, Iterable[Slot]]) -> Answer:
    return {user: [slot.start for slot in slots] for user, slots in found.items()}
