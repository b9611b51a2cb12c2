"""
Who had best go when: the starts that fit, ranked by the driving that they add.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.calculations import estimate
from fieldops_core.scheduling.messages import FindBestSlots, FindOpenings, HoldTime
from fieldops_core.scheduling.model import Appointment, HoldId, Status
from fieldops_core.scheduling.ports import Leg, Routing
from fieldops_core.scheduling.use_cases import best_slots
from fieldops_core.scheduling.use_cases.best_slots import MEASURED
from fieldops_core.scheduling.views import BestSlotsView, HoldView, OpeningsView, SlotView, Unknown
from fieldops_core.testing.builders import PROVO, a_customer, a_technician, an_appointment, at
from fieldops_core.testing.routing import FailingRouting
from tests.support.world import OREM, World, hidden

WEDNESDAY = date(2026, 5, 27)
LEHI = Point(40.3916, -111.8508)
PAYSON = Point(40.0444, -111.7321)
MINUTE = timedelta(minutes=1)


class Estimating:
    """
    What the engine does by itself.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        return tuple(estimate(*leg) for leg in legs)


class Winding:
    """
    Roads of which each is longer or shorter than another would think, and longer than its way back. It remembers what
    it was asked.
    """

    def __init__(self) -> None:
        self.asked: list[Sequence[Leg]] = []

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        self.asked.append(legs)
        return tuple(self.road(*leg) for leg in legs)

    def road(self, origin: Point, destination: Point) -> Distance:
        bends = 0.5 + int(abs(origin.latitude * 7_919 + destination.longitude * 104_729)) % 5
        meters = great_circle(origin, destination) * bends
        return Distance(meters=meters, kind=DistanceKind.ROAD, minutes=-int(-meters // 900))


def a_world(routing: Routing | None = None, **settings: Any) -> World:
    return World(routing=routing or Estimating(), **settings)


def best(world: World, **given: Any) -> BestSlotsView:
    question = FindBestSlots(customer=world.maria.id, type=world.service.id, first=WEDNESDAY, minutes=60)
    return world.ask(evolve(question, **given), BestSlotsView)


def visit(world: World, start: str, point: Point | None, minutes: int = 60, **given: Any) -> Appointment:
    """
    A visit of Ann's on Wednesday at a place.
    """
    there = a_customer(location=world.provo.id, point=point)
    period = Period(start=at(start), end=at(start) + minutes * MINUTE)
    made = an_appointment(
        user=world.ann.id, customer=there.id, type=world.service.id, location=world.provo.id, period=period
    )
    world.put(there, kept := evolve(made, **given))
    return kept


def clocks(items: Sequence[SlotView]) -> list[str]:
    return [f"{each.start:%H:%M}" for each in items]


def minutes(origin: Point, destination: Point) -> int:
    told = estimate(origin, destination).minutes
    assert told is not None
    return told


@pytest.mark.rule("SCH-20")
def test_the_least_added_driving_comes_first_and_is_told() -> None:
    world = a_world()
    visit(world, "08:00", LEHI)
    visit(world, "12:00", PAYSON)
    before = minutes(PROVO, OREM) + minutes(OREM, LEHI) - minutes(PROVO, LEHI)
    between = minutes(LEHI, OREM) + minutes(OREM, PAYSON) - minutes(LEHI, PAYSON)
    after = minutes(PAYSON, OREM)
    assert before < between < after

    view = best(world, limit=50)

    told = {f"{each.start:%H:%M}": each for each in view.items}
    assert list(told)[:4] == ["06:00", "06:30", "09:30", "10:00"]
    added = [told[start].added for start in ("06:00", "09:30", "14:00")]
    assert [each and each.minutes for each in added] == [before, between, after]
    assert added[2] is not None
    assert added[2].kind == "estimate"
    assert added[2].meters == round(1.3 * great_circle(PAYSON, OREM))
    ways = [told[start].from_previous for start in ("06:00", "09:30")]
    assert [way and (way["from"], way["minutes"]) for way in ways] == [
        ("start_location", minutes(PROVO, OREM)),
        ("previous_booked", minutes(LEHI, OREM)),
    ]


@pytest.mark.rule("SCH-20")
def test_a_start_leaves_time_for_the_drives_before_and_after() -> None:
    world = a_world()
    visit(world, "08:00", LEHI)
    visit(world, "12:00", PAYSON)
    drives = minutes(LEHI, OREM), minutes(OREM, PAYSON)
    assert drives == (27, 45)

    starts = [each.start for each in best(world, limit=50).items]

    assert at("09:30") in starts
    assert at("09:00") not in starts  # 27 minutes from Lehi
    assert at("10:00") in starts
    assert at("10:30") not in starts  # 45 minutes to Payson
    assert at("13:30") not in starts
    assert at("14:00") in starts
    assert at("06:00") in starts  # the way from the start location is driven before


@pytest.mark.rule("SCH-20")
@pytest.mark.parametrize(("speed", "fits"), [(30, True), (31, False)])
def test_a_drive_may_take_all_the_time_there_is_and_no_more(speed: int, fits: bool) -> None:
    class Exactly:
        def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
            return tuple(Distance(meters=1_000, kind=DistanceKind.ROAD, minutes=speed) for _ in legs)

    world = a_world(Exactly())
    visit(world, "08:00", LEHI)
    visit(world, "11:00", PAYSON)

    starts = clocks(best(world, limit=50).items)

    assert ("09:30" in starts) is fits
    assert ("12:30" in starts) is fits
    assert "13:00" in starts


@pytest.mark.rule("SCH-20")
def test_the_starts_of_one_gap_come_by_time() -> None:
    assert clocks(best(a_world(), limit=4).items) == ["06:00", "06:30", "07:00", "07:30"]


@pytest.mark.rule("SCH-20")
def test_what_speaks_for_a_slot_is_told() -> None:
    world = a_world(max_coverage_radius=100_000.0)
    world.replace(world.ann, coverage_radius=5_000.0)

    early = best(world, mode=ListMode.IN_MAX_COVERAGE_AREA, limit=1).items[0]

    assert early.outside_working_hours
    assert early.in_coverage_radius is False
    assert early.distance is not None
    assert (early.distance["kind"], early.distance["text"]) == ("straight_line", "4.8 mi")
    assert early.end - early.start == timedelta(hours=1)
    assert early.unknown == ()


@pytest.mark.rule("SCH-20")
@pytest.mark.parametrize("known", ["neither", "before", "after"])
def test_where_a_place_is_not_known_so_is_the_driving_and_it_comes_last(known: str) -> None:
    world = a_world()
    visit(world, "08:00", LEHI if known == "before" else None)
    visit(world, "16:00", PAYSON if known == "after" else None)

    view = best(world, limit=50)

    between = next(each for each in view.items if each.start == at("12:00"))
    unknown = {"neither": (Unknown.PREVIOUS, Unknown.NEXT), "before": (Unknown.NEXT,), "after": (Unknown.PREVIOUS,)}
    assert (between.added, between.unknown) == (None, unknown[known])
    assert (between.from_previous is None) is (known != "before")
    told = [each.added is None for each in view.items]
    assert told == sorted(told)
    starts = [each.start for each in view.items]
    assert (at("09:00") in starts) is (known != "before")
    assert (at("15:00") in starts) is (known != "after")


@pytest.mark.rule("SCH-20")
def test_without_coordinates_of_customer_or_start_location_nothing_is_ranked_but_time() -> None:
    world = a_world()
    nowhere = a_customer(location=world.provo.id, point=None)
    world.put(nowhere)

    found = best(world, customer=nowhere.id, limit=3).items

    assert [(each.added, each.distance, each.in_coverage_radius) for each in found] == [(None, None, None)] * 3
    assert {each.unknown for each in found} == {(Unknown.CUSTOMER,)}
    assert clocks(found) == ["06:00", "06:30", "07:00"]
    world.replace(world.ann, start=None)
    assert {each.unknown for each in best(world).items} == {(Unknown.START_LOCATION,)}


@pytest.mark.rule("SCH-20", "SCH-19")
def test_the_way_from_the_visit_before_is_shown_only_with_the_setting() -> None:
    shown, off = best(a_world()).items[0], best(a_world(show_previous_appointment_travel=False)).items[0]

    assert shown.from_previous is not None
    assert off.from_previous is None
    assert off.added == shown.added


@pytest.mark.rule("SCH-20")
def test_visits_that_take_no_time_are_not_driven_to() -> None:
    world = a_world()
    for status in (Status.CANCELLED, Status.NO_SHOW):
        visit(world, "12:00", LEHI, status=status)
    plain = best(a_world(), limit=50)

    assert clocks(best(world, limit=50).items) == clocks(plain.items)
    visit(world, "12:00", LEHI, status=Status.COMPLETED)
    assert clocks(best(world, limit=50).items) != clocks(plain.items)


@pytest.mark.rule("SCH-20", "SCH-27")
def test_of_two_visits_at_once_the_one_that_ends_last_is_where_one_comes_from() -> None:
    world = a_world()
    visit(world, "09:00", LEHI, minutes=180, double_booked=True)
    visit(world, "10:00", PAYSON, double_booked=True)

    after = next(each for each in best(world, limit=50).items if each.start > at("12:00"))

    assert after.from_previous is not None
    assert after.from_previous["minutes"] == minutes(LEHI, OREM)


@pytest.mark.rule("SCH-20", "SCH-08")
def test_the_appointment_that_is_moved_is_nowhere() -> None:
    world = a_world()
    moved = visit(world, "12:00", LEHI)

    there, away = best(world, limit=50), best(world, limit=50, moving=moved.id)

    assert at("12:00") not in [each.start for each in there.items]
    world.replace(moved, status=Status.CANCELLED)
    assert away == best(world, limit=50) != there


@pytest.mark.rule("SCH-20", "ACC-06")
def test_it_is_asked_as_openings_are() -> None:
    world = a_world()
    scheduler = world.actor((Permission.TECH_SCHEDULER, Action.VIEW), at=world.phoenix.id)
    question = FindBestSlots(customer=world.maria.id, type=world.service.id, first=WEDNESDAY)

    assert hidden(world, question, scheduler) == "ACC-06"
    with pytest.raises(Refused, match="lasts a multiple of 30 minutes"):
        best(world, minutes=45)
    with pytest.raises(InvalidValue, match="1 to 7 days"):
        best(world, days=8)
    assert best(world, users=(world.bob.id,)).message == "No technicians are available for this customer and list mode."
    assert best(world, first=date(2026, 5, 30)).message == "No start fits in these days."
    assert best(world).message is None


@pytest.mark.rule("SCH-20")
@pytest.mark.parametrize("limit", [0, 51, -1])
def test_one_to_fifty_are_asked_for(limit: int) -> None:
    with pytest.raises(InvalidValue) as invalid:
        best(a_world(), limit=limit)
    assert invalid.value.code == "limit.invalid"
    assert len(best(a_world(), limit=1).items) == 1
    assert len(best(a_world(), limit=50, days=2).items) == 50


@pytest.mark.rule("SCH-20")
def test_on_a_date_that_the_zone_skips_there_is_none() -> None:
    world = a_world()
    world.replace(world.provo, zone="Pacific/Apia")
    world.clock.set(datetime(2011, 12, 1, tzinfo=UTC))

    assert best(world, first=date(2011, 12, 30)).items == ()


# --- by road -----------------------------------------------------------------------------------------------


@pytest.mark.rule("SCH-20", "SCH-19")
def test_a_routing_engine_measures_and_ranks_the_best_gaps_all_at_once() -> None:
    routing = Winding()
    world = a_world(routing)
    visit(world, "08:00", LEHI)
    visit(world, "12:00", PAYSON)

    view = best(world, limit=50)

    assert len(routing.asked) == 1
    assert set(routing.asked[0]) == {
        (PROVO, OREM),
        (OREM, LEHI),
        (PROVO, LEHI),
        (LEHI, OREM),
        (OREM, PAYSON),
        (LEHI, PAYSON),
        (PAYSON, OREM),
    }
    assert {each.added and each.added.kind for each in view.items} == {"road"}


@pytest.mark.rule("SCH-20", "SCH-19")
def test_where_the_engine_fails_slots_are_ranked_by_estimates() -> None:
    failing, estimating = a_world(FailingRouting()), a_world()

    assert [each.added for each in best(failing).items] == [each.added for each in best(estimating).items]


@pytest.mark.rule("SCH-20")
def test_so_many_gaps_are_measured_and_come_before_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    routing = Winding()
    world = a_world(routing)
    places = [Point(40.2 + number / 1_000, -111.7) for number in range(MEASURED)]
    world.put(*(a_technician(home=world.provo.id, start=place, hours=world.ann.hours) for place in places))

    def kinds() -> list[str]:
        view = best(world, limit=50, minutes=16 * 60)  # each user has one start
        return [each.added.kind for each in view.items if each.added]

    assert kinds() == ["road"] * 50
    assert len(routing.asked[0]) == MEASURED == 50
    monkeypatch.setattr(best_slots, "MEASURED", 2)
    assert kinds() == ["road"] * 2 + ["estimate"] * 48
    assert len(routing.asked[1]) == 2


@pytest.mark.rule("SCH-20")
def test_gaps_that_leave_no_time_are_measured_after_those_that_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(best_slots, "MEASURED", 2)
    routing = Winding()
    world = a_world(routing)
    visit(world, "08:00", LEHI)
    visit(world, "10:00", PAYSON)  # between them there is an hour, and less added driving than after them

    best(world)

    assert set(routing.asked[0]) == {(PROVO, OREM), (OREM, LEHI), (PROVO, LEHI), (PAYSON, OREM)}


@pytest.mark.rule("SCH-20", "SCH-19")
def test_driving_of_which_a_part_is_estimated_is_an_estimate() -> None:
    class NoWayToPayson(Winding):
        def driving(self, legs: Sequence[Leg]) -> tuple[Distance | None, ...]:  # type: ignore[override]
            return tuple(None if PAYSON in leg else self.road(*leg) for leg in legs)

    world = a_world(NoWayToPayson())
    visit(world, "18:00", PAYSON)

    slot = best(world).items[0]

    assert slot.from_previous is not None
    assert slot.added is not None
    assert (slot.from_previous["kind"], slot.added.kind) == ("road", "estimate")


# --- the same by brute force ---------------------------------------------------------------------------------


PLACES = (OREM, LEHI, PAYSON, PROVO, Point(40.25, -111.65), None)
TUESDAY = datetime(2026, 5, 26, tzinfo=UTC)

on_wednesday = st.integers(14 * 4, 26 * 4).map(lambda quarter: TUESDAY + (24 * 60 + 15 * quarter) * MINUTE)
whenever = st.integers(0, 4 * 96).map(lambda quarter: TUESDAY + 15 * quarter * MINUTE)
lengths = st.integers(1, 8).map(lambda quarters: 15 * quarters * MINUTE)


@frozen(kw_only=True)
class Case:
    """
    A world with two technicians and some visits, the list of these with their places, and the start locations.
    """

    world: World
    routing: Routing
    there: Sequence[tuple[Appointment, Point | None]]
    homes: Mapping[UUID, Point | None]
    place: Point | None
    days: int


@st.composite
def cases(draw: st.DrawFn) -> Case:
    routing: Routing = Winding() if draw(st.booleans()) else Estimating()
    world, places = (
        a_world(routing, working_hours_rule=draw(st.sampled_from(WorkingHoursRule))),
        st.sampled_from(PLACES),
    )
    cyd = a_technician(name="Cyd", home=world.provo.id, start=draw(places), hours=world.ann.hours)
    maria = world.replace(world.maria, point=draw(places))
    world.put(cyd)
    there: list[tuple[Appointment, Point | None]] = []
    for user, start, length, place in draw(
        st.lists(
            st.tuples(st.sampled_from([world.ann.id, cyd.id]), on_wednesday | whenever, lengths, places), max_size=7
        )
    ):
        customer, period = a_customer(location=world.provo.id, point=place), Period(start=start, end=start + length)
        made = an_appointment(
            user=user,
            customer=customer.id,
            type=world.service.id,
            location=world.provo.id,
            period=period,
            double_booked=any(each.user == user and each.period.overlaps(period) for each, _ in there),
        )
        world.put(customer, made)
        there.append((made, place))
    homes: dict[UUID, Point | None] = {world.ann.id: PROVO, cyd.id: cyd.start}
    return Case(world=world, routing=routing, there=there, homes=homes, place=maria.point, days=draw(st.integers(1, 2)))


@pytest.mark.rule("SCH-20")
@given(case=cases())
def test_it_agrees_with_brute_force(case: Case) -> None:
    found = best(case.world, days=case.days, limit=50)

    told = [(each.user.id, each.start, each.added and (each.added.minutes, each.added.meters)) for each in found.items]
    assert told == by_brute_force(case)[:50]


Slot = tuple[UUID, datetime, tuple[int, int] | None]


def by_brute_force(case: Case) -> list[Slot]:
    """
    Each opening on its own, and what it adds, in order.
    """
    world = case.world
    asked = FindOpenings(customer=world.maria.id, type=world.service.id, first=WEDNESDAY, days=case.days, minutes=60)
    ranked = []
    for number, user in enumerate(world.ask(asked, OpeningsView).items):
        for start in (start for day in user.days for start in day.starts):
            fits, added = naive(case, user.user.id, start)
            if fits:
                rank = (added is None, *(added or (0, 0.0)), start, number)
                ranked.append((rank, (user.user.id, start, added and (added[0], round(added[1])))))
    return [slot for _, slot in sorted(ranked, key=lambda each: each[0])]


def naive(case: Case, user: UUID, start: datetime) -> tuple[bool, tuple[int, float] | None]:
    """
    Whether a start leaves time for the drives, and the minutes and meters it adds; None where one is not known.
    """
    end, midnight = start + 60 * MINUTE, start.replace(hour=0, minute=0)
    day = Period(start=midnight, end=midnight + timedelta(days=1))
    visits = [each for each in case.there if each[0].user == user and each[0].period.overlaps(day)]
    earlier = [each for each in visits if each[0].period.end <= start]
    later = [each for each in visits if each[0].period.start >= end]
    before = max(earlier[::-1], key=lambda it: (it[0].period.end, it[0].period.start), default=None)
    after = min(later, key=lambda it: (it[0].period.start, it[0].period.end), default=None)
    origin = before[1] if before else case.homes[user]
    come, go = drive(case, origin, case.place), drive(case, case.place, after[1] if after else None)
    saved = drive(case, origin, after[1] if after else None)
    late = before and come and before[0].period.end + come[0] * MINUTE > start
    hurried = after and go and end + go[0] * MINUTE > after[0].period.start
    if late or hurried or come is None:
        return not (late or hurried), None
    if after is None:
        return True, come
    return True, None if go is None or saved is None else (come[0] + go[0] - saved[0], come[1] + go[1] - saved[1])


def drive(case: Case, origin: Point | None, destination: Point | None) -> tuple[int, float] | None:
    if origin is None or destination is None:
        return None
    (found,) = case.routing.driving([(origin, destination)])
    assert found is not None
    assert found.minutes is not None
    return found.minutes, found.meters


@pytest.mark.rule("BKG-04", "SCH-20")
def test_a_start_that_is_held_is_no_slot_but_for_who_names_the_hold() -> None:
    world = a_world()
    command = HoldTime(
        kind=Kind.TECH, customer=world.maria.id, type=world.service.id, user=world.ann.id, start=at("09:00"), minutes=60
    )
    held = world.do(command, HoldView)

    without, naming = (clocks(best(world, limit=50, hold=id).items) for id in (None, HoldId(held.id)))

    assert {"08:00", "10:00"} <= set(without)
    assert not {"08:30", "09:00", "09:30"} & set(without)
    assert {"08:30", "09:00", "09:30"} <= set(naming)
