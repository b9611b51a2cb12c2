"""
What belongs to a record is found by the record and in its order, also where row-level security stands before it.
"""

import pytest
from sqlalchemy import Engine, text

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.testing.contracts.world import World, founded
from tests.adapters.sql.recording import recorded
from tests.adapters.sql.test_plans import explained

NOTES = 3_000


@pytest.fixture
def written(storage: SqlStorage, engine: Engine, request: pytest.FixtureRequest) -> World:
    """
    A company among others, with some thousand notes, every tenth of which is on Maria.
    """
    world, *_ = [full(founded(storage)) for _ in range(2)]
    if engine.dialect.name == "postgresql":
        with request.getfixturevalue("superuser").begin() as connection:
            connection.execute(text("ANALYZE"))
    return world


def full(world: World) -> World:
    whose = [world.maria.id, *([world.jens.id] * 9)]
    with world.writing() as unit:
        for number in range(NOTES):
            unit.notes.add(world.note(customer=whose[number % 10]))
    return world


def test_a_page_is_read_from_the_index_of_its_record(written: World, engine: Engine) -> None:
    with written.reading() as unit, recorded(engine) as recording:
        page = unit.notes.of(written.maria.id, limit=51)
        unit.notes.of(written.maria.id, after=page[-1].id, limit=51)
        unit.notes.count(written.maria.id)
        connection = unit.notes.work.connection  # type: ignore[attr-defined]
        for statement, parameters in recording.take():
            told = explained(connection, statement, parameters)
            assert "notes_of_customer" in told, told
            assert "Sort" not in told and "TEMP B-TREE" not in told, told
