import stat
from pathlib import Path

import pytest

from fieldops_core.app.fieldops import Unauthenticated
from fieldops_http.cli.telling import CannotDo
from fieldops_http.demo import office
from fieldops_http.demo.database import make, open_demo, token, token_file
from fieldops_http.settings import Settings


def quiet(_: str) -> None: ...


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "new" / "fieldops.db"
    make(path, quiet)
    return path


def settings(database: Path) -> Settings:
    return Settings(database=f"sqlite:///{database}")


def test_a_new_demo_is_one_file(database: Path, tmp_path: Path) -> None:
    assert [each.name for each in database.parent.iterdir() if not each.name.endswith(".token")] == ["fieldops.db"]


def test_whoever_interrupts_the_filling_leaves_nothing_behind(tmp_path: Path) -> None:
    def interrupt(what: str) -> None:
        if "customers" in what:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(tmp_path / "fieldops.db", interrupt)

    assert list(tmp_path.iterdir()) == []


def test_what_is_left_of_a_removed_demo_does_not_get_into_the_new_one(tmp_path: Path) -> None:
    for leftover in ("fieldops.db-wal", "fieldops.db-shm"):
        tmp_path.joinpath(leftover).write_bytes(b"old")

    make(tmp_path / "fieldops.db", quiet)

    assert [each.name for each in tmp_path.iterdir()] == ["fieldops.db"]


def test_a_token_is_kept_in_a_file_that_only_its_owner_reads(database: Path) -> None:
    engine, company = open_demo(database, settings(database))
    file = token_file(database, "dispatcher")

    text = token(engine, company, office.DISPATCHER, file)

    assert file.name == "fieldops.dispatcher.token"
    assert file.read_text() == f"{text}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token(engine, company, office.DISPATCHER, file) == text


def test_a_token_that_is_not_valid_is_replaced(database: Path, tmp_path: Path) -> None:
    engine, company = open_demo(database, settings(database))
    file = tmp_path / "old.token"
    file.write_text("fo_0123\n")

    text = token(engine, company, office.OWNER, file)

    assert engine.fieldops.identify(slug=office.SLUG, token=text).company == company
    with pytest.raises(Unauthenticated):
        engine.fieldops.identify(slug=office.SLUG, token="fo_0123")


@pytest.mark.parametrize("content", [b"", b"not a database"])
def test_a_file_that_is_no_demo_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.db"
    file.write_bytes(content)

    with pytest.raises(CannotDo, match=r"mine\.db is no demo of this version"):
        open_demo(file, settings(file))
