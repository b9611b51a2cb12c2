"""
A visit's day: load, decide, save.
"""

from collections.abc import Callable

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.access.rules import VISIT, ButtonAccess, VisitAccess, may_press_status
from fieldops_core.company.model import Catalog, CatalogEntry, EntryId
from fieldops_core.customers.model import Customer
from fieldops_core.customers.rules import writable
from fieldops_core.field_work import decisions
from fieldops_core.field_work.decisions import Change
from fieldops_core.field_work.messages import (
    CheckIn,
    CheckOut,
    ReopenAppointment,
    SetStatus,
    StartTravel,
    UndoStatus,
)
from fieldops_core.field_work.rules import BUTTONS, OVERRIDES, REOPENING, UNDOING, Ending, Entry, Step
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit, require
from fieldops_core.kernel.time import told_instant
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Block,
    Condition,
    Status,
    VisitOutcome,
    WorkOrderFact,
)
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import Placement, Transition
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.model import Person

ENDS = ("outcome", "unable_reason", "notes")


@frozen(kw_only=True)
class Scheduling:
    """
    What the use cases of scheduling lend: an appointment as it is answered, the placement of one as it was planned, and
    how one is saved that may be doubled with another.
    """

    shown: Callable[[Appointment, Customer, Call[Unit]], AppointmentView]
    placed: Callable[[Appointment, Customer, Person, Call[Unit]], Placement]
    keep: Callable[[Outcome[Appointment], Call[Unit]], Appointment]


@frozen(kw_only=True)
class Visit:
    """
    An appointment with its customer, nobody else's change of which can come between, and its user, who is locked.
    """

    appointment: Appointment
    customer: Customer
    person: Person


