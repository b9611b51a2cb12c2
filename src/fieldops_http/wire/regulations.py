"""
Requests about government regulations.
"""

from datetime import date

import msgspec
from msgspec import UnsetType

from fieldops_core.company.model import EntryId
from fieldops_core.customers.messages import ChangeFulfilment, FulfilRegulation
from fieldops_core.customers.model import CustomerId, FulfilmentId
from fieldops_http.wire.values import Body, Change, keep


class FulfilRegulationBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    An entry of the catalog `regulations`, the number of the permit, inspection or receipt, and local dates.
    """

    regulation: EntryId
    fulfilled_on: date
    number: str = ""
    expires_on: date | None | UnsetType = msgspec.UNSET

    def command(self, customer: CustomerId) -> FulfilRegulation:
        return FulfilRegulation(
            customer=customer,
            regulation=self.regulation,
            fulfilled_on=self.fulfilled_on,
            number=self.number,
            expires_on=keep(self.expires_on),
        )


class ChangeFulfilmentBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields.
    """

    fulfilled_on: date | UnsetType = msgspec.UNSET
    number: str | UnsetType = msgspec.UNSET
    expires_on: date | None | UnsetType = msgspec.UNSET

    def command(self, fulfilment: FulfilmentId) -> ChangeFulfilment:
        return ChangeFulfilment(
            fulfilment=fulfilment,
            fulfilled_on=keep(self.fulfilled_on),
            number=keep(self.number),
            expires_on=keep(self.expires_on),
        )
