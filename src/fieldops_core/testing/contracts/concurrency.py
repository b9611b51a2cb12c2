"""
Several writers at once.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from functools import partial
from threading import Barrier, Event
from typing import TypeVar

import pytest
from attrs import evolve

from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.time import Period
from fieldops_core.testing.builders import a_period
from fieldops_core.testing.contracts.journal import Worker, waiting
from fieldops_core.testing.contracts.world import Suite, World, pause

T = TypeVar("T")
WRITERS = 4
TRIES = 500
PATIENCE = 60


def at_once(works: Iterable[Callable[[], T]]) -> list[T]:
    """
    What each of these answers when all are done at the same time, each in a thread of its own.
    """
    works = list(works)
    start = Barrier(len(works))

    def begin(work: Callable[[], T]) -> T:
        start.wait(PATIENCE)
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [each.result(PATIENCE) for each in [pool.submit(begin, work) for work in works]]


def until_it_goes(work: Callable[[], T]) -> T:
    """
    Do it again as long as another writer was first. Among so few writers that cannot be for long.
    """
    for _ in range(TRIES):
        with suppress(Conflict):
            return work()
    return work()


class ConcurrencyContract(Suite):
    @pytest.mark.rule("STO-05")
    def test_of_writers_who_want_the_same_time_one_gets_it(self, world: World) -> None:
        def book(minutes: int) -> bool:
            try:
                world.keep(world.visit(period=a_period("09:00", minutes)))
            except Conflict:
                return False
            return True

        booked = at_once([partial(book, 15 * n) for n in range(1, WRITERS + 1)])

        with world.reading() as unit:
            assert len(unit.times.blocks(a_period("09:00", 60))) == sum(booked) == 1

    @pytest.mark.rule("STO-05")
    def test_writers_who_lock_a_user_find_time_one_after_the_other(self, world: World) -> None:
        day = a_period("08:00", 12 * 60)

        def book() -> None:
            with world.writing() as unit:
                unit.people.locked([world.ann.id])
                there = unit.times.blocks(day, users=[world.ann.id])
                pause()
                start = there[-1].end if there else day.start
                unit.appointments.add(world.visit(period=Period(start=start, end=start + timedelta(minutes=30))))

        at_once([lambda: [until_it_goes(book) for _ in range(3)]] * WRITERS)

        with world.reading() as unit:
            blocks = unit.times.blocks(day)
        assert [block.start for block in blocks] == [day.start + n * timedelta(minutes=30) for n in range(3 * WRITERS)]

    @pytest.mark.rule("STO-04")
    def test_no_change_is_lost_among_writers(self, world: World) -> None:
        def rename() -> None:
            with world.writing() as unit:
                there = unit.locations.get(world.provo.id)
                pause()
                unit.locations.save(evolve(there, name=there.name + "!", version=there.version + 1))

        at_once([lambda: [until_it_goes(rename) for _ in range(3)]] * WRITERS)

        with world.reading() as unit:
            there = unit.locations.get(world.provo.id)
        assert (there.name, there.version) == ("Provo" + "!" * 3 * WRITERS, 1 + 3 * WRITERS)

    def test_numbers_that_are_given_at_once_differ(self, world: World) -> None:
        def number() -> int:
            with world.writing() as unit:
                number = unit.customers.next_number()
                pause()
                return number

        given = at_once([lambda: until_it_goes(number)] * WRITERS)

        assert len(set(given)) == WRITERS

    def test_an_event_is_claimed_by_one_of_many_workers(self, world: World) -> None:
        worker = Worker.of(world.storage)
        ids = waiting(world, 10)

        claimed = at_once([lambda: until_it_goes(lambda: worker.claim(limit=4))] * WRITERS)

        found = [each.id for some in claimed for each in some]
        assert len(found) == len(set(found))
        rest = worker.claim(limit=10)
        assert {*found, *(each.id for each in rest)} == set(ids)

    def test_readers_neither_wait_for_a_writer_nor_see_what_is_not_saved(self, world: World) -> None:
        written, read = Event(), Event()

        def write() -> None:
            with world.writing() as unit:
                unit.locations.save(evolve(world.provo, name="Changed", version=2))
                written.set()
                assert read.wait(PATIENCE), "the reader waits for the writer"

        def look() -> str:
            assert written.wait(PATIENCE)
            with world.reading() as unit:
                name = unit.locations.get(world.provo.id).name
            read.set()
            return name

        with ThreadPoolExecutor(2) as pool:
            writer, reader = pool.submit(write), pool.submit(look)
            assert reader.result(2 * PATIENCE) == "Provo"
            writer.result(2 * PATIENCE)
        with world.reading() as unit:
            assert unit.locations.get(world.provo.id).name == "Changed"
