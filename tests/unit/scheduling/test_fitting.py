"""
Who is listed and why not, every start that fits, distances.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.kernel.errors import Forbidden, InvalidValue
from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import FindOpenings, ListTechnicians, MeasureTravel
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.ports import Leg
from fieldops_core.scheduling.views import OpeningsView, TechniciansView, TechnicianView, TravelView
from fieldops_core.testing.builders import PROVO, a_customer, a_hold, a_period, a_technician, an_absence, at
from fieldops_core.testing.routing import FailingRouting
from tests.support.world import OREM, World, refusal

WEDNESDAY = date(2026, 5, 27)


def technicians(world: World, **given: Any) -> TechniciansView:
    question = evolve(ListTechnicians(customer=world.maria.id), **given)
    return world.ask(question, TechniciansView)


def valid(view: TechniciansView) -> list[str]:
    return [each.user.name for each in view.items if each.valid]


def the(view: TechniciansView, name: str) -> TechnicianView:
    return next(each for each in view.items if each.user.name == name)


def a_team(world: World) -> None:
    """
    Besides Ann (Provo, 50 miles) and Bob (Phoenix): Cyd near but covering a mile, Dan without a start location, Eve of
    Phoenix and further of Provo.
    """
    world.put(
        a_technician(name="Cyd", home=world.provo.id, coverage_radius=1_609.344),
        a_technician(name="Dan", home=world.provo.id, start=None),
        a_technician(name="Eve", home=world.phoenix.id, further=(world.provo.id,)),
        a_technician(name="Fay", home=world.provo.id, active=False),
    )


@pytest.mark.rule("SCH-12", "ACC-23")
def test_the_office_list_holds_the_technicians_of_the_location_home_or_further() -> None:
    world = World()
    a_team(world)

    view = technicians(world, mode=ListMode.IN_OFFICE_LOCATION)

    assert sorted(valid(view)) == ["Ann", "Cyd", "Dan", "Eve"]
    assert [each.code for each in the(view, "Bob").why_not] == ["technician.other_location"]


@pytest.mark.rule("SCH-13")
def test_the_coverage_list_holds_who_is_within_their_own_radius() -> None:
    world = World()
    a_team(world)

    view = technicians(world, mode=ListMode.IN_COVERAGE_AREA)

    assert sorted(valid(view)) == ["Ann", "Eve"]
    assert [each.code for each in the(view, "Cyd").why_not] == ["technician.out_of_coverage"]
    assert [each.code for each in the(view, "Dan").why_not] == ["technician.no_start_location"]


@pytest.mark.rule("SCH-14")
def test_the_widest_list_holds_who_is_within_the_companys_radius_too() -> None:
    world = World()
    a_team(world)

    assert sorted(valid(technicians(world, mode=ListMode.IN_MAX_COVERAGE_AREA))) == ["Ann", "Cyd", "Eve"]


@pytest.mark.rule("SCH-15")
def test_the_answer_says_that_it_fell_back() -> None:
    world = World()
    a_team(world)
    nowhere = a_customer(location=world.provo.id, point=None)
    world.put(nowhere)

    view = technicians(world, customer=nowhere.id, mode=ListMode.IN_COVERAGE_AREA)

    assert (view.mode.asked, view.mode.in_force) == (ListMode.IN_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION)
    assert view.mode.fell_back
    assert sorted(valid(view)) == ["Ann", "Cyd", "Dan", "Eve"]
    assert not technicians(world, mode=ListMode.IN_COVERAGE_AREA).mode.fell_back


@pytest.mark.rule("SCH-16")
def test_a_profile_narrows_and_orders_the_modes() -> None:
    profile = (ListMode.IN_MAX_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION)
    narrow, plain = World(scheduling_profile=profile), World()

    assert technicians(narrow).mode.offered == profile
    assert technicians(narrow).mode.asked is ListMode.IN_MAX_COVERAGE_AREA
    assert technicians(plain).mode.offered == tuple(ListMode)
    with pytest.raises(Refused, match="does not offer the list in coverage area"):
        technicians(narrow, mode=ListMode.IN_COVERAGE_AREA)


@pytest.mark.rule("SCH-16")
def test_an_empty_list_says_so() -> None:
    world = World()
    world.replace(world.ann, technician=False)

    assert technicians(world).message == "No technicians are available for this customer and list mode."
    assert technicians(World()).message is None


@pytest.mark.rule("SCH-17")
@given(
    start=st.none() | st.builds(Point, st.floats(39, 42), st.floats(-113, -110)),
    radius=st.floats(0, 300_000),
    limit=st.floats(0, 300_000),
    mode=st.sampled_from(ListMode),
    here=st.booleans(),
    known=st.booleans(),
)
def test_list_grid_and_booking_agree_on_who_is_valid(
    start: Point | None, radius: float, limit: float, mode: ListMode, here: bool, known: bool
) -> None:
    world = World(max_coverage_radius=limit)
    home = world.provo.id if here else world.phoenix.id
    cyd = a_technician(name="Cyd", home=home, start=start, coverage_radius=radius, hours=world.ann.hours)
    customer = a_customer(location=world.provo.id, point=OREM if known else None)
    world.put(cyd, customer)
    distance = great_circle(start, OREM) if start else None
    reach = max(radius, limit) if mode is ListMode.IN_MAX_COVERAGE_AREA else radius
    office = mode is ListMode.IN_OFFICE_LOCATION or not known
    expected = here if office else distance is not None and distance <= reach

    listed = the(technicians(world, customer=customer.id, mode=mode), "Cyd")
    booking = world.ops.preview(world.wish(customer=customer.id, user=cyd.id, mode=mode), world.context())

    assert listed.valid is expected
    assert (booking.receipt is not None) is expected
    assert listed.why_not == booking.violations


@pytest.mark.rule("SCH-18")
def test_distance_from_start_is_the_great_circle_or_absent_never_zero() -> None:
    world = World()
    a_team(world)
    view = technicians(world)

    ann = the(view, "Ann").distance
    assert ann is not None
    assert (ann["meters"], ann["kind"], ann["from"]) == (
        round(great_circle(PROVO, OREM)),
        "straight_line",
        "start_location",
    )
    assert ann["text"] == "4.8 mi"
    assert the(view, "Dan").distance is None
    nowhere = a_customer(location=world.provo.id, point=None)
    world.put(nowhere)
    assert all(each.distance is None for each in technicians(world, customer=nowhere.id).items)


# --- openings -----------------------------------------------------------------------------------------


def openings(world: World, **given: Any) -> OpeningsView:
    question = FindOpenings(customer=world.maria.id, type=world.service.id, first=WEDNESDAY, minutes=60)
    return world.ask(evolve(question, **given), OpeningsView)


def starts(view: OpeningsView, name: str = "Ann") -> list[datetime]:
    user = next(each for each in view.items if each.user.name == name)
    return [start for day in user.days for start in day.starts]


@pytest.mark.rule("SCH-08")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_every_start_that_is_offered_can_be_booked_and_no_other(rule: WorkingHoursRule) -> None:
    world = World(working_hours_rule=rule)
    world.book("2026-05-27T10:00", minutes=90)
    world.put(an_absence(user=world.ann.id, first=WEDNESDAY, start=14 * 60 + 15, end=15 * 60))
    held = a_hold(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=a_period("12:30", 30),
        expires_at=at("07:20"),
    )
    world.put(held)
    world.clock.set(at("07:10"))

    offered = starts(openings(world, days=2))

    midnight = at("00:00")
    for half_hour in range(2 * 48):
        start = midnight + timedelta(minutes=30 * half_hour)
        booking = world.ops.preview(world.wish(start), world.context())
        assert (booking.receipt is not None) is (start in offered), start


@pytest.mark.rule("SCH-08")
def test_the_time_of_an_appointment_being_moved_does_not_block_it() -> None:
    world = World()
    id = AppointmentId(world.book("2026-05-27T10:00").id)

    assert at("10:00") not in starts(openings(world))
    assert at("10:00") in starts(openings(world, moving=id))


@pytest.mark.rule("SCH-08", "SCH-17")
def test_openings_hold_valid_users_only_and_each_of_their_days() -> None:
    world = World()
    view = openings(world, days=3)

    assert [each.user.name for each in view.items] == ["Ann"]
    assert [day.date for day in view.items[0].days] == [WEDNESDAY + timedelta(days=offset) for offset in range(3)]
    assert view.items[0].days[0].starts[0].isoformat() == "2026-05-27T06:00:00-06:00"
    assert openings(world, users=(world.bob.id,)).message is not None


@pytest.mark.rule("SCH-08", "APT-03")
def test_openings_of_sales_and_program_types_are_their_users() -> None:
    world = World()

    sales = openings(world, type=world.sales_call.id, customer=world.lead.id)
    lessons = openings(world, type=world.lesson.id, minutes=None)

    assert [each.user.name for each in sales.items] == ["Sam"]
    assert [each.user.name for each in lessons.items] == ["Pia"]
    assert (sales.mode, lessons.minutes) == (None, 45)
    assert starts(lessons, "Pia")[1].minute == 15


@pytest.mark.rule("SCH-04")
def test_openings_of_an_impossible_length_are_refused() -> None:
    world = World()

    for minutes in (0, -30, 45):
        with pytest.raises(Refused):
            openings(world, minutes=minutes)
    assert starts(openings(world, minutes=25 * 60 - 60)) == []


@pytest.mark.rule("APT-17")
def test_openings_are_asked_at_the_location_where_the_visit_would_be() -> None:
    world = World()

    with pytest.raises(Refused, match="only program appointments choose one"):
        openings(world, location=world.phoenix.id)
    assert openings(world, location=world.phoenix.id, type=world.lesson.id, minutes=None).zone == "America/Phoenix"


@pytest.mark.rule("SCH-09")
@pytest.mark.parametrize("days", [0, 8, -1])
def test_one_to_seven_days_are_asked(days: int) -> None:
    with pytest.raises(InvalidValue) as invalid:
        openings(World(), days=days)
    assert invalid.value.code == "days.invalid"


@pytest.mark.rule("ACC-06")
def test_a_lead_has_a_slot_preview_from_which_nothing_is_saved() -> None:
    world = World()
    previewer = world.actor((Permission.TECH_SCHEDULER_LEADS, Action.VIEW), (Permission.TECH_SCHEDULER, Action.CREATE))
    scheduler = world.actor((Permission.TECH_SCHEDULER, Action.VIEW))
    question = FindOpenings(customer=world.lead.id, type=world.service.id, first=WEDNESDAY)

    assert world.ask(question, OpeningsView, by=previewer).items
    with pytest.raises(Forbidden):
        world.ask(question, OpeningsView, by=scheduler)
    with pytest.raises(Forbidden):
        world.ask(evolve(question, customer=world.maria.id), OpeningsView, by=previewer)
    assert "appointment.tech_on_lead" in refusal(world, world.wish(customer=world.lead.id), by=previewer)


# --- distance from previous ------------------------------------------------------------------------------


class RoadRouting:
    """
    A routing engine that knows its roads.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        return tuple(Distance(meters=2 * great_circle(*leg), kind=DistanceKind.ROAD, minutes=7) for leg in legs)


