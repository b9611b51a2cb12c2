"""
Rows are locked as they are read, on PostgreSQL; SQLite has one writer.
"""

from collections.abc import Callable, Iterator
from functools import partial
from threading import Barrier

import pytest
from attrs import evolve
from sqlalchemy import Engine

from fieldops_adapters.sql import engines
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.ports import Unit
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.testing.contracts.concurrency import at_once, until_it_goes
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import SEALER, server_url, storage_at

Use = Callable[[Unit, World], object]

USES: dict[str, Use] = {
    "read": lambda unit, world: unit.users.get(world.ann.id),
    "shared": lambda unit, world: unit.users.get(world.ann.id, lock=Lock.SHARED),
    "exclusive": lambda unit, world: unit.users.get(world.ann.id, lock=Lock.EXCLUSIVE),
    "locked": lambda unit, world: unit.people.locked([world.ben.id, world.ann.id]),
    "referred to": lambda unit, world: unit.appointments.add(world.visit()),
    "changed": lambda unit, world: unit.users.save(evolve(world.ann, name="Anna", version=2)),
}
GO_TOGETHER = {
    "read": set(USES),
    "shared": {"read", "shared", "referred to"},
    "exclusive": {"read", "referred to"},
    "locked": {"read", "referred to"},
}


@pytest.fixture
def storage(server: Engine) -> SqlStorage:
    return SqlStorage(server, SEALER)


@pytest.fixture
def impatient(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStorage]:
    """
    Another connection, which waits a twentieth of a second only.
    """
    monkeypatch.setattr(engines, "LOCK_MILLISECONDS", 50)
    storage = storage_at(server_url(postgresql_url))
    yield storage
    storage.close()


@pytest.mark.parametrize("second", USES)
@pytest.mark.parametrize("first", GO_TOGETHER)
def test_a_lock_keeps_out_those_it_should_and_no_others(
    world: World, impatient: SqlStorage, first: str, second: str
) -> None:
    with world.writing() as unit:
        USES[first](unit, world)

        waited = False
        try:
            with impatient.writing(world.company.id) as other:
                USES[second](other, world)
        except Conflict:
            waited = True

    assert waited is (second not in GO_TOGETHER[first])


def test_the_owner_role_can_be_locked_before_owners_are_counted(world: World, impatient: SqlStorage) -> None:
    with world.writing() as unit:
        unit.roles.owner(lock=Lock.EXCLUSIVE)

        with pytest.raises(Conflict), impatient.writing(world.company.id) as other:
            other.roles.owner(lock=Lock.EXCLUSIVE)


def test_users_are_locked_in_the_order_of_their_ids_whatever_the_order_asked_for(storage: SqlStorage) -> None:
    world = founded(storage)
    conflicts: list[Conflict] = []

    def lock(ids: list[UserId]) -> None:
        for _ in range(50):
            try:
                with world.writing() as unit:
                    unit.people.locked(ids)
            except Conflict as conflict:
                conflicts.append(conflict)

    both = [world.ann.id, world.ben.id]
    at_once([partial(lock, both), partial(lock, both[::-1])] * 2)

    assert conflicts == []


def test_of_two_who_wait_for_each_other_one_is_sent_back(storage: SqlStorage) -> None:
    world, met = founded(storage), Barrier(2)
    sent_back: list[str] = []

    def lock(first: UserId, second: UserId) -> None:
        def both() -> None:
            with world.writing() as unit:
                unit.people.locked([first])
                if not sent_back:
                    met.wait(30)
                unit.people.locked([second])

        try:
            both()
        except Conflict as conflict:
            sent_back.append(str(conflict))
            until_it_goes(both)

    at_once([partial(lock, world.ann.id, world.ben.id), partial(lock, world.ben.id, world.ann.id)])

    assert sent_back == ["40P01"]
