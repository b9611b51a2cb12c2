"""
Openings: one week of free starts for many technicians, from a SQLite file to the answer, beside the same SELECTs sent
through SQLAlchemy Core.
"""

from typing import Any

from sqlalchemy import Engine

from benchmarks import fitting
from benchmarks.databases import by_the_boss, directory, engine_over, statements
from benchmarks.firm import DAYS, FIRST, Firm, a_firm
from benchmarks.report import Goal, Table, milliseconds, times
from benchmarks.timing import Side, interleaved, processor_seconds
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.scheduling.messages import FindOpenings
from fieldops_core.scheduling.views import OpeningsView
from tests.support.databases import SEALER, sqlite_url

AT_MOST = 3


def measure(quick: bool) -> Table:
    """
    One week of 100 technicians with 6 visits a day, from SQLite.
    """
    with directory() as folder:
        engine, firm = connect(sqlite_url(folder / "openings.sqlite3")), a_firm(10 if quick else 100)
        storage = SqlStorage(engine, SEALER)
        firm.keep(storage)
        sent = agreed(storage, engine, firm)
        ops, question, context = engine_over(storage), asked(firm), by_the_boss(firm)
        sides = (
            Side(name="ours", run=lambda: processor_seconds(lambda: ops.ask(question, context))),
            Side(name="selects", run=lambda: processor_seconds(lambda: selects(engine, sent))),
        )
        found = interleaved(sides, rounds=9 if quick else 75)
        storage.close()
    ratio = found.ratio("ours", "selects")
    return Table(
        columns=("openings", "median", "times the SELECTs"),
        rows=[
            ("fieldops, from the question to the answer", milliseconds(found.median("ours")), times(ratio)),
            (f"its {len(sent)} SELECTs through SQLAlchemy Core", milliseconds(found.median("selects")), "1"),
        ],
        goals=[
            Goal(what=f"at most {AT_MOST} times the SELECTs", reached=f"{times(ratio)} times", met=ratio <= AT_MOST)
        ],
    )


def selects(engine: Engine, sent: list[tuple[Any, Any]]) -> list[list[Any]]:
    """
    The baseline: the same statements in a transaction, and every row of them.
    """
    with engine.connect() as connection, connection.begin():
        return [list(connection.execute(statement, values).fetchall()) for statement, values in sent]


def agreed(storage: SqlStorage, engine: Engine, firm: Firm) -> list[tuple[Any, Any]]:
    """
    The statements that our answer takes, after it was compared with what an oracle says of the firm, and their rows
    with the firm's visits.
    """
    with statements(engine) as sent:
        view = engine_over(storage).ask(asked(firm), by_the_boss(firm))
    assert isinstance(view, OpeningsView)
    told = {item.user.id: [start for day in item.days for start in day.starts] for item in view.items}
    taken = fitting.rows(firm)
    assert fitting.same(told, fitting.oracle(fitting.problem(firm, taken)))
    assert sorted(taken) in [sorted(map(tuple, rows)) for rows in selects(engine, sent)]
    return sent


def asked(firm: Firm) -> FindOpenings:
    return FindOpenings(customer=firm.customers[0].id, type=firm.service.id, first=FIRST, days=DAYS)
