"""
The header of a record takes the same few statements however much the record has, and counts by indexes.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Engine, text

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.access.model import Kind
from fieldops_core.company.model import Catalog
from fieldops_core.customers.model import Sale
from fieldops_core.overview.messages import ShowHeader
from fieldops_core.overview.model import Counted, Tab, Wanted
from fieldops_core.overview.views import HeaderView
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_contact,
    a_customer,
    a_file,
    a_note,
    a_period,
    a_ticket,
    a_type,
    a_work_order,
    an_appointment,
    an_at_risk_mark,
)
from fieldops_core.testing.clock import NOW
from tests.adapters.sql.recording import Recording, recorded
from tests.adapters.sql.test_plans import explained
from tests.support.world import World

MOST = 8
"""
The record, the company with its locations, all counts, the creation, the install appointments, the parent or the first
sub-customers, the people and the monitoring company that are named.
"""
INDEXES = (
    "notes_of_customer",
    "tickets_of_customer",
    "appointments_of_customer",
    "work_orders_of_customer",
    "files_of_customer",
    "contacts_of_customer",
    "at_risk_marks_open",
    "connections_open",
    "equipment_of_customer",
    "messages_of_customer",
    "credit_checks_active",
    "customers_of_parent",
)


@pytest.fixture
def recording(engine: Engine) -> Iterator[Recording]:
    with recorded(engine) as recording:
        yield recording


class House(World):
    """
    Maria was sold to, installed at and is monitored, and has a sub-customer.
    """

    def __init__(self, storage: SqlStorage) -> None:
        super().__init__(storage)
        self.type = a_catalog_entry()
        monitoring = a_catalog_entry(catalog=Catalog.MONITORING_COMPANIES, name="Brinks")
        self.install = a_type(name="Install", install=True)
        self.put(self.type, monitoring, self.install)
        self.put(a_customer(location=self.provo.id, parent=self.maria.id, number=9))
        sale = Sale(sale_date=self.clock().date(), sold_by=self.sam.id, monitored_by=monitoring.id)
        self.maria = self.replace(self.maria, sale=sale)
        self.visits = 0
        self.visit(type=self.install.id)

    def visit(self, **given: object) -> None:
        filled = {"user": self.ann.id, "customer": self.maria.id, "type": self.service.id, "location": self.provo.id}
        day = NOW.date() + timedelta(days=2 + self.visits)
        self.put(an_appointment(period=a_period(day=day), **filled | given))  # type: ignore[arg-type]
        self.visits += 1

    def fill(self, rounds: int) -> None:
        """
        Eight belongings with each round.
        """
        maria = self.maria.id
        for number in range(rounds):
            self.visit()
            self.put(
                a_note(customer=maria, type=self.type.id),
                a_ticket(customer=maria, type=self.type.id, assignee=self.ann.id),
                a_work_order(customer=maria, number=100 + number),
                a_file(customer=maria),
                a_contact(customer=maria),
                an_at_risk_mark(customer=maria),
                a_customer(location=self.provo.id, parent=maria, number=1_000 + number),
            )


@pytest.mark.rule("CUS-09")
def test_500_belongings_more_take_no_statement_more(storage: SqlStorage, recording: Recording) -> None:
    house = House(storage)
    took, told = [], []
    for rounds in (0, 63):
        house.fill(rounds)
        recording.take()
        header = house.ask(ShowHeader(customer=house.maria.id), HeaderView)
        statements = [each for each, _ in recording.take()]
        took.append(len(statements))
        told.append({each.tab: each.count for each in header.tabs})
        assert len([each for each in statements if "count(*)" in each]) == 1

    # Nothing was written down of how Maria came: with that, her maker is named in the statement that names the others.
    assert took == [MOST, MOST]
    assert (told[0][Tab.NOTES_AND_TICKETS], told[1][Tab.NOTES_AND_TICKETS]) == (0, 126)
    assert (told[0][Tab.APPOINTMENTS], told[1][Tab.APPOINTMENTS]) == (1, 64)


@pytest.mark.rule("CUS-09")
def test_counts_are_read_from_the_indexes_of_their_record(
    storage: SqlStorage, engine: Engine, request: pytest.FixtureRequest
) -> None:
    house = House(storage)
    house.fill(40)
    for place in range(60):
        other = a_customer(location=house.provo.id, number=5_000 + place)
        house.put(other)
        for _ in range(20):
            house.put(a_note(customer=other.id, type=house.type.id), a_file(customer=other.id))
    if engine.dialect.name == "postgresql":
        with request.getfixturevalue("superuser").begin() as connection:
            connection.execute(text("ANALYZE"))

    with storage.reading(house.company.id) as unit, recorded(engine) as recording:
        unit.record_counts.of(
            house.maria.id, Wanted(of=frozenset(Counted), kinds=frozenset(Kind), as_of=NOW, today=NOW.date())
        )
        ((statement, parameters),) = recording.take()
        if engine.dialect.name == "postgresql":
            unit.record_counts.work.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        told = explained(unit.record_counts.work.connection, statement, parameters)

    if engine.dialect.name == "sqlite":  # the other planner chooses by how much there is
        assert [each for each in INDEXES if each not in told] == [], told
    assert "Seq Scan" not in told, told
