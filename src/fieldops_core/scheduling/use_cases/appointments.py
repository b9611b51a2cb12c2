"""
Appointments: booked, changed, cancelled, reinstated, shown, listed.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind
from fieldops_core.access.rules import WorkAccess, creatable, kinds_seen, may_open_work
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, Setup, TypeId
from fieldops_core.company.rules import IN_USE
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.paging import cursor_of, one_more, paged, parts_of
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation, permit, require
from fieldops_core.kernel.time import Period, local
from fieldops_core.kernel.unset import given
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import outside_hours, proposed_minutes
from fieldops_core.scheduling.messages import (
    BookAppointment,
    CancelAppointment,
    EditAppointment,
    ListCustomerAppointments,
    MoveAppointment,
    ReassignAppointment,
    ReinstateAppointment,
    ResizeAppointment,
    ShowAppointment,
    ShowWork,
)
from fieldops_core.scheduling.model import (
    LATE_FOR,
    OPEN,
    PRESSED,
    TRANSITIONS,
    Appointment,
    AppointmentId,
    Around,
    Block,
    Condition,
    Hold,
    Status,
    WorkOrderFact,
    WorkOrderId,
    expected_starts,
)
from fieldops_core.scheduling.ports import ListPlace, Unit
from fieldops_core.scheduling.rules import CREATION, PLACE, Creation, Doubling, Place, Placement
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
from fieldops_core.scheduling.views import (
    AppointmentRow,
    AppointmentsView,
    AppointmentView,
    UserRef,
    WorkView,
    appointment_view,
    reader_window,
    work_order_ref,
)
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


def list_of_customer(question: ListCustomerAppointments, call: Call[Unit]) -> AppointmentsView:
    customer = call.unit.customers.get(question.customer)
    kinds, only_of = _kinds_seen(call.actor, customer.location)
    place = _place(question.after) if question.after else None
    as_of = place.as_of if place else call.now
    found = call.unit.appointments.of_customer(
        customer.id, kinds=kinds, only_of=only_of, as_of=as_of, after=place, limit=one_more(question.limit)
    )
    page, last = paged(found, question.limit)
    upcoming = None
    if question.count:
        upcoming = call.unit.appointments.upcoming(customer.id, kinds=kinds, only_of=only_of, as_of=call.now)
    more = _cursor(last, as_of) if last else None
    return AppointmentsView(items=rows_of(page, call), next=more, upcoming=upcoming)


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
    entry = _entry(id, call)
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
    return _view(state, around, setup, call, unfit=unfit)


def shown(appointment: Appointment, customer: Customer, call: Call[Unit]) -> AppointmentView:
    """
    An appointment as it is answered, with all that it refers to.
    """
    unit = call.unit
    setup, type = unit.companies.setup(), unit.appointment_types.get(appointment.type)
    person = one_person(unit.people.find(ids=(appointment.user,), active=None), appointment.user)
    around = Around(customer=customer, person=person, type=type, location=setup.location(appointment.location))
    return _view(appointment, around, setup, call)


def placed(appointment: Appointment, customer: Customer, person: Person, call: Call[Unit]) -> Placement:
    """
    An appointment as it was planned, on its user's day without it. The user must be locked.
    """
    setup, type = call.unit.companies.setup(), call.unit.appointment_types.get(appointment.type)
    wish = _wish(EditAppointment(appointment=appointment.id), appointment, call)
    visit = visit_of(wish, customer, person, type, setup)
    beside = Doubling(already=appointment.double_booked_with)
    return placement(visit, call, setup, without=appointment.id, doubling=beside)


def _view(
    appointment: Appointment, around: Around, setup: Setup, call: Call[Unit], *, unfit: tuple[Violation, ...] = ()
) -> AppointmentView:
    """
    An appointment with what it refers to, some of which is known *around* it already.
    """
    person = around.person
    around = evolve(
        around,
        work_order=_work_orders((appointment,), call).get(appointment.work_order),
        reschedule_reason=_entry(appointment.reschedule_reason, call),
        unable_reason=_entry(appointment.unable_reason, call),
        names=_names(appointment, call),
    )
    return appointment_view(
        appointment,
        around,
        reader_zone=call.context.reader_zone,
        expected_start=_late((appointment,), call).get(appointment.id),
        tracked=appointment.kind is Kind.TECH and setup.settings.reschedule_tracking,
        outside_hours=outside_hours(person, setup.location(person.home).zone, appointment.period),
        unfit=unfit,
    )


def _work_orders(appointments: Iterable[Appointment], call: Call[Unit]) -> Mapping[WorkOrderId | None, WorkOrderFact]:
    """
    The work orders of some appointments, by id.
    """
    ids = {each.work_order for each in appointments if each.work_order is not None}
    return {each.id: each for each in call.unit.work_orders.facts(ids)} if ids else {}


def _names(appointment: Appointment, call: Call[Unit]) -> dict[UserId, str]:
    """
    What those are called who overrode a status.
    """
    ids = {each.by for each in appointment.moments if each.override and each.by is not None}
    return {each.id: each.name for each in call.unit.people.find(ids=ids, active=None)} if ids else {}


def _late(appointments: Iterable[Appointment], call: Call[Unit]) -> dict[AppointmentId, datetime]:
    """
    When those of some visits can begin that are late because of the one before (APT-24), by id, with one query for all
    their users. Only what should have begun is looked into.
    """
    waiting = [
        each
        for each in appointments
        if each.status in (Status.SCHEDULED, Status.EN_ROUTE) and call.now - LATE_FOR < each.period.start < call.now
    ]
    if not waiting:
        return {}
    around = Period(start=min(each.period.start for each in waiting) - LATE_FOR, end=call.now)
    blocks = call.unit.times.blocks(around, users={each.user for each in waiting})
    by_user: dict[UserId, list[Block]] = {}
    for block in blocks:
        by_user.setdefault(block.user, []).append(block)
    return {id: at for some in by_user.values() for id, at in expected_starts(some, call.now).items()}


def _entry(id: EntryId | None, call: Call[Unit]) -> CatalogEntry | None:
    return None if id is None else call.unit.catalog_entries.get(id)


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


def _kinds_seen(actor: Actor, at: LocationId) -> tuple[frozenset[Kind], UserId | None]:
    """
    The kinds that an actor sees at a location (ACC-26); where SALES is not among them, the user whose own sales visits
    are seen all the same.

    Raises:
        Forbidden: where there is nothing to be seen.
    """
    kinds, own = kinds_seen(actor, at)
    if not kinds and not own:
        raise Forbidden("You may not see appointments here.", rule="ACC-26")
    return kinds, actor.user if own else None


def rows_of(page: tuple[Appointment, ...], call: Call[Unit]) -> tuple[AppointmentRow, ...]:
    if not page:
        return ()
    people = call.unit.people.find(ids={each.user for each in page}, active=None)
    names: dict[UserId, str] = {person.id: person.name for person in people}
    types: dict[TypeId, str] = {type.id: type.name for type in call.unit.appointment_types.all()}
    work_orders, late = _work_orders(page, call), _late(page, call)
    return tuple(
        AppointmentRow(
            id=each.id,
            version=each.version,
            kind=each.kind,
            status=each.status,
            type=types[each.type],
            user=UserRef(id=each.user, name=names[each.user]),
            work_order=work_order_ref(work_orders.get(each.work_order)),
            start=local(each.period.start, each.zone),
            end=local(each.period.end, each.zone),
            zone=each.zone,
            reader=reader_window(each.period, each.zone, call.context.reader_zone),
            expected_start=local(late[each.id], each.zone) if each.id in late else None,
            pending_reassignment=each.pending_reassignment,
            notes=each.notes,
        )
        for each in page
    )


def _cursor(last: Appointment, as_of: datetime) -> str:
    """
    The place of an appointment in the list as it was ordered at *as_of*: later pages keep that order.
    """
    upcoming = str(int(last.upcoming(as_of)))
    return cursor_of(as_of.isoformat(), upcoming, last.period.start.isoformat(), str(last.id))


def _place(cursor: str) -> ListPlace:
    try:
        as_of, upcoming, start, id = parts_of(cursor)
        times = datetime.fromisoformat(as_of), datetime.fromisoformat(start)
        place = ListPlace(as_of=times[0], upcoming=upcoming == "1", start=times[1], id=AppointmentId(UUID(id)))
    except ValueError as error:
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after") from error
    if any(each.tzinfo is None for each in times):
        raise InvalidValue("cursor.invalid", "This is not a cursor of this list.", field="after")
    return place
