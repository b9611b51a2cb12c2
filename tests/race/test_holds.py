"""
Holds that race bookings and each other: the time is one's alone, whoever comes first.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldops_core.scheduling.messages import HoldTime, MoveAppointment, ReleaseHold
from fieldops_core.scheduling.model import AppointmentId, HoldId
from fieldops_core.scheduling.views import HoldView
from fieldops_core.testing.builders import a_period
from fieldops_core.testing.clock import NOW
from tests.race.crowd import Opening
from tests.race.test_pairs import race, worlds
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


def holding(start: str, minutes: int = 60) -> Callable[[World], object]:
    def command(world: World) -> HoldTime:
        wish = world.wish(f"2026-05-27T{start}")
        return HoldTime(
            customer=wish.customer, type=wish.type, user=wish.user, start=wish.start, kind=wish.kind, minutes=minutes
        )

    return command


def standing(world: World) -> tuple[int, int]:
    """
    How many visits and how many holds there are on the day.
    """
    with world.storage.reading(world.company.id) as unit:
        taken = unit.times.taken(a_period("00:00", 24 * 60), now=NOW)
    held = sum(each.hold is not None for each in taken)
    return len(taken) - held, held


@pytest.mark.rule("STO-05", "BKG-04")
def test_one_of_a_hold_and_a_booking_gets_the_time(opening: Opening) -> None:
    there = worlds(opening)

    ends = race(there, [World.wish, holding("09:30")], opening)

    for world, (booked, held) in zip(there, ends, strict=True):
        assert (booked, held) in {("done", "slot.taken"), ("slot.held", "done")}
        assert standing(world) == (int(booked == "done"), int(held == "done"))


@pytest.mark.rule("STO-05", "BKG-04")
def test_of_holds_that_overlap_one_is_made(opening: Opening) -> None:
    there = worlds(opening)

    ends = race(there, [holding("09:00"), holding("09:30"), holding("08:30", 90)], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "slot.held", "slot.held")}
    assert {standing(world) for world in there} == {(0, 1)}


@pytest.mark.rule("STO-05", "BKG-04")
def test_one_of_a_hold_and_a_move_gets_the_time(opening: Opening) -> None:
    there = worlds(opening)
    visits = {world.company.id: AppointmentId(world.book("2026-05-27T13:00").id) for world in there}

    def move(world: World) -> object:
        return MoveAppointment(appointment=visits[world.company.id], start=a_period("09:30").start)

    ends = race(there, [move, holding("09:00")], opening)

    assert {tuple(end) for end in ends} <= {("done", "slot.taken"), ("slot.held", "done")}
    assert all(standing(world) == (1, int(end[1] == "done")) for world, end in zip(there, ends, strict=True))


@pytest.mark.rule("STO-05", "BKG-04")
def test_two_bookings_that_name_one_hold_do_not_share_its_time(opening: Opening) -> None:
    there = worlds(opening)
    held = {world.company.id: HoldId(world.do(holding("09:00")(world), HoldView).id) for world in there}

    def book(start: str) -> Callable[[World], object]:
        return lambda world: world.wish(f"2026-05-27T{start}", hold=held[world.company.id])

    ends = race(there, [book("09:00"), book("09:30"), book("11:00")], opening)

    assert {tuple(sorted(end)) for end in ends} <= {("done", "done", "slot.taken"), ("done", "slot.taken", "slot.held")}
    for world, end in zip(there, ends, strict=True):
        assert standing(world) == (end.count("done"), 0)


@pytest.mark.rule("STO-05", "BKG-04")
def test_a_hold_that_is_released_as_it_is_consumed_is_gone_and_its_visit_booked(opening: Opening) -> None:
    there = worlds(opening)
    held = {world.company.id: HoldId(world.do(holding("09:00")(world), HoldView).id) for world in there}

    ends = race(
        there,
        [
            lambda world: world.wish(hold=held[world.company.id]),
            lambda world: ReleaseHold(hold=held[world.company.id]),
        ],
        opening,
    )

    assert {end[0] for end in ends} == {"done"}
    assert {end[1] for end in ends} <= {"done", "not found"}
    assert {standing(world) for world in there} == {(1, 0)}
