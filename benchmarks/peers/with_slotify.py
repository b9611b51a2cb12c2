"""
slotify-scheduling: an engine for each user, as its documentation shows it, holding that user's bookings.
"""

from datetime import UTC, datetime, time
from typing import Any

from slotify import (
    AvailabilityEngine,
    BlockedPeriod,
    Booking,
    BookingPolicy,
    InMemoryBookingStore,
    Schedule,
    Slot,
    SlotGenerator,
)

from benchmarks.peers.problem import Answer, Problem, Ranges, Side

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def side(problem: Problem) -> Side:
    """
    Engines and bookings are there before the clock runs.
    """
    engines = {user: _engine(problem, user, weekly) for user, weekly in problem.people}
    first, last, now = problem.dates[0], problem.dates[-1], problem.at(problem.first, -24 * 60)

    def solve() -> Any:
        return {user: engine.available_slots(first, last, now=now) for user, engine in engines.items()}

    def told(found: Any) -> Answer:
        return {user: [slot.start for slot in slots] for user, slots in found.items()}

    return Side(solve, told)


def _engine(problem: Problem, user: object, weekly: tuple[Ranges, ...]) -> AvailabilityEngine:
    windows = {name: [_window(*each) for each in ranges] for name, ranges in zip(WEEKDAYS, weekly, strict=True)}
    away = tuple(
        BlockedPeriod(start=problem.at(day, start), end=problem.at(day, end))
        for who, first, last, start, end in problem.absences
        if who == user
        for day in problem.dates
        if first <= day <= last
    )
    store = InMemoryBookingStore()
    for who, _, start, until in problem.taken:
        if who == user:
            slot = Slot(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(until, UTC))
            store.reserve(Booking(slot=slot))
    return AvailabilityEngine(
        SlotGenerator(
            schedule=Schedule(weekly=windows),
            duration=problem.minutes,
            interval=problem.step,
            timezone=problem.zone,
        ),
        store=store,
        policy=BookingPolicy(blocked_periods=away),
    )


def _window(start: int, end: int) -> tuple[time, time]:
    return time(start // 60, start % 60), time(end // 60, end % 60)
