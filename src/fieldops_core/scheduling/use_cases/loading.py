"""
What several use cases of scheduling load.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor, Kind, Stage
from fieldops_core.access.rules import VISIT, SlotAccess, VisitAccess, may_see_slots
from fieldops_core.company.model import AppointmentType, ListMode, Setup, SubTypeId
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import permit
from fieldops_core.kernel.time import Period, local, local_date, resolve, valid_date
from fieldops_core.scheduling.calculations import Frame, Knowledge, by_owner, frame, mode_for, taken_cells, user_time
from fieldops_core.scheduling.model import (
    Appointment,
    AppointmentId,
    Block,
    Hold,
    HoldId,
    Reason,
    WorkOrderFact,
    WorkOrderId,
    valid_minutes,
)
from fieldops_core.scheduling.ports import Taken, Unit
from fieldops_core.scheduling.rules import Doubling, Placement, Visit
from fieldops_core.staff.model import Absence, Person

SLACK = timedelta(days=1)


def may_use_visit(actor: Actor, kind: Kind, action: Action, customer: Customer, assignees: tuple[UserId, ...]) -> None:
    """
    Raises:
        Forbidden: where the actor may not do this with appointments of that customer and those assignees.
    """
    case = VisitAccess(actor=actor, kind=kind, action=action, at=customer.location, assignees=assignees)
    permit(VISIT, case)


def may_look_at_slots(actor: Actor, kind: Kind, stage: Stage, at: LocationId) -> None:
    """
    Raises:
        Forbidden: where the actor may not see free times for such a record there (ACC-06).
    """
    permit((may_see_slots,), SlotAccess(actor=actor, kind=kind, stage=stage, at=at))


def visibility(actor: Actor) -> Callable[[Block], bool]:
    """
    Which blocks an actor may look into; each combination is asked once.
    """
    known: dict[tuple[Kind, LocationId, bool], bool] = {}

    def may_see(block: Block) -> bool:
        own = block.kind is Kind.SALES and block.user == actor.user  # whose it is matters there alone (ACC-05)
        key = (block.kind, block.customer_location, own)
        seen = known.get(key)
        if seen is None:
            case = VisitAccess(
                actor=actor,
                kind=block.kind,
                action=Action.VIEW,
                at=block.customer_location,
                assignees=(block.user,),
            )
            seen = known[key] = all(each(case) is None for each in VISIT)
        return seen

    return may_see


def one_person(people: tuple[Person, ...], id: UserId) -> Person:
    """
    Raises:
        NotFound: where the company has no such user.
    """
    for person in people:
        if person.id == id:
            return person
    raise NotFound("user", id)


def chosen_work_order(
    id: WorkOrderId | None, call: Call[Unit], *, instead_of: WorkOrderId | None = None
) -> WorkOrderFact | None:
    """
    What is known of a work order that is chosen, *instead_of* another perhaps. Both are locked, in one order: their
    statuses will follow.

    Raises:
        NotFound: where the company has no such work order.
    """
    if id is None:
        return None
    for fact in call.unit.work_orders.facts({id, instead_of or id}, lock=Lock.EXCLUSIVE):
        if fact.id == id:
            return fact
    raise NotFound("work_order", id)


@frozen(kw_only=True)
class Wish:
    """
    What a command wants of a visit: its parts, before they are looked up.
    """

    kind: Kind
    sub_type: SubTypeId | None
    location: LocationId
    told: datetime
    minutes: int
    mode: ListMode | None
    work_order: WorkOrderFact | None = None


def visit_of(wish: Wish, customer: Customer, person: Person, type: AppointmentType, setup: Setup) -> Visit:
    """
    What is to be placed, its local time made an instant.
    """
    location = setup.location(wish.location)
    valid_date(wish.told.date(), field="start")
    return Visit(
        kind=wish.kind,
        type=type,
        sub_type=wish.sub_type,
        customer=customer,
        person=person,
        location=location.id,
        zone=location.zone,
        told=wish.told,
        start=resolve(wish.told, location.zone),
        minutes=valid_minutes(wish.minutes),
        mode=mode_for(wish.mode, setup.settings, customer.point),
        settings=setup.settings,
        work_order=wish.work_order,
    )


def told_start(appointment: Appointment) -> datetime:
    """
    The local time at which an appointment begins.
    """
    return local(appointment.period.start, appointment.zone).replace(tzinfo=None)


def placement(
    visit: Visit,
    call: Call[Unit],
    setup: Setup,
    *,
    without: AppointmentId | None = None,
    hold: HoldId | None = None,
    doubling: Doubling | None = None,
) -> Placement:
    """
    A visit with its user's time on its local day, apart from the appointment that is being changed, the one that it may
    be doubled with and the hold that is being consumed; and, where another visit stands in its way, what is there. The
    user must be locked where the visit is to be saved.
    """
    may_see, doubling = visibility(call.actor), doubling or Doubling()
    if visit.start is None or visit.minutes < 1:
        return Placement(visit=visit, period=None, time=None, doubling=doubling, may_see=may_see)
    day = local_date(visit.start, visit.zone)
    its_frame = frame(visit.zone, day, 1, visit.settings.grid_start, visit.settings.grid_end)
    users = (visit.person.id,)
    known = knowledge(call, setup, its_frame, users=users, without=without, hold=hold)
    period = Period(start=visit.start, end=visit.start + timedelta(minutes=visit.minutes))
    time = user_time(visit.person, its_frame, known)
    case = Placement(visit=visit, period=period, time=time, doubling=doubling, may_see=may_see)
    if Reason.TAKEN not in case.reasons():
        return case
    found = call.unit.times.blocks(its_frame.cells.period, users=users, occupying=True)
    blocks = tuple(each for each in found if each.appointment != without and not doubling.lets(each))
    # What was cancelled since the first reading is no longer there to be named.
    there = evolve(known, taken=taken_cells(its_frame, taken_by(blocks)))
    return evolve(case, time=user_time(visit.person, its_frame, there), blocks=blocks)


def taken_by(blocks: Iterable[Block]) -> Iterator[Taken]:
    """
    The time that blocks take.
    """
    for each in blocks:
        if each.occupied_until is not None:
            start, until = epoch(each.start), epoch(each.occupied_until)
            yield Taken(user=each.user, appointment=each.appointment, start=start, until=until)


def own_hold(id: HoldId | None, call: Call[Unit]) -> Hold | None:
    """
    The hold of that id, where it is the actor's own. Another's opens nothing.
    """
    found = call.unit.holds.find(id) if id is not None else None
    return found if found is not None and found.created_by == call.actor.user else None


def knowledge(
    call: Call[Unit],
    setup: Setup,
    within: Frame,
    *,
    users: Collection[UserId] | None,
    without: AppointmentId | None = None,
    hold: HoldId | None = None,
) -> Knowledge:
    """
    What decides users' time in a frame, apart from one appointment and one hold: a query for all absences, and one for
    all that takes time.
    """
    absences: tuple[Absence, ...] = ()
    found: Sequence[Taken] = ()
    if within.days:
        first, last = within.days[0].date - SLACK, within.days[-1].date + SLACK
        absences = call.unit.absences.between(first, last, users=users)
        found = call.unit.times.taken(within.cells.period, users=users, now=call.now)
    held = [each for each in found if each.hold is not None]
    if held or without is not None:
        found = [each for each in found if each.hold is None and each.appointment != without]
    return Knowledge(
        zones={location.id: location.zone for location in setup.locations},
        absences=by_owner(absences),
        taken=taken_cells(within, found),
        held=taken_cells(within, (each for each in held if each.hold != hold)),
        rule=setup.settings.working_hours_rule,
        now=call.now,
    )
