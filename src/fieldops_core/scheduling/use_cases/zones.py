"""
Clocks that are read otherwise: another time zone of a location (SCH-26), a new tz database (SCH-03).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.rules import require_company_wide
from fieldops_core.company.decisions import change_zone
from fieldops_core.company.model import Location
from fieldops_core.company.views import location_view
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rules import Violation, refuse, require, violations
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import Timing, kept_instant, kept_local_time
from fieldops_core.scheduling.messages import ChangeLocationZone, RecomputeInstants
from fieldops_core.scheduling.model import Appointment, AppointmentId, Block, Keeping
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.rules import MEETING, RETIMING, REZONING, Meeting, Retiming, Rezoning
from fieldops_core.scheduling.use_cases.loading import SLACK, visibility
from fieldops_core.scheduling.use_cases.pairs import keep_visits
from fieldops_core.scheduling.use_cases.stranding import FOREVER, Past, strand
from fieldops_core.scheduling.views import (
    RecomputedView,
    RetimedView,
    StrandedView,
    UnmovedLine,
    ZoneChangeView,
    retimed_line,
    unmoved_line,
    window,
)

Names = Mapping[UserId, str]
Times = Mapping[AppointmentId, Timing]


def change_location_zone(command: ChangeLocationZone, call: Call[Unit]) -> ZoneChangeView:
    """
    Everybody is locked: who books at the location afterwards, books in its new zone.
    """
    require_company_wide(call.actor, Permission.SETTINGS, Action.MODIFY)
    location = call.unit.locations.get(command.location, lock=Lock.EXCLUSIVE)
    call.expect(location)
    outcome = change_zone(location, command.zone, now=call.now)
    if command.zone == location.zone:
        return _zone_view(location, RetimedView(), StrandedView())
    names, visits = _everybody(call), call.unit.appointments.opened(location=location.id)
    require(REZONING, Rezoning(open=len(visits), keep=command.keep))
    kept = kept_instant if command.keep is Keeping.INSTANTS else kept_local_time
    clocks = _clocks(visits, lambda visit: (command.zone, kept(visit, command.zone)), names, call)
    refuse((*clocks.impossible.values(), *(found for _, found in clocks.meetings(clocks.times))))
    changed = call.keep(call.unit.locations, outcome)
    _save(clocks, clocks.times, call)
    past = Past(zones={location.id: location.zone}, users=clocks.users, periods=clocks.periods)
    stranded = strand(past, call)
    return _zone_view(changed, _told(clocks, clocks.times, call), stranded)


def recompute_instants(_: RecomputeInstants, call: Call[Unit]) -> RecomputedView:
    """
    What cannot be moved, because its local time is no more or somebody else is there now, stays and is pending
    reassignment: a visit is never lost, and never stands in two places.
    """
    names = _everybody(call)
    visits = tuple(each for each in call.unit.appointments.opened() if each.upcoming(call.now))
    clocks = _clocks(visits, lambda visit: (visit.zone, kept_local_time(visit, visit.zone)), names, call)
    times, stuck = _movable(clocks)
    # Those first: the other one of a pair may be marked anew by what is moved.
    _leave(clocks, stuck, call)
    _save(clocks, times, call)
    moved = {id: clocks.periods[id] for id in times}
    past = Past(users=frozenset(clocks.visits[id].user for id in times), periods=moved)
    stranded = strand(past, call)
    return RecomputedView(
        looked_at=len(visits),
        moved=_told(clocks, times, call),
        unmoved=_stuck_lines(clocks, stuck, call),
        stranded=stranded,
    )


@frozen(kw_only=True)
class _Clocks:
    """
    Some *visits* as they are, the *times* that they would have, those for which there is none, and all *blocks* of
    their users' time.
    """

    visits: Mapping[AppointmentId, Appointment]
    times: Times
    impossible: Mapping[AppointmentId, Violation]
    blocks: tuple[Block, ...]
    names: Names
    may_see: Callable[[Block], bool]

    @property
    def users(self) -> frozenset[UserId]:
        return frozenset(visit.user for visit in self.visits.values())

    @property
    def periods(self) -> dict[AppointmentId, Period]:
        return {id: visit.period for id, visit in self.visits.items()}

    def meetings(self, times: Times) -> Iterator[tuple[tuple[AppointmentId, AppointmentId], Violation]]:
        """
        The visits of one user that would overlap, were some visits at those times and all others where they are.
        """
        by_user: dict[UserId, list[tuple[Period, Block]]] = {}
        for block in self.blocks:
            period = times[block.appointment].period if block.appointment in times else block.occupied
            if period is not None:
                by_user.setdefault(block.user, []).append((period, block))
        for found in by_user.values():
            found.sort(key=lambda each: (each[0].start, each[1].appointment))
            there: list[tuple[Period, Block]] = []
            for each in found:
                there = [one for one in there if one[0].end > each[0].start]
                for last in there:
                    moved = [time for block in (last[1], each[1]) if (time := times.get(block.appointment))]
                    if moved and not self._pair(last[1], each[1]):
                        yield from self._meeting(last, each, zone=moved[0].zone)
                there.append(each)

    def _pair(self, one: Block, other: Block) -> bool:
        """
        Whether they overlap on purpose; one of them is among the visits.
        """
        ids = (one.appointment, other.appointment)
        return any(
            visit.double_booked_with == partner
            for id, partner in (ids, ids[::-1])
            if (visit := self.visits.get(id)) is not None
        )

    def _meeting(
        self, one: tuple[Period, Block], other: tuple[Period, Block], *, zone: str
    ) -> Iterator[tuple[tuple[AppointmentId, AppointmentId], Violation]]:
        blocks = (one[1], other[1])
        seen = tuple(block.appointment for block in blocks if self.may_see(block))
        user = self.names[blocks[0].user] if len(seen) == len(blocks) else SOMEBODY
        case = Meeting(user=user, zone=zone, first=one[0], second=other[0], seen=seen)
        for found in violations(MEETING, case):
            yield (blocks[0].appointment, blocks[1].appointment), found


SOMEBODY = "Somebody"
Read = Callable[[Appointment], tuple[str, Timing | None]]


def _clocks(visits: Iterable[Appointment], read: Read, names: Names, call: Call[Unit]) -> _Clocks:
    """
    *read* tells the zone in which a visit's clock is read, and the time that it would have.
    """
    by_id = {visit.id: visit for visit in visits}
    found = {id: read(visit) for id, visit in by_id.items()}
    blocks = _blocks(by_id.values(), (time.period for _, time in found.values() if time), call)
    may_see, by_block = visibility(call.actor), {block.appointment: block for block in blocks}
    impossible: dict[AppointmentId, Violation] = {}
    for id, (zone, time) in found.items():
        seen = may_see(by_block[id])
        user = names[by_id[id].user] if seen else SOMEBODY
        case = Retiming(appointment=by_id[id], user=user, zone=zone, time=time, seen=seen)
        impossible.update((id, each) for each in violations(RETIMING, case))
    times = {id: time for id, (_, time) in found.items() if time is not None and id not in impossible}
    return _Clocks(visits=by_id, times=times, impossible=impossible, blocks=blocks, names=names, may_see=may_see)


def _movable(clocks: _Clocks) -> tuple[Times, dict[AppointmentId, Violation]]:
    """
    The visits whose instant is another one and that can be there, and why the others have to stay.
    """
    times = {id: time for id, time in clocks.times.items() if time.period != clocks.visits[id].period}
    stuck = dict(clocks.impossible)
    while met := next(clocks.meetings(times), None):
        (first, second), why = met
        stays = second if second in times else first
        del times[stays]
        stuck[stays] = why
    return times, stuck


def _everybody(call: Call[Unit]) -> Names:
    ids = [person.id for person in call.unit.people.find(active=None)]
    return {person.id: person.name for person in call.unit.people.locked(ids)}


def _blocks(visits: Iterable[Appointment], others: Iterable[Period], call: Call[Unit]) -> tuple[Block, ...]:
    """
    All that takes the time of the visits' users, from the first of the visits and of some *others* periods on.
    """
    users = {visit.user: visit.period.start for visit in visits}
    if not users:
        return ()
    starts = [*(visit.period.start for visit in visits), *(period.start for period in others)]
    return call.unit.times.blocks(Period(start=min(starts) - SLACK, end=FOREVER), users=users.keys(), occupying=True)


def _save(clocks: _Clocks, times: Times, call: Call[Unit]) -> None:
    keep_visits(
        [decisions.retime(clocks.visits[id], time, call.context, now=call.now) for id, time in times.items()], call
    )


def _leave(clocks: _Clocks, stuck: Iterable[AppointmentId], call: Call[Unit]) -> None:
    left = (clocks.visits[id] for id in stuck)
    outcomes = (decisions.strand(each, call.context, now=call.now) for each in left if not each.pending_reassignment)
    call.keep_alike(call.unit.appointments, UniformChange(outcomes=tuple(outcomes)))


def _now(ids: Iterable[AppointmentId], clocks: _Clocks, call: Call[Unit]) -> list[Block]:
    """
    Those visits as they are now, as far as the reader may see them.
    """
    wanted = frozenset(ids)
    visits = [clocks.visits[id] for id in wanted]
    found = _blocks(visits, (clocks.times[id].period for id in wanted if id in clocks.times), call)
    return [each for each in found if each.appointment in wanted and clocks.may_see(each)]


def _told(clocks: _Clocks, times: Times, call: Call[Unit]) -> RetimedView:
    lines = tuple(
        retimed_line(block, clocks.names[block.user], window(visit.period, visit.zone))
        for block in _now(times, clocks, call)
        for visit in [clocks.visits[block.appointment]]
    )
    return RetimedView(count=len(times), appointments=lines)


def _stuck_lines(
    clocks: _Clocks, stuck: Mapping[AppointmentId, Violation], call: Call[Unit]
) -> tuple[UnmovedLine, ...]:
    return tuple(
        unmoved_line(block, clocks.names[block.user], clocks.visits[block.appointment].agreed, stuck[block.appointment])
        for block in _now(stuck, clocks, call)
    )


def _zone_view(location: Location, told: RetimedView, stranded: StrandedView) -> ZoneChangeView:
    shown = location_view(location)
    fields = {name: getattr(shown, name) for name in fields_of(shown)}
    return ZoneChangeView(**fields, open=told, stranded=stranded)