def travel(world: World, start: str = "2026-05-27T13:00", **given: Any) -> TravelView:
    question = MeasureTravel(user=world.ann.id, customer=world.maria.id, start=datetime.fromisoformat(start))
    return world.ask(evolve(question, **given), TravelView)


def booked(world: World, start: str, point: Point | None, status: Status = Status.SCHEDULED) -> AppointmentId:
    there = a_customer(location=world.provo.id, point=point)
    world.put(there)
    id = AppointmentId(world.book(start, customer=there.id).id)
    world.replace(world.appointment(id), status=status)
    return id


def completed(world: World, start: str, point: Point | None) -> None:
    booked(world, start, point, Status.COMPLETED)


LEHI = Point(40.3916, -111.8508)
PAYSON = Point(40.0444, -111.7321)


@pytest.mark.rule("SCH-19")
def test_distance_from_previous_begins_at_the_last_completed_visit_of_the_day() -> None:
    world = World(routing=RoadRouting())
    completed(world, "2026-05-27T08:00", PAYSON)
    completed(world, "2026-05-27T10:00", LEHI)
    world.book("2026-05-27T11:30")  # open: not where anybody has been
    completed(world, "2026-05-27T15:00", PAYSON)
    completed(world, "2026-05-26T10:00", PAYSON)

    found = travel(world).from_previous

    assert found is not None
    assert (found["from"], found["kind"], found["minutes"]) == ("previous_completed", "road", 7)
    assert found["meters"] == round(2 * great_circle(LEHI, OREM))


