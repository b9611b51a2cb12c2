"""
The command line.
"""

import json
import os
import re
import shlex
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from typer.main import get_command

from fieldops_adapters.sql.sealing import BrokenSeal
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.testing.builders import a_customer, a_location, a_period, a_type, an_appointment
from fieldops_http import server
from fieldops_http.cli import app, sentences
from fieldops_http.cli.opening import at_desk
from fieldops_http.composition import compose
from fieldops_http.engine import Engine
from fieldops_http.settings import Settings
from tests.support.command_line import Run
from tests.support.ports import free_port

NOBODY = UUID(int=1)
TOKEN = re.compile(r"fo_[0-9a-f]{32}_[A-Za-z0-9_-]{32,}")
EXAMPLE = re.compile(r"^  fieldops ((?:.*\\\n)*.*)$", re.MULTILINE)
FOUNDING = ("company", "create", "acme", "--owner-email", "olive@acme.example", "--zone", "America/Denver")


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """
    With what settings the server would have been started.
    """
    found: list[Settings] = []

    def note(_: Engine, settings: Settings) -> None:
        found.append(settings)

    monkeypatch.setattr(server, "serve", note)
    return found


COMMANDS: dict[str, list[tuple[str, ...]]] = {
    "serve": [()],
    "migrate": [()],
    "demo": [()],
    "key": [()],
    "company": [("create",)],
    "user": [
        ("create",),
        ("list",),
        ("show",),
        ("change",),
        ("grant",),
        ("revoke",),
        ("deactivate",),
        ("reactivate",),
    ],
    "role": [("create",), ("change",), ("list",), ("permissions",)],
    "addresses": [("look-up",)],
    "token": [("create",), ("list",), ("revoke",)],
    "import": [("customers",), ("technicians",), ("appointments",)],
}
PATHS = [(command, *sub) for command, subs in COMMANDS.items() for sub in subs]


@pytest.mark.rule("OPS-01")
def test_the_help_names_every_command(run: Run) -> None:
    told = run("--help").out
    assert all(command in told for command in COMMANDS)
    for command, subs in COMMANDS.items():
        assert all(name in run(command, "--help").out for sub in subs for name in sub)


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize("path", PATHS, ids=" ".join)
def test_every_command_shows_an_example_that_can_be_typed_as_it_stands(
    run: Run, path: tuple[str, ...], tmp_path: Path
) -> None:
    for name in ("sites.csv", "people.csv", "visits.csv"):
        tmp_path.joinpath(name).touch()
    told = "\n".join(line.rstrip() for line in run(*path, "--help").out.splitlines())
    examples = [shlex.split(each.replace("\\\n", " ")) for each in EXAMPLE.findall(told)]

    assert examples and all(each[: len(path)] == list(path) for each in examples)
    for words in examples:
        understood(words)


def understood(words: list[str]) -> None:
    """
    Whether the command line takes these words, without carrying them out.
    """
    command: Any = get_command(app)
    context = command.make_context("fieldops", words)
    while hasattr(command, "resolve_command"):
        _, command, words = command.resolve_command(context, [*context._protected_args, *context.args])
        context = command.make_context(command.name, words, parent=context)


@pytest.mark.rule("OPS-01")
def test_a_schema_that_is_not_there_is_told_with_the_mend(run: Run, served: list[Settings]) -> None:
    for command in (("serve",), FOUNDING, ("token", "create", "--company", "acme", "--user", "olive@acme.example")):
        ran = run(*command)
        assert ran.code == 1
        assert "Run `fieldops migrate`" in ran.err
        assert "Traceback" not in ran.err
    assert served == []


@pytest.mark.rule("OPS-01")
def test_migrating_twice_changes_nothing_the_second_time(run: Run, served: list[Settings]) -> None:
    assert run("migrate").out == run("migrate").out == "The database is up to date."
    assert run("serve", "--port", "1234").code == 0
    assert (served[0].host, served[0].port) == ("127.0.0.1", 1234)


