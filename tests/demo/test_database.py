import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from fieldops_core.app.door import Unauthenticated
from fieldops_core.work_orders.ports import Selection
from fieldops_http.cli.telling import CannotDo
from fieldops_http.demo import SIZES, company
from fieldops_http.demo.database import make, open_demo, token, token_file
from fieldops_http.demo.filling import Told
from fieldops_http.settings import Settings

TODAY = date(2026, 5, 20)


def quiet(what: str, done: int, of: int) -> None: ...


def make_small(database: Path, told: Told = quiet) -> None:
    make(database, size=SIZES["small"], today=TODAY, told=told)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("demo") / "new" / "fieldops.db"
    make_small(path)
    return path


def settings(database: Path) -> Settings:
    return Settings(database=f"sqlite:///{database}")


def test_a_new_demo_is_one_file(database: Path, tmp_path: Path) -> None:
    assert [each.name for each in database.parent.iterdir() if not each.name.endswith(".token")] == ["fieldops.db"]


def interrupt(what: str, done: int, of: int) -> None:
    if "Customers" in what:
        raise KeyboardInterrupt


def test_whoever_interrupts_the_filling_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        make_small(tmp_path / "fieldops.db", interrupt)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.rule("OPS-02")
def test_what_a_killed_filling_left_is_filled_anew(tmp_path: Path) -> None:
    database = tmp_path / "fieldops.db"
    killed = (
        "import os, pathlib; from tests.demo.test_database import make_small\n"
        f"make_small(pathlib.Path({str(database)!r}), lambda what, *_: 'Customers' in what and os._exit(9))"
    )
    assert subprocess.run([sys.executable, "-c", killed]).returncode == 9
    assert not database.exists()
    assert tmp_path.joinpath("fieldops.db.filling").exists()
    for leftover in ("fieldops.db-wal", "fieldops.db-shm"):  # of a demo that was removed
        tmp_path.joinpath(leftover).write_bytes(b"old")

    make_small(database)

    assert [each.name for each in tmp_path.iterdir()] == ["fieldops.db"]
    engine, found = open_demo(database, settings(database))
    assert engine.storage.company_named(company.SLUG) == found


@pytest.mark.rule("OPS-02")
def test_two_do_not_fill_the_same_file(tmp_path: Path) -> None:
    database, refused = tmp_path / "fieldops.db", list[str]()

    def again(what: str, done: int, of: int) -> None:
        if not refused:
            with pytest.raises(CannotDo, match="Another process is filling") as other:
                make_small(database)
            refused.append(str(other.value))
        interrupt(what, done, of)

    with pytest.raises(KeyboardInterrupt):
        make_small(database, again)

    assert len(refused) == 1


def test_a_token_is_kept_in_a_file_that_only_its_owner_reads(database: Path) -> None:
    engine, id = open_demo(database, settings(database))
    file = token_file(database, "dispatcher")

    text = token(engine, id, company.DISPATCHER, file)

    assert file.name == "fieldops.dispatcher.token"
    assert file.read_text() == f"{text}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert token(engine, id, company.DISPATCHER, file) == text


def test_a_token_that_is_not_valid_is_replaced(database: Path, tmp_path: Path) -> None:
    engine, id = open_demo(database, settings(database))
    file = tmp_path / "old.token"
    file.write_text("fo_0123\n")

    text = token(engine, id, company.OWNER, file)

    assert engine.fieldops.identify(slug=company.SLUG, token=text).company == id
    with pytest.raises(Unauthenticated):
        engine.fieldops.identify(slug=company.SLUG, token="fo_0123")


@pytest.mark.parametrize("content", [b"", b"not a database"])
def test_a_file_that_is_no_demo_is_left_alone(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "mine.db"
    file.write_bytes(content)

    with pytest.raises(CannotDo, match=r"mine\.db is no demo of this version"):
        open_demo(file, settings(file))


@pytest.mark.rule("WOR-01")
def test_notes_of_work_orders_hold_the_markup_that_was_typed(database: Path) -> None:
    engine, id = open_demo(database, settings(database))

    with engine.storage.reading(id) as unit:
        notes = [each.work_order.note for each in unit.work_orders.page(Selection(), after=None, limit=200)]

    assert any(note.startswith("<p>") for note in notes)
    assert not any("&lt;p&gt;" in note for note in notes)
