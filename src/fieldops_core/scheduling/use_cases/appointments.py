"""
Appointments: booked, changed, cancelled, reinstated, shown.
"""

from collections.abc import Callable

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind
from fieldops_core.access.rules import WorkAccess, creatable, may_open_work
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, Setup
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.errors import Forbidden, NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.time import local
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import proposed_minutes
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
    ShowAppointment,
    ShowWork,
)
from fieldops_core.scheduling.model import (
    OPEN,
    PRESSED,
    TRANSITIONS,
    Appointment,
    AppointmentId,
    Around,
    Condition,
    Hold,
)
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import CREATION, PLACE, Creation, Doubling, Place, Placement
from fieldops_core.scheduling.use_cases.answering import entry_of, shown, view_of
from fieldops_core.scheduling.use_cases.loading import (
    Wish,
    chosen_work_order,
    may_use_visit,
    one_person,
    own_hold,
    placement,
    visit_of,
)
from fieldops_core.scheduling.use_cases.pairs import doubling, keep_visit
from fieldops_core.scheduling.views import AppointmentView, WorkView
from fieldops_core.staff.model import Person

UNASKED = frozenset({Condition.ALWAYS, Condition.UNDO})


def book_appointment(command: BookAppointment, call: Call[Unit]) -> AppointmentView:
    own = own_hold(command.hold, call)
    case, setup = to_book(command, call, hold=own)
    outcome = decisions.book(command, case, call.context, new_id=call.new_id, now=call.now)
    if own is not None:
        call.remove(call.unit.holds, decisions.consume(own, now=call.now))
    return _kept(outcome, case, call, setup)


def to_book(command: BookAppointment, call: Call[Unit], *, hold: Hold | None = None) -> tuple[Placement, Setup]:
    """
    A new visit as the rules are asked about it, its user locked. *hold* does not stand in its way.

    Raises:
        Forbidden: where the actor may not create it.
        Refused: where its kind is not said, or its location not the customer's.
    """
    unit = call.unit
    customer = unit.customers.get(command.customer, lock=Lock.SHARED)
    kind = command.kind or _only_kind(call.actor, customer.location)
    may_use_visit(call.actor, kind, Action.CREATE, customer, (command.user,))
    writable(customer, call.actor)
    beside = doubling(command.double_book, command.double_book_reason, call)
    asked = command.location or customer.location
    require(PLACE, Place(kind=kind, asked=asked, customers=customer.location))
    if asked != customer.location:  # the customer's stays open while there is the customer
        require(IN_USE, unit.locations.get(asked, lock=Lock.SHARED))
    # The user first: what was changed of the company while others held them is read then.
    person = one_person(unit.people.locked((command.user,)), command.user)
    setup, type = unit.companies.setup(), unit.appointment_types.get(command.type)
    wish = Wish(
        kind=kind,
        sub_type=command.sub_type,
        location=asked,
        told=command.start,
        minutes=proposed_minutes(type, command.sub_type, command.minutes),
        mode=command.mode,
        work_order=chosen_work_order(command.work_order, call),
    )
    visit = visit_of(wish, customer, person, type, setup)
    return placement(visit, call, setup, hold=hold.id if hold else None, doubling=beside), setup


def edit_appointment(command: EditAppointment, call: Call[Unit]) -> AppointmentView:
    def decide(appointment: Appointment, case: Placement) -> Outcome[Appointment]:
        reason = _chosen_reason(given(command.reschedule_reason, None), call)
        return decisions.edit(command, appointment, case, call.context, reason=reason, now=call.now)

    return _change(command, call, decide)


def move_appointment(command: MoveAppointment, call: Call[Unit]) -> AppointmentView:
    same = EditAppointment(
        appointment=command.appointment,
        start=command.start,
        user=command.user,
        mode=command.mode,
        double_book=command.double_book,
        double_book_reason=command.double_book_reason,
    )
    return edit_appointment(same, call)


def resize_appointment(command: ResizeAppointment, call: Call[Unit]) -> AppointmentView:
    return edit_appointment(EditAppointment(appointment=command.appointment, minutes=command.minutes), call)


def reassign_appointment(command: ReassignAppointment, call: Call[Unit]) -> AppointmentView:
    same = EditAppointment(appointment=command.appointment, user=command.user, mode=command.mode)
    return edit_appointment(same, call)


def reinstate_appointment(command: ReinstateAppointment, call: Call[Unit]) -> AppointmentView:
    def decide(appointment: Appointment, case: Placement) -> Outcome[Appointment]:
        return decisions.reinstate(appointment, case, call.context, now=call.now)

    wish = EditAppointment(
        appointment=command.appointment,
        start=command.start,
        user=command.user,
        minutes=command.minutes,
        mode=command.mode,
        double_book=command.double_book,
        double_book_reason=command.double_book_reason,
    )
    return _change(wish, call, decide)


def cancel_appointment(command: CancelAppointment, call: Call[Unit]) -> AppointmentView:
    appointment, customer = _own(command.appointment, Action.MODIFY, call)
    call.expect(appointment)
    outcome = decisions.cancel(command, appointment, call.context, now=call.now)
    return shown(keep_visit(outcome, call), customer, call)


