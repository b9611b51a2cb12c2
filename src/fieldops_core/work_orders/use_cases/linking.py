"""
Appointments that become a work order's (WOR-07).
"""

from collections.abc import Callable

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.rules import permit, require
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.model import Appointment
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.work_orders.messages import LinkAppointment
from fieldops_core.work_orders.ports import Unit
from fieldops_core.work_orders.rules import LINKING, Linking
from fieldops_core.work_orders.use_cases.orders import own


@frozen(kw_only=True)
class Scheduling:
    """
    What the use cases of scheduling lend: an appointment as it is answered, and how one is saved.
    """

    shown: Callable[[Appointment, Customer, Call[Unit]], AppointmentView]
    keep: Callable[[Outcome[Appointment], Call[Unit]], Appointment]


def link_appointment(command: LinkAppointment, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    """
    Whoever edits work orders links, and is answered the appointment, which they must be allowed to see.
    """
    work_order, customer = own(command.work_order, Action.MODIFY, call)
    appointment = call.unit.appointments.get(command.appointment)
    whose = customer if appointment.customer == customer.id else call.unit.customers.get(appointment.customer)
    access = VisitAccess(
        actor=call.actor,
        kind=appointment.kind,
        action=Action.VIEW,
        at=whose.location,
        assignees=(appointment.user,),
    )
    permit(VISIT, access)
    call.expect(appointment)
    require(LINKING, Linking(work_order=work_order, appointment=appointment, now=call.now))
    outcome = decisions.link(appointment, work_order.id, call.context, now=call.now)
    return scheduling.shown(scheduling.keep(outcome, call), customer, call)
