"""
Requests about records that cease to be.
"""

from typing import Annotated

from msgspec import Meta

from fieldops_core.customers.model import CustomerId
from fieldops_core.removing.messages import MergeCustomers
from fieldops_http.wire.values import Change


class MergeCustomersBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    That somebody has seen the preview whose *consent* this is, of merging the *other* record.
    """

    other: CustomerId
    consent: Annotated[str, Meta(max_length=64)]

    def command(self, customer: CustomerId) -> MergeCustomers:
        return MergeCustomers(customer=customer, other=self.other, consent=self.consent)