def show_appointment(question: ShowAppointment, call: Call[Unit]) -> AppointmentView:
    return shown(*_own(question.appointment, Action.VIEW, call), call)


def show_work(question: ShowWork, call: Call[Unit]) -> WorkView:
    appointment = call.unit.appointments.get(question.appointment)
    person = one_person(call.unit.people.find(ids=(appointment.user,), active=None), appointment.user)
    case = WorkAccess(actor=call.actor, kind=appointment.kind, assignee=person.id, home=person.home)
    permit((may_open_work,), case)
    customer = call.unit.customers.get(appointment.customer)
    followers = TRANSITIONS[appointment.status].items() if person.id == call.actor.user else ()
    may_follow = tuple(status for status, condition in followers if condition in UNASKED and status in PRESSED)
    return WorkView(appointment=shown(appointment, customer, call), may_follow=may_follow)


Decide = Callable[[Appointment, Placement], Outcome[Appointment]]


def _change(command: EditAppointment, call: Call[Unit], decide: Decide) -> AppointmentView:
    """
    Load an appointment with all that its change may touch, decide, save. The user whose time it takes afterwards is
    locked; the appointment itself is guarded by its version.
    """
    unit, user = call.unit, command.user
    appointment = unit.appointments.get(command.appointment)
    customer = unit.customers.get(appointment.customer, lock=Lock.SHARED)
    both = (appointment.user, given(user, appointment.user))
    # The answer is the appointment: who may not view it does not get it by changing it.
    for action in (Action.VIEW, Action.MODIFY):
        may_use_visit(call.actor, appointment.kind, action, customer, both)
    writable(customer, call.actor)
    already = appointment.double_booked_with
    beside = doubling(command.double_book, command.double_book_reason, call, already=already)
    call.expect(appointment)
    person = one_person(unit.people.locked(both[1:]), both[1])
    setup, type = unit.companies.setup(), unit.appointment_types.get(given(command.type, appointment.type))
    visit = visit_of(_wish(command, appointment, call), customer, person, type, setup)
    case = placement(visit, call, setup, without=appointment.id, doubling=beside)
    return _kept(decide(appointment, case), case, call, setup)


def _chosen_reason(id: EntryId | None, call: Call[Unit]) -> CatalogEntry | None:
    entry = entry_of(id, call)
    if entry is not None and entry.catalog is not Catalog.RESCHEDULE_REASONS:
        raise NotFound("catalog_entry", entry.id)
    return entry


def _wish(command: EditAppointment, appointment: Appointment, call: Call[Unit]) -> Wish:
    kept = appointment.sub_type if given(command.type, appointment.type) == appointment.type else None
    return Wish(
        kind=appointment.kind,
        sub_type=given(command.sub_type, kept),
        location=appointment.location,
        told=given(command.start, local(appointment.period.start, appointment.zone)),
        minutes=given(command.minutes, appointment.period.minutes),
        mode=command.mode,
        work_order=chosen_work_order(given(command.work_order, None), call, instead_of=appointment.work_order),
    )


def _kept(outcome: Outcome[Appointment], case: Placement, call: Call[Unit], setup: Setup) -> AppointmentView:
    """
    The appointment, saved, with the rules that it does not keep although nobody asked them now (APT-18).
    """
    state, visit = keep_visit(outcome, call, case.doubling), case.visit
    asked = outcome.before is None  # of a new visit, every rule was asked just now
    unfit = decisions.unfit(case) if state.status in OPEN and not asked else ()
    location = setup.location(visit.location)
    around = Around(customer=visit.customer, person=visit.person, type=visit.type, location=location)
    return view_of(state, around, setup, call, unfit=unfit)


def placed(appointment: Appointment, customer: Customer, person: Person, call: Call[Unit]) -> Placement:
    """
    An appointment as it was planned, on its user's day without it. The user must be locked.
    """
    setup, type = call.unit.companies.setup(), call.unit.appointment_types.get(appointment.type)
    wish = _wish(EditAppointment(appointment=appointment.id), appointment, call)
    visit = visit_of(wish, customer, person, type, setup)
    beside = Doubling(already=appointment.double_booked_with)
    return placement(visit, call, setup, without=appointment.id, doubling=beside)


def _own(id: AppointmentId, action: Action, call: Call[Unit]) -> tuple[Appointment, Customer]:
    appointment, reads = call.unit.appointments.get(id), action is Action.VIEW
    customer = call.unit.customers.get(appointment.customer, lock=Lock.NONE if reads else Lock.SHARED)
    for each in {Action.VIEW, action}:
        may_use_visit(call.actor, appointment.kind, each, customer, (appointment.user,))
    return appointment, customer if reads else writable(customer, call.actor)


def _only_kind(actor: Actor, at: LocationId) -> Kind:
    kinds = creatable(actor, at)
    if not kinds:
        raise Forbidden("You may not create appointments here.", rule="ACC-26")
    require(CREATION, Creation(kinds=kinds))
    return kinds[0]
