"""
Identities. An id is a value (a UUID); making one is the outside world's business (:class:`Ids`).
"""

from typing import NewType, Protocol
from uuid import UUID

CompanyId = NewType("CompanyId", UUID)
LocationId = NewType("LocationId", UUID)
UserId = NewType("UserId", UUID)


class Ids(Protocol):
    """
    Makes new ids. They sort by the moment of their making (UUIDv7), so that tables and pages stay in order.
    """

    def __call__(self) -> UUID: ...
