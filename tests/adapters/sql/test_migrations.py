"""
The schema that the migrations leave is the one that the code knows, on both databases.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from attrs import evolve
from sqlalchemy import URL, Connection, Engine, Table, create_engine, delete, insert, select, text

from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.errors import NotReady
from fieldops_adapters.sql.mapping.belongings import TAGGINGS
from fieldops_adapters.sql.mapping.company import APPOINTMENT_TYPES, COMPANIES, LOCATIONS
from fieldops_adapters.sql.mapping.customers import CUSTOMERS
from fieldops_adapters.sql.mapping.form import Values
from fieldops_adapters.sql.mapping.scheduling import APPOINTMENTS
from fieldops_adapters.sql.mapping.staff import USERS
from fieldops_adapters.sql.mapping.work_orders import WORK_ORDERS
from fieldops_adapters.sql.migrations import VERSION_TABLE, migrate, newest, revision
from fieldops_adapters.sql.tables import customers, history, metadata
from fieldops_adapters.sql.tenancy import enter
from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import (
    Lead,
    RecordStatus,
    Sale,
    Sort,
    Tagging,
    Traits,
    candidate_of,
    match_of,
    search_text,
    traits_of,
)
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.contact import Address, Email, Phone, PostalCode
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.scheduling.model import AppointmentId, Status, StatusChange, VisitOutcome
from fieldops_core.testing.builders import (
    DAY,
    a_company,
    a_customer,
    a_location,
    a_period,
    a_technician,
    a_type,
    a_user,
    a_work_order,
    an_appointment,
    fresh,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import World, founded
from fieldops_core.work_orders.model import WorkOrderStatus
from tests.support.databases import server_url, storage_at


def known_on(dialect: str) -> Callable[..., bool]:
    """
    Each database has an index of trigrams of its own: SQLite tables, PostgreSQL an index.
    """
    own = {"sqlite": ("customers_found", "customers_search"), "postgresql": ()}[dialect]
    return lambda _, name, *__: not name.startswith(own)


@pytest.mark.rule("STO-02")
def test_the_migrations_make_the_tables_that_the_code_knows(engine: Engine) -> None:
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "compare_server_default": True,
            "version_table": VERSION_TABLE,
            "include_object": known_on(engine.dialect.name),
        }
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, metadata) == []


@pytest.mark.rule("STO-02")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_of_the_first_version_are_found_in_the_newest(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0001")
    company, office = a_company(), a_location()
    customer = a_customer(location=office.id, first_name="Zoë", last_name="Ångström", number=7)
    user, type = a_technician(home=office.id), a_type()
    visit = an_appointment(user=user.id, type=type.id, customer=customer.id, location=office.id)
    rows = (
        (COMPANIES.table, COMPANIES.row(company)),
        (LOCATIONS.table, LOCATIONS.row(office)),
        (CUSTOMERS.table, CUSTOMERS.row(customer)),
        (APPOINTMENT_TYPES.table, APPOINTMENT_TYPES.row(type)),
        (USERS.table, USERS.row(user)),
        (APPOINTMENTS.table, APPOINTMENTS.row(visit)),
        *((history, _entry(kind, id)) for kind, id in (("customer", customer.id), ("appointment", visit.id))),
    )
    keep_as_the_first_version_did(url, company.id, rows)

    migrate(url)

    with storage_at(url).reading(company.id) as unit:
        assert unit.customers.get(customer.id) == customer
        assert unit.customers.matching(sought("zoe angstrom"), Selection(), limit=9).matches == (match_of(customer),)
        assert unit.appointments.get(visit.id) == visit
        told = unit.history.of_record(customer.id, aggregates={"customer", "appointment"}, after=None, limit=9)
        assert {each.aggregate for each in told} == {"customer", "appointment"}
    with pytest.raises(Conflict), storage_at(url).writing(company.id) as unit:
        unit.appointments.add(evolve(visit, id=AppointmentId(fresh())))


@pytest.mark.rule("STO-02", "CUS-02")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_users_who_shared_an_external_id_are_told_apart(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0002")
    company, office = a_company(), a_location()
    shared = [a_user(home=office.id, external_id=each) for each in ("T-1", "T-1 (2)", "T-1", "T-1")]
    alone = [a_user(home=office.id, external_id=each) for each in ("T-2", None, None)]
    rows = (
        (COMPANIES.table, COMPANIES.row(company)),
        (LOCATIONS.table, LOCATIONS.row(office)),
        *((USERS.table, USERS.row(user)) for user in (*shared, *alone)),
    )
    keep_as_the_first_version_did(url, company.id, rows)

    migrate(url)

    with storage_at(url).reading(company.id) as unit:
        assert [unit.users.get(user.id).external_id for user in shared] == ["T-1", "T-1 (2)", "T-1 (3)", "T-1 (4)"]
        assert [unit.users.get(user.id).version for user in shared] == [1, 1, 2, 2]
        assert [unit.users.get(user.id) for user in alone] == alone


PAST: tuple[tuple[WorkOrderStatus, tuple[tuple[Status, VisitOutcome | None], ...]], ...] = (
    (WorkOrderStatus.OPEN, ()),
    (WorkOrderStatus.OPEN, ((Status.CANCELLED, None),)),
    (WorkOrderStatus.SCHEDULED, ((Status.COMPLETED, VisitOutcome.FOLLOW_UP), (Status.EN_ROUTE, None))),
    (WorkOrderStatus.IN_PROGRESS, ((Status.COMPLETED, VisitOutcome.UNABLE), (Status.ON_SITE, None))),
    (WorkOrderStatus.IN_PROGRESS, ((Status.COMPLETED, VisitOutcome.UNABLE), (Status.COMPLETED, VisitOutcome.DONE))),
    (WorkOrderStatus.PAUSED, ((Status.COMPLETED, VisitOutcome.DONE), (Status.COMPLETED, VisitOutcome.FOLLOW_UP))),
)


@pytest.mark.rule("STO-02", "WOR-11")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_open_work_orders_become_what_their_appointments_make_of_them(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0012")
    company, office, type = a_company(), a_location(), a_type()
    customer, user = a_customer(location=office.id), a_technician(home=office.id)
    orders = [a_work_order(customer=customer.id, number=number) for number, _ in enumerate(PAST, 1)]
    closed = a_work_order(customer=customer.id, number=99, status=WorkOrderStatus.CANCELLED)
    times = iter(a_period("08:00", day=DAY + timedelta(days=day)) for day in range(99))
    visits = [
        an_appointment(
            user=user.id,
            type=type.id,
            customer=customer.id,
            location=office.id,
            period=(period := next(times)),
            work_order=order.id,
            status=status,
            outcome=outcome,
            moments=(StatusChange(status=status, at=period.end, by=None, source=Source.API),) if outcome else (),
        )
        for order, past in [*zip(orders, (past for _, past in PAST), strict=True), (closed, PAST[2][1])]
        for status, outcome in past
    ]
    rows = (
        (COMPANIES.table, COMPANIES.row(company)),
        (LOCATIONS.table, LOCATIONS.row(office)),
        (CUSTOMERS.table, CUSTOMERS.row(customer)),
        (APPOINTMENT_TYPES.table, APPOINTMENT_TYPES.row(type)),
        (USERS.table, USERS.row(user)),
        *((WORK_ORDERS.table, WORK_ORDERS.row(order)) for order in (*orders, closed)),
        *((APPOINTMENTS.table, APPOINTMENTS.row(visit)) for visit in visits),
    )
    keep_as_the_first_version_did(
        url, company.id, rows, but=frozenset({"former_work_order", "note", "lines"}) | FILTERS
    )

    migrate(url)

    with storage_at(url).reading(company.id) as unit:
        assert [unit.work_orders.get(order.id).status for order in orders] == [after for after, _ in PAST]
        kept = unit.work_orders.get(closed.id)
        assert kept == closed
        # Nobody was asked for them then (WOR-01).
        assert (kept.note_type, kept.type, kept.due, kept.note, kept.lines) == (None, None, None, "", ())


def _entry(aggregate: str, id: UUID) -> Values:
    return {
        "id": fresh(),
        "aggregate": aggregate,
        "aggregate_id": id,
        "at": NOW,
        "source": "api",
        "changes": '[["notes", "", "New", false, false]]',
    }


@pytest.mark.rule("STO-02", "CUS-13")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_that_were_there_are_compared_with_new_ones(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0006")
    company, office = a_company(), a_location()
    given: dict[str, Any] = {"cell_phone": Phone("+18015550199"), "email": Email("Zoe@example.com")}
    customer = a_customer(location=office.id, first_name="Zoë", number=7, **given)
    bare = a_customer(location=office.id, number=8, address=Address())
    rows = (
        (COMPANIES.table, COMPANIES.row(company)),
        (LOCATIONS.table, LOCATIONS.row(office)),
        *((CUSTOMERS.table, CUSTOMERS.row(each)) for each in (customer, bare)),
    )
    keep_as_the_first_version_did(url, company.id, rows, but=LATER - {"personal"})

    migrate(url)

    told = traits_of(customer)
    with storage_at(url).reading(company.id) as unit:
        for traits in (
            Traits(phones=frozenset({"+18015550199"})),
            Traits(email=told.email),
            Traits(address=told.address),
        ):
            assert unit.customers.alike(traits) == (candidate_of(customer),)
        assert [each.number for each in unit.customers.alike(Traits(phones=frozenset({"+18015550100"})))] == [7, 8]


@pytest.mark.rule("STO-02", "CUS-15")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_of_an_earlier_version_are_found_and_sorted_as_new_ones(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0005")
    companies, office = [a_company() for _ in range(2)], a_location()
    address = Address(line1="12 Ångström Way", city="Saint-Jean", state="QC", postal_code=PostalCode("J2W 1A1"))
    records = [
        *(a_customer(location=office.id, number=number, last_name=f"Quimby {number}") for number in range(1, 2_003)),
        a_customer(location=office.id, number=2_003, business_name="ℌans & Söhne", external_id="H-1"),
    ]
    cell, email = Phone("+18015550177"), Email("z.q@bänk.example")
    records[-1] = evolve(records[-1], address=address, email=email, cell_phone=cell)
    for company in companies:
        rows = ((LOCATIONS.table, LOCATIONS.row(office)), *((CUSTOMERS.table, CUSTOMERS.row(each)) for each in records))
        keep_as_the_first_version_did(
            url, company.id, ((COMPANIES.table, COMPANIES.row(company)), *rows), but=DERIVED | SECTIONS
        )

    migrate(url)

    for company in companies:
        with storage_at(url).reading(company.id) as unit:
            found = unit.customers.matching(sought("quimby 1777"), Selection(), limit=9)
            assert found.matches == (match_of(records[1_776]),)
            for search in ("hans sohne", "z.q@bank.example", "angstrom way", "saint jean j2w", "801 555 0177", "h-1"):
                assert unit.customers.matching(sought(search), Selection(), limit=9).matches == (match_of(records[-1]),)
            work = unit.customers.work
            texts = work.rows(select(customers.c.search).where(customers.c.company_id == company.id))
            assert {text for (text,) in texts} == {search_text(each) for each in records}
            (first,) = unit.customers.page(Selection(), sort=Sort.NAME, after=None, limit=1)
            assert first == records[-1]


@pytest.mark.rule("STO-02", "CUS-15")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_records_that_were_there_are_listed_by_tag_and_status(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path / 'old.db'}"
    if kind == "postgresql":
        url = a_new_database(request.getfixturevalue("postgresql_url"))
    migrate(url, to="0013")
    company, office, status, tags = a_company(), a_location(), EntryId(fresh()), (EntryId(fresh()), EntryId(fresh()))
    lead = a_customer(location=office.id, stage=Stage.LEAD, number=1, lead=Lead(status=status))
    converted = a_customer(location=office.id, number=2, lead=Lead(status=status), sale=Sale(cancelled=True))
    tagging = Tagging(id=lead.id, tags=tags, version=2)
    rows = (
        (COMPANIES.table, COMPANIES.row(company)),
        (LOCATIONS.table, LOCATIONS.row(office)),
        *((CUSTOMERS.table, CUSTOMERS.row(each)) for each in (lead, converted)),
        (TAGGINGS.table, TAGGINGS.row(tagging)),
    )
    keep_as_the_first_version_did(url, company.id, rows, but=FILTERS)

    migrate(url)

    with storage_at(url).writing(company.id) as unit:
        for asked, found in (
            *((Selection(tag=tag), lead) for tag in tags),
            (Selection(lead_status=status), lead),
            (Selection(status=RecordStatus.CANCELLED), converted),
        ):
            assert unit.customers.page(asked, sort=Sort.NUMBER, after=None, limit=9) == (found,)
        unit.taggings.save(evolve(tagging, tags=(), version=3))
        assert unit.customers.page(Selection(tag=tags[0]), sort=Sort.NUMBER, after=None, limit=9) == ()


@pytest.mark.rule("CUS-15")
def test_records_are_found_after_a_file_was_packed(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'packed.db'}"
    migrate(url)
    world = founded(storage_at(url))
    gone = [a_customer(location=world.provo.id, number=number) for number in range(3, 9)]
    last = a_customer(location=world.provo.id, number=9, last_name="Quimby")
    with world.writing() as unit:
        unit.customers.add_all([*gone, last])
        work = unit.customers.work  # type: ignore[attr-defined]
        work.connection.execute(delete(customers).where(customers.c.number < 9, customers.c.number > 2))
    with closing(sqlite3.connect(tmp_path / "packed.db")) as file:
        file.execute("VACUUM")

    with world.reading() as unit:
        assert unit.customers.matching(sought("quimby"), Selection(), limit=9).matches == (match_of(last),)
        found = unit.customers.matching(sought("nielsen"), Selection(), limit=9)
        assert {each.id for each in found.matches} == {world.maria.id, world.jens.id}


FILTERS = frozenset({"lead_status_id", "cancelled"})
DERIVED = frozenset({"search", "name_key", "city_key"}) | FILTERS
SECTIONS = frozenset({"account_number", "sale", "installation", "lead", "custom"})
LATER = frozenset(
    {
        *DERIVED,
        *SECTIONS,
        *("point_is_estimate", "personal"),
        *("attributes", "install"),
        *("rescheduling", "check_out_notes", "for_the_record", "double_book_reason"),
    }
)
"""
The columns that came later and are never empty.
"""


def keep_as_the_first_version_did(
    url: str, company: CompanyId, rows: Iterable[tuple[Table, Values]], but: frozenset[str] = LATER
) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        enter(connection, company)
        for table, row in rows:
            known = {name: value for name, value in row.items() if value is not None and name not in but}
            connection.execute(insert(table).values(company_id=company, **known))
    engine.dispose()


def a_new_database(superuser_url: str) -> str:
    name = f"old_{fresh().hex}"
    engine = create_engine(superuser_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    url = engine.url.set(database=name).render_as_string(hide_password=False)
    engine.dispose()
    return url


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
def administrator(postgresql_url: str) -> Iterator[Connection]:
    """
    The superuser of a cluster that knows the roles.
    """
    server_url(postgresql_url)
    engine = create_engine(postgresql_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def new_database(administrator: Connection) -> Iterator[URL]:
    """
    The superuser's URL of a database that nobody has migrated.
    """
    url = administrator.engine.url
    name = f"{url.database}_new"
    administrator.execute(text(f"CREATE DATABASE {name}"))
    yield url.set(database=name)
    administrator.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


def test_two_who_migrate_postgresql_at_once_do_not_disturb_each_other(new_database: URL) -> None:
    url = new_database.render_as_string(hide_password=False)

    at_once(url)

    engine = connect(url)
    with engine.connect() as connection:
        assert revision(connection) == newest()
    engine.dispose()


def at_once(url: str) -> None:
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, [url, url]))


@pytest.mark.parametrize("rights", ["CREATEROLE", "NOCREATEROLE"])
def test_a_databases_owner_can_migrate_it_where_the_roles_are_there(
    administrator: Connection, new_database: URL, rights: str
) -> None:
    owner = f"{new_database.database}_owner"
    administrator.execute(text(f"CREATE ROLE {owner} LOGIN PASSWORD 'owner' {rights}"))
    administrator.execute(text(f"ALTER DATABASE {new_database.database} OWNER TO {owner}"))
    try:
        with pytest.raises(NotReady, match=f"GRANT fieldops_search TO {owner}"):
            migrate(new_database.set(username=owner, password="owner").render_as_string(hide_password=False))
        administrator.execute(text(f"GRANT fieldops_search TO {owner} WITH INHERIT FALSE, SET TRUE"))
        migrate(new_database.set(username=owner, password="owner").render_as_string(hide_password=False))
    finally:
        administrator.execute(text(f"ALTER DATABASE {new_database.database} OWNER TO CURRENT_USER"))
        engine = create_engine(new_database)
        with engine.begin() as connection:
            connection.execute(text(f"DROP OWNED BY {owner}"))
            connection.execute(text(f"DROP ROLE {owner}"))
        engine.dispose()


@pytest.mark.parametrize("name", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/fieldops"])
def test_a_url_of_no_database_that_fits_is_told_in_a_sentence(name: str) -> None:
    with pytest.raises(ValueError, match="A database is named as"):
        connect(name)


def test_a_storage_over_the_migrated_database_is_ready(url: str) -> None:
    storage = storage_at(url)
    storage.ready()
    storage.close()
