"""
Files.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.customers.model import File
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class FileView:
    """
    A file on a record. *media_type* is what its bytes show; *size* is bytes; *digest* is their SHA-256, hex.
    """

    id: UUID
    customer: UUID
    name: str
    media_type: str
    size: int
    digest: str
    created_by: NamedView | None
    created_at: datetime
    version: int


@frozen(kw_only=True)
class FilesView:
    """
    One page of a record's files, newest first; *count* is how many there are, where asked for.
    """

    items: tuple[FileView, ...]
    next: str | None
    count: int | None = None


@frozen(kw_only=True)
class FilePlace:
    """
    Where the bytes of a file are kept. Not for the world: its *key* is told to nobody.
    """

    name: str
    media_type: str
    key: str


def file_view(file: File, names: Names) -> FileView:
    return FileView(
        id=file.id,
        customer=file.customer,
        name=file.name,
        media_type=file.content.media_type,
        size=file.content.size,
        digest=file.content.digest,
        created_by=names.user(file.created_by),
        created_at=file.created_at,
        version=file.version,
    )
