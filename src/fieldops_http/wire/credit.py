"""
Requests about credit checks.
"""

from fieldops_core.customers.messages import ApplyCreditCheck, RunCreditCheck
from fieldops_core.customers.model import CreditCheckId, CustomerId
from fieldops_core.kernel.errors import below
from fieldops_http.wire.values import AddressBody, Body, Change


class RunCreditCheckBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Which bureau is asked; an earlier address where it is to look there too.
    """

    bureau: str
    previous_address: AddressBody | None = None

    def command(self, customer: CustomerId) -> RunCreditCheck:
        with below("previous_address"):
            previous = self.previous_address.address() if self.previous_address else None
        return RunCreditCheck(customer=customer, bureau=self.bureau, previous_address=previous)


class ApplyCreditCheckBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    That somebody has *confirmed* it.
    """

    confirmed: bool = False

    def command(self, check: CreditCheckId) -> ApplyCreditCheck:
        return ApplyCreditCheck(check=check, confirmed=self.confirmed)
