"""
Visits that are pending reassignment, moved together and put back together (SCH-29).
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action
from fieldops_core.company.model import ListMode
from fieldops_core.customers.model import Customer, CustomerId
from fieldops_core.customers.rules import writable
from fieldops_core.kernel.errors import Stale
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import Outcome
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation, refuse, require, violations
from fieldops_core.kernel.time import local
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.messages import RepairAppointments, ShowRepair, UndoRepair
from fieldops_core.scheduling.model import Appointment, AppointmentId, Repair, RepairMove, Spot, valid_repair
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import FREE, OFFER, WHOM, Visit, user_is_eligible
from fieldops_core.scheduling.rules.bulk import named
from fieldops_core.scheduling.rules.repairs import REPAIRED, RETURN, UNDOING, WAITING, WISHES, Return, Waiting, Wishes
from fieldops_core.scheduling.use_cases.loading import Wish, may_use_visit, one_person, visit_of
from fieldops_core.scheduling.use_cases.many import against_all
from fieldops_core.scheduling.use_cases.pairs import keep_visits
from fieldops_core.scheduling.use_cases.repairing import existing
from fieldops_core.scheduling.views import RepairMoveView, RepairView, SpotView, UserRef
from fieldops_core.staff.model import Person


def repair_appointments(command: RepairAppointments, call: Call[Unit]) -> RepairView:
    """
    Every rule of a move is asked of each visit, as if all had left their places already.
    """
    valid_repair(len(command.moves))
    require(WISHES, Wishes(moves=command.moves))
    wishes = {each.appointment: each for each in command.moves}
    locked = _locked({id: each.user for id, each in wishes.items()}, call)
    refuse(tuple(why for each in locked.states for why in violations(WAITING, Waiting(appointment=each, now=call.now))))
    for each in locked.states:
        _unchanged(each, wishes[each.id].version)
    visits = _visits(locked, {id: (each.user, each.start) for id, each in wishes.items()}, command.mode, call)
    choice = tuple(why for each, visit in zip(locked.states, visits, strict=True) for why in _choice(each, visit))
    refuse(choice + against_all(visits, call, apart=REPAIRED, without=wishes, past=True))
    outcomes = [
        decisions.replan(each, visit, call.context, now=call.now)
        for each, visit in zip(locked.states, visits, strict=True)
    ]
    keep_visits(outcomes, call)
    made = decisions.repair(outcomes, call.context, new_id=call.new_id, now=call.now)
    return _view(call.keep(call.unit.repairs, made), outcomes, locked.people.values())


def undo_repair(command: UndoRepair, call: Call[Unit]) -> RepairView:
    """
    That a visit was outside where it was stands against nothing: it waits there as it did. That its time was given to
    somebody else meanwhile does.
    """
    repair = call.unit.repairs.get(command.repair, lock=Lock.EXCLUSIVE)
    moves = {each.appointment: each for each in repair.moves}
    locked = _locked({id: each.before.user for id, each in moves.items()}, call)
    call.expect(repair)
    returns = (Return(move=moves[each.id], appointment=each) for each in locked.states)
    refuse(violations(UNDOING, repair) or tuple(why for each in returns for why in violations(RETURN, each)))
    before = {each.id: moves[each.id].before for each in locked.states}
    spots = {each.id: (before[each.id].user, _told(before[each.id], each.zone)) for each in locked.states}
    visits = _visits(locked, spots, None, call)
    refuse(against_all(visits, call, apart=REPAIRED, without=moves, past=True, rules=FREE))
    outcomes = [decisions.put_back(each, before[each.id], call.context, now=call.now) for each in locked.states]
    keep_visits(outcomes, call)
    undone = decisions.undo_repair(repair, call.context, now=call.now)
    return _view(call.keep(call.unit.repairs, undone), outcomes, locked.people.values())


def show_repair(question: ShowRepair, call: Call[Unit]) -> RepairView:
    repair = call.unit.repairs.get(question.repair)
    states = call.unit.appointments.named([each.appointment for each in repair.moves])
    customers = {each.id: each for each in call.unit.customers.named({each.customer for each in states})}
    for each in states:
        may_use_visit(call.actor, each.kind, Action.VIEW, customers[each.customer], (each.user,))
    users = {spot.user for move in repair.moves for spot in (move.before, move.after)}
    there = [Outcome(before=each, state=each) for each in states]
    return _view(repair, there, call.unit.people.find(ids=users, active=None))


@frozen(kw_only=True)
class _Locked:
    """
    Some visits with their customers, the users who have them and those who are to have them.
    """

    states: tuple[Appointment, ...]
    customers: Mapping[CustomerId, Customer]
    people: Mapping[UserId, Person]


def _locked(goals: Mapping[AppointmentId, UserId], call: Call[Unit]) -> _Locked:
    """
    The visits with their customers and users, locked: the visits after the others, as everywhere.

    Raises:
        NotFound: where the company has no such appointment or user.
        Forbidden: where the actor may not change one of the visits, or not give it to that user.
        Stale: where one was changed between the first reading and the lock.
    """
    unit = call.unit
    states = existing(goals, call)
    customers = {each.id: each for each in unit.customers.named({each.customer for each in states}, lock=Lock.SHARED)}
    for each in states:
        for action in (Action.VIEW, Action.MODIFY):
            may_use_visit(call.actor, each.kind, action, customers[each.customer], (each.user, goals[each.id]))
    for customer in customers.values():
        writable(customer, call.actor)
    users = {*(each.user for each in states), *goals.values()}
    found = unit.people.locked(users)
    people = {id: one_person(found, id) for id in users}
    for before, now in zip(states, existing(goals, call, lock=Lock.EXCLUSIVE), strict=True):
        _unchanged(now, before.version)
    return _Locked(states=states, customers=customers, people=people)


def _unchanged(appointment: Appointment, version: int | None) -> None:
    """
    Raises:
        Stale: where the change was meant for another version of it (STO-04).
    """
    if version is not None and version != appointment.version:
        raise Stale("appointment", expected=version, actual=appointment.version)


def _visits(
    locked: _Locked,
    spots: Mapping[AppointmentId, tuple[UserId, datetime]],
    mode: ListMode | None,
    call: Call[Unit],
) -> list[Visit]:
    """
    The visits as they are to be: of each the user and the start, in its location's zone.
    """
    setup = call.unit.companies.setup()  # after the users: a change of rule or zone locks them too
    types = {each.id: each for each in call.unit.appointment_types.all()}
    visits = []
    for each in locked.states:
        user, start = spots[each.id]
        wish = Wish(
            kind=each.kind,
            sub_type=each.sub_type,
            location=each.location,
            told=start,
            minutes=each.period.minutes,
            mode=mode,
        )
        customer = locked.customers[each.customer]
        visits.append(visit_of(wish, customer, locked.people[user], types[each.type], setup))
    return visits


def _choice(before: Appointment, visit: Visit) -> tuple[Violation, ...]:
    """
    What stands against the choice of a user; where the visit keeps its own, whether they work at all (APT-18).
    """
    if visit.person.id == before.user:
        found = violations((user_is_eligible,), visit.choice)
    else:
        found = violations(OFFER, visit.offer) + violations(WHOM, visit.choice)
    return tuple(named(each, visit.person, visit.told.date()) for each in found)


def _told(spot: Spot, zone: str) -> datetime:
    return local(spot.period.start, zone).replace(tzinfo=None)


def _view(repair: Repair, outcomes: Iterable[Outcome[Appointment]], people: Iterable[Person]) -> RepairView:
    names = {person.id: person.name for person in people}
    there = {each.state.id: each.state for each in outcomes}

    def spot(at: Spot, zone: str) -> SpotView:
        user = UserRef(id=at.user, name=names[at.user])
        return SpotView(user=user, start=local(at.period.start, zone), end=local(at.period.end, zone))

    def line(move: RepairMove) -> RepairMoveView:
        now = there[move.appointment]
        return RepairMoveView(
            appointment=now.id,
            version=now.version,
            zone=now.zone,
            before=spot(move.before, now.zone),
            after=spot(move.after, now.zone),
        )

    return RepairView(
        id=repair.id,
        version=repair.version,
        made_at=repair.made_at,
        undone_at=repair.undone_at,
        moves=tuple(line(each) for each in repair.moves),
    )
