"""
What may I do here (ACC-17).
"""

from collections.abc import Callable

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import VISIT, RecordAccess, VisitAccess, WorkOrderAccess, may_use_record
from fieldops_core.access.rules import may_use_work_orders as may_use_work_order
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.rules import permit
from fieldops_core.overview.calculations import OfVisit, appointment_actions, customer_actions, work_order_actions
from fieldops_core.overview.messages import ShowAppointmentActions, ShowCustomerActions, ShowWorkOrderActions
from fieldops_core.overview.views import ActionsView
from fieldops_core.removing.rules import Deleting
from fieldops_core.scheduling.model import Appointment, Status, WorkOrderFact
from fieldops_core.scheduling.rules import Placement
from fieldops_core.staff.model import Person
from fieldops_core.work_orders.ports import Unit

Placed = Callable[[Appointment, Customer, Person, Call[Unit]], Placement]
"""
An appointment as it was planned, on its user's day without it.
"""
LEFT = frozenset({Status.COMPLETED, Status.NO_SHOW})
"""
The statuses from which a visit takes up its planned time again.
"""


def show_appointment_actions(question: ShowAppointmentActions, call: Call[Unit], *, placed: Placed) -> ActionsView:
    """
    To its user, and to who may see such appointments there.
    """
    unit, actor = call.unit, call.actor
    visit = unit.appointments.get(question.appointment)
    customer = unit.customers.get(visit.customer)
    own = visit.user == actor.user
    if not own:
        access = VisitAccess(
            actor=actor, kind=visit.kind, action=Action.VIEW, at=customer.location, assignees=(visit.user,)
        )
        permit(VISIT, access)
    (person,) = unit.people.find(ids=(visit.user,), active=None)
    case = OfVisit(
        actor=actor,
        appointment=visit,
        customer=customer,
        name=person.name,
        others=tuple(each for each in unit.times.under_way(visit.user) if each.appointment != visit.id) if own else (),
        placement=placed(visit, customer, person, call) if visit.status in LEFT else None,
        work_order=_work_order(visit, call) if visit.status in LEFT else None,
    )
    return ActionsView(items=appointment_actions(case))


def _work_order(visit: Appointment, call: Call[Unit]) -> WorkOrderFact | None:
    return next(iter(call.unit.work_orders.facts((visit.work_order,))), None) if visit.work_order else None


def show_work_order_actions(question: ShowWorkOrderActions, call: Call[Unit]) -> ActionsView:
    work_order = call.unit.work_orders.get(question.work_order)
    customer = call.unit.customers.get(work_order.customer)
    permit((may_use_work_order,), WorkOrderAccess(actor=call.actor, action=Action.VIEW, at=customer.location))
    visits = call.unit.work_orders.visits((work_order.id,))
    settings = call.unit.companies.setup().settings
    return ActionsView(items=work_order_actions(call.actor, work_order, visits, customer, settings))


def show_customer_actions(question: ShowCustomerActions, call: Call[Unit]) -> ActionsView:
    customer = call.unit.customers.get(question.customer)
    access = RecordAccess(actor=call.actor, stage=customer.stage, action=Action.VIEW, at=customer.location)
    permit((may_use_record,), access)
    parent = None if customer.parent is None else call.unit.customers.get(customer.parent)
    settings, deleting = call.unit.companies.setup().settings, _deleting(customer, call)
    return ActionsView(items=customer_actions(call.actor, customer, settings, parent, deleting))


def _deleting(customer: Customer, call: Call[Unit]) -> Deleting:
    """
    What would stand against deleting it, once that is confirmed.
    """
    engaged = call.unit.appointments.open_of((customer.id,))
    return Deleting(
        confirmed=True,
        children=len(call.unit.customers.children(customer.id)),
        under_way=sum(each.status is not Status.SCHEDULED for each in engaged),
    )
