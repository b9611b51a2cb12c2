"""
slotify-scheduling as its documentation shows it: an engine for each user, holding that user's bookings. All of them are
there before the clock runs.
"""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from slotify import AvailabilityEngine, BlockedPeriod, Booking, BookingPolicy, InMemoryBookingStore, Slot

from benchmarks.peers.problem import Problem, Side
from benchmarks.peers.with_slotify import generators, told


def side(problem: Problem) -> Side:
    generator, stores = generators(problem), defaultdict[UUID, Any](InMemoryBookingStore)
    for user, _, start, until in problem.taken:
        slot = Slot(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(until, UTC))
        stores[user].reserve(Booking(slot=slot))
    away = defaultdict(list)
    for user, day, start, until in problem.away():
        away[user].append(BlockedPeriod(start=problem.at(day, start), end=problem.at(day, until)))
    engines = {
        user: AvailabilityEngine(
            generator(weekly), store=stores[user], policy=BookingPolicy(blocked_periods=tuple(away[user]))
        )
        for user, weekly in problem.people
    }
    first, last, now = problem.dates[0], problem.dates[-1], problem.at(problem.first, -24 * 60)

    def solve() -> Any:
        return {user: engine.available_slots(first, last, now=now) for user, engine in engines.items()}

    return Side(solve, told)
