"""
Pairs of commands that race each other end as some serial order would.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldops_core.access.context import Context
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import CancelAppointment, MoveAppointment, MoveCrew, ReinstateAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours
from fieldops_core.testing.builders import DAY, a_period, a_user, a_work_order
from fieldops_core.testing.clock import NOW
from tests.race.crowd import Opening, engine_over, in_processes
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World

ROUNDS = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


def race(worlds: list[World], commands: list[Callable[[World], object]], opening: Opening) -> list[list[str]]:
    """
    In each of some worlds, let processes carry out one command each at the same moment; how each ended, by world.
    """

    def work(number: int, storage: Storage) -> list[str]:
        engine = engine_over(storage)
        return [_ending(engine, commands[number](world), world) for world in worlds]

    endings = in_processes(lambda number, storage: (number, work(number, storage)), opening, len(commands))
    by_command = dict(endings)
    return [[by_command[number][index] for number in range(len(commands))] for index in range(len(worlds))]


def _ending(engine: FieldOps, command: object, world: World) -> str:
    try:
        engine.execute(command, Context(company=world.company.id, actor=world.owner))
    except Refused as refused:
        return "+".join(each.code for each in refused.violations)
    except NotFound:
        return "not found"
    return "done"


def worlds(opening: Opening) -> list[World]:
    storage = opening()
    return [World(storage) for _ in range(ROUNDS)]


@pytest.mark.rule("STO-05", "ACC-01")
def test_of_the_last_two_owners_who_leave_at_once_one_stays(opening: Opening) -> None:
    there = worlds(opening)
    for world in there:
        world.sam = a_user(name="Second", home=world.provo.id, roles=(world.owner_role.id,))
        world.put(world.sam)

    def leave(which: str) -> Callable[[World], object]:
        return lambda world: ChangeUser(user=getattr(world, which).id, active=False)

    ends = race(there, [leave("boss"), leave("sam")], opening)

    assert {tuple(sorted(each)) for each in ends} == {("done", "owner.last")}


@pytest.mark.rule("STO-05")
def test_a_booking_that_races_a_deactivation_is_made_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)

    ends = race(there, [World.wish, lambda world: ChangeUser(user=world.ann.id, active=False)], opening)

    assert {end[1] for end in ends} == {"done"}
    assert {end[0] for end in ends} <= {"done", "user.not_eligible"}
    for world, end in zip(there, ends, strict=True):
        assert len(world.all_appointments()) == (end[0] == "done")


@pytest.mark.rule("STO-05")
def test_a_booking_that_races_a_change_of_hours_or_an_absence_is_made_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)

    def no_hours(world: World) -> object:
        return ChangeWorkingHours(user=world.ann.id, weekly=WeeklyHours())

    def absence(world: World) -> object:
        return AddAbsence(user=world.ann.id, first=DAY, last=DAY)

    ends = race(there, [World.wish, no_hours, absence], opening)

    assert {end[1:] and tuple(end[1:]) for end in ends} == {("done", "done")}
    codes = {"done", "user.not_working", "user.absent", "user.not_working+user.absent"}
    assert {end[0] for end in ends} <= codes


@pytest.mark.rule("STO-05", "APT-07")
def test_one_of_a_booking_and_a_reinstatement_gets_the_time(opening: Opening) -> None:
    there = worlds(opening)
    gone = {}
    for world in there:
        gone[world.company.id] = AppointmentId(world.book().id)
        world.execute(CancelAppointment(appointment=gone[world.company.id]))

    ends = race(there, [World.wish, lambda world: ReinstateAppointment(appointment=gone[world.company.id])], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "slot.taken")}


@pytest.mark.rule("STO-05", "STO-04")
def test_two_moves_of_one_visit_are_both_carried_out_one_after_the_other(opening: Opening) -> None:
    there = worlds(opening)
    visits = {world.company.id: AppointmentId(world.book().id) for world in there}

    def move(time: str) -> Callable[[World], object]:
        start = a_period(time).start
        return lambda world: MoveAppointment(appointment=visits[world.company.id], start=start)

    ends = race(there, [move("11:00"), move("13:00")], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        assert world.appointment(visits[world.company.id]).version == 3
        assert len(world.all_appointments()) == 1


@pytest.mark.rule("STO-05", "APT-23")
def test_a_crew_moves_whole_or_not_at_all_whatever_is_booked_meanwhile(opening: Opening) -> None:
    there = worlds(opening)
    crews: dict[object, list[AppointmentId]] = {}
    for world in there:
        order = a_work_order(customer=world.maria.id, number=1)
        world.put(order)
        world.replace(world.sam, technician=True)
        users = world.ann.id, world.sam.id
        crews[world.company.id] = [AppointmentId(world.book(user=user, work_order=order.id).id) for user in users]

    def move(which: int, time: str) -> Callable[[World], object]:
        start = a_period(time).start
        return lambda world: MoveCrew(appointment=crews[world.company.id][which], start=start)

    def book(world: World) -> object:
        return world.wish("2026-05-27T13:30", user=world.sam.id)

    ends = race(there, [move(0, "13:00"), move(1, "15:00"), book], opening)

    for world, end in zip(there, ends, strict=True):
        starts = {world.appointment(id).period.start for id in crews[world.company.id]}
        assert len(starts) == 1
        assert end[1] == "done"
        assert {end[0], end[2]} <= {"done", "slot.taken"}


@pytest.mark.rule("STO-05", "SCH-06")
def test_cancelling_and_reassigning_free_the_time_in_the_same_transaction(opening: Opening) -> None:
    (world, *_) = worlds(opening)
    id = AppointmentId(world.book().id)

    world.execute(CancelAppointment(appointment=id))

    assert world.book().version == 1
    day = Period(start=a_period("00:00").start, end=a_period("23:30").end)
    with opening().reading(world.company.id) as unit:
        assert len(unit.times.taken(day, now=NOW)) == 1
