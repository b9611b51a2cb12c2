"""
Files.
"""

from attrs import frozen

from fieldops_core.customers.model import CustomerId, FileContent, FileId
from fieldops_core.kernel.events import Event


@frozen(kw_only=True)
class AddFile:
    """
    A file on a record, whose bytes are kept already: ``FieldOps.upload`` does both.
    """

    customer: CustomerId
    name: str
    content: FileContent


@frozen(kw_only=True)
class RenameFile:
    file: FileId
    name: str


@frozen(kw_only=True)
class RemoveFile:
    """
    It is gone from the record. Its bytes are swept later.
    """

    file: FileId


@frozen(kw_only=True)
class ShowFile:
    file: FileId


@frozen(kw_only=True)
class FindFile:
    """
    Where the bytes of a file are kept: for ``FieldOps.download``, which reads them.
    """

    file: FileId


@frozen(kw_only=True)
class ListFiles:
    """
    Those of a record, newest first, after the one of id *after*, at most *limit*; with *count*, how many there are.
    """

    customer: CustomerId
    after: FileId | None = None
    limit: int = 50
    count: bool = False


class FileAdded(Event):
    pass


class FileRenamed(Event):
    pass


class FileRemoved(Event):
    pass
