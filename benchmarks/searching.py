"""
Searching: the first page of what a search finds among more and more customers, on SQLite and on PostgreSQL. The
customers are made by SQL out of names as usual as they are, so that a word's trigrams stand in many others too.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from uuid import UUID

from attrs import frozen
from faker import Faker
from sqlalchemy import Connection, Engine, bindparam, make_url, select, text

from benchmarks.databases import by_the_boss, directory, engine_over, postgresql, statements
from benchmarks.firm import Firm, a_firm
from benchmarks.openings import selects
from benchmarks.report import Goal, Table, milliseconds, times
from benchmarks.timing import Side, Times, interleaved, seconds, told
from fieldops_adapters.sql.columns import Id
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.queries.customers import ENTER
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import customers
from fieldops_core.customers.calculations import MATCHES
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.model import Sort, folded, search_text
from fieldops_core.customers.ports import Selection
from fieldops_core.customers.views import CustomersView
from tests.support.databases import SEALER, server_url, sqlite_url

COUNTS = (10_000, 1_000_000)
AT_MOST = 1.5
DATABASES = ("SQLite", "PostgreSQL")
KINDS = {"last": 5_000, "first": 500, "street": 800, "city": 200}
"""
How many words there are of a kind.
"""
FIRST = 1_000
"""
The number of the first customer: those of the firm itself stand before it.
"""


@frozen(kw_only=True)
class Searched:
    """
    A search: what is typed, what it is, and how many match it, out of however many customers.
    """

    typed: str
    what: str
    matches: int


SEARCHES = (
    Searched(typed="(801) 200-4321", what="a telephone number", matches=1),
    Searched(typed="abernethy", what="a last name", matches=1),
    Searched(typed="holcombe", what="a street", matches=100),
    Searched(typed="lindquist", what="a city", matches=10_000),
)


def measure(quick: bool) -> Table:
    """
    Searches with 1, 100 and 10,000 matches, among 10,000 and 1,000,000 customers.
    """
    counts = (10_000, 30_000) if quick else COUNTS
    firm, sides = a_firm(1), list[Side]()
    with ExitStack() as opened:
        folder, superuser = opened.enter_context(directory()), opened.enter_context(postgresql())
        for count in counts:
            told(f"{count:,} customers", last=count == counts[-1])
            for database in DATABASES:
                made = on_sqlite(firm, folder, count) if database == "SQLite" else on_postgresql(firm, superuser, count)
                sides += _sides(database, count, firm, opened.enter_context(made))
        return _table(counts, interleaved(sides, rounds=9 if quick else 25))


def _sides(database: str, count: int, firm: Firm, engine: Engine) -> Iterator[Side]:
    """
    Each search, and beside it the statements that it sends.
    """
    ops, context = engine_over(SqlStorage(engine, SEALER)), by_the_boss(firm)
    for each in SEARCHES:
        question, name = ListCustomers(search=each.typed), f"{database} {count} {each.what}"
        with statements(engine) as sent:
            assert_found(ops.ask(question, context), each)
        ask = partial(ops.ask, question, context)
        yield Side(name=name, run=partial(seconds, ask))
        yield Side(name=f"{name}, alone", run=partial(seconds, partial(selects, engine, list(sent))))


def assert_found(view: object, asked: Searched) -> None:
    assert isinstance(view, CustomersView)
    assert len(view.items) == min(asked.matches, 50)
    assert view.more_matched == (asked.matches > MATCHES)


def _table(counts: tuple[int, ...], found: Times) -> Table:
    few, many = counts[0], counts[-1]
    named = [(database, each) for database in DATABASES for each in SEARCHES]

    def grown(database: str, each: Searched) -> float:
        return found.ratio(f"{database} {many} {each.what}", f"{database} {few} {each.what}")

    def row(database: str, each: Searched) -> tuple[str, ...]:
        what = f"{each.what}, {each.matches:,} match{'es' if each.matches > 1 else ''}, {database}"
        name = f"{database} {many} {each.what}"
        medians = (found.median(f"{database} {few} {each.what}"), found.median(name))
        alone = found.median(f"{name}, alone")
        return (what, *map(milliseconds, medians), times(grown(database, each)), milliseconds(alone))

    return Table(
        columns=("search", f"of {few:,}", f"of {many:,}", "times the first", f"its statements alone, of {many:,}"),
        rows=[row(*each) for each in named],
        goals=[
            Goal(
                what=f"{each.what}, {each.matches:,} of {many:,}: at most {AT_MOST} times as long, {database}",
                reached=f"{times(grown(database, each))} times",
                met=grown(database, each) <= AT_MOST,
            )
            for database, each in named
        ],
    )


# --- the customers ----------------------------------------------------------------------------------


@contextmanager
def on_sqlite(firm: Firm, folder: Path, count: int) -> Iterator[Engine]:
    """
    A file with so many customers.
    """
    engine = connect(sqlite_url(folder / f"{count}.sqlite3"))
    firm.keep(SqlStorage(engine, SEALER), visits_of_days=0)
    with engine.begin() as connection:
        fill(connection, firm, count)
        ids = connection.execute(text(f"SELECT id FROM customers WHERE number >= {FIRST}")).scalars()
        connection.execute(ENTER, {"company": firm.company.id, "ids": [UUID(bytes=id) for id in ids]})
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    assert_as_written(engine, firm, count)
    yield engine
    engine.dispose()


@contextmanager
def on_postgresql(firm: Firm, superuser: str, count: int) -> Iterator[Engine]:
    """
    A database with so many customers, seen by the server's role, after what autovacuum does by and by.
    """
    url = make_url(superuser).set(database=f"customers_{count}").render_as_string(hide_password=False)
    administrator = connect(superuser).execution_options(isolation_level="AUTOCOMMIT")
    with administrator.connect() as connection:
        connection.execute(text(f"CREATE DATABASE customers_{count}"))
    engine, owner = connect(server_url(url)), connect(url)
    firm.keep(SqlStorage(engine, SEALER), visits_of_days=0)
    with owner.begin() as connection:
        index = connection.execute(text("SELECT pg_get_indexdef('customers_search'::regclass)")).scalar_one()
        connection.execute(text("DROP INDEX customers_search"))
        fill(connection, firm, count)
        connection.execute(text(index))
    with owner.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    administrator.dispose()
    owner.dispose()
    assert_as_written(engine, firm, count)
    yield engine
    engine.dispose()


def words() -> list[dict[str, object]]:
    """
    The words of each kind: names as usual as they are in the United States.
    """
    made = Faker("en_US")
    made.seed_instance(7)
    one_of: dict[str, Callable[[], str]] = {
        "last": made.last_name,
        "first": made.first_name,
        "street": made.last_name,
        "city": lambda: made.last_name() + made.city_suffix(),
    }
    kinds = [(kind, nth) for kind, count in KINDS.items() for nth in range(count)]
    return [{"kind": kind, "nth": nth, "word": "".join(folded(one_of[kind]()))} for kind, nth in kinds]


ID = {
    "sqlite": "CAST(substr('0000000000000000' || i, -16) AS BLOB)",
    "postgresql": "lpad(i::text, 32, '0')::uuid",
}
PICKED = " ".join(
    f"JOIN words AS {kind} ON {kind}.kind = '{kind}' AND {kind}.nth = i * {step} % {count}"
    for (kind, count), step in zip(KINDS.items(), (7_919, 104_729, 611_953, 15_485_863), strict=True)
)
MADE = f"""
    WITH RECURSIVE n(i) AS (SELECT CAST(0 AS bigint) UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {{count}}),
    made AS (
        SELECT i, i + {FIRST} AS number, first.word AS first, 100 + i % 900 AS house, 84000 + i % 800 AS zip,
        CASE WHEN i = {{count}} / 2 THEN '{SEARCHES[1].typed}' ELSE last.word END AS last,
        CASE WHEN i % ({{count}} / 100) = 7 THEN '{SEARCHES[2].typed}' ELSE street.word END AS street,
        CASE WHEN i % ({{count}} / 10000) = 0 THEN '{SEARCHES[3].typed}' ELSE city.word END AS city,
        CASE WHEN i = 77 THEN '18012004321' ELSE
            '1' || (CASE i % 3 WHEN 0 THEN '801' WHEN 1 THEN '385' ELSE '435' END) || (2500000 + i * 7919 % 7499981)
        END AS phone
        FROM n {PICKED}
    )
    INSERT INTO customers (company_id, id, number, stage, account_type, first_name, last_name, business_name,
        location_id, phone, address, personal, search, name_key, city_key, version)
    SELECT :company, {{id}}, number, 'customer', 'residential', first, last, '', :office, '+' || phone,
        '{{{{"line1":"' || house || ' ' || street || '","city":"' || city
            || '","state":"UT","postal_code":{{{{"code":"' || zip || '"}}}}}}}}',
        '{{{{"email":"' || first || '.' || last || '@example.com"}}}}',
        ' ' || last || ' ' || first || ' example com ' || house || ' ' || street || ' ' || city || ' ' || zip || ' '
            || number || ' ' || phone,
        last || ' ' || first, city, 1
    FROM made
"""


def fill(connection: Connection, firm: Firm, count: int) -> None:
    """
    Insert so many customers, made of words.
    """
    connection.execute(text("CREATE TEMPORARY TABLE words (kind text, nth bigint, word text, PRIMARY KEY (kind, nth))"))
    connection.execute(text("INSERT INTO words VALUES (:kind, :nth, :word)"), words())
    made = text(MADE.format(count=count, id=ID[connection.dialect.name]))
    told = {"company": firm.company.id, "office": firm.office.id}
    connection.execute(made.bindparams(*(bindparam(name, type_=Id) for name in told)), told)


def assert_as_written(engine: Engine, firm: Firm, count: int) -> None:
    """
    The customers look as if they had been written one by one.
    """
    search, numbers = select(customers.c.search).where(customers.c.company_id == COMPANY), (0, 77, count - 1)
    with SqlStorage(engine, SEALER).reading(firm.company.id) as unit:
        for number in (FIRST + each for each in numbers):
            (record,) = unit.customers.page(Selection(number=number), sort=Sort.NUMBER, after=None, limit=1)
            stored = unit.customers.work.row(search.where(customers.c.number == number))
            assert stored == (search_text(record),)
