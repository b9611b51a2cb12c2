"""
Records are found by an index of trigrams, and pages of their list by an index of their order, as the server's role.
"""

from collections.abc import Iterator

import pytest
from attrs import evolve
from sqlalchemy import Engine, text

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tenancy import enter
from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Unit
from fieldops_core.company.model import EntryId
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import CustomerId, Lead, Place, RecordStatus, Sale, Sort, Tagging
from fieldops_core.customers.ports import Selection
from fieldops_core.testing.builders import a_customer, an_at_risk_mark, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import World, founded
from tests.adapters.sql.recording import Recording, recorded
from tests.adapters.sql.test_plans import explained

MANY = 3_000
pytestmark = pytest.mark.rule("CUS-15")


@pytest.fixture
def crowded(storage: SqlStorage, engine: Engine, request: pytest.FixtureRequest) -> World:
    """
    A company with some thousand records, beside another one.
    """
    world, *_ = [filled(storage) for _ in range(2)]
    if engine.dialect.name == "postgresql":
        superuser: Engine = request.getfixturevalue("superuser")
        with superuser.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("VACUUM ANALYZE customers"))  # as autovacuum does by and by
    return world


def filled(storage: SqlStorage) -> World:
    world = founded(storage)
    with world.writing() as unit:
        record = a_customer(location=world.provo.id)
        unit.customers.add_all(
            [
                evolve(record, id=CustomerId(fresh()), number=number, last_name=f"Quimby{number:05}")
                for number in range(3, MANY)
            ]
        )
    return world


@pytest.fixture
def recording(engine: Engine) -> Iterator[Recording]:
    with recorded(engine) as recording:
        yield recording


def plan(unit: Unit, recording: Recording) -> str:
    told = explained(unit.customers.work.connection, *recording.take()[-1])  # type: ignore[attr-defined]
    recording.take()
    return told


@pytest.mark.parametrize("search", ["quimby00777", "777", "ma qu", "m"])
def test_a_search_reads_what_the_index_finds(crowded: World, recording: Recording, engine: Engine, search: str) -> None:
    with crowded.reading() as unit:
        recording.take()
        assert unit.customers.matching(sought(search), Selection(), limit=9_999).matches
        told = plan(unit, recording)

    if engine.dialect.name == "sqlite":
        index, record = [line for line in told.splitlines() if line.startswith(("SCAN", "SEARCH"))][:2]
        assert index.startswith("SCAN customers_found VIRTUAL TABLE INDEX")
        assert index.endswith(("M1<>", "M1><")), "its trigrams, between two row numbers"
        assert "customers_number" in record or "sqlite_autoindex_customers" in record
    else:
        assert "ProjectSet" in told
        assert "Seq Scan on customers" not in told


@pytest.mark.parametrize("function", ["customers_found", "customers_found_anywhere"])
@pytest.mark.parametrize("patterns", [("%00777%",), ("%00777%", "%maria%"), ("% 77%",)])
def test_the_function_reads_by_the_index_as_its_owner(
    crowded: World, superuser: Engine, engine: Engine, patterns: tuple[str, ...], function: str
) -> None:
    if engine.dialect.name == "sqlite":
        return  # has an FTS5 table instead
    with superuser.begin() as connection:
        asked = "SELECT prosrc FROM pg_proc WHERE proname = :function AND pronargs = :count"
        told = {"function": function, "count": len(patterns)}
        body: str = connection.execute(text(asked), told).scalar_one()
        for number, pattern in enumerate(patterns, 1):
            body = body.replace(f"${number}", f"'{pattern.replace('%', '%%')}'")
        enter(connection, crowded.company.id)
        connection.execute(text("SET LOCAL ROLE fieldops_search"))
        plan = explained(connection, body, ())

    assert "Bitmap Index Scan on customers_search" in plan
    by_company = "company_id = " in plan.split("Bitmap Index Scan")[1]
    assert by_company == (function == "customers_found"), "the index narrows by company, or by words that few have"


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        (Sort.NUMBER, "customers_number"),
        (Sort.NEWEST, "customers_number"),
        (Sort.NAME, "customers_by_name"),
        (Sort.CITY, "customers_by_city"),
    ],
)
def test_a_page_of_the_list_is_found_by_the_index_of_its_order(
    crowded: World, recording: Recording, engine: Engine, sort: Sort, index: str
) -> None:
    with crowded.reading() as unit:
        recording.take()
        for after in (None, Place(0, "quimby00700 maria" if sort is Sort.NAME else "provo", 700)):
            assert unit.customers.page(Selection(), sort=sort, after=after, limit=50)
            told = plan(unit, recording)
            assert index in told or (index == "customers_number" and "sqlite_autoindex_customers" in told)
            assert "Sort" not in told
            assert "TEMP B-TREE" not in told


TAG, STATUS = EntryId(fresh()), EntryId(fresh())


@pytest.mark.parametrize(
    ("asked", "index"),
    [
        (Selection(tag=TAG), "customer_tags"),
        (Selection(lead_status=STATUS), "customers_of_lead_status"),
        (Selection(status=RecordStatus.CANCELLED), "customers_cancelled"),
        (Selection(status=RecordStatus.AT_RISK), "at_risk_marks_open"),
    ],
)
def test_the_few_of_a_filter_are_found_without_reading_the_others(
    crowded: World, recording: Recording, engine: Engine, request: pytest.FixtureRequest, asked: Selection, index: str
) -> None:
    with crowded.writing() as unit:
        location = crowded.provo.id
        lead = a_customer(location=location, stage=Stage.LEAD, number=MANY, lead=Lead(status=STATUS))
        unit.customers.add(lead)
        unit.customers.add(a_customer(location=location, number=MANY + 1, sale=Sale(cancelled=True)))
        unit.at_risk_marks.add(an_at_risk_mark(customer=lead.id))
        for _ in range(300):
            unit.at_risk_marks.add(an_at_risk_mark(customer=crowded.maria.id, cleared_at=NOW))
        unit.taggings.add(Tagging(id=lead.id, tags=(TAG,), version=2))
    if engine.dialect.name == "postgresql":
        with request.getfixturevalue("superuser").begin() as connection:
            connection.execute(text("ANALYZE"))
    with crowded.reading() as unit:
        recording.take()
        assert unit.customers.page(asked, sort=Sort.NUMBER, after=None, limit=50)
        told = plan(unit, recording)

    assert index in told, told
    assert "Seq Scan on customers" not in told
    assert "SCAN customers" not in told
