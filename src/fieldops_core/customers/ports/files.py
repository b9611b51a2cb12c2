"""
What is known of files, and where their bytes are kept.
"""

from collections.abc import Collection, Iterator
from typing import Protocol

from fieldops_core.customers.model import File, FileId, StoredBytes
from fieldops_core.customers.ports.belongings import Belongings
from fieldops_core.kernel.ids import CompanyId


class FileRows(Belongings[FileId, File], Protocol):
    """
    What is known of files; their bytes are kept by :class:`Files`.
    """

    def remove(self, state: File) -> None:
        """
        Raises:
            Conflict: where the stored version is another.
        """

    def named(self, keys: Collection[str]) -> frozenset[str]:
        """
        Those of some keys that a file of the company names.
        """


class FilesFailed(Exception):
    """
    Bytes could not be kept or read: the message is a sentence for people.
    """


class Files(Protocol):
    """
    Keeps the bytes of files, each company's apart, under keys of letters, digits, ``-`` and ``_`` that are hard to
    guess. What was put is there for good when ``put`` returns. Used outside of transactions.

    Every method raises FilesFailed where the store does not answer.
    """

    def put(self, company: CompanyId, key: str, content: bytes) -> None: ...

    def get(self, company: CompanyId, key: str) -> bytes | None:
        """
        None where nothing is kept under that key.
        """

    def remove(self, company: CompanyId, key: str) -> None:
        """
        Nothing is kept under that key from now on, whether there was or not.
        """

    def stored(self) -> Iterator[StoredBytes]:
        """
        All that is kept, of all companies, one company after another.
        """


class NoFiles:
    """
    Keeps none: for embedders who have no use for them.
    """

    def put(self, company: CompanyId, key: str, content: bytes) -> None:
        raise FilesFailed("No files are kept here.")

    def get(self, company: CompanyId, key: str) -> bytes | None:
        return None

    def remove(self, company: CompanyId, key: str) -> None:
        pass

    def stored(self) -> Iterator[StoredBytes]:
        return iter(())
