"""
Who had best go when.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import groupby, islice
from operator import attrgetter

from fieldops_core.access.context import Call
from fieldops_core.company.model import Settings
from fieldops_core.kernel.cells import CELL_SECONDS, cells_in
from fieldops_core.kernel.geo import Distance, DistanceKind, Point
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.calculations import (
    Addition,
    Drive,
    Gap,
    addition,
    distance_from_start,
    estimated,
    gaps,
    outside_hours,
)
from fieldops_core.scheduling.messages import FindBestSlots
from fieldops_core.scheduling.model import valid_slots
from fieldops_core.scheduling.ports import Leg, Routing, Stop, Unit
from fieldops_core.scheduling.use_cases.fitting import NOBODY, Search, searched, user_times
from fieldops_core.scheduling.use_cases.travel import driven
from fieldops_core.scheduling.views import AddedView, BestSlotsView, SlotView, Unknown, UserRef, distance_view

MEASURED = 50
"""
Of so many gaps, the best by estimate, the routing engine is asked.
"""
NOTHING = "No start fits in these days."

Ranked = tuple[Gap, Addition]


def find_best_slots(question: FindBestSlots, call: Call[Unit], *, routing: Routing) -> BestSlotsView:
    """
    The openings that leave time for the drives, ranked by the driving that they add (SCH-20). All gaps between a user's
    visits are ranked by estimates; the best of them are then measured by the routing engine, all at once, and ranked
    anew before the others.
    """
    limit = valid_slots(question.limit)
    search = searched(question, call)
    ranked = _measured(by_estimate(_gaps(search, question, call), search), search, routing)
    items = tuple(islice(_slots(ranked, search), limit))
    return BestSlotsView(
        kind=search.type.kind,
        minutes=search.length.minutes,
        zone=search.within.zone,
        mode=search.mode_view,
        items=items,
        message=None if items else NOTHING if search.choices else NOBODY,
    )


def _gaps(search: Search, question: FindBestSlots, call: Call[Unit]) -> Iterator[Gap]:
    """
    Every gap in which the visit fits, of every user.
    """
    if not search.possible:
        return
    times, seconds = user_times(search, question, call), search.length.minutes * 60
    of_user = defaultdict[UserId, list[Stop]](list)
    stops = call.unit.times.stops(search.within.cells.period, users=search.users, without=question.moving)
    for user, theirs in groupby(stops, attrgetter("user")):
        of_user[user] += theirs
    for who, choice in enumerate(search.choices):
        person = choice.person
        in_order = sorted(of_user[person.id], key=attrgetter("start", "until"))
        yield from gaps(who, search.starts(times[person.id]), search.within, in_order, person.start, seconds)


def by_estimate(found: Iterable[Gap], search: Search) -> list[Ranked]:
    """
    The gaps by estimates, the best first. One that leaves no time for the drives comes after those of whose drives all
    is known: a road may be quicker.
    """
    place, seconds = search.customer.point, search.length.minutes * 60
    ranked = [(gap, addition(gap, place, seconds, estimated)) for gap in found]
    ranked.sort(key=lambda each: (each[1].added is None, each[1].starts == 0, *_rank(each)))
    return ranked


def _measured(ranked: list[Ranked], search: Search, routing: Routing) -> list[Ranked]:
    """
    The best gaps as the routing engine measures them, ranked anew; then the others.
    """
    place, seconds = search.customer.point, search.length.minutes * 60
    best, others = ranked[:MEASURED], ranked[MEASURED:]
    legs = tuple(dict.fromkeys(leg for gap, _ in best for leg in _legs(gap, place)))
    drives = {leg: _drive(distance) for leg, distance in zip(legs, driven(routing, legs), strict=True)}

    def drive(origin: Point, destination: Point) -> Drive:
        return drives[origin, destination]

    measured = [(gap, addition(gap, place, seconds, drive)) for gap, _ in best]
    return sorted(measured, key=_rank) + others


def _rank(ranked: Ranked) -> tuple[bool, int, float]:
    added = ranked[1].added
    return (True, 0, 0.0) if added is None else (False, added.minutes, added.meters)


def _legs(gap: Gap, place: Point | None) -> Iterator[Leg]:
    """
    The drives that a visit in a gap adds, and the one that it saves.
    """
    onward = gap.after.place if gap.after else None
    ways = ((gap.origin, place), (place, onward), (gap.origin, onward))
    return ((one, other) for one, other in ways if one is not None and other is not None)


def _drive(distance: Distance) -> Drive:
    return Drive(distance.minutes or 0, distance.meters, distance.kind is DistanceKind.ROAD)


def _slots(ranked: list[Ranked], search: Search) -> Iterator[SlotView]:
    """
    The starts of the gaps, in their order; where gaps are alike, the earliest first.
    """
    for _, alike in groupby(ranked, key=_rank):
        starts = [(gap.first + cell, gap.who, gap, added) for gap, added in alike for cell in cells_in(added.starts)]
        for cell, _, gap, added in sorted(starts, key=lambda each: each[:2]):
            yield slot(cell, gap, added, search)


def slot(cell: int, gap: Gap, addition: Addition, search: Search) -> SlotView:
    """
    A start in a gap, with what speaks for it; *cell* counts quarters of an hour since 1970.
    """
    choice, settings, within = search.choices[gap.who], search.setup.settings, search.within
    person, place = choice.person, search.customer.point
    start = datetime.fromtimestamp(cell * CELL_SECONDS, UTC)
    period = Period(start=start, end=start + timedelta(minutes=search.length.minutes))
    distance = distance_from_start(person.start, place)
    shown = addition.coming if settings.show_previous_appointment_travel else None
    origin = "previous_booked" if gap.before else "start_location"
    return SlotView(
        user=UserRef(id=person.id, name=person.name),
        start=local(period.start, within.zone),
        end=local(period.end, within.zone),
        added=_added_view(addition.added, settings) if addition.added else None,
        from_previous=distance_view(_distance(shown) if shown else None, settings.distance_unit, origin),
        distance=distance_view(distance, settings.distance_unit, "start_location"),
        in_coverage_radius=None if distance is None else distance.meters <= person.coverage_radius,
        outside_working_hours=outside_hours(person, search.setup.location(person.home).zone, period),
        unknown=tuple(_unknown(gap, place)),
    )


def _added_view(added: Drive, settings: Settings) -> AddedView:
    return AddedView(
        minutes=added.minutes,
        meters=round(added.meters),
        text=settings.distance_unit.text(added.meters),
        kind=_kind(added).value,
    )


def _distance(drive: Drive) -> Distance:
    return Distance(meters=drive.meters, kind=_kind(drive), minutes=drive.minutes)


def _kind(drive: Drive) -> DistanceKind:
    return DistanceKind.ROAD if drive.road else DistanceKind.ESTIMATE


def _unknown(gap: Gap, place: Point | None) -> Iterator[Unknown]:
    if place is None:
        yield Unknown.CUSTOMER
    if gap.origin is None:
        yield Unknown.PREVIOUS if gap.before else Unknown.START_LOCATION
    if gap.after and gap.after.place is None:
        yield Unknown.NEXT
