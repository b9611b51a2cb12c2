"""
PostgreSQL keeps companies apart even where a statement forgets to.
"""

from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import ProgrammingError

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import metadata
from fieldops_adapters.sql.tenancy import enter
from fieldops_core.app.ports import Unit
from fieldops_core.company.messages import LocationChanged
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.units import write_everywhere
from fieldops_core.testing.contracts.world import World, founded
from tests.support.databases import SEALER

TABLES = sorted(metadata.tables)
DUE = ("lookups", "outbox")


@pytest.fixture
def storage(server: Engine) -> SqlStorage:
    return SqlStorage(server, SEALER)


@pytest.fixture
def other(storage: SqlStorage) -> World:
    return full(storage)


def full(storage: SqlStorage) -> World:
    """
    A company that has a row in every table.
    """
    world = founded(storage)
    with world.writing() as unit:
        write_everywhere(unit, world)
        put_in_outbox(unit, world)
    return world


def put_in_outbox(unit: Unit, world: World) -> UUID:
    id = fresh()
    unit.outbox.add([LocationChanged.of(None, world.provo, at=NOW)], ids=[id])
    return id


def companies_in(connection: Connection, table: str) -> set[UUID]:
    return set(connection.execute(text(f"SELECT company_id FROM {table}")).scalars())


@pytest.mark.rule("STO-03", "SEC-01")
@pytest.mark.parametrize("table", TABLES)
def test_a_select_without_a_filter_sees_one_company(
    storage: SqlStorage, other: World, server: Engine, table: str
) -> None:
    own = full(storage)

    with server.begin() as connection:
        enter(connection, own.company.id)
        assert companies_in(connection, table) == {own.company.id}


@pytest.mark.rule("STO-03", "SEC-01")
@pytest.mark.parametrize("table", TABLES)
def test_without_a_company_nothing_is_seen(other: World, server: Engine, table: str) -> None:
    with server.begin() as connection:
        assert companies_in(connection, table) == set()


@pytest.mark.rule("STO-03")
def test_a_connection_carries_no_company_over_to_the_next_transaction(other: World, server: Engine) -> None:
    with server.connect() as connection:
        with connection.begin():
            enter(connection, other.company.id)
            assert companies_in(connection, "users")
        with connection.begin():
            assert not companies_in(connection, "users")


@pytest.mark.rule("STO-03", "SEC-01")
def test_a_row_for_another_company_is_not_written(storage: SqlStorage, other: World, server: Engine) -> None:
    own = founded(storage)
    statement = text("INSERT INTO counters (company_id, name, value) VALUES (:company, 'x', 1)")

    with server.begin() as connection:
        enter(connection, own.company.id)
        connection.execute(statement, {"company": own.company.id})
    with server.connect() as connection:
        enter(connection, own.company.id)
        with pytest.raises(ProgrammingError, match="row-level security"):
            connection.execute(statement, {"company": other.company.id})


@pytest.mark.rule("STO-03", "SEC-01")
@pytest.mark.parametrize("statement", ["UPDATE users SET name = 'X'", "DELETE FROM absences"])
def test_a_change_without_a_filter_leaves_other_companies_alone(
    storage: SqlStorage, other: World, server: Engine, statement: str
) -> None:
    own = full(storage)

    with server.begin() as connection:
        enter(connection, own.company.id)
        assert connection.execute(text(statement)).rowcount > 0

    with other.reading() as unit:
        assert unit.users.get(other.ann.id) == other.ann
        assert unit.absences.between(NOW.date().replace(day=27), NOW.date().replace(day=27)) != ()


