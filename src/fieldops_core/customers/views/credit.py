"""
Credit checks.
"""

from datetime import datetime
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import Settings
from fieldops_core.customers.model import CreditCheck
from fieldops_core.customers.views.names import NamedView, Names


@frozen(kw_only=True)
class CreditCheckView:
    """
    What a bureau answered: a score, null where it has none, with its letter by the company's bands. *active*: it was
    applied, and none after it. *sandbox*: it was made up, for trials.
    """

    id: UUID
    customer: UUID
    bureau: str
    score: int | None
    grade: str | None
    tracking_number: str
    sandbox: bool
    active: bool
    run_by: NamedView | None
    run_at: datetime
    applied_by: NamedView | None
    applied_at: datetime | None
    version: int


@frozen(kw_only=True)
class CreditChecksView:
    """
    One page of a record's credit checks, newest first, and the *bureaus* that can be asked; *count* is how many there
    are, where asked for.
    """

    items: tuple[CreditCheckView, ...]
    bureaus: tuple[str, ...]
    next: str | None
    count: int | None = None


def credit_check_view(check: CreditCheck, settings: Settings, names: Names) -> CreditCheckView:
    return CreditCheckView(
        id=check.id,
        customer=check.customer,
        bureau=check.bureau,
        score=check.report.score,
        grade=settings.credit_grade(check.report.score),
        tracking_number=check.report.tracking_number,
        sandbox=check.report.sandbox,
        active=check.active,
        run_by=names.user(check.run_by),
        run_at=check.run_at,
        applied_by=names.user(check.applied_by),
        applied_at=check.applied_at,
        version=check.version,
    )
