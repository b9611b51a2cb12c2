"""
A database that cannot be used, or not safely, is refused in a sentence.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from fieldops_adapters.sql.errors import NotReady
from tests.support.databases import server_url, sqlite_url, storage_at


def sentence(url: str) -> str:
    """
    Why the database of a URL cannot be used.
    """
    storage = storage_at(url)
    try:
        with pytest.raises(NotReady) as refused:
            storage.ready()
    finally:
        storage.close()
    return str(refused.value)


def test_an_empty_database_is_to_be_migrated(tmp_path: Path) -> None:
    assert sentence(f"sqlite:///{tmp_path / 'empty.db'}").endswith("Migrate it first.")


@pytest.mark.rule("STO-02")
def test_a_schema_of_another_version_is_to_be_migrated(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "old.db")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE fieldops_version SET version_num = '0000'"))
    engine.dispose()

    assert "of version 0000" in sentence(url)


def test_a_database_that_does_not_answer_is_told_without_its_password(tmp_path: Path) -> None:
    told = sentence(f"postgresql+psycopg://ann:hush@/nowhere?host={tmp_path}")

    assert told == "The database does not answer."
    assert "hush" not in told


@pytest.fixture
def role(postgresql_url: str) -> Iterator[str]:
    """
    A role of the server's that a test may change, and its URL.
    """
    server_url(postgresql_url)
    name = f"{make_url(postgresql_url).database}_other"
    as_superuser(postgresql_url, f"CREATE ROLE {name} LOGIN PASSWORD 'other' IN ROLE fieldops_server")
    yield name
    as_superuser(postgresql_url, f"DROP ROLE {name}")


def as_superuser(url: str, *statements: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for each in statements:
            connection.execute(text(each))
    engine.dispose()


def url_of(role: str, postgresql_url: str) -> str:
    return make_url(postgresql_url).set(username=role, password="other").render_as_string(hide_password=False)


@pytest.mark.rule("STO-03")
def test_a_superuser_is_refused(superuser: Engine, postgresql_url: str) -> None:
    assert "sees every company's rows" in sentence(postgresql_url)


@pytest.mark.rule("STO-03")
def test_a_role_that_bypasses_row_level_security_is_refused(role: str, postgresql_url: str) -> None:
    as_superuser(postgresql_url, f"ALTER ROLE {role} BYPASSRLS")

    assert f"{role} sees every company's rows" in sentence(url_of(role, postgresql_url))


@pytest.mark.rule("STO-03")
def test_the_owner_of_the_tables_is_refused(role: str, postgresql_url: str) -> None:
    as_superuser(postgresql_url, f"ALTER TABLE appointments OWNER TO {role}")
    try:
        assert f"{role} owns the tables" in sentence(url_of(role, postgresql_url))
    finally:
        as_superuser(
            postgresql_url,
            "ALTER TABLE appointments OWNER TO CURRENT_USER",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON appointments TO fieldops_server",
        )


def test_a_role_without_the_servers_rights_is_refused(role: str, postgresql_url: str) -> None:
    as_superuser(postgresql_url, f"REVOKE fieldops_server FROM {role}", f"GRANT SELECT ON fieldops_version TO {role}")
    try:
        assert "Grant it the role fieldops_server" in sentence(url_of(role, postgresql_url))
    finally:
        as_superuser(postgresql_url, f"REVOKE SELECT ON fieldops_version FROM {role}")
