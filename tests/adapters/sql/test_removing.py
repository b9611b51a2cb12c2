"""
What belongs to a record is one list, and nothing of it is forgotten; a deleted record leaves nothing behind; both take
as many statements however much there is.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from attrs import evolve
from sqlalchemy import Engine, ForeignKeyConstraint, Table, select

from fieldops_adapters.sql.owned import OWNED
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.sql.tables import customers, history, metadata, outbox, tombstones
from fieldops_core.access.model import Kind
from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import (
    ChangeCustomer,
    CreateContact,
    CreateNote,
    CreateTicket,
    MarkAtRisk,
    RemoveContact,
    SetTags,
)
from fieldops_core.customers.model import ContactId, Customer, CustomerId
from fieldops_core.customers.views import ContactView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.secret import Secret
from fieldops_core.removing.messages import DeleteCustomer, MergeCustomers, PreviewMerge
from fieldops_core.removing.views import MergePreview
from fieldops_core.scheduling.messages import CancelAppointment, HoldTime
from fieldops_core.testing.builders import (
    DAY,
    a_catalog_entry,
    a_customer,
    a_hold,
    a_period,
    a_repair,
    a_technician,
    a_work_order,
    an_appointment,
)
from fieldops_core.work_orders.messages import CreateWorkOrder
from tests.adapters.sql.recording import recorded
from tests.support.world import World

MARK = "Xyzzymarker"
EXPECTED = 22 + len(OWNED)
"""
The family, waited for and read; its open appointments; those beside its own, and these saved in two steps; numbers,
events, history and answers; what is told of appointments and holds; repairs, which of their visits are meant, those
changed and those dropped; each table of the list, and the record; the tombstone and its number; who deleted it; and the
history and the events of what was kept.
"""


def references(table: Table) -> Iterator[tuple[ForeignKeyConstraint, Table]]:
    for each in table.foreign_key_constraints:
        yield each, each.referred_table


def leads_to_records() -> dict[str, set[str]]:
    """
    By the name of each table whose rows refer to records, or to rows of such a table: what it refers to of these, apart
    from itself, where the database does not delete it along.
    """
    found: dict[str, set[str]] = {}
    reached, grown = {"customers"}, True
    while grown:
        grown = False
        for table in metadata.tables.values():
            to = [(other.name, each.ondelete) for each, other in references(table) if other.name != table.name]
            kept = {name for name, ondelete in to if name in reached and not ondelete}
            if any(name in reached for name, _ in to) and found.get(table.name) != kept:
                found[table.name], grown = kept, True
                reached.add(table.name)
    return found


@pytest.mark.rule("CUS-12", "CUS-25")
def test_every_table_that_leads_to_records_is_in_the_list_or_cascades() -> None:
    owned = {each.table.name for each in OWNED}

    missing = {name: sorted(to) for name, to in leads_to_records().items() if to and name not in owned}

    assert missing == {}, "add a line to OWNED in fieldops_adapters/sql/owned.py, or let the reference cascade"


@pytest.mark.rule("CUS-12")
def test_the_walk_finds_what_leads_to_records() -> None:
    found = leads_to_records()

    assert found["notes"] == {"customers"}
    assert found["appointments"] == {"customers", "work_orders"}
    assert found["customer_keys"] == found["lookups"] == found["quotations"] == set()
    assert not found.keys() & {"users", "locations", "catalog_entries", "tombstones"}


@pytest.mark.rule("CUS-12")
def test_what_names_a_row_goes_before_it() -> None:
    order = [each.table.name for each in OWNED]

    wrong = [
        (name, other)
        for name, others in leads_to_records().items()
        for other in others & set(order)
        if name in order and order.index(name) > order.index(other)
    ]

    assert (wrong, len(order)) == ([], len(set(order)))


def marked(world: World) -> Customer:
    """
    A record whose every text is marked, with something marked of every kind, all of it by commands.
    """
    entry = a_catalog_entry(catalog=Catalog.NOTE_TYPES, name="Call")
    tag = a_catalog_entry(catalog=Catalog.TAGS, name="Early")
    told: dict[str, Any] = {"first_name": MARK, "last_name": MARK, "business_name": MARK, "external_id": MARK}
    record = a_customer(location=world.provo.id, number=77, ssn=Secret("123-45-6789"), **told)
    world.put(entry, tag, record)
    address = Address(line1=f"1 {MARK} Street", city="Provo", state="UT", postal_code=PostalCode("84601"))
    world.execute(ChangeCustomer(customer=record.id, spouse=MARK, address=address), command_id="changed")
    world.execute(CreateNote(customer=record.id, type=entry.id, text=MARK), command_id="noted")
    ticket = CreateTicket(customer=record.id, type=entry.id, text=MARK, assignee=world.ann.id, due=DAY)
    world.execute(ticket, command_id="opened")
    world.execute(CreateContact(customer=record.id, name=f"{MARK} stays", phones=("801-555-0177",)))
    contact = world.do(CreateContact(customer=record.id, name=MARK, phones=("801-555-0177",)), ContactView)
    world.execute(RemoveContact(contact=ContactId(contact.id)))
    world.execute(SetTags(customer=record.id, tags=(tag.id,)))
    world.execute(MarkAtRisk(customer=record.id, reason=MARK))
    world.ops.upload(record.id, f"{MARK}.txt", b"content", world.context())
    world.execute(CreateWorkOrder(customer=record.id, subject=MARK, note=MARK, **world.of_work_order))
    _visited(world, record)
    return record


def _visited(world: World, record: Customer) -> None:
    gone = world.execute(world.wish(customer=record.id, notes=MARK, private_note=Secret(MARK)), command_id="booked")
    world.execute(CancelAppointment(appointment=gone.answer.id, reason=MARK))  # type: ignore[attr-defined]
    world.execute(world.wish("2026-05-27T11:00", customer=record.id, public_note=MARK))
    held = HoldTime(
        kind=Kind.TECH,
        customer=record.id,
        type=world.service.id,
        user=world.ann.id,
        start=a_period("14:00").start,
        minutes=60,
    )
    world.execute(held, command_id="held")


def rows(engine: Engine, world: World) -> Iterator[tuple[str, str]]:
    """
    Every row of the world's company, as text: ids as they are written.
    """
    with engine.connect() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table).where(table.c.company_id == world.company.id)):
                yield table.name, " ".join(str(each) for each in row)


def mentioning(engine: Engine, world: World, *values: str) -> set[str]:
    return {table for table, row in rows(engine, world) if any(each.lower() in row.lower() for each in values)}


@pytest.mark.rule("CUS-12", "STO-09")
def test_nothing_of_a_deleted_record_is_left_in_any_table_but_what_says_that_it_was_deleted(
    request: pytest.FixtureRequest, storage: SqlStorage, engine: Engine
) -> None:
    world = World(storage)
    record = marked(world)
    seen = engine if engine.dialect.name == "sqlite" else request.getfixturevalue("superuser")
    personal = (MARK, "8015550177", str(record.phone.number))
    before = mentioning(seen, world, MARK, str(record.id))
    assert before >= {"customers", "notes", "tickets", "contacts", "files", "history", "outbox", "appointments"}
    assert before >= {"work_orders", "holds", "at_risk_marks", "taggings", "quotations", "customer_keys"}

    world.execute(DeleteCustomer(customer=record.id, confirmed=True), command_id="deleted")

    assert mentioning(seen, world, MARK) == set()
    assert mentioning(seen, world, str(record.id)) == {"tombstones", "outbox", "history"}
    with seen.connect() as connection:
        of_record = {
            table: connection.execute(select(column).where(id == record.id)).all()
            for table, column, id in (
                (history, history.c.aggregate, history.c.aggregate_id),
                (outbox, outbox.c.name, outbox.c.aggregate_id),
                (tombstones, tombstones.c.number, tombstones.c.id),
            )
        }
    assert [[tuple(row) for row in each] for each in of_record.values()] == [
        [("tombstone",)],
        [("CustomerDeleted",)],
        [(77,)],
    ]
    shared = {table for table, row in rows(seen, world) if personal[1] in row.replace("-", "")}
    assert shared == set()
    if engine.dialect.name == "sqlite":
        with seen.connect() as connection:
            trigram = "SELECT count(*) FROM customers_found WHERE customers_found MATCH 'zzy'"
            assert connection.exec_driver_sql(trigram).scalar() == 0, "and the search has forgotten it too"


def filled(world: World, visits: int) -> CustomerId:
    """
    A record with so much of everything that belongs to records.
    """
    record, other = (a_customer(location=world.provo.id, number=number) for number in (50, 51))
    world.put(record, other)
    for n in range(visits):
        ben = a_technician(home=world.provo.id)
        told: dict[str, Any] = {"user": ben.id, "type": world.service.id, "location": world.provo.id}
        mine = an_appointment(customer=record.id, double_booked=True, **told)
        theirs = an_appointment(customer=other.id, period=a_period("09:30"), double_booked=True, **told)
        held = a_hold(customer=record.id, **told)
        order = a_work_order(customer=record.id, number=100 + n)
        world.put(ben, order, mine, theirs, evolve(held, period=a_period("15:00")))
        world.replace(mine, double_booked_with=theirs.id, double_book_reason="One trip.")
        world.replace(theirs, double_booked_with=mine.id, double_book_reason="One trip.")
        both = a_repair(mine, user=world.ann.id)
        both = evolve(both, moves=(*both.moves, evolve(both.moves[0], appointment=theirs.id)))
        world.put(a_repair(mine, user=world.ann.id), both)
    return record.id


@pytest.mark.rule("CUS-12")
@pytest.mark.parametrize("visits", [1, 7])
def test_a_record_is_deleted_in_so_many_statements(storage: SqlStorage, engine: Engine, visits: int) -> None:
    world = World(storage)
    record = filled(world, visits)

    with recorded(engine) as recording:
        world.execute(DeleteCustomer(customer=record, confirmed=True))

    taken = recording.take()
    assert len(taken) == EXPECTED, "\n".join(str(each) for each in taken)
    assert customers.name == "customers"


@pytest.mark.rule("CUS-25")
def test_records_are_merged_in_as_many_statements_however_much_belongs_to_them(
    storage: SqlStorage, engine: Engine
) -> None:
    counts = []
    for many in (1, 6):
        world = World(storage, parent_child_billing=True)
        record = filled(world, many)
        world.put(*(a_customer(location=world.provo.id, number=200 + n, parent=record) for n in range(many)))
        consent = world.ask(PreviewMerge(customer=world.maria.id, other=record), MergePreview).consent
        with recorded(engine) as recording:
            world.execute(MergeCustomers(customer=world.maria.id, other=record, consent=consent))
        counts.append(len(recording.take()))

    assert counts[0] == counts[1]


@pytest.mark.rule("CUS-25")
def test_after_a_merge_nothing_names_the_other_record_but_where_it_led_and_what_was(
    request: pytest.FixtureRequest, storage: SqlStorage, engine: Engine
) -> None:
    world = World(storage)
    record = marked(world)
    seen = engine if engine.dialect.name == "sqlite" else request.getfixturevalue("superuser")
    consent = world.ask(PreviewMerge(customer=world.maria.id, other=record.id), MergePreview).consent

    world.execute(MergeCustomers(customer=world.maria.id, other=record.id, consent=consent))

    assert mentioning(seen, world, str(record.id)) == {"tombstones", "outbox", "history"}
    with seen.connect() as connection:
        left = connection.execute(select(history.c.aggregate).where(history.c.record_id == record.id)).all()
    assert left == []
    world.execute(DeleteCustomer(customer=world.maria.id, confirmed=True))
    assert mentioning(seen, world, MARK) == set(), "the history of both goes with the record that both became"
