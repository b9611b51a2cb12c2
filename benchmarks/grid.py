"""
Grid: the day grid over HTTP from a SQLite file, beside a bare Litestar handler (:mod:`benchmarks.grid_bare`). Both are
served by uvicorn with uvloop, each in a process of its own on the loopback interface.

    python -m benchmarks.grid FILE STATEMENTS PORT      serves the bare one
"""

import asyncio
import os
import pickle
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from sqlalchemy import Connection, event

from benchmarks import grid_bare
from benchmarks.databases import by_the_boss, directory, engine_over
from benchmarks.firm import FIRST, Firm, a_firm
from benchmarks.http import body, load
from benchmarks.report import Goal, Table, percent
from benchmarks.timing import Side, interleaved
from fieldops_adapters.sql.engines import connect
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.scheduling.messages import ShowGrid
from tests.support.databases import SEALER, sqlite_url

AT_LEAST = 0.4
CONNECTIONS = 4
FIELDOPS = Path(sys.executable).with_name("fieldops")
PATH = f"/v1/firm/grid?from={FIRST.isoformat()}"

Sent = list[tuple[str, tuple[object, ...]]]


def measure(quick: bool) -> Table:
    """
    The day grid of 50 technicians and 300 visits over HTTP, from SQLite.
    """
    firm = a_firm(5 if quick else 50)
    seconds, rounds = (0.5, 3) if quick else (2.0, 15)
    with directory() as folder:
        file = kept(firm, folder)
        pickled = folder / "statements"
        pickled.write_bytes(pickle.dumps(sent(firm, file)))
        bare: list[str | Path] = [sys.executable, "-m", "benchmarks.grid", file, pickled]
        with served(bare) as theirs, served([FIELDOPS, "serve", "--port"], file) as ours:
            assert asyncio.run(body(ours, PATH, firm.bearer)) == asyncio.run(body(theirs, PATH, firm.bearer))
            sides = [
                Side(name=name, run=lambda port=port: _second_a_request(port, firm, seconds))  # type: ignore[misc]
                for name, port in (("bare", theirs), ("ours", ours))
            ]
            found = interleaved(sides, rounds=rounds)
    share = found.ratio("bare", "ours")
    rates = {name: f"{1 / found.median(name):,.0f}" for name in ("ours", "bare")}
    return Table(
        columns=("grid over HTTP", "requests a second", "share"),
        rows=[
            ("fieldops serve", rates["ours"], percent(share)),
            ("a bare Litestar handler over sqlite3", rates["bare"], "100%"),
        ],
        goals=[Goal(what="at least 40% of the bare handler", reached=percent(share), met=share >= AT_LEAST)],
    )


def _second_a_request(port: int, firm: Firm, seconds: float) -> float:
    return 1 / asyncio.run(load(port, PATH, firm.bearer, connections=CONNECTIONS, seconds=seconds))


def kept(firm: Firm, folder: Path) -> Path:
    """
    A SQLite file with the firm and its first day's visits.
    """
    file = folder / "grid.sqlite3"
    storage = SqlStorage(connect(sqlite_url(file)), SEALER)
    firm.keep(storage, visits_of_days=1)
    storage.close()
    return file


def sent(firm: Firm, file: Path) -> Sent:
    """
    What ours sends to the database for one request, the token's statements first.
    """
    engine, found = connect(f"sqlite:///{file}"), Sent()

    def note(_: Connection, __: object, statement: str, values: Any, *rest: object) -> None:
        found.append((statement, tuple(bytes(each) if isinstance(each, memoryview) else each for each in values)))

    event.listen(engine, "before_cursor_execute", note)
    ops = engine_over(SqlStorage(engine, SEALER))
    ops.identify(slug=firm.company.slug, token=firm.bearer)
    first = len(found)
    ops.ask(ShowGrid(first=FIRST), by_the_boss(firm))
    engine.dispose()
    assert found[0][0] == found[first][0] == "BEGIN"
    return [*found[:first], *found[first + 1 :]]  # one transaction is enough for a handler that knows what comes


@contextmanager
def served(command: list[str | Path], file: Path | None = None) -> Iterator[int]:
    """
    The port of a server that listens.
    """
    port = _free_port()
    settings = {"FIELDOPS_DATABASE": f"sqlite:///{file}", "FIELDOPS_LOGS": "json"} if file else {}
    with subprocess.Popen(
        [*command, str(port)],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            _wait(process, port)
            yield port
        finally:
            process.terminate()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        time.sleep(0.05)
    raise RuntimeError("the server does not listen")


def main(file: str, statements: str, port: str) -> None:
    app = grid_bare.app(file, pickle.loads(Path(statements).read_bytes()), FIRST)
    uvicorn.run(app, port=int(port), log_level="error", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
