"""
Credit checks: what a bureau answered about a record.
"""

from datetime import datetime
from typing import NewType
from uuid import UUID

from attrs import field, frozen

from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.plain import PARTS
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import filled, tidy

CreditCheckId = NewType("CreditCheckId", UUID)


def _bureau(text: str) -> str:
    return filled(text, field="bureau", limit=100)


@frozen(kw_only=True)
class CreditInquiry:
    """
    What a *bureau* is told of a person or business. What is secret stays so: nothing of it is kept with the answer.
    """

    company: CompanyId
    customer: CustomerId
    bureau: str
    name: str
    address: Address
    previous_address: Address | None = None
    ssn: Secret | None = None
    birthdate: Secret | None = None


@frozen(kw_only=True)
class CreditReport:
    """
    What a bureau answered: a *score* from 0 to 999, None where it has none, and its *tracking_number* of the inquiry.
    *sandbox*: it was made up, for trials.

    Raises:
        InvalidValue: where the score is out of its range, or the tracking number has more than 100 characters.
    """

    score: int | None = None
    tracking_number: str = ""
    sandbox: bool = False

    def __attrs_post_init__(self) -> None:
        tidy(self, tracking_number=100)
        if self.score is not None and not 0 <= self.score <= 999:
            sentence = "A credit score is a number from 0 to 999."
            raise InvalidValue("credit_score.invalid", sentence, field="score", rule="CUS-02")


@frozen(kw_only=True)
class CreditCheck:
    """
    A credit check of a record, and whether it is the *active* one: applied, and none after it. Neither its inquiry nor
    anything secret is kept.

    Raises:
        InvalidValue: where the bureau does not have 1 to 100 characters.
    """

    id: CreditCheckId
    customer: CustomerId
    bureau: str = field(converter=_bureau)
    report: CreditReport = field(metadata=PARTS)
    run_by: UserId | None
    run_at: datetime
    active: bool = False
    applied_by: UserId | None = None
    applied_at: datetime | None = None
    version: int = 1
