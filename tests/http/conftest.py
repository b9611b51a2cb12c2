from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient

from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany, example_company
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