@pytest.mark.rule("STO-03", "SEC-01")
def test_asked_for_a_short_name_it_shows_that_company_and_nothing_else_of_it(
    storage: SqlStorage, other: World, server: Engine
) -> None:
    own = founded(storage)

    assert storage.company_named(other.company.slug) == other.company.id
    with server.begin() as connection:
        connection.execute(text("SELECT set_config('fieldops.slug', :slug, true)"), {"slug": other.company.slug})
        assert companies_in(connection, "companies") == {other.company.id}
        assert companies_in(connection, "users") == set()
        changed = connection.execute(text("UPDATE companies SET name = 'X'"))
        assert changed.rowcount == 0
    with own.writing() as unit:
        assert unit.companies.slug_taken(other.company.slug)
        work = unit.companies.work  # type: ignore[attr-defined]
        assert companies_in(work.connection, "companies") == {own.company.id}


@pytest.mark.rule("STO-03")
def test_the_workers_role_sees_every_companys_outbox_and_lookups_and_nothing_else(
    storage: SqlStorage, other: World, server: Engine
) -> None:
    own = full(storage)

    with server.begin() as connection:
        connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        for table in DUE:
            assert companies_in(connection, table) >= {own.company.id, other.company.id}
    for statement in (
        *(f"SELECT * FROM {table}" for table in TABLES if table not in DUE),
        "SELECT hash FROM sessions",
        "UPDATE sessions SET ends_at = now()",
        "DELETE FROM passwords",
        "UPDATE outbox SET payload = ''",
        "UPDATE outbox SET delivered_at = now()",
        "DELETE FROM outbox",
        "INSERT INTO outbox SELECT * FROM outbox",
        "UPDATE lookups SET tries = 0",
        "DELETE FROM lookups",
        "INSERT INTO lookups SELECT * FROM lookups",
    ):
        with server.connect() as connection:
            connection.execute(text("SET LOCAL ROLE fieldops_worker"))
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(statement))


@pytest.mark.rule("STO-03")
def test_the_server_cannot_lift_the_protection(server: Engine) -> None:
    for statement in (
        "ALTER TABLE users DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_company ON users",
        "CREATE POLICY all_companies ON users USING (true)",
        "TRUNCATE users",
    ):
        with pytest.raises(ProgrammingError), server.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.rule("STO-03", "SEC-01", "CUS-15")
@pytest.mark.parametrize("function", ["customers_found", "customers_found_anywhere"])
def test_a_search_finds_the_sessions_company_alone(
    storage: SqlStorage, other: World, server: Engine, function: str
) -> None:
    own, asked = full(storage), text(f"SELECT {function}('%maria%') UNION SELECT {function}('%m%', '%a%')")

    with server.begin() as connection:
        assert connection.execute(asked).all() == []
        enter(connection, own.company.id)
        found = set(connection.execute(asked).scalars())

    with own.reading() as unit:
        assert own.maria.id in found
        assert {each.id for each in unit.customers.named(list(found))} == found


@pytest.mark.rule("STO-03", "SEC-01")
def test_who_searches_all_companies_reads_what_is_searched_and_nothing_else(
    other: World, superuser: Engine, server: Engine
) -> None:
    with superuser.begin() as connection:
        connection.execute(text("SET LOCAL ROLE fieldops_search"))
        assert companies_in(connection, "customers") >= {other.company.id}
    for statement in (
        *(f"SELECT company_id FROM {table}" for table in TABLES if table != "customers"),
        "SELECT phone FROM customers",
        "SELECT ssn FROM customers",
        "UPDATE customers SET search = ''",
        "DELETE FROM customers",
    ):
        with superuser.connect() as connection:
            connection.execute(text("SET LOCAL ROLE fieldops_search"))
            with pytest.raises(ProgrammingError, match="permission denied"):
                connection.execute(text(statement))
    with server.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.execute(text("SET LOCAL ROLE fieldops_search"))


@pytest.mark.rule("STO-03")
@pytest.mark.parametrize("function", ["customers_found", "customers_found_anywhere"])
def test_nobody_but_the_server_may_search(other: World, server: Engine, function: str) -> None:
    with server.connect() as connection:
        connection.execute(text("SET LOCAL ROLE fieldops_worker"))
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text(f"SELECT {function}('%a%')"))
