"""
Repairs, raced: all of one is carried out or nothing, whatever happens meanwhile.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldops_core.scheduling.messages import CancelAppointment, MoveAppointment, RepairAppointments, UndoRepair
from fieldops_core.scheduling.model import AppointmentId, NewSpot, RepairId
from fieldops_core.scheduling.views import RepairView
from fieldops_core.testing.builders import a_period, a_technician, an_absence, an_appointment
from tests.race.crowd import Opening
from tests.race.test_pairs import race, worlds
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World, overlaps

Visits = dict[object, tuple[AppointmentId, AppointmentId]]
MORNING, NOON = a_period("09:00").start, a_period("11:00").start


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


def stranded(there: list[World]) -> Visits:
    """
    In each world two visits of Ann's, at 09:00 and 11:00, that wait; Sam can be given them.
    """
    found: Visits = {}
    for world in there:
        world.replace(world.sam, technician=True)
        visits = [
            an_appointment(
                user=world.ann.id,
                customer=world.maria.id,
                type=world.service.id,
                location=world.provo.id,
                period=a_period(time),
                pending_reassignment=True,
            )
            for time in ("09:00", "11:00")
        ]
        world.put(*visits, an_absence(user=world.ann.id), a_technician(home=world.provo.id))
        found[world.company.id] = (visits[0].id, visits[1].id)
    return found


def repair(visits: Visits) -> Callable[[World], RepairAppointments]:
    def command(world: World) -> RepairAppointments:
        first, second = visits[world.company.id]
        return RepairAppointments(
            moves=(
                NewSpot(appointment=first, user=world.sam.id, start=MORNING),
                NewSpot(appointment=second, user=world.sam.id, start=NOON),
            )
        )

    return command


def users(world: World, visits: Visits) -> set[object]:
    return {world.appointment(each).user for each in visits[world.company.id]}


@pytest.mark.rule("SCH-29", "STO-05")
def test_a_repair_that_races_a_booking_is_made_whole_or_not_at_all(opening: Opening) -> None:
    there = worlds(opening)
    visits = stranded(there)

    ends = race(there, [repair(visits), lambda world: world.wish("2026-05-27T11:30", user=world.sam.id)], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "slot.taken")}
    for world, (repaired, _) in zip(there, ends, strict=True):
        assert users(world, visits) == ({world.sam.id} if repaired == "done" else {world.ann.id})
        assert not overlaps(world.all_appointments())


@pytest.mark.rule("SCH-29", "STO-05")
def test_a_visit_that_ends_or_moves_as_it_is_repaired_is_repaired_before_or_refuses_it(opening: Opening) -> None:
    there = worlds(opening)
    visits = stranded(there)

    def cancel(world: World) -> object:
        return CancelAppointment(appointment=visits[world.company.id][0])

    ends = race(there, [repair(visits), cancel], opening)

    assert {end[1] for end in ends} == {"done"}
    for world, (repaired, _) in zip(there, ends, strict=True):
        assert repaired in {"done", "repair.not_pending", "stale"}
        assert users(world, visits) == ({world.sam.id} if repaired == "done" else {world.ann.id})


@pytest.mark.rule("SCH-29", "STO-05")
def test_an_undo_that_races_a_move_takes_back_all_or_nothing(opening: Opening) -> None:
    there = worlds(opening)
    visits = stranded(there)
    made = {world.company.id: RepairId(world.do(repair(visits)(world), RepairView).id) for world in there}

    def undo(world: World) -> object:
        return UndoRepair(repair=made[world.company.id])

    def move(world: World) -> object:
        return MoveAppointment(appointment=visits[world.company.id][0], start=a_period("14:00").start)

    ends = race(there, [undo, move, undo], opening)

    for world, end in zip(there, ends, strict=True):
        undone = "done" in (end[0], end[2])
        assert users(world, visits) == ({world.ann.id} if undone else {world.sam.id})
        assert {end[0], end[2]} <= {"done", "repair.undone", "repair.changed_since", "stale"}
        assert end[0] != "done" or end[2] != "done"
