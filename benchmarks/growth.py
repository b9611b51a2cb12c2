"""
Growth: the same day grid out of more and more visits, on SQLite and on PostgreSQL. The visits are those of one day, set
down again on the days before and after it by one statement, in an order in which they could have been booked.
"""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, make_url, select, text
from sqlalchemy import Table as SqlTable

from benchmarks.databases import by_the_boss, directory, engine_over, postgresql
from benchmarks.firm import CUSTOMERS, FIRST, Firm, a_firm
from benchmarks.report import Goal, Table, milliseconds, times
from benchmarks.timing import Side, Times, interleaved, seconds, told
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import appointments, customers
from fieldops_core.scheduling.messages import ShowGrid
from fieldops_core.scheduling.views import GridView
from tests.support.databases import SEALER, server_url, sqlite_url

COUNTS = (10_000, 100_000, 1_000_000)
A_DAY = 300
AT_MOST = 1.3
DATABASES = ("SQLite", "PostgreSQL")
QUESTION = ShowGrid(first=FIRST)


def measure(quick: bool) -> Table:
    """
    The day grid of 50 technicians and 300 visits, with 10,000 to 1,000,000 visits stored.
    """
    counts = (3_000, 9_000) if quick else COUNTS
    firm, sides, answers = a_firm(50), list[Side](), list[object]()
    with ExitStack() as opened:
        folder, superuser = opened.enter_context(directory()), opened.enter_context(postgresql())
        for count in counts:
            told(f"{count:,} visits", last=count == counts[-1])
            for database in DATABASES:
                made = on_sqlite(firm, folder, count) if database == "SQLite" else on_postgresql(firm, superuser, count)
                ops, context = engine_over(opened.enter_context(made)), by_the_boss(firm)
                answers.append(ops.ask(QUESTION, context))
                run = lambda ops=ops, context=context: seconds(lambda: ops.ask(QUESTION, context))  # noqa: E731
                sides.append(Side(name=f"{database} {count}", run=run))
        assert_same(answers)
        return _table(counts, interleaved(sides, rounds=9 if quick else 50))


def assert_same(answers: list[object]) -> None:
    """
    All of them tell the same day, which is full.
    """
    first = answers[0]
    assert isinstance(first, GridView)
    assert sum(len(row.blocks) for row in first.rows) == A_DAY
    assert all(answer == first for answer in answers)


def _table(counts: tuple[int, ...], found: Times) -> Table:
    def cells(count: int, database: str) -> tuple[str, str]:
        name = f"{database} {count}"
        return milliseconds(found.median(name)), times(found.ratio(name, f"{database} {counts[0]}"))

    ratios = {each: found.ratio(f"{each} {counts[-1]}", f"{each} {counts[0]}") for each in DATABASES}
    return Table(
        columns=("visits stored", *(each for database in DATABASES for each in (database, "times the first"))),
        rows=[(f"{count:,}", *cells(count, "SQLite"), *cells(count, "PostgreSQL")) for count in counts],
        goals=[
            Goal(
                what=f"with {counts[-1]:,} visits at most {AT_MOST} times as long as with {counts[0]:,}, {database}",
                reached=f"{times(ratio)} times",
                met=ratio <= AT_MOST,
            )
            for database, ratio in ratios.items()
        ],
    )


@contextmanager
def on_sqlite(firm: Firm, folder: Path, count: int) -> Iterator[SqlStorage]:
    """
    A file with so many visits.
    """
    engine = connect(sqlite_url(folder / f"{count}.sqlite3"))
    storage = SqlStorage(engine, SEALER)
    firm.keep(storage, visits_of_days=1)
    multiply(engine, count)
    yield storage
    storage.close()


@contextmanager
def on_postgresql(firm: Firm, superuser: str, count: int) -> Iterator[SqlStorage]:
    """
    A database with so many visits, seen by the server's role, after what autovacuum does by and by.
    """
    database = f"visits_{count}"
    url = make_url(superuser).set(database=database).render_as_string(hide_password=False)
    _run(connect(superuser), f"CREATE DATABASE {database}")
    storage = SqlStorage(connect(server_url(url)), SEALER)
    firm.keep(storage, visits_of_days=1)
    multiply(connect(url), count)
    _run(connect(url), "VACUUM ANALYZE")
    yield storage
    storage.close()


def _run(engine: Engine, statement: str) -> None:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


# As each database writes it: an id for the copy of a day or of a block of customers, and a time that many days later.
ID = {
    "sqlite": "CAST((50000000 + {copy}) || substr({id}, 9) AS BLOB)",
    "postgresql": "(encode(convert_to((50000000 + {copy})::text, 'UTF8'), 'hex')"
    " || right(replace({id}::text, '-', ''), 16))::uuid",
}
LATER = {"sqlite": "{at} + day * 86400000000", "postgresql": "{at} + day * interval '1 day'"}
AGREED = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f000', agreed, day || ' days')",
    "postgresql": "agreed + day * interval '1 day'",
}
SEED = """
    CREATE TEMPORARY TABLE seed AS
    SELECT row_number() OVER (ORDER BY start_at, id) - 1 AS nth, appointments.* FROM appointments
"""
CUSTOMERS_AGAIN = """
    WITH RECURSIVE copies(copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy + 1 < {blocks})
    INSERT INTO customers ({names}) SELECT {values} FROM customers CROSS JOIN copies WHERE copy < {blocks}
"""
# Booked up to 30 days beforehand, so that a day's visits lie among those of a month.
VISITS_AGAIN = """
    WITH RECURSIVE days(day) AS (SELECT -{before} UNION ALL SELECT day + 1 FROM days WHERE day < {after}),
    numbered AS (
        SELECT *, (day + {before}) * 300 + nth AS number, abs(day) % {blocks} AS copy FROM seed CROSS JOIN days
    )
    INSERT INTO appointments ({names}) SELECT {values} FROM numbered
    WHERE number < {count} ORDER BY number - number * 7919 % 9000
"""


def multiply(engine: Engine, count: int) -> None:
    """
    Of one day's visits make so many, of their customers a tenth as many. The day itself keeps the customers it had.
    """
    kind, days, blocks = engine.dialect.name, -(-count // A_DAY), count // (10 * CUSTOMERS)
    of_copy = ID[kind].format(id="customer_id", copy="copy")
    customer = {"id": ID[kind].format(id="id", copy="copy"), "number": f"number + copy * {CUSTOMERS}"}
    visit = {
        "id": ID[kind].format(id="id", copy="day"),
        "customer_id": f"CASE WHEN copy = 0 THEN customer_id ELSE {of_copy} END",
        "agreed": AGREED[kind],
        **{name: LATER[kind].format(at=name) for name in ("start_at", "end_at", "occupied_until")},
    }
    told = {"before": days // 2, "after": days - days // 2, "blocks": blocks, "count": count}
    with engine.begin() as connection:
        connection.execute(text(SEED))
        connection.execute(appointments.delete())
        connection.execute(text(CUSTOMERS_AGAIN.format(**_columns(customers, customer), **told)))
        connection.execute(text(VISITS_AGAIN.format(**_columns(appointments, visit), **told)))
        assert connection.execute(select(func.count()).select_from(appointments)).scalar() == count
    engine.dispose()


def _columns(table: SqlTable, changed: Mapping[str, str]) -> dict[str, str]:
    """
    The names of all columns, and what a copy has in them.
    """
    names = [column.name for column in table.columns]
    return {"names": ", ".join(names), "values": ", ".join(changed.get(name, name) for name in names)}
