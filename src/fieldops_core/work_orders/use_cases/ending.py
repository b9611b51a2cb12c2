"""
Work orders that end: completed or cancelled by hand, or deleted, with what becomes of their upcoming appointments.
"""

from collections.abc import Callable, Sequence

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Kind
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import permit, violations
from fieldops_core.scheduling.model import Appointment, Status, WorkOrderId
from fieldops_core.work_orders import decisions
from fieldops_core.work_orders.calculations import upcoming_offered
from fieldops_core.work_orders.decisions import Turn
from fieldops_core.work_orders.messages import CancelWorkOrder, CompleteWorkOrder, DeleteWorkOrder
from fieldops_core.work_orders.model import Upcoming, Visits, Way, WorkOrder, WorkOrderStatus
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import Ending
from fieldops_core.work_orders.use_cases.orders import own
from fieldops_core.work_orders.use_cases.performing import forget_work
from fieldops_core.work_orders.use_cases.telling import shown
from fieldops_core.work_orders.views import WorkOrderView

Keep = Callable[[Sequence[Outcome[Appointment]], Call[Unit]], None]
"""
What scheduling lends: how many visits are saved that may be doubled with others.
"""


def complete_work_order(command: CompleteWorkOrder, call: Call[Unit], *, keep: Keep) -> WorkOrderView:
    return _closed(command, Turn(after=WorkOrderStatus.COMPLETE, way=Way.HAND), call, keep)


def cancel_work_order(command: CancelWorkOrder, call: Call[Unit], *, keep: Keep) -> WorkOrderView:
    return _closed(command, Turn(after=WorkOrderStatus.CANCELLED, way=Way.HAND), call, keep)


def delete_work_order(command: DeleteWorkOrder, call: Call[Unit], *, keep: Keep) -> WorkOrderView:
    """
    Answers the work order as it was.
    """
    end = _end(command.work_order, Action.DELETE, command.upcoming, call)
    outcome = decisions.delete(end.work_order, end.visits, end.ending, now=call.now)
    keep(decisions.leave(end.appointments, end.ending, call.context, now=call.now), call)
    forget_work(end.work_order.id, call)
    return shown(call.remove(call.unit.work_orders, outcome), end.customer, call)


@frozen(kw_only=True)
class _End:
    """
    A work order that is to end, locked, with its customer and its appointments, counted and whole.
    """

    work_order: WorkOrder
    customer: Customer
    visits: tuple[Visits, ...]
    appointments: tuple[Appointment, ...]
    ending: Ending


def _closed(command: CompleteWorkOrder | CancelWorkOrder, turn: Turn, call: Call[Unit], keep: Keep) -> WorkOrderView:
    end = _end(command.work_order, Action.MODIFY, command.upcoming, call)
    outcome = decisions.turn(turn, end.work_order, end.visits, call.context, ending=end.ending, now=call.now)
    kept = call.keep(call.unit.work_orders, outcome)  # first: a closed one does not follow
    keep(decisions.settle(end.ending, call.context, now=call.now), call)
    return shown(kept, end.customer, call)


def _end(id: WorkOrderId, action: Action, answer: Upcoming | None, call: Call[Unit]) -> _End:
    unit = call.unit
    work_order, customer = own(id, action, call)
    call.expect(work_order)
    visits = unit.work_orders.visits((id,))
    asked = action is Action.DELETE or any(each.status is Status.SCHEDULED for each in visits)
    appointments = unit.appointments.of_work_order(id) if asked and visits else ()
    upcoming = tuple(each for each in appointments if each.upcoming(call.now))
    if upcoming and answer is Upcoming.CANCEL:
        permit(VISIT, of_visits(customer, Action.MODIFY, call))
    ending = Ending(
        work_order=work_order,
        upcoming=upcoming,
        names=names_of(upcoming, call) if upcoming and answer is None else {},
        answer=answer,
        offered=upcoming_offered(unit.companies.setup().settings),
        seen=not violations(VISIT, of_visits(customer, Action.VIEW, call)),
    )
    return _End(work_order=work_order, customer=customer, visits=visits, appointments=appointments, ending=ending)


def of_visits(customer: Customer, action: Action, call: Call[Unit]) -> VisitAccess:
    return VisitAccess(actor=call.actor, kind=Kind.TECH, action=action, at=customer.location, assignees=())


def names_of(visits: Sequence[Appointment], call: Call[Unit]) -> dict[UserId, str]:
    return {each.id: each.name for each in call.unit.people.find(ids={each.user for each in visits}, active=None)}