@pytest.mark.rule("OPS-01", "API-05")
def test_a_company_is_founded_and_its_owner_gets_a_token(run: Run) -> None:
    run("migrate")

    founded = run(*FOUNDING)
    another = run("token", "create", "--company", "acme", "--user", "OLIVE@acme.example", "--days", "7")

    assert TOKEN.fullmatch(founded.out)
    assert TOKEN.fullmatch(another.out)
    assert founded.out != another.out


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (FOUNDING, "There is a company with the short name acme already."),
        (("company", "create", "A B", *FOUNDING[3:]), "short name has lower-case letters"),
        (("company", "create", "globex", *FOUNDING[3:6], "Mars/Base"), "There is no time zone 'Mars/Base'."),
        (("token", "create", "--company", "globex", "--user", "x"), "There is no company 'globex'. Found one with"),
        (("token", "create", "--company", "acme", "--user", "[red]x@y"), "'acme' has no user '[red]x@y'. `fieldops"),
        (("token", "revoke", str(NOBODY), "--company", "acme"), f"There is no token {NOBODY}."),
        (("migrate", "--url", "mysql://localhost/x"), "does not name a database"),
        (("migrate", "--url", "memory://"), "has no schema"),
        (("migrate", "--url", "postgresql://nobody@127.0.0.1:1/x"), "Is it running"),
        (("migrate", "--url", "sqlite:////dev/null/x"), "unable to open database file"),
        (("key", "/dev/null/x"), "cannot be written"),
        (("serve", "--host", "300.1.1.1"), "Nothing can be served on 300.1.1.1:8000"),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, tuple) else None,
)
def test_what_stands_in_the_way_is_told_in_a_sentence(run: Run, arguments: tuple[str, ...], told: str) -> None:
    run("migrate")
    run(*FOUNDING)

    ran = run(*arguments)

    assert ran.code == 1
    assert told in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.rule("OPS-01")
def test_what_is_not_understood_ends_otherwise_than_what_cannot_be_done(acme: Run) -> None:
    for arguments in (
        ("nonsense",),
        ("user",),
        ("user", "create"),
        ("token", "revoke", "17"),
        ("serve", "--port", "65536"),
        ("import", "customers", "nowhere.csv", "--map", "phone=PHONE"),
    ):
        ran = acme(*arguments)
        assert (ran.code, "Traceback" in ran.err) == (2, False)
    assert acme("--version").out.startswith("fieldops 0.")


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize("arguments", [("user", "list"), ("migrate",)], ids=" ".join)
@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda file: file.write_bytes(b"nothing but noise " * 500), "file is not a database"),
        (lambda file: (file.unlink(), file.mkdir()), "unable to open database file"),
    ],
    ids=["noise", "folder"],
)
def test_a_file_that_is_no_database_is_told_in_a_sentence(
    acme: Run, tmp_path: Path, arguments: tuple[str, ...], spoil: Callable[[Path], object], told: str
) -> None:
    for leftover in tmp_path.glob("fieldops.db-*"):
        leftover.unlink()
    spoil(tmp_path / "fieldops.db")

    ran = acme(*arguments)

    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert told in ran.err


@pytest.mark.rule("OPS-01")
def test_a_database_that_is_not_there_is_not_made_by_asking(run: Run, tmp_path: Path) -> None:
    assert "Run `fieldops migrate`" in run("user", "list", "--company", "acme").err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.rule("OPS-01")
