"""
What another radius or start location does to the visits that are booked already.
"""

from collections.abc import Iterable, Mapping

from attrs import frozen

from fieldops_core.access.context import Call
from fieldops_core.access.model import Kind
from fieldops_core.company.model import ListMode, Settings
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.calculations import covers, distance_from_start
from fieldops_core.scheduling.model import Block, Status
from fieldops_core.scheduling.ports import Unit
from fieldops_core.scheduling.use_cases.loading import visibility
from fieldops_core.scheduling.use_cases.stranding import FOREVER
from fieldops_core.scheduling.views import OutOfCoverageView, UncoveredLine, distance_view, uncovered_line
from fieldops_core.staff.model import Person


@frozen(kw_only=True)
class PastCoverage:
    """
    How coverage was before a change that has been saved: *people* as they were; other *settings*, of which everybody's
    coverage is asked.
    """

    people: Mapping[UserId, Person] = {}
    settings: Settings | None = None


def uncover(past: PastCoverage, call: Call[Unit]) -> OutOfCoverageView:
    """
    The upcoming TECH visits that some radius mode which the company offers covered before and covers no more. What was
    booked stays: a dispatcher may well send somebody further than usual (APT-18).
    """
    settings = call.unit.companies.setup().settings
    people = {each.id: each for each in call.unit.people.find(ids=_concerned(past), active=None)}
    was, lines, count = past.settings or settings, list[UncoveredLine](), 0
    may_see = visibility(call.actor)
    for block in _upcoming(people, call):
        person = people[block.user]
        earlier = past.people.get(person.id, person)
        lost = tuple(
            mode
            for mode in settings.modes
            if _covered(earlier, block, mode, was) and not _covered(person, block, mode, settings)
        )
        if lost:
            count += 1
            lines += [_line(block, person, lost, settings, call)] if may_see(block) else []
    return OutOfCoverageView(count=count, appointments=tuple(lines))


def _concerned(past: PastCoverage) -> frozenset[UserId] | None:
    return None if past.settings is not None else frozenset(past.people)


def _upcoming(people: Iterable[UserId], call: Call[Unit]) -> Iterable[Block]:
    found = call.unit.times.blocks(Period(start=call.now, end=FOREVER), users=list(people), occupying=True)
    return (block for block in found if block.kind is Kind.TECH and block.status is Status.SCHEDULED)


def _covered(person: Person, block: Block, mode: ListMode, settings: Settings) -> bool:
    """
    Whether a user covers the customer of a visit under a radius mode.
    """
    return mode is not ListMode.IN_OFFICE_LOCATION and covers(person, block.customer_point, mode, settings)


def _line(
    block: Block, person: Person, modes: tuple[ListMode, ...], settings: Settings, call: Call[Unit]
) -> UncoveredLine:
    distance = distance_from_start(person.start, block.customer_point)
    shown = distance_view(distance, settings.distance_unit, "start_location")
    return uncovered_line(block, person.name, shown, modes, reader_zone=call.context.reader_zone)
