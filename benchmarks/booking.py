"""
Booking: visits booked by several processes at once into PostgreSQL, beside the same statements sent by psycopg alone
(:mod:`benchmarks.booking_bare`), and beside nothing but the visit's INSERT.
"""

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from multiprocessing.connection import Connection as Pipe
from multiprocessing.process import BaseProcess
from multiprocessing.synchronize import Barrier
from typing import Any

import psycopg
from attrs import frozen
from sqlalchemy import Connection, Engine, event, make_url

from benchmarks import booking_bare
from benchmarks.booking_bare import Sent
from benchmarks.databases import by_the_boss, engine_over, postgresql
from benchmarks.firm import FIRST, MINUTES, Firm, a_firm
from benchmarks.report import Goal, Table, percent
from benchmarks.timing import Side, interleaved
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_adapters.system.ids import Uuid7Ids
from fieldops_core.access.model import Kind
from fieldops_core.scheduling.messages import BookAppointment
from fieldops_core.scheduling.views import AppointmentView
from fieldops_http.server import settle
from tests.support.databases import SEALER, server_url

PROCESSES = 8
AT_MOST, AT_LEAST = 12, 0.4
VISITS_A_DAY = 8
WRITTEN = ("appointments", "history", "outbox", "answers")


def measure(quick: bool) -> Table:
    """
    Bookings by 8 processes at once, on PostgreSQL.
    """
    bookings, rounds = (16, 2) if quick else (120, 9)
    firm = a_firm(PROCESSES * 2)
    with postgresql() as superuser:
        storage = SqlStorage(connect(server_url(superuser)), SEALER)
        firm.keep(storage, visits_of_days=0)
        storage.close()
        with crowd(firm, server_url(superuser), bookings) as writers:
            counts = agreed(writers, superuser)
            sides = [
                Side(name=name, run=lambda name=name: round_of(writers, superuser, name) / (bookings * PROCESSES))  # type: ignore[misc]
                for name in ("ours", "bare", "insert")
            ]
            found = interleaved(sides, rounds=rounds)
    share, of_insert = found.ratio("bare", "ours"), found.ratio("insert", "ours")
    rates = {name: f"{1 / found.median(name):,.0f}" for name in ("ours", "bare", "insert")}
    told = f"{counts[0]}, constant" if len(counts) == 1 else ", ".join(map(str, counts))
    return Table(
        columns=("booking, 8 processes", "transactions a second", "share of it that fieldops reaches"),
        rows=[
            ("fieldops, `execute(BookAppointment)` under an Idempotency-Key", rates["ours"], "100%"),
            (f"the same {counts[0]} statements by psycopg alone", rates["bare"], percent(share)),
            ("the visit's INSERT alone", rates["insert"], percent(of_insert)),
        ],
        goals=[
            Goal(
                what=f"at most {AT_MOST} statements, BEGIN and COMMIT apart, constant",
                reached=told,
                met=len(counts) == 1 and counts[0] <= AT_MOST,
            ),
            Goal(what="at least 40% of the same statements", reached=percent(share), met=share >= AT_LEAST),
        ],
    )


@frozen(kw_only=True)
class Writers:
    """
    Processes that wait for what they are to do, and begin together.
    """

    pipes: tuple[Pipe, ...]
    gate: Barrier

    def do(self, task: str) -> tuple[float, list[Any]]:
        """
        The seconds until the last of them is ready, and what each answers.
        """
        for pipe in self.pipes:
            pipe.send(task)
        self.gate.wait(60)
        began = time.perf_counter()
        answers = [pipe.recv() for pipe in self.pipes]
        taken = time.perf_counter() - began
        for answer in answers:
            if isinstance(answer, RuntimeError):
                raise answer
        return taken, answers


@contextmanager
def crowd(firm: Firm, url: str, bookings: int, processes: int = PROCESSES) -> Iterator[Writers]:
    """
    Each process books other technicians, so that nobody waits for a lock of another's.
    """
    context = multiprocessing.get_context("fork")
    gate, ends = context.Barrier(processes + 1), [context.Pipe() for _ in range(processes)]
    started: list[BaseProcess] = []
    for number, (_, theirs) in enumerate(ends):
        commands = list(commands_of(firm, number, bookings))
        process = context.Process(target=_work, args=(firm, url, commands, theirs, gate), daemon=True)
        process.start()
        started.append(process)
    yield Writers(pipes=tuple(ours for ours, _ in ends), gate=gate)
    for ours, _ in ends:
        ours.send(None)
    for each in started:
        each.join(30)


