import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from fieldops_http import cli
from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany, example_company
from tests.support.command_line import Ran, Run
from tests.support.databases import sqlite_storage


@pytest.fixture
def company() -> ExampleCompany:
    """
    A fresh example company, kept in memory.
    """
    return example_company()


@pytest.fixture
def owner(company: ExampleCompany) -> Iterator["TestClient[Api]"]:
    """
    A client that may do everything.
    """
    with company.client() as client:
        yield client


@pytest.fixture(params=["memory", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> ExampleCompany:
    """
    A fresh example company in each kind of storage that needs no server.
    """
    return example_company(sqlite_storage(tmp_path / "http.db") if request.param == "sqlite" else None)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """
    Runs ``fieldops`` with some arguments on a database that is not there yet.
    """
    for name in [name for name in os.environ if name.startswith("FIELDOPS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("FIELDOPS_DATABASE", f"sqlite:///{tmp_path}/fieldops.db")
    monkeypatch.chdir(tmp_path)

    def fieldops(*arguments: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["fieldops", *arguments])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return fieldops


@pytest.fixture
def acme(run: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """
    Runs ``fieldops`` for a company that has just been founded.
    """
    run("migrate")
    founding = ("--owner-email", "olive@acme.example", "--zone", "America/Denver", "--location", "Provo")
    run("company", "create", "acme", "--owner-name", "Olive", *founding)
    monkeypatch.setenv("FIELDOPS_COMPANY", "acme")
    return run
