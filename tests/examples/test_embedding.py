"""
The example of a program that embeds the engine: it runs, it is short, and its adapter keeps the port's contract.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from examples import embedding
from fieldops_adapters.memory import MemoryStorage
from fieldops_core.app.ports import Storage
from fieldops_core.testing.contracts import AppointmentsContract, ConcurrencyContract, IsolationContract, UnitsContract
from tests.support.bare import printed

EXAMPLE = Path(embedding.__file__)


@pytest.mark.rule("OPS-03")
class TestVisits(AppointmentsContract, UnitsContract, IsolationContract):
    """
    The table of the example, and the memory adapters for all the rest, put together as they are there.
    """

    @pytest.fixture
    def storage(self) -> Iterator[Storage]:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute(embedding.TABLE)
            yield MemoryStorage.beside(lambda: connection, appointments=embedding.Visits)


@pytest.mark.rule("OPS-03")
class TestVisitsInThreads(ConcurrencyContract):
    """
    The same with a connection for each unit of work.
    """

    @pytest.fixture
    def storage(self, tmp_path: Path) -> Storage:
        @contextmanager
        def transaction() -> Iterator[sqlite3.Connection]:
            with closing(sqlite3.connect(tmp_path / "visits.db")) as connection, connection:
                yield connection

        with transaction() as connection:
            connection.execute(embedding.TABLE)
        return MemoryStorage.beside(transaction, appointments=embedding.Visits)


@pytest.mark.rule("OPS-03")
def test_it_books_collides_and_lists_with_attrs_and_dateutil_alone() -> None:
    refusal, _, listed = printed(EXAMPLE).partition("\n")

    assert refusal == "Ann is already booked from 09:00 to 10:00 with Maria Nielsen."
    (visit,) = json.loads(listed)["items"]
    assert (visit["user"]["name"], visit["start"]) == ("Ann", "2026-05-27T09:00:00-06:00")


@pytest.mark.rule("OPS-03")
def test_it_is_shorter_than_sixty_lines() -> None:
    assert len(EXAMPLE.read_text("utf-8").splitlines()) < 60
