"""
Many guesses at once are counted one by one.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.app.door import Attempt, Unauthenticated
from fieldops_core.kernel.errors import Conflict, Unavailable
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.model import Attempts
from fieldops_core.login.rules import Slowed
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import World as Kept
from fieldops_core.testing.contracts.world import founded
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World

GUESSES = 16
KEY = "account ann"


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
        begin.wait(60)
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


@pytest.mark.rule("API-05")
def test_who_began_to_count_before_another_had_counted_does_not_overwrite_that(postgresql_url: str) -> None:
    one, other = (storage_at(server_url(postgresql_url)) for _ in range(2))
    company = founded(one).company.id
    first = Attempts(count=1, last_at=NOW)

    def begin_late() -> None:
        with one.writing(company) as late:
            assert late.attempts.of(KEY) is None
            with other.writing(company) as early:
                assert early.attempts.of(KEY) is None
                early.attempts.put(KEY, first, forget_at=NOW)
            late.attempts.put(KEY, first, forget_at=NOW)

    with pytest.raises(Conflict):
        begin_late()

    with one.writing(company) as unit:
        assert unit.attempts.of(KEY) == first
