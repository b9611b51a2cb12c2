"""
Files on a record: what they are, who may. How their bytes are kept: tests/unit/app/test_filing.py.
"""

from hashlib import sha256

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.customers.calculations import described, media_type_of
from fieldops_core.customers.messages import AddFile, FindFile, ListFiles, RemoveFile, RenameFile, ShowFile
from fieldops_core.customers.model import FILE_LIMIT, CustomerId, FileId
from fieldops_core.customers.views import FilesView, FileView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.plain import plain
from fieldops_core.testing.builders import a_file
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden

VIEW, CREATE, MODIFY = ((Permission.FILES, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))
RECORD = (Permission.CUSTOMERS, Action.VIEW)
PDF = b"%PDF-1.7 ..."


def wish(world: World, name: str = "Contract.pdf", customer: CustomerId | None = None) -> AddFile:
    key = f"key-of-a-file-{world.ids().hex}"
    return AddFile(customer=customer or world.maria.id, name=name, content=described(PDF, name=name, key=key))


def made(world: World, name: str = "Contract.pdf", customer: CustomerId | None = None) -> FileId:
    return FileId(world.do(wish(world, name, customer), FileView).id)


@pytest.mark.rule("CUS-23", "CUS-17")
def test_a_file_has_a_name_a_type_a_size_by_somebody_at_an_instant() -> None:
    world = World()

    view = world.ask(ShowFile(file=made(world, " Vertrag (Ü).pdf ")), FileView)

    assert (view.name, view.media_type, view.size) == ("Vertrag (Ü).pdf", "application/pdf", 12)
    assert view.digest == sha256(PDF).hexdigest()
    assert view.created_by is not None
    assert (view.created_by.name, view.created_at) == ("Olga", NOW)
    made(world, customer=world.lead.id)


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("", "text.empty"),
        ("x" * 201, "text.too_long"),
        ("a/b", "file.name_invalid"),
        ("..\\b", "file.name_invalid"),
        ("..", "file.name_invalid"),
        ("a\r\nX-Evil: 1", "file.name_invalid"),
        ("a\0b", "text.invalid"),
    ],
)
def test_a_name_is_one_line_and_no_path(name: str, code: str) -> None:
    world = World()
    id = made(world, "x" * 200)

    for command in (wish(world, name), RenameFile(file=id, name=name)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "name")
    assert world.do(RenameFile(file=id, name=".profile..."), FileView).name == ".profile..."


@pytest.mark.rule("CUS-23")
def test_a_file_is_not_empty_and_has_a_size_limit() -> None:
    content = described(b"x", name="x", key="k")

    assert evolve(content, size=FILE_LIMIT).size == 25_000_000
    for size, code in ((FILE_LIMIT + 1, "file.too_large"), (0, "file.empty")):
        with pytest.raises(InvalidValue) as refused:
            evolve(content, size=size)
        assert refused.value.code == code


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PDF, "a.html", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "a.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0...", "a.jpg", "image/jpeg"),
        (b"GIF89a...", "a", "image/gif"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "a", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", "a", "audio/wav"),
        (b"\x00\x00\x00\x18ftypheic....", "a", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom....", "a", "video/mp4"),
        (b"PK\x03\x04...", "a.zip", "application/zip"),
        (
            b"PK\x03\x04...",
            "a.DOCX",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (b"name;phone\nAnn;1", "a.csv", "text/csv"),
        ("Grüße\r\n\tAnn".encode(), "a.txt", "text/plain"),
        (b"<!doctype html><script>alert(1)</script>", "a.html", "text/plain"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "text/plain"),
        (b"MZ\x90\x00...", "a.png", "application/octet-stream"),
        (b"\xff\xfe\x00", "a.txt", "application/octet-stream"),
    ],
)
def test_the_type_is_what_the_bytes_show(content: bytes, name: str, kind: str) -> None:
    assert media_type_of(content, name) == kind


@pytest.mark.rule("CUS-16", "SEC-01")
def test_neither_history_nor_events_tell_under_which_key_bytes_are_kept() -> None:
    world, file = World(), a_file()
    command = wish(world)
    id = FileId(world.do(command, FileView).id)
    world.execute(RenameFile(file=id, name="Signed.pdf"))

    with world.storage.reading(world.company.id) as unit:
        renamed, added = unit.history.of("file", id)
    assert [(each.field, each.old, each.new) for each in renamed.changes] == [("name", "Contract.pdf", "Signed.pdf")]
    assert command.content.key not in str(added)
    assert file.content.key not in str(plain(file))


@pytest.mark.rule("CUS-23", "STO-04")
def test_a_file_is_renamed_and_removed() -> None:
    world = World()
    id, kept = made(world), made(world, "kept.pdf")

    assert world.do(RenameFile(file=id, name="Old.pdf"), FileView, expected_version=1).version == 2
    for command in (RenameFile(file=id, name="x.pdf"), RemoveFile(file=id)):
        with pytest.raises(Stale):
            world.execute(command, expected_version=1)
    assert world.do(RemoveFile(file=id), FileView, expected_version=2).name == "Old.pdf"

    for question in (ShowFile(file=id), FindFile(file=id)):
        with pytest.raises(NotFound):
            world.ask(question, object)
    assert [each.id for each in world.ask(ListFiles(customer=world.maria.id), FilesView).items] == [kept]


@pytest.mark.rule("CUS-17", "API-04")
def test_files_are_listed_newest_first_page_by_page_and_counted() -> None:
    world = World()
    for name in ("one", "two", "three"):
        made(world, name)

    first = world.ask(ListFiles(customer=world.maria.id, limit=2, count=True), FilesView)
    rest = world.ask(ListFiles(customer=world.maria.id, limit=2, after=FileId(first.items[-1].id)), FilesView)

    assert [each.name for each in (*first.items, *rest.items)] == ["three", "two", "one"]
    assert (first.count, rest.count, rest.next) == (3, None, None)


@pytest.mark.rule("ACC-16", "ACC-12", "ACC-22", "CUS-20")
def test_each_action_needs_its_own_permission_and_sight_of_the_record() -> None:
    world = World()
    id, gone, everything = made(world), made(world), (VIEW, CREATE, MODIFY)
    for command, needed in (
        (wish(world), (CREATE,)),
        (RenameFile(file=id, name="x.pdf"), (VIEW, MODIFY)),
        (RemoveFile(file=gone), (VIEW, MODIFY)),
    ):
        assert denial(world, command, by=world.actor(*everything)) == "ACC-12"
        elsewhere = world.actor(*needed, at=world.phoenix.id)
        both = evolve(elsewhere, grants=elsewhere.grants | world.actor(RECORD).grants)
        assert denial(world, command, by=both) == "ACC-16"
        for missing in needed:
            lacking = world.actor(RECORD, *(each for each in everything if each != missing))
            assert denial(world, command, by=lacking) in ("ACC-16", "ACC-18")
        world.execute(command, by=world.actor(RECORD, *needed, at=world.provo.id))

    for question in (ShowFile(file=id), FindFile(file=id), ListFiles(customer=world.maria.id)):
        assert hidden(world, question, by=world.actor(*everything)) == "ACC-12"
        assert hidden(world, question, by=world.actor(RECORD, CREATE, MODIFY)) == "ACC-18"
        world.ask(question, object, by=world.actor(RECORD, VIEW, at=world.provo.id))
