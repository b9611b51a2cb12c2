"""
Holds: a user's time, taken for a while.
"""

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import HoldAccess, VisitAccess, may_use_hold
from fieldops_core.company.model import AppointmentType, Location
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.messages import BookAppointment, HoldTime, ReleaseHold, ShowHold
from fieldops_core.scheduling.model import Around, Hold, HoldId
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.appointments import to_book
from fieldops_core.scheduling.use_cases.loading import one_person
from fieldops_core.scheduling.views import HoldView, hold_view
from fieldops_core.staff.model import Person


def hold_time(command: HoldTime, call: Call[Unit]) -> HoldView:
    """
    Asks what a booking asks, of the same user, locked.
    """
    case, setup = to_book(_booking(command), call)
    outcome = decisions.hold(command, case, call.context, new_id=call.new_id, now=call.now)
    call.unit.holds.remove_expired(case.visit.person.id, now=call.now)
    hold, visit = call.keep(call.unit.holds, outcome), case.visit
    return _view(hold, visit.customer, visit.person, visit.type, setup.location(visit.location), call)


def release_hold(command: ReleaseHold, call: Call[Unit]) -> HoldView:
    hold, customer, type = _found(command.hold, Action.MODIFY, call)
    writable(customer, call.actor)
    call.expect(hold)
    call.remove(call.unit.holds, decisions.release(hold, now=call.now))
    return _shown(hold, customer, type, call)


def show_hold(question: ShowHold, call: Call[Unit]) -> HoldView:
    hold, customer, type = _found(question.hold, Action.VIEW, call)
    return _shown(hold, customer, type, call)


def _booking(command: HoldTime) -> BookAppointment:
    return BookAppointment(
        customer=command.customer,
        type=command.type,
        user=command.user,
        start=command.start,
        kind=command.kind,
        sub_type=command.sub_type,
        minutes=command.minutes,
        mode=command.mode,
        location=command.location,
    )


def _found(id: HoldId, action: Action, call: Call[Unit]) -> tuple[Hold, Customer, AppointmentType]:
    """
    Raises:
        Forbidden: where the actor neither made it nor may do this with such appointments there.
    """
    hold = call.unit.holds.get(id)
    lock = Lock.NONE if action is Action.VIEW else Lock.SHARED
    customer = call.unit.customers.get(hold.customer, lock=lock)
    type = call.unit.appointment_types.get(hold.type)
    visit = VisitAccess(actor=call.actor, kind=type.kind, action=action, at=customer.location, assignees=(hold.user,))
    permit((may_use_hold,), HoldAccess(maker=hold.created_by, visit=visit))
    return hold, customer, type


def _shown(hold: Hold, customer: Customer, type: AppointmentType, call: Call[Unit]) -> HoldView:
    person = one_person(call.unit.people.find(ids=(hold.user,), active=None), hold.user)
    return _view(hold, customer, person, type, call.unit.companies.setup().location(hold.location), call)


def _view(
    hold: Hold, customer: Customer, person: Person, type: AppointmentType, location: Location, call: Call[Unit]
) -> HoldView:
    around = Around(customer=customer, person=person, type=type, location=location)
    return hold_view(hold, around, reader_zone=call.context.reader_zone)
