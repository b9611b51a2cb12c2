"""
Bulk schedule: thousands of visits in one transaction on PostgreSQL, beside a plain multi-row INSERT of the same rows.
"""

import time
from collections.abc import Callable, Iterator
from datetime import time as clock_time
from datetime import timedelta
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event, make_url

from benchmarks import bulk_bare
from benchmarks.booking import emptied
from benchmarks.bulk_bare import Sent
from benchmarks.databases import by_the_boss, engine_over, postgresql
from benchmarks.firm import FIRST, MINUTES, Firm, a_firm
from benchmarks.report import Goal, Table
from benchmarks.timing import Side, Times, interleaved
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_core.scheduling.messages import BulkSchedule
from fieldops_core.scheduling.views import BulkView
from fieldops_core.testing.builders import a_work_order
from fieldops_core.work_orders.model import WorkOrder
from fieldops_http.server import settle
from tests.support.databases import SEALER, server_url

TECHNICIANS = 100
AT_MOST, FLAT = 2.0, 1.3
COMPARED, BARE = "many", "bare"
SIZES = {"few": (5, 20), "many": (50, 60), "most": (100, 50)}
"""
Technicians and dates: 100, 3,000 and 5,000 visits.
"""
PLAIN = 3_000


def measure(quick: bool) -> Table:
    """
    Bulk schedules of 100, 3,000 and 5,000 visits, on PostgreSQL.
    """
    firm = a_firm(TECHNICIANS)
    job = a_work_order(customer=firm.customers[0].id, created_by=firm.boss.id, changed_by=firm.boss.id)
    with postgresql() as superuser:
        storage = SqlStorage(connect(server_url(superuser)), SEALER)
        firm.keep(storage, visits_of_days=0)
        with storage.writing(firm.company.id) as unit:
            unit.work_orders.add(job)
        found = interleaved(list(_sides(firm, job, storage, superuser)), rounds=3 if quick else 11)
        storage.close()
    return _table(found)


def _sides(firm: Firm, job: WorkOrder, storage: SqlStorage, superuser: str) -> Iterator[Side]:
    """
    The bulk schedules, and the INSERTs of the one that is compared, which leave the same rows behind.
    """
    url = make_url(server_url(superuser)).set(drivername="postgresql").render_as_string(hide_password=False)
    plain = psycopg.connect(url)
    plain.execute("SELECT set_config('fieldops.company', %s, false)", (str(firm.company.id),))
    plain.commit()
    sent = _recorded(firm, job, connect(server_url(superuser)))
    left = emptied(superuser)
    bulk_bare.insert(plain, sent)
    assert emptied(superuser) == left
    settle()

    def timed(work: Callable[[], object]) -> float:
        began = time.perf_counter()
        work()
        seconds = time.perf_counter() - began
        emptied(superuser)
        return seconds

    for name, size in SIZES.items():
        yield Side(name=name, run=lambda size=size: timed(lambda: _run(firm, job, storage, size)))  # type: ignore[misc]
    yield Side(name=BARE, run=lambda: timed(lambda: bulk_bare.insert(plain, sent)))


def _run(firm: Firm, job: WorkOrder, storage: SqlStorage, size: tuple[int, int]) -> None:
    """
    One visit of an hour a day for each technician, from the second week on: in the first some are absent.
    """
    technicians, dates = size
    first = FIRST + timedelta(days=7)
    wish = BulkSchedule(
        work_order=job.id,
        type=firm.service.id,
        first=first,
        last=first + timedelta(days=dates - 1),
        weekdays=frozenset(range(7)),
        technicians=tuple(user.id for user in firm.technicians[:technicians]),
        time=clock_time(10),
        minutes=MINUTES,
        notes="One floor a day.",
    )
    made = engine_over(storage, ids=Uuid7Ids()).execute(wish, by_the_boss(firm)).answer
    assert isinstance(made, BulkView)
    assert made.total == technicians * dates


def _recorded(firm: Firm, job: WorkOrder, engine: Engine) -> Sent:
    """
    What a bulk schedule inserts.
    """
    sent: list[tuple[str, Any]] = []

    def note(_: Connection, __: object, statement: str, values: Any, *rest: object) -> None:
        if statement.startswith("INSERT"):
            sent.append((statement, values))

    event.listen(engine, "before_cursor_execute", note)
    _run(firm, job, SqlStorage(engine, SEALER), SIZES[COMPARED])
    engine.dispose()
    return sent


def _table(found: Times) -> Table:
    count = {name: technicians * dates for name, (technicians, dates) in SIZES.items()} | {BARE: PLAIN}
    each = {name: found.median(name) / count[name] * 1e6 for name in count}
    times, flat = found.ratio(COMPARED, BARE), each["most"] / each["few"]
    told = {name: f"{count[name]:,} visits: {size[0]} technicians, {size[1]} dates" for name, size in SIZES.items()}
    told[BARE] = f"the {PLAIN:,} visits, their history and their events by multi-row INSERT"
    ratios = {COMPARED: f"{times:.2f}", BARE: "1"}
    return Table(
        columns=("bulk schedule", "median", "each visit", "times the INSERTs"),
        rows=[
            (text, f"{found.median(name) * 1000:,.0f} ms", f"{each[name]:,.0f} µs", ratios.get(name, ""))
            for name, text in told.items()
        ],
        goals=[
            Goal(what=f"{PLAIN:,} visits within 2 times the INSERTs", reached=f"{times:.2f}", met=times <= AT_MOST),
            Goal(what="each of 5,000 at most 1.3 times each of 100", reached=f"{flat:.2f}", met=flat <= FLAT),
        ],
    )
