"""
Credit checks of records.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.tables import credit_checks
from fieldops_core.customers.model import CreditCheck, CreditReport


def credit_check_row(check: CreditCheck) -> Values:
    return {
        "id": check.id,
        "customer_id": check.customer,
        "bureau": check.bureau,
        "score": check.report.score,
        "tracking_number": check.report.tracking_number,
        "sandbox": check.report.sandbox,
        "run_by": check.run_by,
        "run_at": check.run_at,
        "active": check.active,
        "applied_by": check.applied_by,
        "applied_at": check.applied_at,
        "version": check.version,
    }


def credit_check_state(row: Row) -> CreditCheck:
    id, customer, bureau, score, tracking_number, sandbox, run_by, run_at, active, *applied, version = row
    applied_by, applied_at = applied
    return CreditCheck(
        id=id,
        customer=customer,
        bureau=bureau,
        report=CreditReport(score=score, tracking_number=tracking_number, sandbox=sandbox),
        run_by=run_by,
        run_at=run_at,
        active=active,
        applied_by=applied_by,
        applied_at=applied_at,
        version=version,
    )


CREDIT_CHECKS = Form(
    kind="credit_check",
    table=credit_checks,
    columns=tuple(column for column in credit_checks.c if column.name != "company_id"),
    row=credit_check_row,
    state=credit_check_state,
)
