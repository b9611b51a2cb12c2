"""
The schema that the migrations leave is the one that the code knows, on both databases.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, make_url, text

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.migrations import VERSION_TABLE, migrate, newest, revision
from fieldops_adapters.sql.tables import metadata
from fieldops_core.testing.contracts.world import World
from tests.support.databases import storage_at


@pytest.mark.rule("STO-02")
def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, metadata) == []


def test_a_database_of_the_newest_version_is_left_as_it_is(
    world: World, url: str, request: pytest.FixtureRequest
) -> None:
    migrate(url if url.startswith("sqlite") else request.getfixturevalue("postgresql_url"))

    with world.reading() as unit:
        assert unit.companies.get(world.company.id) == world.company


def test_two_who_migrate_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    at_once(url)

    engine = connect(url)
    with engine.connect() as connection:
        assert revision(connection) == newest()
    engine.dispose()


@pytest.fixture
def new_database(postgresql_url: str) -> str:
    """
    The superuser's URL of a database that nobody has migrated.
    """
    url = make_url(postgresql_url)
    name = f"{url.database}_new"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return url.set(database=name).render_as_string(hide_password=False)


def test_two_who_migrate_postgresql_at_once_do_not_disturb_each_other(new_database: str) -> None:
    at_once(new_database)

    engine = connect(new_database)
    with engine.connect() as connection:
        assert revision(connection) == newest()
    engine.dispose()


def at_once(url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, [url, url]))


def test_an_administrator_who_is_no_superuser_can_migrate(new_database: str) -> None:
    url = make_url(new_database)
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        owner = f"{url.database}_owner"
        connection.execute(text(f"DROP ROLE IF EXISTS {owner}"))
        connection.execute(text(f"CREATE ROLE {owner} LOGIN PASSWORD 'owner' CREATEROLE"))
        connection.execute(text(f"ALTER DATABASE {url.database} OWNER TO {owner}"))
        # Where the roles are there already, whoever made them lets others hand them on.
        connection.execute(text(f"GRANT fieldops_server, fieldops_worker TO {owner} WITH ADMIN OPTION"))
    engine.dispose()

    migrate(url.set(username=owner, password="owner").render_as_string(hide_password=False))


@pytest.mark.parametrize("name", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/fieldops"])
def test_a_url_of_no_database_that_fits_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match="A database is named as"):
        connect(name)


def test_a_storage_over_the_migrated_database_is_ready(url: str) -> None:
    storage = storage_at(url)
    storage.ready()
    storage.close()
