"""
Credit checks: run, applied, shown, listed. Where the company has enabled them, and with ``credit``.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Settings
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ApplyCreditCheck, ListCreditChecks, RunCreditCheck, ShowCreditCheck
from fieldops_core.customers.model import CreditCheck
from fieldops_core.customers.ports import CreditBureaus, Unit
from fieldops_core.customers.rules import CREDIT, Applying, Checking
from fieldops_core.customers.use_cases.belonging import names, owner, page_of
from fieldops_core.customers.views import CreditChecksView, CreditCheckView, credit_check_view
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import require

PERMISSION = Permission.CREDIT


def run_credit_check(command: RunCreditCheck, call: Call[Unit], *, bureaus: CreditBureaus) -> CreditCheckView:
    owner(command.customer, PERMISSION, Action.CREATE, call)
    settings = call.unit.companies.setup().settings
    case = Checking(settings=settings, bureau=command.bureau, bureaus=bureaus.names)
    outcome = decisions.run_credit_check(command, case, call.actor.user, new_id=call.new_id, now=call.now)
    return _views((call.keep(call.unit.credit_checks, outcome),), settings, call)[0]


def apply_credit_check(command: ApplyCreditCheck, call: Call[Unit]) -> CreditCheckView:
    unit, now = call.unit, call.now
    # Which one is active is read under the lock of the record, whose score it sets.
    customer = owner(
        unit.credit_checks.get(command.check).customer, PERMISSION, Action.MODIFY, call, lock=Lock.EXCLUSIVE
    )
    settings, check = _enabled(call), unit.credit_checks.get(command.check)
    call.expect(check)
    applied = decisions.apply_credit_check(Applying(check=check, confirmed=command.confirmed), call.actor.user, now=now)
    for former in unit.credit_checks.of(customer.id, open=True, limit=1):
        call.keep(unit.credit_checks, decisions.supersede(former, now=now))
    view = _views((call.keep(unit.credit_checks, applied),), settings, call)[0]
    call.keep(unit.customers, decisions.score(customer, check, now=now))
    return view


def show_credit_check(question: ShowCreditCheck, call: Call[Unit]) -> CreditCheckView:
    check = call.unit.credit_checks.get(question.check)
    owner(check.customer, PERMISSION, Action.VIEW, call)
    return _views((check,), _enabled(call), call)[0]


def list_credit_checks(question: ListCreditChecks, call: Call[Unit], *, bureaus: CreditBureaus) -> CreditChecksView:
    owner(question.customer, PERMISSION, Action.VIEW, call)
    settings = _enabled(call)
    page, next, count = page_of(call.unit.credit_checks, question)
    return CreditChecksView(items=_views(page, settings, call), bureaus=bureaus.names, next=next, count=count)


def _enabled(call: Call[Unit]) -> Settings:
    settings = call.unit.companies.setup().settings
    require(CREDIT, settings)
    return settings


def _views(checks: tuple[CreditCheck, ...], settings: Settings, call: Call[Unit]) -> tuple[CreditCheckView, ...]:
    called = names((id for each in checks for id in (each.run_by, each.applied_by)), call)
    return tuple(credit_check_view(each, settings, called) for each in checks)
