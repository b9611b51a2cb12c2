"""
What is a folder of files' own: nothing half written, nothing for others to read, no surprises in it.
"""

import os
import stat
from pathlib import Path
from uuid import UUID

import pytest

from fieldops_adapters.files.folder import FolderFiles
from fieldops_core.customers.ports import FilesFailed
from fieldops_core.kernel.ids import CompanyId

COMPANY = CompanyId(UUID(int=7))
KEY = "abcdefghijklmnop-_0123456789"


def everything(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def test_a_file_lies_under_its_company_and_key_for_this_user_alone(tmp_path: Path) -> None:
    FolderFiles(tmp_path).put(COMPANY, KEY, b"x")

    path = tmp_path / COMPANY.hex / "ab" / KEY
    assert everything(tmp_path) == [str(path.relative_to(tmp_path))]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_write_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(FilesFailed, match="No space left on device"):
        FolderFiles(tmp_path).put(COMPANY, KEY, b"x")

    assert everything(tmp_path) == []


@pytest.mark.rule("STO-07")
def test_what_is_half_written_is_no_file_and_can_be_swept(tmp_path: Path) -> None:
    files, folder = FolderFiles(tmp_path), tmp_path / COMPANY.hex / "ab"
    folder.mkdir(parents=True)
    (folder / f"{KEY}.part").write_bytes(b"half of i")

    assert files.get(COMPANY, KEY) is None
    (told,) = files.stored()
    files.remove(told.company, told.key)
    assert everything(tmp_path) == []


def test_what_lies_there_besides_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("Do not touch.")
    (tmp_path / "lost+found").mkdir()

    assert list(FolderFiles(tmp_path).stored()) == []


def test_a_folder_that_is_not_there_yet_is_empty(tmp_path: Path) -> None:
    files = FolderFiles(tmp_path / "files")

    assert (list(files.stored()), files.get(COMPANY, KEY)) == ([], None)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "files").write_text("a file")

    with pytest.raises(FilesFailed, match="folder of files"):
        FolderFiles(tmp_path / "files").put(COMPANY, KEY, b"x")
