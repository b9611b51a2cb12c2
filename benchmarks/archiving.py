"""
Archiving: a parent with a thousand sub-customers and a hundred thousand upcoming appointments on PostgreSQL, beside the
same by SQL that is written by hand.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import Engine, make_url

from benchmarks import archiving_bare
from benchmarks.archiving_bare import Archive
from benchmarks.databases import by_the_boss, engine_over, postgresql, statements
from benchmarks.firm import FIRST, NOW, Firm, a_firm
from benchmarks.report import Goal, Table, times
from benchmarks.timing import Side, Times, interleaved
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive
from fieldops_core.archiving.views import ArchivePreview, ArchiveView
from fieldops_core.customers.model import Customer
from fieldops_core.testing.builders import a_customer, a_period, an_appointment
from fieldops_http.garbage import settle
from tests.support.databases import SEALER, server_url

TECHNICIANS, CHILDREN, VISITS = 100, 1_000, 100_000
AT_MOST = 2.0
OURS, BARE = "fieldops", "bare"
REASON = "The customer was archived."

# Every technician's visits follow each other, an hour each, and go round the family.
FILL = """
    INSERT INTO appointments
    SELECT (jsonb_populate_record(kept.one, jsonb_build_object(
        'id', gen_random_uuid(), 'user_id', people.ids[n %% cardinality(people.ids) + 1],
        'customer_id', family.ids[n / 7 %% cardinality(family.ids) + 1],
        'start_at', (kept.one).start_at + n / cardinality(people.ids) * interval '1 hour',
        'end_at', (kept.one).end_at + n / cardinality(people.ids) * interval '1 hour',
        'occupied_until', (kept.one).end_at + n / cardinality(people.ids) * interval '1 hour'
    ))).*
    FROM (SELECT appointments AS one FROM appointments LIMIT 1) AS kept,
        (SELECT array_agg(id ORDER BY id) AS ids FROM users WHERE technician) AS people,
        (SELECT array_agg(id ORDER BY id) AS ids FROM customers WHERE id = %(parent)s OR parent_id = %(parent)s)
            AS family,
        generate_series(%(from)s::int, %(to)s::int - 1) AS n
"""
BACK = (
    "TRUNCATE history, outbox, answers",
    "TRUNCATE appointments",
    "INSERT INTO appointments SELECT * FROM as_it_was",
    "UPDATE customers SET archived_at = NULL, archived_by = NULL, version = 1",
    "VACUUM ANALYZE customers",
    "ANALYZE appointments",
    "CHECKPOINT",
)
LEFT = (
    "SELECT md5(string_agg(payload::jsonb::text, ' ' ORDER BY aggregate_id)) FROM outbox"
    " WHERE aggregate = 'appointment'",
    "SELECT md5(string_agg(record_id || changes::jsonb::text, ' ' ORDER BY aggregate_id)) FROM history",
    "SELECT count(*) FROM outbox",
    "SELECT md5(string_agg(jsonb_set(to_jsonb(a), '{moments}', moments::jsonb)::text, ' ' ORDER BY id))"
    " FROM appointments AS a",
)
"""
What an archive leaves behind, told alike: JSON is the same in whatever order its fields are.
"""


def measure(quick: bool) -> Table:
    """
    A parent with 1,000 sub-customers and 100,000 upcoming appointments, archived, on PostgreSQL.
    """
    firm, visits = a_firm(TECHNICIANS), VISITS // 20 if quick else VISITS
    parent = firm.customers[0]
    with postgresql() as superuser:
        engine = connect(server_url(superuser))
        storage = SqlStorage(engine, SEALER)
        with psycopg.connect(_plain(superuser), autocommit=True) as boss:
            _fill(firm, parent, storage, boss, visits)
            found, sent = _compared(firm, parent, engine, boss, superuser, rounds=1 if quick else 3)
        storage.close()
    return _table(found, visits, sent)


def _fill(firm: Firm, parent: Customer, storage: SqlStorage, boss: "psycopg.Connection[Any]", visits: int) -> None:
    firm.keep(storage, visits_of_days=0)
    flats = [a_customer(location=firm.office.id, number=10_000 + n, parent=parent.id) for n in range(CHILDREN)]
    visit = an_appointment(
        type=firm.service.id,
        user=firm.technicians[0].id,
        customer=parent.id,
        location=firm.office.id,
        period=a_period(day=FIRST),
        notes="Bring the long ladder.",
        created_by=firm.boss.id,
        changed_by=firm.boss.id,
    )
    with storage.writing(firm.company.id) as unit:
        unit.customers.add_all(flats)
        unit.appointments.add(visit)
    boss.execute(FILL, {"parent": parent.id, "from": len(firm.technicians), "to": visits + len(firm.technicians) - 1})
    boss.execute("CREATE TABLE as_it_was AS SELECT * FROM appointments")


def _compared(
    firm: Firm,
    parent: Customer,
    engine: Engine,
    boss: "psycopg.Connection[Any]",
    superuser: str,
    *,
    rounds: int,
) -> tuple[Times, int]:
    """
    The seconds of both sides, and how many statements ours takes.
    """
    storage = SqlStorage(engine, SEALER)
    plain = psycopg.connect(_plain(server_url(superuser)))
    plain.execute("SELECT set_config('fieldops.company', %s, false)", (str(firm.company.id),))
    plain.commit()
    by_hand = Archive(company=firm.company.id, parent=parent.id, actor=firm.boss.id, now=NOW, reason=REASON)
    consent = engine_over(storage).ask(PreviewArchive(customer=parent.id), by_the_boss(firm))
    assert isinstance(consent, ArchivePreview)
    command = ArchiveCustomer(customer=parent.id, consent=consent.consent, confirmed=True)

    def ours() -> int:
        made = engine_over(storage, ids=Uuid7Ids()).execute(command, by_the_boss(firm)).answer
        assert isinstance(made, ArchiveView)
        return made.cancelled

    def timed(work: Callable[[], int]) -> float:
        _back(boss)
        settle()
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    with statements(engine) as sent:
        cancelled = ours()
    left = _left(boss)
    _back(boss)
    assert archiving_bare.archive(plain, by_hand) == cancelled
    assert _left(boss) == left
    sides = [
        Side(name=OURS, run=lambda: timed(ours)),
        Side(name=BARE, run=lambda: timed(lambda: archiving_bare.archive(plain, by_hand))),
    ]
    return interleaved(sides, rounds=rounds), len(sent)


def _back(boss: "psycopg.Connection[Any]") -> None:
    for statement in BACK:
        boss.execute(statement.encode())


def _left(boss: "psycopg.Connection[Any]") -> list[Any]:
    return [boss.execute(statement.encode()).fetchone() for statement in LEFT]


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _table(found: Times, visits: int, sent: int) -> Table:
    ratio = found.ratio(OURS, BARE)
    what = f"a parent, {CHILDREN:,} sub-customers, {visits:,} upcoming appointments"
    return Table(
        columns=("archive", "median", "each appointment", "times the hand-written"),
        rows=[
            (f"{what}: {sent} statements", *_of(found, OURS, visits), times(ratio)),
            ("the same by SQL that is written by hand", *_of(found, BARE, visits), "1"),
        ],
        goals=[Goal(what="within 2 times the hand-written SQL", reached=times(ratio), met=ratio <= AT_MOST)],
    )


def _of(found: Times, name: str, visits: int) -> tuple[str, str]:
    seconds = found.median(name)
    return f"{seconds:,.1f} s", f"{seconds / visits * 1e6:,.0f} µs"
