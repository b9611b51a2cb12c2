"""
Files: bytes first, then the row; what no row names is swept.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve

from fieldops_adapters.files.memory import MemoryFiles
from fieldops_core.access.model import Action, Permission
from fieldops_core.app.filing import Download
from fieldops_core.customers.messages import ListFiles, RemoveFile
from fieldops_core.customers.model import CustomerId, FileId, StoredBytes
from fieldops_core.customers.ports import FilesFailed, NoFiles
from fieldops_core.customers.views import FilesView, FileView
from fieldops_core.kernel.errors import Conflict, Forbidden, InvalidValue, NotFound, Unavailable
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.kernel.rules import Refused
from fieldops_core.testing.builders import fresh
from tests.support.world import World

PDF = b"%PDF-1.7 ..."
RECORD, FILES = (Permission.CUSTOMERS, Action.VIEW), (Permission.FILES, Action.CREATE)


class Watched(MemoryFiles):
    """
    Tells what is kept as if it had been put on the world's day, and may be broken.
    """

    def __init__(self) -> None:
        super().__init__()
        self.at = datetime(2026, 5, 25, 12, tzinfo=UTC)
        self.puts = 0
        self.broken = False

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        self.puts += 1
        if self.broken:
            raise FilesFailed("Down.")
        super().put(company, key, content)

    def stored(self) -> Iterator[StoredBytes]:
        return (evolve(each, at=self.at) for each in super().stored())


class Filed(World):
    def __init__(self) -> None:
        super().__init__()
        self.files = Watched()
        self.ports = evolve(self.ports, files=self.files)
        self.ops = self.engine()

    def upload(self, content: bytes = PDF, name: str = "Contract.pdf", **how: object) -> FileView:
        answer = self.ops.upload(self.maria.id, name, content, self.context(**how)).answer  # type: ignore[arg-type]
        assert isinstance(answer, FileView)
        return answer

    def kept(self) -> list[bytes | None]:
        return [self.files.get(each.company, each.key) for each in self.files.stored()]

    def rows(self) -> list[str]:
        return [each.name for each in self.ask(ListFiles(customer=self.maria.id), FilesView).items]

    def download(self, id: object) -> Download:
        return self.ops.download(FileId(id), self.context())  # type: ignore[arg-type]


@pytest.mark.rule("CUS-23")
def test_an_upload_keeps_the_bytes_and_the_row_that_names_them() -> None:
    world = Filed()

    view = world.upload()

    assert (world.kept(), world.rows()) == ([PDF], ["Contract.pdf"])
    assert world.download(view.id) == Download(name="Contract.pdf", media_type="application/pdf", content=PDF)


@pytest.mark.rule("CUS-23")
def test_bytes_are_kept_before_the_row_is() -> None:
    world = Filed()
    world.files.broken = True

    with pytest.raises(FilesFailed):
        world.upload()

    assert (world.files.puts, world.rows()) == (1, [])


@pytest.mark.rule("ACC-16")
def test_who_may_not_add_a_file_fills_no_store() -> None:
    world = Filed()

    for actor in (world.actor(RECORD), world.actor(FILES), world.actor(RECORD, FILES, at=world.phoenix.id)):
        with pytest.raises(Forbidden):
            world.upload(actor=actor)
    for content, name in ((b"", "a.pdf"), (b"x" * 25_000_001, "a.pdf"), (PDF, "a/b.pdf")):
        with pytest.raises(InvalidValue):
            world.upload(content, name)
    with pytest.raises(NotFound):
        world.ops.upload(CustomerId(fresh()), "a.pdf", PDF, world.context())

    assert world.files.puts == 0


def test_bytes_whose_row_does_not_come_about_are_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    world = Filed()
    monkeypatch.setattr(type(world.ops), "execute", always_in_conflict)

    with pytest.raises(Unavailable):
        world.upload()

    assert (world.files.puts, world.kept()) == (1, [])


def always_in_conflict(*_: object) -> object:
    raise Unavailable("Others are changing the same things just now.") from Conflict()


@pytest.mark.rule("API-03")
def test_an_upload_that_is_repeated_answers_the_first_and_keeps_nothing_twice() -> None:
    world = Filed()

    first = world.upload(command_id="a")
    again = world.upload(command_id="a")

    assert again == first
    assert (world.files.puts, world.kept(), world.rows()) == (1, [PDF], ["Contract.pdf"])
    with pytest.raises(Refused):
        world.upload(b"another", command_id="a")
    assert world.kept() == [PDF]


@pytest.mark.rule("CUS-23")
def test_what_no_file_names_is_swept_when_it_is_a_day_old() -> None:
    world = Filed()
    kept, gone = world.upload(), world.upload(b"gone")
    world.execute(RemoveFile(file=FileId(gone.id)))
    world.files.put(world.company.id, "left-by-a-process-that-died", b"cut off")
    assert len(world.kept()) == 3

    world.files.at = world.clock() - timedelta(days=1)
    assert world.ops.sweep_files() == 0
    world.files.at -= timedelta(seconds=1)
    assert world.ops.sweep_files() == 2

    assert world.kept() == [PDF]
    assert world.download(kept.id).content == PDF
    assert world.ops.sweep_files() == 0


@pytest.mark.rule("SEC-01")
def test_what_another_database_keeps_in_the_same_place_is_not_swept() -> None:
    world, other = Filed(), CompanyId(fresh())
    world.files.put(other, "of-a-company-elsewhere", b"theirs")
    world.files.at = world.clock() - timedelta(days=100)

    assert world.ops.sweep_files() == 0
    assert world.kept() == [b"theirs"]


def test_many_are_swept_in_batches() -> None:
    world = Filed()
    world.upload()
    for number in range(1_001):
        world.files.put(world.company.id, f"nobody-names-this-{number}", b"x")
    world.files.at -= timedelta(days=30)

    assert world.ops.sweep_files() == 1_001
    assert world.kept() == [PDF]


def test_a_file_whose_bytes_are_lost_is_not_found() -> None:
    world = Filed()
    view = world.upload()
    (stored,) = world.files.stored()
    world.files.remove(stored.company, stored.key)

    with pytest.raises(NotFound) as lost:
        world.download(view.id)
    assert lost.value.kind == "file_content"


def test_without_a_store_no_files_are_kept() -> None:
    world = Filed()
    world.ports = evolve(world.ports, files=NoFiles())
    world.ops = world.engine()

    with pytest.raises(FilesFailed):
        world.upload()
    assert world.rows() == []
    assert world.ops.sweep_files() == 0
