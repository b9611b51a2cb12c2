"""
Double bookings on purpose, raced: of all that is asked at once, the pair that an override names overlaps, and nothing
else.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import CancelAppointment, MoveAppointment, ReinstateAppointment
from fieldops_core.scheduling.model import Appointment, AppointmentId
from fieldops_core.testing.builders import a_period
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


There = dict[object, AppointmentId]


def booked(there: list[World], start: str = "2026-05-27T09:00", **given: Any) -> There:
    return {world.company.id: AppointmentId(world.book(start, **given).id) for world in there}


def beside(named: There, start: str) -> Callable[[World], object]:
    return lambda world: world.wish(
        f"2026-05-27T{start}", double_book=named[world.company.id], double_book_reason="One trip."
    )


def plain(start: str) -> Callable[[World], object]:
    return lambda world: world.wish(f"2026-05-27T{start}")


def standing(world: World) -> list[Appointment]:
    day = Period(start=a_period("00:00").start, end=a_period("23:30").end)
    with world.storage.reading(world.company.id) as unit:
        return [unit.appointments.get(each.appointment) for each in unit.times.blocks(day, occupying=True)]


def overlapping_pairs(world: World) -> set[frozenset[AppointmentId]]:
    there = standing(world)
    return {
        frozenset({a.id, b.id})
        for a in there
        for b in there
        if a.id < b.id and a.user == b.user and a.period.overlaps(b.period)
    }


def marked_pairs(world: World) -> set[frozenset[AppointmentId | None]]:
    return {frozenset({each.id, each.double_booked_with}) for each in standing(world) if each.double_booked}


@pytest.mark.rule("SCH-27", "STO-05")
def test_of_two_overrides_that_name_one_visit_one_is_made(opening: Opening) -> None:
    there = worlds(opening)
    named = booked(there)

    ends = race(there, [beside(named, "09:30"), beside(named, "08:30")], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "slot.taken")}
    for world in there:
        assert len(overlapping_pairs(world)) == 1
        assert overlapping_pairs(world) == marked_pairs(world)


@pytest.mark.rule("SCH-27", "STO-05")
def test_nothing_slips_in_beside_a_pair_as_it_is_made(opening: Opening) -> None:
    there = worlds(opening)
    named = booked(there)

    ends = race(there, [beside(named, "09:30"), plain("10:00"), plain("08:30")], opening)

    for world, end in zip(there, ends, strict=True):
        assert end[2] == "slot.taken"
        assert sorted(end[:2]) == ["done", "slot.taken"]
        assert overlapping_pairs(world) == marked_pairs(world)


@pytest.mark.rule("SCH-27", "STO-05")
def test_one_that_is_cancelled_as_it_is_named_leaves_an_ordinary_visit(opening: Opening) -> None:
    there = worlds(opening)
    named = booked(there)

    ends = race(
        there, [beside(named, "09:30"), lambda world: CancelAppointment(appointment=named[world.company.id])], opening
    )

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        (left,) = standing(world)
        assert (left.double_booked, left.double_booked_with) == (False, None)
        assert world.appointment(named[world.company.id]).double_booked is False


@pytest.mark.rule("SCH-27", "STO-05")
def test_both_of_a_pair_that_part_at_once_have_their_user_to_themselves(opening: Opening) -> None:
    there = worlds(opening)
    named = booked(there)
    added = {
        world.company.id: AppointmentId(world.execute(beside(named, "09:30")(world)).answer.id)  # type: ignore[attr-defined]
        for world in there
    }

    ends = race(
        there,
        [
            lambda world: MoveAppointment(appointment=named[world.company.id], start=a_period("13:00").start),
            lambda world: MoveAppointment(appointment=added[world.company.id], start=a_period("15:00").start),
            plain("09:00"),
        ],
        opening,
    )

    for world, end in zip(there, ends, strict=True):
        assert end[:2] == ["done", "done"]
        assert end[2] in {"done", "slot.taken"}
        assert overlapping_pairs(world) == marked_pairs(world) == set()


@pytest.mark.rule("SCH-27", "STO-05")
def test_one_that_is_left_alone_is_guarded_like_any_other(opening: Opening) -> None:
    there = worlds(opening)
    gone = booked(there, "2026-05-27T09:30")
    for world in there:
        world.execute(CancelAppointment(appointment=gone[world.company.id]))
    named = booked(there)
    added = {
        world.company.id: AppointmentId(world.execute(beside(named, "09:00")(world)).answer.id)  # type: ignore[attr-defined]
        for world in there
    }

    ends = race(
        there,
        [
            lambda world: CancelAppointment(appointment=added[world.company.id]),
            lambda world: ReinstateAppointment(appointment=gone[world.company.id]),
            plain("08:30"),
        ],
        opening,
    )

    assert {tuple(end) for end in ends} == {("done", "slot.taken", "slot.taken")}
    for world in there:
        assert [each.id for each in standing(world)] == [named[world.company.id]]
        assert marked_pairs(world) == set()
