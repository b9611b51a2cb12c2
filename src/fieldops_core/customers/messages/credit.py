"""
Credit checks.
"""

from attrs import field, frozen

from fieldops_core.customers.model import CreditCheckId, CreditReport, CustomerId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.plain import INTERNAL


@frozen(kw_only=True)
class RunCreditCheck:
    """
    Keep what a *bureau* answers about a record; it is active only when it is applied. *report* is that answer:
    ``FieldOps.run_credit_check`` asks first, also with the *previous_address* where one is told.
    """

    customer: CustomerId
    bureau: str
    previous_address: Address | None = None
    report: CreditReport = field(default=CreditReport(), metadata=INTERNAL)


@frozen(kw_only=True)
class ApplyCreditCheck:
    """
    Make it the active one: its score and tracking number become the record's.
    """

    check: CreditCheckId
    confirmed: bool = False


@frozen(kw_only=True)
class ShowCreditCheck:
    check: CreditCheckId


@frozen(kw_only=True)
class ListCreditChecks:
    """
    Those of a record, newest first, after the one of id *after*, at most *limit*; with *count*, how many there are.
    """

    customer: CustomerId
    after: CreditCheckId | None = None
    limit: int = 50
    count: bool = False


class CreditCheckRun(Event):
    pass


class CreditCheckApplied(Event):
    pass


class CreditCheckSuperseded(Event):
    pass
