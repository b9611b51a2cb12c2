"""
The database finds what takes users' time by an index, also where row-level security stands before it.
"""

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from attrs import evolve
from sqlalchemy import Connection, Engine, insert, text

from fieldops_adapters.sql.mapping.scheduling import appointment_row
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import appointments
from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Unit
from fieldops_core.company.messages import LocationChanged
from fieldops_core.customers.model import traits_of
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.ports import Selection, Sight, Span
from fieldops_core.testing.builders import PROVO_ADDRESS, a_customer, a_message, a_period, a_technician, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.login import a_password_link
from fieldops_core.testing.contracts.world import World, founded
from tests.adapters.sql.recording import Recording, recorded

USERS, DAYS = 40, 60


@pytest.fixture
def busy(storage: SqlStorage, engine: Engine, request: pytest.FixtureRequest) -> World:
    """
    A company among others, each with some thousand visits.
    """
    world, *_ = [filled(storage) for _ in range(2)]
    if engine.dialect.name == "postgresql":
        with request.getfixturevalue("superuser").begin() as connection:
            connection.execute(text("ANALYZE"))
    return world


def filled(storage: SqlStorage) -> World:
    world = founded(storage)
    with world.writing() as unit:
        users = [a_technician(home=world.provo.id) for _ in range(USERS)]
        for user in users:
            unit.users.add(user)
        visit = world.visit()
        rows = [
            {
                **appointment_row(visit),
                "company_id": world.company.id,
                "id": AppointmentId(uuid4()),
                "user_id": user.id,
                "start_at": start,
                "end_at": start + timedelta(hours=1),
                "occupied_until": start + timedelta(hours=1),
            }
            for user in users
            for day in range(DAYS)
            for start in [visit.period.start + timedelta(days=day - DAYS // 2)]
        ]
        work = unit.appointments.work  # type: ignore[attr-defined]
        work.connection.execute(insert(appointments), rows)
    return world


@pytest.fixture
def recording(engine: Engine) -> Iterator[Recording]:
    with recorded(engine) as recording:
        yield recording


def plan(unit: Unit, recording: Recording) -> str:
    """
    How the database carries out the last statement that was recorded.
    """
    told = explained(unit.times.work.connection, *recording.take()[-1])  # type: ignore[attr-defined]
    recording.take()
    return told


def found_by_an_index(told: str) -> bool:
    """
    Of several that would do, which one costs least depends on what else the database holds.
    """
    return "appointments_" in told and "Seq Scan on appointments " not in told


def explained(connection: Connection, statement: str, parameters: Any) -> str:
    explain = "EXPLAIN" if connection.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    rows = connection.exec_driver_sql(f"{explain} {statement}", parameters).fetchall()
    return "\n".join(str(row[-1]) for row in rows)


def readings(unit: Unit, period: Period, users: Collection[UserId] | None, recording: Recording) -> Iterator[str]:
    """
    The plans of all readings of users' time.
    """
    assert unit.times.taken(period, users=users, now=NOW)
    yield plan(unit, recording)
    assert unit.times.stops(period, users=users)
    yield plan(unit, recording)
    assert unit.times.blocks(period, users=users)
    yield plan(unit, recording)


def test_the_time_of_some_users_is_found_by_an_index(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        users = [each.id for each in unit.people.find()][-3:]
        for told in readings(unit, a_period(), users, recording):
            assert found_by_an_index(told), told


def test_the_time_of_all_users_is_found_by_start(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        for told in readings(unit, a_period(), None, recording):
            assert "appointments_by_start" in told or "appointments_of_customer" in told
            assert "Seq Scan on appointments " not in told


def test_what_is_under_way_is_found_without_looking_at_what_was(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        unit.times.under_way(unit.people.find()[-1].id)

        assert "appointments_under_way" in plan(unit, recording)


def test_install_appointments_are_found_by_an_index(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        recording.take()
        unit.install_visits.of([busy.jens.id, busy.maria.id])

        assert found_by_an_index(plan(unit, recording))


def test_a_crew_is_found_by_its_work_order(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        recording.take()
        unit.appointments.crew(busy.repair.id, a_period().start)
        assert "appointments_of_work_order" in plan(unit, recording)
        unit.appointments.stacked(busy.repair.id)
        assert "appointments_of_work_order" in plan(unit, recording)
        unit.times.crews([busy.repair.id], a_period())
        told = plan(unit, recording)
        assert "appointments_of_work_order" in told or "appointments_by_start" in told
        assert "Seq Scan on appointments " not in told


@pytest.mark.rule("APT-26")
@pytest.mark.parametrize(
    "asked",
    [Selection(), Selection(pending_reassignment=True), Selection(late_at=a_period().start)],
    ids=["all", "pending", "late"],
)
def test_a_page_of_the_companys_list_is_found_by_an_index(busy: World, recording: Recording, asked: Selection) -> None:
    sight = Sight(kinds={kind: frozenset({busy.provo.id}) for kind in Kind})
    span = Span(locations=frozenset({busy.provo.id}), start=a_period().start, end=a_period().end)
    with busy.reading() as unit:
        recording.take()
        for narrowed in (asked, evolve(asked, sight=sight), evolve(asked, sight=sight, spans=(span,))):
            unit.times.selected(narrowed, after=None, limit=50)
            told = plan(unit, recording)
            assert found_by_an_index(told), told


@pytest.mark.rule("APT-26")
def test_a_page_of_one_users_appointments_is_found_by_an_index(busy: World, recording: Recording) -> None:
    with busy.reading() as unit:
        user = unit.people.find()[-1].id
        recording.take()
        unit.times.selected(Selection(users=frozenset({user})), after=None, limit=50)

        told = plan(unit, recording)

    assert "appointments_of_user" in told or "appointments_by_start" in told
    assert "Seq Scan on appointments " not in told


def test_users_are_locked_after_they_are_sorted(busy: World, recording: Recording, engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        return  # one writer
    with busy.writing() as unit:
        unit.people.locked([each.id for each in unit.people.find()])
        told = plan(unit, recording)

    assert told.startswith("LockRows")
    assert "Sort" in told or "Index Scan using users_pkey" in told


@pytest.mark.rule("CUS-13")
def test_who_may_be_the_same_is_found_by_an_index(
    storage: SqlStorage, recording: Recording, engine: Engine, request: pytest.FixtureRequest
) -> None:
    world = founded(storage)
    phones = [Phone(f"+1801555{number}") for number in range(2_000, 5_000)]
    places = [evolve(PROVO_ADDRESS, line1=f"{number} Main St") for number in range(3_000)]
    with world.writing() as unit:
        unit.customers.add_all(
            [
                a_customer(location=world.provo.id, number=number, phone=phone, address=place)
                for number, (phone, place) in enumerate(zip(phones, places, strict=True), start=10)
            ]
        )
    if engine.dialect.name == "postgresql":
        with request.getfixturevalue("superuser").begin() as connection:
            connection.execute(text("ANALYZE"))
    with world.reading() as unit:
        recording.take()
        assert len(unit.customers.alike(traits_of(a_customer(phone=phones[0], address=places[1])))) == 2
        told = plan(unit, recording)

    assert "Seq Scan" not in told, told
    for table in ("customers", "customer_keys"):
        assert f"{table}_pkey" in told or f"sqlite_autoindex_{table}_1" in told, told


@pytest.mark.rule("STO-03")
def test_what_is_due_is_found_by_when_it_is_due(storage: SqlStorage, recording: Recording, engine: Engine) -> None:
    world = founded(storage)
    events = [LocationChanged.of(None, world.provo, at=NOW - timedelta(seconds=each)) for each in range(3_000)]
    with world.writing() as unit:
        unit.outbox.add(events, ids=[fresh() for _ in events])
    recording.take()
    assert storage.claim(1, now=NOW, lease_seconds=60)
    statement, parameters = recording.take()[-1]

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        told = explained(connection, statement, parameters)

    assert "outbox_due" in told


@pytest.mark.rule("CUS-14", "STO-03")
def test_what_is_to_be_looked_up_is_found_by_when_it_is_due(
    storage: SqlStorage, recording: Recording, engine: Engine
) -> None:
    world = founded(storage)
    records = [a_customer(location=world.provo.id, number=number) for number in range(10, 3_010)]
    with world.writing() as unit:
        unit.customers.add_all(records)
        unit.lookups.put([each.id for each in records], due=NOW - timedelta(days=1))
        recording.take()
        unit.lookups.put([each.id for each in records], due=NOW - timedelta(days=1))
        assert len(recording.take()) == 2
    assert storage.claim_lookups(1, now=NOW, lease_seconds=60)
    statement, parameters = recording.take()[-1]

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        told = explained(connection, statement, parameters)

    assert "lookups_due" in told


@pytest.mark.rule("NTF-01", "STO-03")
def test_what_is_to_be_sent_is_found_by_when_it_is_due(
    storage: SqlStorage, recording: Recording, engine: Engine
) -> None:
    world = founded(storage)
    sent = [a_message(customer=world.maria.id, due_at=None) for _ in range(3_000)]
    with world.writing() as unit:
        for each in (*sent, a_message(customer=world.maria.id, due_at=NOW - timedelta(days=1))):
            unit.messages.add(each)
    recording.take()
    assert storage.claim_messages(1, now=NOW, lease_seconds=60)
    statement, parameters = recording.take()[-1]

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        told = explained(connection, statement, parameters)

    assert "messages_due" in told


@pytest.mark.rule("API-08", "STO-03")
def test_links_that_wait_are_found_by_when_they_are_due(
    storage: SqlStorage, recording: Recording, engine: Engine
) -> None:
    world = founded(storage)
    with world.writing() as unit:
        for _ in range(3_000):
            unit.password_links.add(evolve(a_password_link(world.ann.id), secret=None, due_at=None))
        unit.password_links.add(evolve(a_password_link(world.ann.id), due_at=NOW - timedelta(days=1)))
    recording.take()
    assert storage.claim_links(1, now=NOW, lease_seconds=60)
    statement, parameters = recording.take()[-1]

    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        told = explained(connection, statement, parameters)

    assert "password_links_due" in told
