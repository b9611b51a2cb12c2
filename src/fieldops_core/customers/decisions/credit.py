"""
What running a credit check, and applying one, come to.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.customers.messages import (
    CreditCheckApplied,
    CreditCheckRun,
    CreditCheckSuperseded,
    CustomerChanged,
    RunCreditCheck,
)
from fieldops_core.customers.model import CreditCheck, CreditCheckId, Customer
from fieldops_core.customers.rules import APPLYING, CHECKING, CREDIT, Applying, Checking
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import refuse, require, violations


def run_credit_check(
    command: RunCreditCheck, case: Checking, by: UserId | None, *, new_id: Callable[[], UUID], now: datetime
) -> Outcome[CreditCheck]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    refuse(violations(CREDIT, case.settings) or violations(CHECKING, case))
    check = CreditCheck(
        id=CreditCheckId(new_id()),
        customer=command.customer,
        bureau=command.bureau,
        report=command.report,
        run_by=by,
        run_at=now,
    )
    return Outcome(state=check, events=(CreditCheckRun.of(None, check, at=now),))


def apply_credit_check(case: Applying, by: UserId | None, *, now: datetime) -> Outcome[CreditCheck]:
    """
    Raises:
        Refused: with every rule that stands against it.
    """
    require(APPLYING, case)
    check = case.check
    applied = evolve(check, active=True, applied_by=by, applied_at=now, version=check.version + 1)
    return Outcome(before=check, state=applied, events=(CreditCheckApplied.of(check, applied, at=now),))


def supersede(check: CreditCheck, *, now: datetime) -> Outcome[CreditCheck]:
    """
    The one that was active, as another is applied.
    """
    former = evolve(check, active=False, version=check.version + 1)
    return Outcome(before=check, state=former, events=(CreditCheckSuperseded.of(check, former, at=now),))


def score(customer: Customer, check: CreditCheck, *, now: datetime) -> Outcome[Customer]:
    """
    The record with the score and tracking number of a check that was applied.
    """
    report = check.report
    changed = evolve(
        customer,
        credit_score=report.score,
        credit_tracking_number=report.tracking_number,
        version=customer.version + 1,
    )
    return Outcome(before=customer, state=changed, events=(CustomerChanged.of(customer, changed, at=now),))
