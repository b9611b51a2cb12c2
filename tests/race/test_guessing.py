"""
Many guesses at once are counted one by one.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.door import Attempt, Unauthenticated
from fieldops_core.kernel.errors import Unavailable
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.rules import Slowed
from fieldops_core.testing.contracts.world import World as Kept
from fieldops_core.testing.contracts.world import founded
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World

GUESSES = 16


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return sqlite_url(tmp_path / "race.db")
    return server_url(request.getfixturevalue("postgresql_url"))


@pytest.mark.rule("API-05")
def test_of_many_guesses_at_once_no_more_are_heard_than_one_after_the_other(url: str) -> None:
    # Two storages, as two processes have.
    storages: list[SqlStorage] = [storage_at(url), storage_at(url)]
    kept: Kept = founded(storages[0])
    doors = [World().engine(storage=each).door for each in storages]
    begin = Barrier(GUESSES)

    def guess(number: int) -> str:
        begin.wait(20)
        attempt = Attempt(email=kept.ann.email.address, password=Secret(f"guess number {number}"))
        try:
            doors[number % 2].log_in(kept.company.slug, attempt)
        except (Unauthenticated, Slowed, Unavailable) as refused:
            return type(refused).__name__
        return "let in"

    with ThreadPoolExecutor(GUESSES) as pool:
        ended = list(pool.map(guess, range(GUESSES)))

    assert ended.count("Unauthenticated") <= 5
    assert ended.count("Slowed") >= 1
    assert "let in" not in ended