def start_travel(command: StartTravel, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _own(command.appointment, call)
    step = _step(visit, Status.EN_ROUTE, BUTTONS, call)
    return _turned(visit, step, _change(command.point, call), call, scheduling=scheduling)


def check_in(command: CheckIn, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _own(command.appointment, call)
    step = _step(visit, Status.ON_SITE, BUTTONS, call)
    return _turned(visit, step, _change(command.point, call), call, scheduling=scheduling)


def check_out(command: CheckOut, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _own(command.appointment, call)
    ending = _ending(command.outcome, command.unable_reason, call)
    change = evolve(_change(command.point, call), ending=ending, notes=command.notes)
    return _turned(visit, _step(visit, Status.COMPLETED, BUTTONS, call), change, call, scheduling=scheduling)


def undo_status(command: UndoStatus, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _own(command.appointment, call)
    after = command.to or decisions.undone(visit.appointment)
    require(UNDOING, Transition(before=visit.appointment.status, after=after))
    step = _step(visit, after, frozenset({Condition.UNDO}), call)
    return _turned(visit, step, _change(command.point, call), call, scheduling=scheduling)


def set_status(command: SetStatus, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _any(command.appointment, call)
    entry, change = _entry(command, visit.appointment, call), _change(command.point, call)
    change = evolve(change, at=entry.at or change.at, entry=entry)
    if command.status is Status.COMPLETED:
        ending = _ending(command.outcome, command.unable_reason, call)
        change = evolve(change, ending=ending, notes=command.notes)
    step = _step(visit, command.status, OVERRIDES, call, reason=command.reason)
    return _turned(visit, step, change, call, scheduling=scheduling)


def reopen_appointment(command: ReopenAppointment, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    visit = _any(command.appointment, call)
    require(REOPENING, Transition(before=visit.appointment.status, after=Status.ON_SITE))
    step = _step(visit, Status.ON_SITE, frozenset({Condition.REOPEN}), call, reason=command.reason)
    return _turned(visit, step, _change(command.point, call), call, scheduling=scheduling)


def _own(id: AppointmentId, call: Call[Unit]) -> Visit:
    """
    The actor's own visit: status buttons belong to the assignee (ACC-07).
    """
    unit, appointment = call.unit, call.unit.appointments.get(id)
    permit((may_press_status,), ButtonAccess(actor=call.actor, assignee=appointment.user))
    customer = writable(unit.customers.get(appointment.customer, lock=Lock.SHARED), call.actor)
    call.expect(appointment)
    return Visit(appointment=appointment, customer=customer, person=_locked(appointment, call))


def _any(id: AppointmentId, call: Call[Unit]) -> Visit:
    """
    Anybody's visit, for whom the actor may modify visits of that kind there.
    """
    appointment = call.unit.appointments.get(id)
    customer = call.unit.customers.get(appointment.customer, lock=Lock.SHARED)
    for action in (Action.VIEW, Action.MODIFY):
        permit(VISIT, _access(appointment, customer, action, call))
    writable(customer, call.actor)
    call.expect(appointment)
    return Visit(appointment=appointment, customer=customer, person=_locked(appointment, call))


def _access(appointment: Appointment, customer: Customer, action: Action, call: Call[Unit]) -> VisitAccess:
    return VisitAccess(
        actor=call.actor,
        kind=appointment.kind,
        action=action,
        at=customer.location,
        assignees=(appointment.user,),
    )


def _locked(appointment: Appointment, call: Call[Unit]) -> Person:
    (person,) = call.unit.people.locked((appointment.user,))
    return person


def _step(visit: Visit, after: Status, conditions: frozenset[Condition], call: Call[Unit], *, reason: str = "") -> Step:
    asked = after in (Status.EN_ROUTE, Status.ON_SITE)
    under_way = call.unit.times.under_way(visit.person.id) if asked else ()
    return Step(
        appointment=visit.appointment,
        after=after,
        conditions=conditions,
        name=visit.person.name,
        others=tuple(each for each in under_way if each.appointment != visit.appointment.id),
        may_see=lambda block: _may_see(block, call),
        reason=reason,
        work_order=_work_order(visit.appointment, call) if visit.appointment.status is Status.COMPLETED else None,
    )


def _work_order(appointment: Appointment, call: Call[Unit]) -> WorkOrderFact | None:
    """
    The work order of a visit, locked: its status will follow.
    """
    ids = (appointment.work_order,) if appointment.work_order else ()
    return next(iter(call.unit.work_orders.facts(ids, lock=Lock.EXCLUSIVE)), None) if ids else None


def _may_see(block: Block, call: Call[Unit]) -> bool:
    case = VisitAccess(
        actor=call.actor,
        kind=block.kind,
        action=Action.VIEW,
        at=block.customer_location,
        assignees=(block.user,),
    )
    return block.user == call.actor.user or all(each(case) is None for each in VISIT)


def _change(point: Point | None, call: Call[Unit]) -> Change:
    """
    Now, or when a device says that it was. A time ahead of the server's counts as arrival (FLD-10).
    """
    return Change(at=min(call.context.occurred_at or call.now, call.now), point=point)


def _turned(visit: Visit, step: Step, change: Change, call: Call[Unit], *, scheduling: Scheduling) -> AppointmentView:
    """
    The visit in its new status. Where it takes up its planned time again, that is looked at.
    """
    if step.transition.condition in (Condition.TIME_FREE, Condition.REOPEN):
        change = evolve(change, placement=scheduling.placed(visit.appointment, visit.customer, visit.person, call))
    outcome = decisions.turn(step, change, call.context, now=call.now)
    return scheduling.shown(scheduling.keep(outcome, call), visit.customer, call)


def _ending(outcome: VisitOutcome | None, reason: EntryId | None, call: Call[Unit]) -> Ending:
    asked = reason is not None or outcome is VisitOutcome.UNABLE
    entries = call.unit.catalog_entries.all(Catalog.UNABLE_REASONS) if asked else ()
    return Ending(
        outcome=outcome,
        reason=None if reason is None else _chosen(reason, entries),
        offered=any(each.active for each in entries),
    )


def _chosen(id: EntryId, entries: tuple[CatalogEntry, ...]) -> CatalogEntry:
    for each in entries:
        if each.id == id:
            return each
    raise NotFound("catalog_entry", id)


def _entry(command: SetStatus, appointment: Appointment, call: Call[Unit]) -> Entry:
    zone = appointment.zone
    return Entry(
        after=command.status,
        now=call.now,
        at=command.at and told_instant(command.at, zone, field="at"),
        checked_in_at=command.checked_in_at and told_instant(command.checked_in_at, zone, field="checked_in_at"),
        arrived=appointment.checked_in_at,
        given=tuple(name for name in ENDS if getattr(command, name) is not None),
        zone=zone,
    )