@pytest.mark.rule("SCH-19")
def test_without_a_completed_visit_it_begins_at_the_start_location() -> None:
    world = World(routing=RoadRouting())

    found = travel(world).from_previous

    assert found is not None
    assert (found["from"], found["meters"]) == ("start_location", round(2 * great_circle(PROVO, OREM)))


@pytest.mark.rule("SCH-19")
def test_where_the_previous_place_is_not_known_nothing_is_told() -> None:
    world = World(routing=RoadRouting())
    completed(world, "2026-05-27T10:00", None)

    assert travel(world).from_previous is None


@pytest.mark.rule("SCH-19")
def test_it_is_told_only_with_the_setting_and_coordinates() -> None:
    off, nowhere = World(show_previous_appointment_travel=False), World()
    nowhere.replace(nowhere.maria, point=None)

    assert travel(off).from_previous is None
    assert travel(nowhere).from_previous is None


@pytest.mark.rule("SCH-19")
def test_when_the_engine_fails_an_estimate_is_answered_and_marked() -> None:
    found = travel(World(routing=FailingRouting())).from_previous

    assert found is not None
    assert found["kind"] == "estimate"
    assert found["meters"] == round(1.3 * great_circle(PROVO, OREM))


@pytest.mark.rule("SCH-25")
@pytest.mark.parametrize("status", Status)
def test_beside_it_stands_the_way_from_the_open_or_completed_visit_just_before(status: Status) -> None:
    world = World(routing=RoadRouting())
    completed(world, "2026-05-27T08:00", PAYSON)
    booked(world, "2026-05-27T11:00", LEHI, status)
    booked(world, "2026-05-27T14:00", PAYSON)

    found = travel(world).from_previous_booked

    assert found is not None
    there = PAYSON if status in (Status.CANCELLED, Status.NO_SHOW) else LEHI
    assert (found["from"], found["kind"]) == ("previous_booked", "road")
    assert found["meters"] == round(2 * great_circle(there, OREM))


