"""
What one process answered is seen by another that has been asking all along.
"""

import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from fieldops_core.access.context import Context
from fieldops_core.access.model import Kind
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    FindOpenings,
    HoldTime,
    ListAppointments,
    ListCustomerAppointments,
    MoveAppointment,
    ReassignAppointment,
    ShowAppointment,
    ShowGrid,
)
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import (
    AppointmentLinesView,
    AppointmentsView,
    AppointmentView,
    GridView,
    OpeningsView,
)
from fieldops_core.testing.builders import DAY, at
from tests.race.crowd import Opening, engine_over
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World

Ask = Callable[[object], Any]


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "processes.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


@contextmanager
def another_process(world: World, opening: Opening) -> Iterator[Ask]:
    """
    A process with a storage of its own, which answers questions until the end.
    """

    def answer(pipe: Connection) -> None:
        engine, context = engine_over(opening()), Context(company=world.company.id, actor=world.owner)
        while (question := pipe.recv()) is not None:
            pipe.send(engine.ask(question, context))

    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    process = forking.Process(target=answer, args=(theirs,), daemon=True)
    process.start()

    def ask(question: object) -> Any:
        ours.send(question)
        assert ours.poll(30), "no answer"
        return ours.recv()

    yield ask
    ours.send(None)
    process.join(30)


def seen(ask: Ask, world: World, id: AppointmentId) -> tuple[object, ...]:
    """
    What every list, grid and count tells of a visit: itself, the company's list of what is scheduled, the customer's
    list, how many are upcoming, what stands in whose row of the grid, whose time is held, who could come at 09:00.
    """
    shown: AppointmentView = ask(ShowAppointment(appointment=id))
    company: AppointmentLinesView = ask(ListAppointments(statuses=(Status.SCHEDULED,)))
    customers: AppointmentsView = ask(ListCustomerAppointments(customer=world.maria.id, count=True))
    grid: GridView = ask(ShowGrid(first=DAY))
    openings: OpeningsView = ask(FindOpenings(customer=world.maria.id, type=world.service.id, first=DAY, minutes=60))
    return (
        (shown.status, shown.user.name, shown.start, shown.version),
        [(each.user.name, each.start) for each in company.items],
        [(each.status, each.user.name, each.start) for each in customers.items],
        customers.upcoming,
        [(row.user.name, block.start) for row in grid.rows for block in row.blocks],
        [row.user.name for row in grid.rows if row.held],
        sorted(each.user.name for each in openings.items for day in each.days if at("09:00") in day.starts),
    )


@pytest.mark.rule("APT-22")
def test_every_list_grid_and_count_of_another_process_shows_what_was_answered(opening: Opening) -> None:
    world = World(opening())
    world.replace(world.sam, technician=True)
    customer, type, user = world.maria.id, world.service.id, world.ann.id
    nine, eleven, planned, gone = at("09:00"), at("11:00"), Status.SCHEDULED, Status.CANCELLED

    with another_process(world, opening) as ask:
        assert ask(ListAppointments()).items == ()
        id = AppointmentId(world.book().id)
        told = [seen(ask, world, id)]
        for command in (
            ReassignAppointment(appointment=id, user=world.sam.id),
            MoveAppointment(appointment=id, start=eleven),
            HoldTime(customer=customer, type=type, user=user, start=nine, kind=Kind.TECH, minutes=60),
            CancelAppointment(appointment=id),
        ):
            world.execute(command)
            told.append(seen(ask, world, id))

    ann, sam, later = ("Ann", nine), ("Sam", nine), ("Sam", eleven)
    assert told == [
        ((planned, *ann, 1), [ann], [(planned, *ann)], 1, [ann], [], ["Sam"]),
        ((planned, *sam, 2), [sam], [(planned, *sam)], 1, [sam], [], ["Ann"]),
        ((planned, *later, 3), [later], [(planned, *later)], 1, [later], [], ["Ann", "Sam"]),
        ((planned, *later, 3), [later], [(planned, *later)], 1, [later], ["Ann"], ["Sam"]),
        ((gone, *later, 4), [], [(gone, *later)], 0, [], ["Ann"], ["Sam"]),
    ]
