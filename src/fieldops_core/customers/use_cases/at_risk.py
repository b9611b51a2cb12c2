"""
At-risk marks: made, cleared, shown, listed.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.customers import decisions
from fieldops_core.customers.messages import ClearAtRisk, ListAtRiskMarks, MarkAtRisk, ShowAtRiskMark
from fieldops_core.customers.model import AtRiskMark
from fieldops_core.customers.ports import Unit
from fieldops_core.customers.use_cases.belonging import names, owner, page_of
from fieldops_core.customers.views import AtRiskMarksView, AtRiskMarkView, at_risk_mark_view

AT_RISK = Permission.AT_RISK


def mark_at_risk(command: MarkAtRisk, call: Call[Unit]) -> AtRiskMarkView:
    owner(command.customer, AT_RISK, Action.CREATE, call)
    outcome = decisions.mark_at_risk(command, call.actor.user, new_id=call.new_id, now=call.now)
    return _views((call.keep(call.unit.at_risk_marks, outcome),), call)[0]


def clear_at_risk(command: ClearAtRisk, call: Call[Unit]) -> AtRiskMarkView:
    mark = call.unit.at_risk_marks.get(command.mark)
    owner(mark.customer, AT_RISK, Action.MODIFY, call)
    call.expect(mark)
    outcome = decisions.clear_at_risk(mark, call.actor.user, now=call.now)
    return _views((call.keep(call.unit.at_risk_marks, outcome),), call)[0]


def show_at_risk_mark(question: ShowAtRiskMark, call: Call[Unit]) -> AtRiskMarkView:
    mark = call.unit.at_risk_marks.get(question.mark)
    owner(mark.customer, AT_RISK, Action.VIEW, call)
    return _views((mark,), call)[0]


def list_at_risk_marks(question: ListAtRiskMarks, call: Call[Unit]) -> AtRiskMarksView:
    owner(question.customer, AT_RISK, Action.VIEW, call)
    page, next, count = page_of(call.unit.at_risk_marks, question, open=question.open)
    return AtRiskMarksView(items=_views(page, call), next=next, count=count)


def _views(marks: tuple[AtRiskMark, ...], call: Call[Unit]) -> tuple[AtRiskMarkView, ...]:
    called = names((id for mark in marks for id in (mark.created_by, mark.cleared_by)), call)
    return tuple(at_risk_mark_view(mark, called) for mark in marks)
