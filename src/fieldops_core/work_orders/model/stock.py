"""
What technicians carry with them.
"""

from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.ids import UserId

StockId = NewType("StockId", UUID)


@frozen(kw_only=True)
class Stock:
    """
    How many of an equipment item a technician has. It may fall below zero: what was installed was there, whatever was
    received (PUR-03).
    """

    id: StockId
    technician: UserId
    item: EntryId
    quantity: int = 0
    version: int = 1

    @property
    def short(self) -> bool:
        return self.quantity < 0