@pytest.mark.rule("SCH-25")
def test_a_visit_is_before_a_start_only_if_it_starts_earlier_that_day() -> None:
    world = World(routing=RoadRouting())
    booked(world, "2026-05-26T10:00", PAYSON)
    booked(world, "2026-05-27T10:00", LEHI)

    assert travel(world, "2026-05-27T10:00").from_previous_booked is None
    assert travel(world, "2026-05-27T00:00").from_previous_booked is None
    assert travel(world, "2026-05-27T10:30").from_previous_booked is not None


@pytest.mark.rule("SCH-25")
def test_an_appointment_that_is_moved_is_not_before_itself() -> None:
    world = World(routing=RoadRouting())
    moving = booked(world, "2026-05-27T10:00", LEHI)

    assert travel(world).from_previous_booked is not None
    assert travel(world, moving=moving).from_previous_booked is None


@pytest.mark.rule("SCH-25")
def test_where_the_visit_before_is_at_a_place_nobody_knows_no_way_is_told() -> None:
    world = World(routing=RoadRouting())
    booked(world, "2026-05-27T08:00", LEHI)
    booked(world, "2026-05-27T10:00", None)

    found = travel(world)

    assert found.from_previous_booked is None
    assert found.from_previous is not None
    assert found.from_previous["from"] == "start_location"


class CountingRouting(RoadRouting):
    def __init__(self) -> None:
        self.asked: list[Sequence[Leg]] = []

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance, ...]:
        self.asked.append(legs)
        return super().driving(legs)


@pytest.mark.rule("SCH-19", "SCH-25")
def test_both_ways_are_asked_at_once() -> None:
    routing = CountingRouting()
    world = World(routing=routing)
    completed(world, "2026-05-27T08:00", PAYSON)
    booked(world, "2026-05-27T11:00", LEHI)

    assert travel(world).from_previous != travel(world).from_previous_booked
    assert routing.asked == [((PAYSON, OREM), (LEHI, OREM))] * 2


class NoRoads:
    """
    A routing engine that answers, but knows no road for the second of its legs, and no minutes for the first.
    """

    def driving(self, legs: Sequence[Leg]) -> tuple[Distance | None, ...]:
        known = Distance(meters=1, kind=DistanceKind.ROAD)
        return tuple(None if index else known for index, _ in enumerate(legs))


@pytest.mark.rule("SCH-19")
def test_where_no_road_is_known_an_estimate_is_answered_and_marked() -> None:
    world = World(routing=NoRoads())
    completed(world, "2026-05-27T08:00", PAYSON)
    booked(world, "2026-05-27T11:00", LEHI)

    found = travel(world)

    assert found.from_previous is not None
    assert found.from_previous_booked is not None
    assert [found.from_previous["kind"], found.from_previous_booked["kind"]] == ["estimate", "estimate"]