def test_what_is_kept_in_memory_is_refused_as_it_would_be_lost(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDOPS_DATABASE", "memory://")

    assert "ends with this command" in run(*FOUNDING).err


@pytest.mark.rule("OPS-01")
@pytest.mark.parametrize(
    ("arguments", "told"),
    [(("role", "create", "Helper"), "please try again"), (("migrate",), "try again when it has ended")],
    ids=["a command", "a migration"],
)
def test_a_database_that_another_program_locks_is_told_in_a_sentence(
    acme: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], told: str
) -> None:
    monkeypatch.setattr("fieldops_adapters.sql.engines.LOCK_MILLISECONDS", 20)
    other = sqlite3.connect(tmp_path / "fieldops.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        ran = acme(*arguments)
    finally:
        other.close()

    assert (ran.code, "Traceback" in ran.err) == (1, False)
    assert told in ran.err


@pytest.mark.rule("OPS-01")
def test_a_schema_of_a_version_to_come_is_told_in_a_sentence(acme: Run, tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "fieldops.db")
    with database:
        database.execute("UPDATE fieldops_version SET version_num = '9999'")
    database.close()

    assert "is of a version to come. Update fieldops" in acme("migrate").err
    assert "of version 9999" in acme("user", "list").err


@pytest.mark.rule("OPS-01")
def test_a_database_sealed_with_another_key_is_told_in_a_sentence(
    acme: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended, sentences():
        raise BrokenSeal("The answer of answers 1 is sealed with another key.")

    assert ended.value.code == 1
    assert "Set FIELDOPS_KEY_FILE" in capsys.readouterr().err


@pytest.mark.rule("OPS-01")
def test_an_address_that_is_taken_is_told_in_a_sentence(acme: Run, served: list[Settings]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"on 127.0.0.1:{port} (address already in use)" in acme("serve", "--port", port).err
    assert served == []


@pytest.mark.rule("SEC-02")
def test_production_is_refused_without_a_key_and_starts_with_one(
    run: Run, served: list[Settings], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("migrate")
    monkeypatch.setenv("FIELDOPS_MODE", "production")

    assert "Make one with `fieldops key FILE`" in run("serve").err
    assert run("key", "master.key").code == 0
    assert "is there already" in run("key", "master.key").err
    monkeypatch.setenv("FIELDOPS_KEY_FILE", "master.key")
    assert run("serve").code == 0
    assert len(served) == 1
    assert (tmp_path / "master.key").stat().st_mode & 0o077 == 0


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """
    The address of a server in a process of its own.
    """
    port = free_port()
    command = [sys.executable, "-c", "from fieldops_http.cli import main; main()", "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=os.environ | environment, stderr=subprocess.PIPE, text=True)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(1_200):
            assert process.poll() is None, process.stderr and process.stderr.read()
            with suppress(httpx.TransportError):
                httpx.get(f"{url}/health", timeout=10)
                break
            time.sleep(0.1)
        yield url
    finally:
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    assert [json.loads(line) for line in err.splitlines()]


@pytest.mark.rule("OPS-01", "API-05")
def test_a_served_api_answers_a_token_made_here(run: Run, tmp_path: Path) -> None:
    run("migrate")
    token = run(*FOUNDING).out
    environment = {"FIELDOPS_DATABASE": f"sqlite:///{tmp_path}/fieldops.db", "FIELDOPS_LOGS": "json"}

    with serving(environment) as url, httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60) as client:
        assert client.get(f"{url}/ready").json() == {"status": "ready"}
        assert client.get(f"{url}/v1/acme/settings").json()["grid_start"] == "06:00"
        large = client.post(f"{url}/v1/acme/roles", content=b" " * 100_000_000)
        assert (large.status_code, large.json()["type"]) == (413, "/problems/body.too_large")
        assert client.get(f"{url}/v1/acme/locations").status_code == 200


@pytest.mark.rule("SCH-03")
def test_after_a_new_tz_database_visits_are_recomputed_and_each_that_moves_is_told(run: Run, tmp_path: Path) -> None:
    run("migrate")
    run(*FOUNDING)
    engine = compose(Settings.of())
    company = at_desk("acme").company
    visit = a_visit_of_other_clocks(engine, company)

    tried = run("zones", "recompute", "--company", "acme", "--dry-run")
    done = run("zones", "recompute", "--company", "acme")
    again = run("zones", "recompute", "--company", "acme")

    assert "Owner, Maria Nielsen: 2040-05-30T10:00-06:00" in tried.out
    assert tried.out.endswith("1 upcoming: 1 would move, 0 cannot, 0 pending reassignment by it.")
    moved, total = done.out.splitlines()
    assert moved == (
        f"{visit}: Owner, Maria Nielsen: 2040-05-30T10:00-06:00 (America/Denver) becomes "
        "2040-05-30T09:00-06:00 (America/Denver)"
    )
    assert total == "1 upcoming: 1 moved, 0 cannot, 0 pending reassignment by it."
    assert again.out == "1 upcoming: 0 moved, 0 cannot, 0 pending reassignment by it."


def a_visit_of_other_clocks(engine: Engine, company: CompanyId) -> AppointmentId:
    """
    The owner's, agreed for 09:00, at the instant that clocks an hour apart from ours would have given.
    """
    day = date(2040, 5, 30)
    with engine.storage.writing(company) as unit:
        office, (owner,) = unit.companies.setup().locations[0], unit.people.find()
        customer, type = a_customer(location=office.id, number=1), a_type()
        visit = an_appointment(
            user=owner.id,
            customer=customer.id,
            type=type.id,
            location=office.id,
            period=a_period("10:00", day=day),
            agreed=datetime(2040, 5, 30, 9),
        )
        unit.customers.add(customer)
        unit.appointment_types.add(type)
        unit.appointments.add(visit)
    return visit.id


def test_zones_of_a_company_that_is_not_there_say_so(run: Run) -> None:
    run("migrate")

    assert "There is no company 'nobody'" in run("zones", "recompute", "--company", "nobody").err


@pytest.mark.rule("ACC-28")
def test_the_doctor_lists_what_breaks_scheduling_with_the_mend(run: Run) -> None:
    run("migrate")
    run(*FOUNDING)
    well = run("doctor", "--company", "acme")
    engine = compose(Settings.of())
    with engine.storage.writing(at_desk("acme").company) as unit:
        unit.locations.add(a_location(name="Nobody's"))
    ill = run("doctor", "--company", "acme")

    assert (well.code, well.out) == (0, "Nothing was found that would break scheduling.")
    assert (ill.code, ill.out) == (
        1,
        "Nobody belongs to Nobody's, at home or further. Make it a location of somebody's, or make it inactive.",
    )
