"""
Government regulations: what a record has fulfilled of them.
"""

from datetime import date, datetime
from enum import Enum
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import CatalogEntry, EntryId
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.text import tidy
from fieldops_core.kernel.time import valid_date

FulfilmentId = NewType("FulfilmentId", UUID)

FULFILMENT_LIMIT = 200


class RegulationStatus(Enum):
    """
    How a record stands to a regulation: it was never fulfilled, it is, or it was and that has expired.
    """

    MISSING = "missing"
    FULFILLED = "fulfilled"
    EXPIRED = "expired"


@frozen(kw_only=True)
class Fulfilment:
    """
    That a record has fulfilled a *regulation*, an entry of that catalog: the *number* of the permit, inspection or
    receipt, when it was, and the last day on which it holds, None for ever. Dates are local ones of the record.

    Raises:
        InvalidValue: where the number has more than 100 characters, a date lies before 1900 or after 2199, or the last
            day before the first.
    """

    id: FulfilmentId
    customer: CustomerId
    regulation: EntryId
    number: str = ""
    fulfilled_on: date
    expires_on: date | None = None
    created_by: UserId | None
    created_at: datetime
    changed_by: UserId | None
    changed_at: datetime
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, number=100)
        valid_date(self.fulfilled_on, field="fulfilled_on")
        if self.expires_on is not None and valid_date(self.expires_on, field="expires_on") < self.fulfilled_on:
            sentence = "What was fulfilled does not expire before that."
            raise InvalidValue("fulfilment.expired_before", sentence, field="expires_on", rule="CUS-24")

    def holds(self, today: date) -> bool:
        """
        Fulfilled by now, and not expired.
        """
        return self.fulfilled_on <= today and (self.expires_on is None or today <= self.expires_on)


@frozen(kw_only=True)
class Regulated:
    """
    A *regulation* that is a record's, or of which it has fulfilments, newest first.
    """

    regulation: CatalogEntry
    applies: bool
    status: RegulationStatus
    fulfilments: tuple[Fulfilment, ...]
