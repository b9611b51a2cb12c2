"""
Requests about archiving.
"""

from typing import Annotated

from msgspec import Meta

from fieldops_core.archiving.messages import ArchiveCustomer, UnarchiveCustomer
from fieldops_core.customers.model import CustomerId
from fieldops_http.wire.values import Change


class ArchiveCustomerBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    That somebody has seen the preview whose *consent* this is, and *confirmed* it.
    """

    consent: Annotated[str, Meta(max_length=64)]
    confirmed: bool = False

    def command(self, customer: CustomerId) -> ArchiveCustomer:
        return ArchiveCustomer(customer=customer, consent=self.consent, confirmed=self.confirmed)


class UnarchiveCustomerBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    That somebody *confirmed* it; with *children*, the archived sub-customers come back too.
    """

    confirmed: bool = False
    children: bool = False

    def command(self, customer: CustomerId) -> UnarchiveCustomer:
        return UnarchiveCustomer(customer=customer, confirmed=self.confirmed, children=self.children)
