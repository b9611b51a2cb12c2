"""
Where visits that are pending reassignment could go.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from uuid import UUID

from attrs import Factory, frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Actor
from fieldops_core.access.rules import VISIT, VisitAccess
from fieldops_core.company.model import AppointmentType, Setup
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.cells import CELL_SECONDS, cells_in, epoch
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import require, violations
from fieldops_core.kernel.time import Period, local, local_date, moment
from fieldops_core.scheduling.calculations import (
    Addition,
    Gap,
    Knowledge,
    addition,
    by_owner,
    estimated,
    frame,
    gaps,
    mode_for,
    taken_cells,
    user_time,
)
from fieldops_core.scheduling.messages import FindRepairs
from fieldops_core.scheduling.model import (
    MOST_REPAIRED,
    Appointment,
    AppointmentId,
    Status,
    valid_days,
    valid_proposals,
    valid_repair,
)
from fieldops_core.scheduling.ports import Selection, Span, Stop, Taken, Unit
from fieldops_core.scheduling.rules import WHOM, Choice, Length
from fieldops_core.scheduling.rules.repairs import WAITING, Waiting
from fieldops_core.scheduling.use_cases.best_slots import NOTHING, slot
from fieldops_core.scheduling.use_cases.fitting import NOBODY, Search, offered
from fieldops_core.scheduling.use_cases.listing import sight
from fieldops_core.scheduling.use_cases.loading import SLACK, may_use_visit, one_person
from fieldops_core.scheduling.use_cases.stranding import FOREVER
from fieldops_core.scheduling.views import CustomerRef, RepairItem, RepairsView, UserRef
from fieldops_core.staff.model import Absence, Person

DAY_SECONDS = 86_400


def find_repairs(question: FindRepairs, call: Call[Unit]) -> RepairsView:
    """
    Nine queries, however many there are. The visit with the fewest starts is placed first, at its best one; from then
    on that time is taken and its old one free, so that the first moves of all go together. A move is the better the
    fewer days it is from the visit's own, then where it keeps its time, then the less driving it adds, by estimate.
    """
    limit, _ = valid_proposals(question.limit), valid_days(question.days)
    visits, more = _pending(question, call)
    if not visits:
        return RepairsView(items=(), more=False)
    cases = _cases(visits, question, call)
    diary = _diary(cases, call)
    found = {}
    for case in sorted(cases, key=lambda case: (diary.freedom(case), case.visit.period.start, case.visit.id)):
        found[case.visit.id] = slots = list(diary.moves(case))[:limit]
        if slots:
            diary.place(case, slots[0])
    return RepairsView(items=tuple(_item(each, found[each.visit.id]) for each in cases), more=more)


@frozen(kw_only=True)
class _Case:
    """
    A visit that is pending, and the search for where it could go.
    """

    visit: Appointment
    holder: Person
    search: Search

    @property
    def seconds(self) -> int:
        return self.search.length.minutes * 60

    @property
    def stop(self) -> Stop:
        """
        The time that it takes now.
        """
        return self.at(self.visit.user, epoch(self.visit.period.start))

    def at(self, user: UserId, start: int) -> Stop:
        place = self.search.customer.point
        latitude, longitude = (place.latitude, place.longitude) if place else (None, None)
        return Stop(user, start, start + self.seconds, latitude, longitude)


@frozen(kw_only=True)
class _Move:
    """
    A start (a *cell*, counted from 1970) in a gap, and how good it is.
    """

    rank: tuple[object, ...]
    user: UserId
    cell: int
    gap: Gap
    addition: Addition


@frozen(kw_only=True)
class _Diary:
    """
    What takes users' time, by the UTC day on which it begins, as it would be once the visits placed so far have moved.
    """

    setup: Setup
    absences: Mapping[UUID, tuple[Absence, ...]]
    held: Sequence[Taken]
    now: datetime
    days: dict[int, list[Stop]] = Factory(lambda: defaultdict(list))

    def freedom(self, case: _Case) -> int:
        """
        At how many starts a visit fits.
        """
        return sum(each.starts.bit_count() for each in self._gaps(case))

    def moves(self, case: _Case) -> list[_Move]:
        """
        Of each gap in which a visit fits and leaves time for the drives, the start nearest to its own time of day; the
        best first.
        """
        place, found = case.search.customer.point, []
        for gap in self._gaps(case):
            added = addition(gap, place, case.seconds, estimated)
            if added.starts:
                found.append(_move(case, gap, added))
        return sorted(found, key=attrgetter("rank"))

    def place(self, case: _Case, move: _Move) -> None:
        """
        From now on its new time is taken, and its old one free.
        """
        old, new = case.stop, case.at(move.user, move.cell * CELL_SECONDS)
        self.days[old.start // DAY_SECONDS].remove(old)
        self.days[new.start // DAY_SECONDS].append(new)

    def _gaps(self, case: _Case) -> Iterator[Gap]:
        search, of_user = case.search, defaultdict[UserId, list[Stop]](list)
        there = self._around(search.within.cells.period, without=case.stop)
        for each in there:
            of_user[each.user].append(each)
        known = Knowledge(
            zones={location.id: location.zone for location in self.setup.locations},
            absences=self.absences,
            taken=taken_cells(search.within, there),
            held=taken_cells(search.within, self.held),
            rule=self.setup.settings.working_hours_rule,
            now=self.now,
        )
        for who, choice in enumerate(search.choices):
            starts = search.starts(user_time(choice.person, search.within, known))
            stops = sorted(of_user[choice.person.id], key=attrgetter("start", "until"))
            yield from gaps(who, starts, search.within, stops, choice.person.start, case.seconds)

    def _around(self, period: Period, *, without: Stop) -> list[Stop]:
        first, last = epoch(period.start) // DAY_SECONDS - 1, epoch(period.end) // DAY_SECONDS
        found = [each for day in range(first, last + 1) for each in self.days.get(day, ())]
        found.remove(without)
        return found


def _move(case: _Case, gap: Gap, added: Addition) -> _Move:
    visit, within = case.visit, case.search.within
    told = local(visit.period.start, visit.zone)
    day = next(each.date for each in within.days if within.cells.first + each.first == gap.first)
    own = day == told.date()
    start = visit.period.start if own else moment(visit.zone, day, told.hour * 60 + told.minute)
    wanted = epoch(start) // CELL_SECONDS - gap.first
    cell = min(cells_in(added.starts), key=lambda each: (abs(each - wanted), each))
    user, drive = case.search.choices[gap.who].person.id, added.added
    kept, days = own and cell == wanted, (day - told.date()).days
    driving = (True, 0, 0.0) if drive is None else (False, drive.minutes, drive.meters)
    rank = (not (kept and user == visit.user), days, not kept, *driving, abs(cell - wanted), cell, gap.who)
    return _Move(rank=rank, user=user, cell=gap.first + cell, gap=gap, addition=added)


def _pending(question: FindRepairs, call: Call[Unit]) -> tuple[tuple[Appointment, ...], bool]:
    """
    The visits that are asked about, by start, and whether more of them wait.

    Raises:
        NotFound: where the company has no appointment that is named.
    """
    unit = call.unit
    if question.appointments:
        valid_repair(len(question.appointments))
        return _by_start(existing(question.appointments, call)), False
    selection = Selection(
        spans=_ahead(question, call),
        users=frozenset(question.users) or None,
        statuses=frozenset({Status.SCHEDULED}),
        pending_reassignment=True,
        sight=sight(call.actor, unit.companies.setup()),
    )
    found = unit.times.selected(selection, after=None, limit=MOST_REPAIRED + 1)
    visits = unit.appointments.named([each.appointment for each in found[:MOST_REPAIRED]]) if found else ()
    return _by_start(each for each in visits if each.upcoming(call.now)), len(found) > MOST_REPAIRED


def existing(ids: Collection[AppointmentId], call: Call[Unit], *, lock: Lock = Lock.NONE) -> tuple[Appointment, ...]:
    """
    The visits that are named, in the order of their ids.

    Raises:
        NotFound: where the company has no such appointment.
    """
    found = call.unit.appointments.named(ids, lock=lock)
    if missing := set(ids) - {each.id for each in found}:
        raise NotFound("appointment", min(missing))
    return found


def _by_start(visits: Iterable[Appointment]) -> tuple[Appointment, ...]:
    return tuple(sorted(visits, key=lambda each: (each.period.start, each.id)))


def _ahead(question: FindRepairs, call: Call[Unit]) -> tuple[Span, ...]:
    """
    What is to come at the locations that are asked about, and what may have begun and not ended.
    """
    setup = call.unit.companies.setup()
    asked = [setup.location(id) for id in question.locations] or setup.locations
    return (Span(locations=frozenset(each.id for each in asked), start=call.now - SLACK, end=FOREVER),)


def _cases(visits: Sequence[Appointment], question: FindRepairs, call: Call[Unit]) -> list[_Case]:
    """
    Those visits that the actor may change, with everybody who may be given them.

    Raises:
        Forbidden: where one that is named may not be changed.
        Refused: where one that is named does not wait, or the company does not offer the list mode asked for.
    """
    unit, setup = call.unit, call.unit.companies.setup()
    customers = {each.id: each for each in unit.customers.named({each.customer for each in visits})}
    types = {each.id: each for each in unit.appointment_types.all()}
    people = unit.people.find(active=None)
    found = []
    for visit in visits:
        customer = customers[visit.customer]
        if question.appointments:
            may_use_visit(call.actor, visit.kind, Action.MODIFY, customer, (visit.user,))
            require(WAITING, Waiting(appointment=visit, now=call.now))
        if _may_give(visit, customer, visit.user, call.actor):
            search = _search(visit, customer, types[visit.type], people, setup, question, call.actor)
            found.append(_Case(visit=visit, holder=one_person(people, visit.user), search=search))
    return found


def _search(
    visit: Appointment,
    customer: Customer,
    type: AppointmentType,
    people: Sequence[Person],
    setup: Setup,
    question: FindRepairs,
    actor: Actor,
) -> Search:
    mode, settings = mode_for(question.mode, setup.settings, customer.point), setup.settings
    offered(visit.kind, mode, settings)
    choices = (
        Choice(kind=visit.kind, type=type, customer=customer, person=person, mode=mode, settings=settings)
        for person in people
        if _may_give(visit, customer, person.id, actor)
    )
    day = local_date(visit.period.start, visit.zone)
    return Search(
        customer=customer,
        type=type,
        setup=setup,
        length=Length(kind=visit.kind, minutes=visit.period.minutes),
        mode=mode,
        within=frame(visit.zone, day, question.days, settings.grid_start, settings.grid_end),
        choices=tuple(choice for choice in choices if not violations(WHOM, choice)),
    )


def _may_give(visit: Appointment, customer: Customer, user: UserId, actor: Actor) -> bool:
    case = VisitAccess(
        actor=actor, kind=visit.kind, action=Action.MODIFY, at=customer.location, assignees=(visit.user, user)
    )
    return not violations(VISIT, case)


def _diary(cases: Sequence[_Case], call: Call[Unit]) -> _Diary:
    """
    What is known of everybody's time, in all the days that are searched.
    """
    frames = [case.search.within for case in cases if case.search.within.days]
    setup = call.unit.companies.setup()
    if not frames:
        return _Diary(setup=setup, absences={}, held=(), now=call.now)
    period = Period(
        start=min(each.cells.period.start for each in frames), end=max(each.cells.period.end for each in frames)
    )
    absences = call.unit.absences.between(period.start.date() - SLACK, period.end.date() + SLACK)
    holds = call.unit.holds.live(period, now=call.now)
    diary = _Diary(
        setup=setup,
        absences=by_owner(absences),
        held=[Taken(each.user, None, epoch(each.period.start), epoch(each.period.end), each.id) for each in holds],
        now=call.now,
    )
    for each in call.unit.times.stops(period):
        diary.days[each.start // DAY_SECONDS].append(each)
    return diary


def _item(case: _Case, moves: Sequence[_Move]) -> RepairItem:
    visit, customer = case.visit, case.search.customer
    nothing = NOTHING if case.search.choices else NOBODY
    return RepairItem(
        appointment=visit.id,
        version=visit.version,
        kind=visit.kind,
        type=case.search.type.name,
        user=UserRef(id=case.holder.id, name=case.holder.name),
        customer=CustomerRef(id=customer.id, number=customer.number, name=customer.name, stage=customer.stage),
        start=local(visit.period.start, visit.zone),
        end=local(visit.period.end, visit.zone),
        minutes=visit.period.minutes,
        zone=visit.zone,
        mode=case.search.mode_view,
        proposals=tuple(slot(each.cell, each.gap, each.addition, case.search) for each in moves),
        message=None if moves else nothing,
    )