def commands_of(firm: Firm, number: int, count: int) -> Iterator[BookAppointment]:
    """
    Visits of an hour from 09:00 on, eight a day, for two technicians in turn.
    """
    for each in range(count):
        user = firm.technicians[number * 2 + each % 2]
        day, hour = divmod(each // 2, VISITS_A_DAY)
        yield BookAppointment(
            kind=Kind.TECH,
            customer=firm.customers[(each * PROCESSES + number) % len(firm.customers)].id,
            type=firm.service.id,
            user=user.id,
            start=datetime(FIRST.year, FIRST.month, FIRST.day, 9 + hour) + timedelta(days=7 + day),  # noqa: DTZ001 - local to the location
            minutes=MINUTES,
            notes="Bring the long ladder.",
        )


def _work(firm: Firm, url: str, commands: Sequence[BookAppointment], pipe: Pipe, gate: Barrier) -> None:
    engine, recording = connect(url), connect(url)  # an engine that was listened to once is slower from then on
    plain = psycopg.connect(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))
    plain.execute("SELECT set_config('fieldops.company', %s, false)", (str(firm.company.id),))
    plain.commit()
    settle()
    recorded: list[Sent] = []

    def record() -> list[int]:
        recorded.extend(_recorded(firm, recording, commands))
        return [len(each) for each in recorded]

    tasks: dict[str, Callable[[], object]] = {
        "record": record,
        "ours": lambda: _book(firm, engine, commands),
        "bare": lambda: booking_bare.book(plain, recorded),
        "insert": lambda: booking_bare.insert(plain, recorded),
    }
    while task := pipe.recv():
        gate.wait(60)
        try:
            pipe.send(tasks[task]())
        except Exception as error:  # noqa: BLE001 - told to the parent
            pipe.send(RuntimeError(repr(error)))


def _book(firm: Firm, engine: Engine, commands: Sequence[BookAppointment]) -> None:
    ops = engine_over(SqlStorage(engine, SEALER), ids=Uuid7Ids())
    for number, command in enumerate(commands):
        key = f"{command.user} {number}"
        assert isinstance(ops.execute(command, by_the_boss(firm, command_id=key)).answer, AppointmentView)


def _recorded(firm: Firm, engine: Engine, commands: Sequence[BookAppointment]) -> list[Sent]:
    """
    Book, and keep what is sent, one list for each booking.
    """
    bookings: list[list[tuple[str, Any]]] = []

    def begin(_: Connection) -> None:
        bookings.append([])

    def note(_: Connection, __: object, statement: str, values: Any, *rest: object) -> None:
        bookings[-1].append((statement, values))

    event.listen(engine, "begin", begin)
    event.listen(engine, "before_cursor_execute", note)
    _book(firm, engine, commands)
    event.remove(engine, "begin", begin)
    event.remove(engine, "before_cursor_execute", note)
    return [list(each) for each in bookings]


def agreed(writers: Writers, superuser: str) -> list[int]:
    """
    How many statements a booking takes, after it was compared what ours and the same statements leave behind.
    """
    _, counts = writers.do("record")
    left = emptied(superuser)
    writers.do("bare")
    assert emptied(superuser) == left
    return sorted({count for each in counts for count in each})


def round_of(writers: Writers, superuser: str, side: str) -> float:
    """
    The seconds that a side takes for all its bookings. The tables are as empty afterwards as they were before.
    """
    seconds, _ = writers.do(side)
    emptied(superuser)
    return seconds


def emptied(superuser: str) -> list[list[Any]]:
    """
    What was written, as text, and is there no longer.
    """
    url = make_url(superuser).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        left = [
            connection.execute(f"SELECT written::text FROM {table} AS written ORDER BY 1").fetchall()
            for table in WRITTEN
        ]
        connection.execute(f"TRUNCATE {', '.join(WRITTEN)}")
    return left
