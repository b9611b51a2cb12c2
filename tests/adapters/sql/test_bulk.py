"""
A bulk schedule in a real database: how much it sends, and that one that fails halfway leaves nothing.
"""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import Engine

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.kernel.errors import Conflict, Unavailable
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import BulkSchedule
from fieldops_core.scheduling.views import BulkView
from fieldops_core.testing.builders import a_technician, a_work_order
from tests.adapters.sql.recording import recorded
from tests.support.world import World

FIRST = date(2026, 5, 27)


def bulk(world: World, *, technicians: int, days: int) -> BulkSchedule:
    """
    One visit a day for each of some new technicians.
    """
    job = a_work_order(customer=world.maria.id)
    crew = [a_technician(home=world.provo.id) for _ in range(technicians)]
    world.put(job, *crew)
    return BulkSchedule(
        work_order=job.id,
        type=world.service.id,
        first=FIRST,
        last=FIRST + timedelta(days=days - 1),
        weekdays=frozenset(range(5)),
        technicians=tuple(each.id for each in crew),
        time=time(9),
        minutes=60,
    )


def statements(world: World, engine: Engine, command: BulkSchedule) -> tuple[int, int]:
    """
    How many appointments are created, and how many statements that takes.
    """
    with recorded(engine) as recording:
        made = world.do(command, BulkView)
    return made.total, len(recording.take())


@pytest.mark.rule("BLK-08")
def test_a_thousand_visits_take_as_many_statements_as_ten(storage: SqlStorage, engine: Engine) -> None:
    world = World(storage)

    few = statements(world, engine, bulk(world, technicians=2, days=7))
    many = statements(world, engine, bulk(world, technicians=20, days=70))

    assert (few[0], many[0]) == (10, 1_000)
    assert many[1] <= few[1] + 4  # history and events are inserted at most a thousand rows at once


@pytest.mark.rule("BLK-05")
def test_a_run_that_meets_another_writer_halfway_leaves_nothing(
    storage: SqlStorage, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(storage)
    command = bulk(world, technicians=2, days=7)

    def fails(*_: object, **__: object) -> None:
        raise Conflict("the outbox is gone")

    monkeypatch.setattr("fieldops_adapters.sql.outbox.SqlOutbox.add", fails)
    with pytest.raises(Unavailable):
        world.execute(command)
    monkeypatch.undo()

    assert world.all_appointments() == []
    assert world.do(command, BulkView).total == 10
    with pytest.raises(Refused):
        world.execute(command)
