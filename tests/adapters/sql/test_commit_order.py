"""
Readers that resume lose nothing, in whichever order transactions are committed (EVT-02).
"""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread
from uuid import UUID

import pytest

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.company.messages import LocationChanged
from fieldops_core.kernel.events import NOWHERE, Place
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.journal import happened
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import postgresql_storage, sqlite_storage, sqlite_url, storage_at


def add(world: World, id: UUID, *, first: Event | None = None, then: Event | None = None) -> None:
    """
    Write one event; begin *first*, and commit only *then*.
    """
    with world.writing() as unit:
        unit.outbox.add([LocationChanged.of(None, world.provo, at=NOW)], ids=[id])
        if first:
            first.set()
        if then:
            assert then.wait(60)


def read(world: World, place: Place) -> tuple[list[UUID], Place]:
    with world.reading() as unit:
        found = unit.outbox.since(place, limit=10)
    return [each.place.id for each in found], found[-1].place if found else place


def read_on(world: World, place: Place, many: int) -> tuple[list[UUID], Place]:
    """
    As soon as there are so many: transactions of others on the same server hold them back while they run.
    """
    found = happened(world, many, after=place)
    return [each.place.id for each in found], found[-1].place


@pytest.mark.rule("EVT-02", "API-06")
def test_who_reads_on_loses_nothing_that_is_committed_late(postgresql_url: str) -> None:
    world = founded(postgresql_storage(postgresql_url))
    early, late = fresh(), fresh()
    written, commit = Event(), Event()
    slow = Thread(target=add, args=(world, early), kwargs={"first": written, "then": commit})
    slow.start()
    assert written.wait(60)
    add(world, late)
    before, place = read(world, NOWHERE)
    with world.reading() as unit:
        newest = unit.outbox.newest()
    commit.set()
    slow.join()
    after, _ = read_on(world, place, 2)

    assert (before, newest) == ([], NOWHERE), "nothing is read past a transaction that still runs"
    assert after == [early, late]


@pytest.mark.rule("EVT-02", "API-06")
def test_what_was_read_stays_read_while_another_transaction_runs(postgresql_url: str) -> None:
    world = founded(postgresql_storage(postgresql_url))
    first, early, late = fresh(), fresh(), fresh()
    add(world, first)
    there, place = read_on(world, NOWHERE, 1)
    written, commit = Event(), Event()
    slow = Thread(target=add, args=(world, early), kwargs={"first": written, "then": commit})
    slow.start()
    assert written.wait(60)
    add(world, late)
    meanwhile, place = read(world, place)
    commit.set()
    slow.join()

    assert (there, meanwhile) == ([first], [])
    assert read_on(world, place, 2)[0] == [early, late]


WRITE = """
import sys
from uuid import UUID
from fieldops_core.testing.clock import NOW
from fieldops_core.company.messages import LocationChanged
from fieldops_core.kernel.ids import CompanyId
from tests.support.databases import storage_at
with storage_at(sys.argv[1]).writing(CompanyId(UUID(sys.argv[2]))) as unit:
    location = unit.companies.setup().locations[0]
    unit.outbox.add([LocationChanged.of(None, location, at=NOW)], ids=[UUID(sys.argv[3])])
"""


def write_elsewhere(url: str, world: World, id: UUID) -> None:
    """
    By another process.
    """
    subprocess.run([sys.executable, "-c", WRITE, url, str(world.company.id), str(id)], check=True, timeout=60)


@pytest.mark.rule("API-06")
def test_what_another_process_commits_is_read(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "two.db")
    storage: SqlStorage = storage_at(url)
    world = founded(storage)
    # Ids that count down: the order is that of the commits, not that of the ids.
    ids = [UUID(int=number) for number in (3, 2, 1)]
    add(world, ids[0])
    write_elsewhere(url, world, ids[1])
    add(world, ids[2])

    assert read(world, NOWHERE)[0] == ids


@pytest.mark.rule("API-06")
def test_on_sqlite_nothing_comes_twice_when_old_rows_are_gone(tmp_path: Path) -> None:
    world = founded(sqlite_storage(tmp_path / "one.db"))
    add(world, fresh())
    _, place = read(world, NOWHERE)
    with world.writing() as unit:
        unit.outbox.work.connection.exec_driver_sql("DELETE FROM outbox")  # type: ignore[attr-defined]
    new = fresh()
    add(world, new)

    with world.reading() as unit:
        assert not unit.outbox.knows(place)
    assert read(world, place)[0] == [new]
