"""
Whatever a database says when another writer was first, it is a Conflict, and nothing is left of the unit.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from fieldops_adapters.sql import engines
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import appointments
from fieldops_adapters.sql.work import Work
from fieldops_core.access.model import RoleId
from fieldops_core.app.ports import Unit
from fieldops_core.company.model import Location
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.ids import CompanyId, LocationId
from fieldops_core.testing.builders import a_customer, a_location, a_period, a_user, fresh
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import sqlite_url, storage_at

Clash = Callable[[Unit, World], None]

CLASHES: dict[str, Clash] = {
    "an id": lambda unit, world: unit.locations.add(world.provo),
    "an email": lambda unit, world: unit.users.add(a_user(home=world.provo.id, email=world.ann.email)),
    "a number": lambda unit, world: unit.customers.add(a_customer(location=world.provo.id, number=world.maria.number)),
    "a reference to nothing": lambda unit, world: unit.users.add(a_user(home=LocationId(fresh()))),
    "a second owner role": lambda unit, world: unit.roles.add(evolve(world.owners, id=RoleId(fresh()))),
    "a version": lambda unit, world: unit.locations.save(evolve(world.provo, version=3)),
}


def work_of(unit: Unit) -> Work:
    work = getattr(unit.appointments, "work", None)
    assert isinstance(work, Work)
    return work


@pytest.mark.parametrize("clash", CLASHES.values(), ids=CLASHES)
def test_who_comes_second_is_told_so(world: World, clash: Clash) -> None:
    with pytest.raises(Conflict), world.writing() as unit:
        clash(unit, world)


def test_a_conflict_tells_no_values(world: World) -> None:
    with pytest.raises(Conflict) as conflict, world.writing() as unit:
        unit.users.add(a_user(home=world.provo.id, email=world.ann.email, name="Xyzzy"))

    assert isinstance(conflict.value.__cause__, IntegrityError)
    assert world.ann.email.address not in str(conflict.value)
    assert "Xyzzy" not in str(conflict.value.__cause__)


def test_a_unit_that_goes_on_after_a_conflict_is_not_saved(world: World) -> None:
    location = a_location()

    with pytest.raises(Conflict), world.writing() as unit:
        go_on(unit, world.provo, location)

    with world.reading() as unit, pytest.raises(NotFound):
        unit.locations.get(location.id)


def go_on(unit: Unit, known: Location, new: Location) -> None:
    unit.locations.add(new)
    with suppress(Conflict):
        unit.locations.add(known)


def test_what_is_no_conflict_is_not_called_one(world: World) -> None:
    with pytest.raises(DBAPIError), world.writing() as unit:
        work_of(unit).run(text("SELECT nothing FROM nowhere"))


@pytest.mark.rule("STO-05")
def test_the_schema_alone_keeps_time_from_being_taken_twice(world: World) -> None:
    visit = world.visit(period=a_period("10:00"))
    world.keep(world.visit(period=a_period("09:00")), visit)
    earlier = update(appointments).where(appointments.c.id == visit.id).values(start_at=a_period("09:45").start)

    with pytest.raises(Conflict, match="appointments_taken"), world.writing() as unit:
        work_of(unit).run(earlier)


@pytest.fixture
def impatient(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStorage]:
    """
    A storage that waits for others a twentieth of a second only.
    """
    monkeypatch.setattr(engines, "LOCK_MILLISECONDS", 50)
    storage = storage_at(url)
    yield storage
    storage.close()


def test_who_waits_too_long_for_another_writer_is_told_so(world: World, impatient: SqlStorage) -> None:
    with world.writing() as unit:
        unit.people.locked([world.ann.id])

        with pytest.raises(Conflict), impatient.writing(world.company.id) as other:
            other.people.locked([world.ann.id])

    with impatient.writing(world.company.id) as other:
        assert other.people.locked([world.ann.id]) == (world.ann.person,)


def test_another_programs_transaction_on_the_sqlite_file_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "LOCK_MILLISECONDS", 50)
    storage = storage_at(sqlite_url(tmp_path / "fieldops.db"))
    world = founded(storage)

    with closing(sqlite3.connect(tmp_path / "fieldops.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict), world.writing():
            pass
        with world.reading() as unit:
            assert unit.users.get(world.ann.id) == world.ann
        other.execute("ROLLBACK")

    world.keep(world.visit())
    storage.close()


@pytest.mark.rule("STO-05")
def test_who_waits_long_for_the_sqlite_file_looks_as_often_as_who_came_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(engines, "sleep", waits.append)
    monkeypatch.setattr(engines, "monotonic", lambda: sum(waits))
    storage = storage_at(sqlite_url(tmp_path / "fieldops.db"))

    with closing(sqlite3.connect(tmp_path / "fieldops.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Conflict), storage.writing(CompanyId(fresh())):
            pass

    seconds = engines.LOCK_MILLISECONDS / 1_000
    assert sum(waits) == pytest.approx(seconds, abs=0.02)
    assert max(waits) < seconds / 500
    storage.close()


def test_a_commit_that_fails_leaves_nothing_and_the_storage_goes_on(tmp_path: Path) -> None:
    storage = storage_at(sqlite_url(tmp_path / "fieldops.db"))
    world = founded(storage)
    location = a_location()

    with pytest.raises(Conflict), world.writing() as unit:
        add_what_is_checked_at_the_end(unit, location)

    with world.reading() as unit, pytest.raises(NotFound):
        unit.locations.get(location.id)
    world.keep(world.visit())
    storage.close()


def add_what_is_checked_at_the_end(unit: Unit, location: Location) -> None:
    work_of(unit).run(text("PRAGMA defer_foreign_keys = ON"))
    unit.locations.add(location)
    unit.users.add(a_user(home=LocationId(fresh())))
