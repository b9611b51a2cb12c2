"""
Units of work of which another program keeps a part: both parts are saved, or neither.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from attrs import evolve

from examples.embedding import TABLE, Visits
from fieldops_adapters.memory import MemoryStorage, MemoryUnit
from fieldops_core.app.ports import Unit
from fieldops_core.testing.builders import a_period
from fieldops_core.testing.contracts.world import World, founded, given_up


class Broken(Exception):
    pass


@pytest.fixture
def theirs() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute(TABLE)
        yield connection


def write(unit: Unit, world: World) -> None:
    unit.locations.save(evolve(world.provo, name="Provo 2", version=2))
    unit.appointments.add(world.visit())


def there(theirs: sqlite3.Connection, world: World) -> tuple[int, str]:
    """
    How many visits they have committed, and what our part says its office is called.
    """
    assert not theirs.in_transaction
    with world.reading() as unit:
        name = unit.locations.get(world.provo.id).name
    (count,) = theirs.execute("SELECT count(*) FROM visits").fetchone()
    return count, name


@pytest.mark.rule("OPS-03")
def test_what_ends_well_is_saved_on_both_sides(theirs: sqlite3.Connection) -> None:
    world = founded(MemoryStorage.beside(lambda: theirs, appointments=Visits))

    with world.writing() as unit:
        write(unit, world)

    assert there(theirs, world) == (1, "Provo 2")


@pytest.mark.rule("OPS-03")
def test_what_raises_is_saved_on_neither_side(theirs: sqlite3.Connection) -> None:
    world = founded(MemoryStorage.beside(lambda: theirs, appointments=Visits))

    with given_up(world) as unit:
        write(unit, world)

    assert there(theirs, world) == (0, "Provo")


@pytest.mark.rule("OPS-03")
def test_what_they_cannot_commit_is_saved_on_neither_side(theirs: sqlite3.Connection) -> None:
    whole = [True]

    @contextmanager
    def transaction() -> Iterator[sqlite3.Connection]:
        with theirs:
            yield theirs
            if not whole[0]:
                raise Broken

    world = founded(MemoryStorage.beside(transaction, appointments=Visits))
    whole[0] = False

    with pytest.raises(Broken), world.writing() as unit:
        write(unit, world)

    whole[0] = True
    assert there(theirs, world) == (0, "Provo")


@pytest.mark.rule("OPS-03")
def test_what_a_reading_unit_writes_by_mistake_is_not_kept(theirs: sqlite3.Connection) -> None:
    world = founded(MemoryStorage.beside(lambda: theirs, appointments=Visits))

    with world.reading() as unit:
        unit.appointments.add(world.visit())

    assert there(theirs, world) == (0, "Provo")


def test_the_times_are_those_of_whatever_holds_the_appointments(theirs: sqlite3.Connection) -> None:
    @contextmanager
    def around(unit: MemoryUnit) -> Iterator[None]:
        with theirs:
            unit.appointments = Visits(theirs, unit.company)
            yield

    world = founded(MemoryStorage(around))
    visit = world.visit()
    world.keep(visit)

    with world.reading() as unit:
        assert [each.appointment for each in unit.times.blocks(a_period())] == [visit.id]
