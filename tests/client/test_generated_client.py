"""
A client that a generator makes of the OpenAPI document books a visit: the document is good enough for strangers.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
import uvicorn

from fieldops_core.kernel.ids import UserId
from fieldops_http import examples
from fieldops_http.app import OPERATIONS
from tests.http.example_company import ExampleCompany, example_company
from tests.support.databases import sqlite_storage

# To make the client and check its types takes half a minute.
pytestmark = pytest.mark.proof

DOCUMENT = Path(__file__).parents[2] / "docs" / "openapi.json"
BOOKING = Path(__file__).with_name("booking.py")
WEDNESDAY = date(2026, 5, 27)
PATIENCE = 30
# Its own part of every client the generator types more loosely than mypy likes.
MYPY = """
[mypy]
strict = true
[mypy-fieldops_client.client]
ignore_errors = true
"""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """
    The folder that the package ``fieldops_client`` is generated in.
    """
    folder = tmp_path_factory.mktemp("generated")
    (folder / "config.json").write_text(json.dumps({"post_hooks": []}))
    options = ["--path", str(DOCUMENT), "--output-path", str(folder / "fieldops_client"), "--meta", "none"]
    command = [sys.executable, "-m", "openapi_python_client", "generate", *options]
    run(*command, "--config", str(folder / "config.json"), "--fail-on-warning")
    return folder


def run(*command: str, **environment: str) -> str:
    ended = subprocess.run(command, env=os.environ | environment, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


@pytest.fixture
def booking(generated: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """
    The stranger's program, with the client at hand.
    """
    monkeypatch.syspath_prepend(str(generated))
    return import_module("tests.client.booking")


@pytest.fixture
def company(tmp_path: Path) -> ExampleCompany:
    return example_company(sqlite_storage(tmp_path / "client.db"))


@pytest.fixture
def desk(booking: ModuleType, company: ExampleCompany) -> Iterator[Any]:
    token = company.token(UserId(examples.OLIVE))
    with served(company) as url, booking.AuthenticatedClient(base_url=url, token=token) as client:
        yield booking.Desk(client, company.slug, examples.BAKERY, examples.INSTALLATION)


@contextmanager
def served(company: ExampleCompany) -> Iterator[str]:
    """
    The API on a free port of this machine, until the block ends.
    """
    server = uvicorn.Server(uvicorn.Config(company.app, host="127.0.0.1", port=0, log_config=None, lifespan="off"))
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + PATIENCE
        while not server.started:
            assert thread.is_alive() and time.monotonic() < until, "the server does not start"
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)


@pytest.mark.rule("API-01")
def test_every_operation_is_a_module_of_the_client(generated: Path) -> None:
    modules = {path.stem for path in generated.glob("fieldops_client/api/*/*.py")} - {"__init__"}

    assert modules == {each.id for each in OPERATIONS}


@pytest.mark.rule("API-01")
def test_every_part_of_the_client_can_be_imported(generated: Path) -> None:
    paths = sorted(path.relative_to(generated).with_suffix("") for path in generated.rglob("fieldops_client/**/*.py"))
    program = "".join(f"import {'.'.join(path.parts)}\n" for path in paths)

    run(sys.executable, "-W", "error", "-c", program, PYTHONPATH=str(generated))


@pytest.mark.rule("API-01")
def test_the_client_and_a_program_that_uses_it_are_sound_to_the_type_checker(generated: Path, tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text(MYPY)
    options = ["--config-file", str(tmp_path / "mypy.ini"), "--cache-dir", str(tmp_path / "cache")]

    run(
        sys.executable,
        "-m",
        "mypy",
        *options,
        str(BOOKING),
        str(generated / "fieldops_client"),
        MYPYPATH=str(generated),
    )


@pytest.mark.rule("API-01")
def test_no_name_in_the_client_is_made_up_for_want_of_one(booking: ModuleType) -> None:
    known = set(json.loads(DOCUMENT.read_text("utf-8"))["components"]["schemas"])
    names = set(import_module("fieldops_client.models").__all__)

    facts = {"ProblemFacts", "ProblemViolationFacts", "ViolationFacts", "ReadinessViewStatus"}
    records = ("CreateCustomerBody", "ChangeCustomerBody", "ConvertLeadBody", "CustomerView", "CustomerChangeView")
    assert names - known == facts | {f"{record}Custom" for record in records}


@pytest.mark.rule("API-01", "API-02")
def test_the_client_books_a_visit_and_is_told_what_stands_in_the_way(desk: Any, booking: ModuleType) -> None:
    user, start = desk.first_opening(WEDNESDAY)

    booked = desk.book(user, start, key="first")
    collided = desk.book(user, start, key="second")

    assert isinstance(booked, booking.AppointmentView)
    assert (booked.user.id, booked.start, booked.version) == (user, start, 1)
    assert desk.show(booked.id) == booked
    assert isinstance(collided, booking.Problem)
    assert (collided.status, collided.type_) == (422, "/problems/slot.taken")
    refusal = booking.violation(collided)
    assert (refusal.rule, refusal.code, refusal.field) == ("SCH-06", "slot.taken", "start")
    assert UUID(refusal.facts["appointment"]) == booked.id


@pytest.mark.rule("API-03")
def test_the_client_repeats_a_booking_and_books_once(desk: Any) -> None:
    user, start = desk.first_opening(WEDNESDAY)

    assert desk.book(user, start, key="same") == desk.book(user, start, key="same")


@pytest.mark.rule("STO-04")
def test_the_client_changes_the_version_that_it_read(desk: Any, booking: ModuleType) -> None:
    booked = desk.book(*desk.first_opening(WEDNESDAY), key="first")

    stale, cancelled = (desk.cancel(booked.id, version=version) for version in (7, booked.version))

    assert isinstance(stale, booking.Problem)
    assert stale.status == 409
    assert isinstance(cancelled, booking.AppointmentView)
    assert (cancelled.cancelled_by, cancelled.version) == (booking.CancelledBy.CUSTOMER, 2)
