"""
Files.
"""

import re
from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.plain import INTERNAL
from fieldops_core.kernel.text import filled

FileId = NewType("FileId", UUID)

FILE_LIMIT = 25_000_000
"""
How many bytes a file has at most.
"""

_NO_NAME = re.compile(r"[\x00-\x1f\x7f/\\]|^\.+$")


def _name(text: str) -> str:
    name = filled(text, field="name")
    if _NO_NAME.search(name):
        sentence = "The name of a file has no slashes and no control characters."
        raise InvalidValue("file.name_invalid", sentence, field="name", rule="CUS-23")
    return name


def valid_size(size: int) -> int:
    """
    Raises:
        InvalidValue: where a file is empty, or has more than 25,000,000 bytes.
    """
    if size < 1:
        raise InvalidValue("file.empty", "The file is empty.", rule="CUS-23")
    if size > FILE_LIMIT:
        sentence, facts = f"A file has at most {FILE_LIMIT:,} bytes.", {"size": size, "limit": FILE_LIMIT}
        raise InvalidValue("file.too_large", sentence, facts=facts, rule="CUS-23")
    return size


@frozen(kw_only=True)
class FileContent:
    """
    What is known of the bytes of a file: their *media_type*, as they themselves tell it, how many they are, their
    SHA-256 in hex, and the *key* under which they are kept, which nobody outside is told.

    Raises:
        InvalidValue: where there are none, or too many.
    """

    media_type: str
    size: int = field(converter=valid_size)
    digest: str
    key: str = field(metadata=INTERNAL)


@frozen(kw_only=True)
class File:
    """
    A file on a record. Its bytes are kept apart. *name* is what people call it; nothing is kept under it.

    Raises:
        InvalidValue: where the name is none.
    """

    id: FileId
    customer: CustomerId
    name: str = field(converter=_name)
    content: FileContent
    created_by: UserId | None
    created_at: datetime
    version: int = 1


@frozen(kw_only=True)
class StoredBytes:
    """
    Bytes that are kept for a company under a *key*, since an instant.
    """

    company: CompanyId
    key: str
    at: datetime
