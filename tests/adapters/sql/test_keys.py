"""
Every table's key and every index begins with the company, so that the schema can be distributed by it.
"""

from collections.abc import Iterable

import pytest
from sqlalchemy import Engine, inspect, text

from fieldops_adapters.sql.migrations import VERSION_TABLE
from fieldops_adapters.sql.tables import metadata

# They begin with something else, and why.
EXCEPTIONS = {
    "outbox_due",  # read by the worker for all companies
    "lookups_due",  # likewise
    "messages_due",  # likewise
    "password_links_due",  # likewise
    "companies_slug",  # a short name is one company's overall
}

ROW_NUMBERS = "customers_found"
"""
SQLite's tables of trigrams, whose row numbers begin with the company's own place.
"""


@pytest.mark.rule("STO-03")
def test_every_key_and_index_begins_with_the_company(engine: Engine) -> None:
    found: dict[str, str | None] = {}
    inspector = inspect(engine)
    for table in set(inspector.get_table_names()) - {VERSION_TABLE}:
        if table.startswith(ROW_NUMBERS):
            continue
        found[f"key of {table}"] = first_of(inspector.get_pk_constraint(table)["constrained_columns"])
        for index in inspector.get_indexes(table):
            found[str(index["name"])] = first_of(index["column_names"])
        for unique in inspector.get_unique_constraints(table):
            found[str(unique["name"])] = first_of(unique["column_names"])

    assert {name: first for name, first in found.items() if first != "company_id" and name not in EXCEPTIONS} == {}
    assert found["outbox_due"] == "due_at"
    assert len(found) > 14


def first_of(columns: Iterable[str | None]) -> str | None:
    return next(iter(columns))


@pytest.mark.rule("STO-03")
def test_the_catalog_of_postgresql_says_the_same_of_all_its_indexes(superuser: Engine) -> None:
    with superuser.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT class.relname, pg_get_indexdef(each.indexrelid, 1, true) FROM pg_index AS each"
                " JOIN pg_class AS class ON class.oid = each.indexrelid"
                " JOIN pg_class AS owner ON owner.oid = each.indrelid"
                " WHERE owner.relnamespace = 'public'::regnamespace AND owner.relname <> :version"
            ),
            {"version": VERSION_TABLE},
        ).fetchall()

    assert {name: first for name, first in rows if first != "company_id" and name not in EXCEPTIONS} == {}
    assert "appointments_taken" in dict(rows)


@pytest.mark.rule("STO-03")
def test_row_level_security_is_forced_on_every_table(superuser: Engine) -> None:
    with superuser.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
                " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
            )
        ).fetchall()

    assert [name for name, forced in rows if not forced] == [VERSION_TABLE]
    assert len(rows) == len(metadata.tables) + 1
