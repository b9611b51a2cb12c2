"""
Files in a folder of this machine.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from fieldops_adapters.files.keys import checked
from fieldops_core.customers.model import StoredBytes
from fieldops_core.customers.ports import FilesFailed
from fieldops_core.kernel.ids import CompanyId

PART = ".part"


class FolderFiles:
    """
    Keeps bytes in a folder: ``<company>/<first two letters of the key>/<key>``, for this user alone. A file is written
    beside its place, synced, and then renamed to it, so that it is there whole or not at all.

    Several processes may share the folder, also over a network file system that renames atomically. It is backed up
    with the database, and after it: bytes that no row names do no harm, a row without bytes does. It cannot grow beyond
    its disk.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        path = self._path(company, key)
        part = path.with_name(path.name + PART)
        with _told():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            try:
                with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
            for folder in (path.parent, path.parent.parent, self._root):
                _sync(folder)

    def get(self, company: CompanyId, key: str) -> bytes | None:
        with _told():
            try:
                return self._path(company, key).read_bytes()
            except FileNotFoundError:
                return None

    def remove(self, company: CompanyId, key: str) -> None:
        with _told():
            self._path(company, key).unlink(missing_ok=True)

    def stored(self) -> Iterator[StoredBytes]:
        """
        What a process left half written when it died is told under its key, and removed with it.
        """
        with _told():
            for folder in sorted(self._root.iterdir()) if self._root.is_dir() else ():
                with suppress(ValueError):  # what is not named for a company is not ours
                    company = CompanyId(UUID(hex=folder.name))
                    for path in sorted(folder.glob("??/*")):
                        yield from _stored(company, path)

    def _path(self, company: CompanyId, key: str) -> Path:
        half_written, name = key.endswith(PART), checked(key.removesuffix(PART))
        return self._root / company.hex / name[:2] / (name + PART * half_written)


def _stored(company: CompanyId, path: Path) -> Iterator[StoredBytes]:
    with suppress(FileNotFoundError):  # removed meanwhile
        yield StoredBytes(company=company, key=path.name, at=datetime.fromtimestamp(path.stat().st_mtime, UTC))


def _sync(folder: Path) -> None:
    """
    So that the name, too, outlives a power cut.
    """
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FilesFailed(f"The folder of files does not do what it should: {reason}.") from error
