"""
No double booking under concurrency: sixteen writers over three users.
"""

from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period, local_day
from fieldops_core.staff.model import WorkingHours
from fieldops_core.testing.builders import DAY, DENVER
from tests.race.crowd import Attempt, Opening, bookings, bookings_moves_and_cancels, in_processes, in_threads
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World, overlaps

ATTEMPTS = 150
ALWAYS = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))


@frozen(kw_only=True)
class Arena:
    """
    A world of three technicians at one office, and how to crowd it.
    """

    world: World
    day: Period
    run: Callable[..., list[list[Attempt]]]
    opening: Opening

    def blocks(self) -> list[tuple[UserId, Period]]:
        with self.world.storage.reading(self.world.company.id) as unit:
            found = unit.times.blocks(self.day, occupying=True)
        return [(each.user, Period(start=each.start, end=each.end)) for each in found]


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def arena(request: pytest.FixtureRequest, tmp_path: Path) -> Arena:
    run: Callable[..., Any] = in_processes
    opening: Opening
    if request.param == "memory":
        memory = MemoryStorage()
        run, opening = in_threads, lambda: memory
    elif request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
        opening = lambda: storage_at(url)  # noqa: E731
    else:
        address = server_url(request.getfixturevalue("postgresql_url"))
        opening = lambda: storage_at(address)  # noqa: E731
    day = local_day(DENVER, DAY)
    assert day is not None
    return Arena(world=crowded(opening()), day=day, run=run, opening=opening)


def crowded(storage: Storage) -> World:
    world = World(storage, grid_start=0, grid_end=1440)
    for user in (world.ann, world.bob, world.sam):
        world.replace(user, home=world.provo.id, technician=True, hours=ALWAYS)
    return world


@pytest.mark.rule("STO-05", "SCH-06")
def test_of_overlapping_attempts_one_is_booked_and_the_others_are_refused(arena: Arena) -> None:
    attempts = list(chain(*arena.run(bookings(arena.world, arena.day, ATTEMPTS), arena.opening)))

    there = arena.blocks()
    assert overlaps((user, period.start, period.end) for user, period in there) == []
    assert {attempt.code for attempt in attempts} == {"done", "slot.taken"}
    assert sum(attempt.code == "done" for attempt in attempts) == len(there)
    unexplained = [
        attempt
        for attempt in attempts
        if attempt.code == "slot.taken"
        and not any(user == attempt.user and period.overlaps(attempt.period) for user, period in there)
    ]
    assert unexplained == []


@pytest.mark.rule("STO-05", "SCH-06")
def test_with_moves_and_cancels_mixed_in_nothing_overlaps(arena: Arena) -> None:
    work = bookings_moves_and_cancels(arena.world, arena.day, ATTEMPTS // 2)

    attempts = list(chain(*arena.run(work, arena.opening)))

    there = arena.blocks()
    assert overlaps((user, period.start, period.end) for user, period in there) == []
    assert {attempt.code for attempt in attempts} == {"done", "slot.taken"}
