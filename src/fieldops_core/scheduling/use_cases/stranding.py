"""
What a change of people's time does to the visits that are booked already (APT-14).
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time

from attrs import evolve, frozen

from fieldops_core.access.context import Call
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.outcome import UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.time import LATEST, Period
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.calculations import Presence, by_owner
from fieldops_core.scheduling.model import AppointmentId, Block, Lack, Status
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.loading import SLACK, visibility
from fieldops_core.scheduling.views import StrandedLine, StrandedView, stranded_line
from fieldops_core.staff.model import Absence, AbsenceId, Person

FOREVER = datetime.combine(LATEST, time(), UTC)


@frozen(kw_only=True)
class Past:
    """
    How things were before a change that has been saved: *people* as they were; absences that are *new* since then, and
    others that are *gone*; another *rule* of working hours; other *zones* of locations, and visits that were at other
    *periods*. It concerns those people, *users*, whoever is at home at *locations* or in a zone that changed, and, of
    the rule, everybody.
    """

    people: Mapping[UserId, Person] = {}
    new: frozenset[AbsenceId] = frozenset()
    gone: tuple[Absence, ...] = ()
    users: frozenset[UserId] = frozenset()
    locations: frozenset[LocationId] = frozenset()
    rule: WorkingHoursRule | None = None
    zones: Mapping[LocationId, str] = {}
    periods: Mapping[AppointmentId, Period] = {}

    def concerns(self, person: Person) -> bool:
        its = person.id in self.users or person.id in self.people
        return its or person.home in self.locations or person.home in self.zones or self.rule is not None

    def absences(self, present: Iterable[Absence]) -> tuple[Absence, ...]:
        """
        Those that there were, of those that there are.
        """
        return (*(each for each in present if each.id not in self.new), *self.gone)


Lacking = Mapping[AppointmentId, frozenset[Lack]]


def strand(past: Past, call: Call[Unit]) -> StrandedView:
    """
    Make pending reassignment what a change puts outside: each upcoming visit that lacks now what it did not lack
    before. Everybody whose time the change concerns is locked, so that nothing is booked into it meanwhile.
    """
    people = _locked(past, call)
    blocks = _upcoming(people, call)
    lacking = _newly_lacking(blocks, past, people, call) if blocks else {}
    if not lacking:
        return StrandedView()
    # Locked as they are read; one that ended meanwhile, or became somebody else's, is let go.
    states = call.unit.appointments.named(lacking, lock=Lock.EXCLUSIVE)
    outcomes = tuple(
        decisions.strand(each, call.context, now=call.now)
        for each in states
        if each.upcoming(call.now) and each.user in people
    )
    call.keep_alike(call.unit.appointments, UniformChange(outcomes=outcomes))
    versions = {outcome.state.id: outcome.state.version for outcome in outcomes}
    there = [evolve(each, version=versions[each.appointment]) for each in blocks if each.appointment in versions]
    return StrandedView(count=len(there), appointments=_lines(there, lacking, people, call))


def _locked(past: Past, call: Call[Unit]) -> dict[UserId, Person]:
    """
    Everybody whom a change concerns, as they are now.
    """
    ids = {*past.users, *past.people}
    if past.rule is not None or past.locations or past.zones:
        ids.update(person.id for person in call.unit.people.find(active=None) if past.concerns(person))
    return {person.id: person for person in call.unit.people.locked(ids)}


def _upcoming(people: Mapping[UserId, Person], call: Call[Unit]) -> tuple[Block, ...]:
    if not people:
        return ()
    blocks = call.unit.times.blocks(Period(start=call.now, end=FOREVER), users=people.keys(), occupying=True)
    return tuple(each for each in blocks if each.status is Status.SCHEDULED and not each.pending_reassignment)


def _newly_lacking(blocks: Iterable[Block], past: Past, people: Mapping[UserId, Person], call: Call[Unit]) -> Lacking:
    setup, was = call.unit.companies.setup(), {**people, **past.people}
    homes = {each.home for each in (*people.values(), *was.values())}
    absences = call.unit.absences.between(call.now.date() - SLACK, LATEST, users=people.keys(), locations=homes)
    rule, zones = setup.settings.working_hours_rule, {location.id: location.zone for location in setup.locations}
    before = _presences(was, past.absences(absences), {**zones, **past.zones}, past.rule or rule)
    after = _presences(people, absences, zones, rule)
    found = {}
    for each in blocks:
        earlier = past.periods.get(each.appointment, each.planned)
        if lacks := after[each.user].lacks(each.planned) - before[each.user].lacks(earlier):
            found[each.appointment] = lacks
    return found


def _presences(
    people: Mapping[UserId, Person],
    absences: Iterable[Absence],
    zones: Mapping[LocationId, str],
    rule: WorkingHoursRule,
) -> dict[UserId, Presence]:
    owned = by_owner(absences)
    return {
        id: Presence(person=person, zone=zones[person.home], absences=owned, rule=rule) for id, person in people.items()
    }


def _lines(
    blocks: Iterable[Block], lacking: Lacking, people: Mapping[UserId, Person], call: Call[Unit]
) -> tuple[StrandedLine, ...]:
    may_see, zone = visibility(call.actor), call.context.reader_zone
    return tuple(
        stranded_line(each, people[each.user].name, lacking[each.appointment], reader_zone=zone)
        for each in blocks
        if may_see(each)
    )
