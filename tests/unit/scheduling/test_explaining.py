"""
Why a start does not fit, and what would make it fit.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.kernel.geo import Point, great_circle
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import ExplainFit, FindOpenings, HoldTime
from fieldops_core.scheduling.model import AppointmentId, HoldId, Status
from fieldops_core.scheduling.views import FitView, HoldView, OpeningsView
from fieldops_core.staff.model import DatedHours, WorkingHours
from fieldops_core.testing.builders import a_technician, an_absence, an_appointment, at
from tests.support.world import OREM, PHOENIX, World, hidden, refusal
from tests.unit.kernel.naive import minutes_of_day, shown
from tests.unit.scheduling.naive import Minutes
from tests.unit.scheduling.test_frames import CHANGES

WEDNESDAY = date(2026, 5, 27)


def question(world: World, start: str | datetime = "2026-05-27T09:00", **given: Any) -> ExplainFit:
    told = datetime.fromisoformat(start) if isinstance(start, str) else start
    asked = ExplainFit(user=world.ann.id, start=told, customer=world.maria.id, type=world.service.id, minutes=60)
    return evolve(asked, **given)


def explain(world: World, start: str | datetime = "2026-05-27T09:00", **given: Any) -> FitView:
    by = given.pop("by", None)
    return world.ask(question(world, start, **given), FitView, by=by)


def codes(view: FitView) -> list[str]:
    return [each.code for each in view.reasons]


@pytest.mark.rule("SCH-28")
def test_a_start_that_fits_has_no_reason_and_needs_no_change() -> None:
    view = explain(World())

    assert (view.fits, view.reasons, view.change) == (True, (), None)
    assert (view.user.name, view.zone, view.minutes) == ("Ann", "America/Denver", 60)
    assert view.start is not None
    assert view.start.isoformat() == "2026-05-27T09:00:00-06:00"
    assert view.distance is not None


@pytest.mark.rule("SCH-28")
def test_all_reasons_are_told_as_a_booking_would_be_refused() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    world.book("2026-05-27T16:00")
    world.put(an_absence(user=world.ann.id, first=WEDNESDAY, start=16 * 60 + 30, end=18 * 60))
    world.replace(world.ann, coverage_radius=1_000.0)
    mode = ListMode.IN_COVERAGE_AREA

    found = explain(world, "2026-05-27T16:15", minutes=45, mode=mode)

    refused = refusal(world, world.wish("2026-05-27T16:15", minutes=45, mode=mode))
    assert found.reasons == tuple(refused.values())
    assert codes(found) == [
        "technician.out_of_coverage",
        "duration.step",
        "start.step",
        "user.absent",
        "slot.taken",
    ]


@pytest.mark.rule("SCH-28")
def test_whom_the_reader_may_not_see_is_not_named() -> None:
    world = World()
    sales = world.actor((Permission.SALES_SCHEDULER, Action.VIEW))
    world.replace(world.sam, technician=True)
    world.book(user=world.sam.id)

    hidden_from = explain(world, user=world.sam.id, customer=world.lead.id, type=world.sales_call.id, by=sales)
    seen = explain(world, user=world.sam.id)

    (one,), (other,) = hidden_from.reasons, seen.reasons
    assert one.sentence == "Sam is already booked from 09:00 to 10:00."
    assert other.sentence == "Sam is already booked from 09:00 to 10:00 with Maria Nielsen."
    assert "customer" not in one.facts


@pytest.mark.rule("SCH-28", "ACC-06")
def test_it_is_asked_by_whom_openings_are_shown_to() -> None:
    world = World()
    at_provo = world.actor((Permission.TECH_SCHEDULER, Action.VIEW), at=world.provo.id)
    elsewhere = world.actor((Permission.TECH_SCHEDULER, Action.VIEW), at=world.phoenix.id)
    leads = world.actor((Permission.TECH_SCHEDULER_LEADS, Action.VIEW))

    assert explain(world, by=at_provo).fits
    assert explain(world, customer=world.lead.id, by=leads).fits
    for actor in (elsewhere, leads):
        assert hidden(world, question(world), actor) == "ACC-06"


@pytest.mark.rule("SCH-28")
def test_the_appointment_that_is_moved_is_no_reason() -> None:
    world = World()
    id = AppointmentId(world.book("2026-05-27T10:00").id)

    assert codes(explain(world, "2026-05-27T10:30")) == ["slot.taken"]
    assert explain(world, "2026-05-27T10:30", moving=id).fits


# --- what would make it fit ------------------------------------------------------------------------------


@pytest.mark.rule("SCH-28")
@pytest.mark.parametrize(
    ("start", "nearest"),
    [
        ("10:00", "09:00"),
        ("10:30", "11:30"),
        ("11:00", "11:30"),
        ("10:15", "09:00"),
        ("09:10", "09:00"),
        ("05:00", "06:00"),
        ("21:30", "21:00"),
    ],
)
def test_the_nearest_start_of_the_day_is_told_earlier_or_later(start: str, nearest: str) -> None:
    world = World()
    world.book("2026-05-27T10:00", minutes=90)

    found = explain(world, f"2026-05-27T{start}")

    assert found.change is not None
    assert found.change.start == at(nearest)
    assert explain(world, found.change.start).fits


@pytest.mark.rule("SCH-28")
def test_of_two_starts_as_near_the_earlier_is_told() -> None:
    world = World()
    world.book("2026-05-27T10:00", minutes=60)

    found = explain(world, "2026-05-27T10:00").change

    assert found is not None
    assert found.start == at("09:00")


@pytest.mark.rule("SCH-28")
def test_the_longest_duration_that_fits_is_told() -> None:
    world = World()
    world.book("2026-05-27T11:00")

    found = explain(world, "2026-05-27T09:30", minutes=180).change

    assert found is not None
    assert found.minutes == 90
    assert explain(world, "2026-05-27T09:30", minutes=90).fits
    assert not explain(world, "2026-05-27T09:30", minutes=120).fits


@pytest.mark.rule("SCH-28")
@pytest.mark.parametrize(("minutes", "longest"), [(100, 90), (30, None), (20, 30), (0, 30), (-60, 30)])
def test_a_length_off_the_steps_is_mended_by_the_next_shorter_or_by_one_step(minutes: int, longest: int | None) -> None:
    found = explain(World(), minutes=minutes)

    assert (found.change.minutes if found.change else None) == longest
    assert found.fits is (longest is None)
    assert found.change is None or found.change.start is None


@pytest.mark.rule("SCH-28")
def test_how_much_farther_a_technician_would_have_to_drive_is_told() -> None:
    world = World()
    ann = world.replace(world.ann, coverage_radius=5_000.0)
    far = great_circle(Point(40.2338, -111.6585), OREM)

    found = explain(world, mode=ListMode.IN_COVERAGE_AREA)

    assert codes(found) == ["technician.out_of_coverage"]
    assert found.change is not None
    assert found.change.radius is not None
    assert (found.change.start, found.change.minutes) == (None, None)
    assert found.change.radius.radius == -int(-far // 1)
    assert found.change.radius.more_meters == -int(-(far - 5_000) // 1)
    assert found.change.radius.text == "1.7 mi"
    ann = world.replace(ann, coverage_radius=float(found.change.radius.radius))
    assert explain(world, mode=ListMode.IN_COVERAGE_AREA).fits
    world.replace(ann, coverage_radius=found.change.radius.radius - 1.0)
    assert not explain(world, mode=ListMode.IN_COVERAGE_AREA).fits


@pytest.mark.rule("SCH-28")
def test_a_greater_radius_and_another_start_are_told_together() -> None:
    world = World()
    world.replace(world.ann, coverage_radius=5_000.0)
    world.book("2026-05-27T09:00")

    found = explain(world, mode=ListMode.IN_COVERAGE_AREA).change

    assert found is not None
    assert (found.start, found.minutes) == (at("08:00"), None)
    assert found.radius is not None


@pytest.mark.rule("SCH-28")
@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"user": "sam"}, "user.not_eligible"),
        ({"user": "bob"}, "technician.other_location"),
        ({"user": "dan", "mode": ListMode.IN_COVERAGE_AREA}, "technician.no_start_location"),
        ({"location": "phoenix"}, "appointment.location_fixed"),
        ({"start": "2026-05-30T09:00"}, "user.not_working"),
        ({"start": "2026-05-24T09:00"}, "slot.past"),
    ],
)
def test_where_no_such_change_would_make_it_fit_none_is_told(given: dict[str, Any], code: str) -> None:
    world = World()
    dan = a_technician(name="Dan", home=world.provo.id, start=None)
    world.put(dan)
    names = {"sam": world.sam.id, "bob": world.bob.id, "dan": dan.id, "phoenix": world.phoenix.id}

    found = explain(world, **{name: names.get(value, value) for name, value in given.items()})

    assert code in codes(found)
    assert found.change is None


@pytest.mark.rule("SCH-28", "SCH-23")
def test_a_list_mode_that_is_not_offered_is_a_reason() -> None:
    world = World(scheduling_profile=(ListMode.IN_OFFICE_LOCATION,))

    assert codes(explain(world, mode=ListMode.IN_COVERAGE_AREA)) == ["list_mode.not_offered"]


@pytest.mark.rule("SCH-28", "SCH-02")
def test_a_time_that_the_clocks_skip_has_the_nearest_start_beside_it() -> None:
    world = World(grid_start=0, grid_end=1440)
    world.replace(world.ann, hours=WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7))))

    found = explain(world, "2027-03-14T02:30")

    assert codes(found) == ["time.nonexistent"]
    assert (found.start, found.end) == (None, None)
    assert found.change is not None
    assert found.change.start is not None
    assert (found.change.start.isoformat(), found.change.minutes) == ("2027-03-14T03:00:00-06:00", None)


@pytest.mark.rule("SCH-28", "SCH-02")
def test_a_date_that_the_zone_skips_has_no_start_at_all() -> None:
    world = World()
    world.replace(world.provo, zone="Pacific/Apia")
    world.clock.set(datetime(2011, 12, 1, tzinfo=UTC))

    found = explain(world, "2011-12-30T09:00")

    assert (codes(found), found.change) == (["time.nonexistent"], None)


# --- the same as fitting, by the minute ----------------------------------------------------------------------


quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)
ranges = st.builds(TimeRange, quarters, st.integers(1, 96).map(lambda quarter: quarter * 15))
a_day = st.just((TimeRange(0, 1440),)) | st.lists(ranges, max_size=2).map(tuple)


@frozen(kw_only=True)
class Case:
    """
    A world in which Ann, at home in another zone, has some hours, absences and visits, and what is asked in it.
    """

    world: World
    minutes: Minutes
    days: Sequence[date]
    length: int
    clocks: Sequence[datetime]

    @property
    def asked(self) -> dict[str, Any]:
        return {"minutes": self.length, "mode": ListMode.IN_OFFICE_LOCATION}


@st.composite
def cases(draw: st.DrawFn) -> Case:
    zone, day = draw(st.sampled_from(CHANGES))
    home = draw(st.sampled_from([zone, *dict.fromkeys(each for each, _ in CHANGES)]))
    grid = draw(st.sampled_from([(0, 1440), (360, 1320), (60, 240)]))
    rule = draw(st.sampled_from(WorkingHoursRule))
    world = World(working_hours_rule=rule, grid_start=grid[0], grid_end=grid[1])
    days = [day + timedelta(days=offset) for offset in range(draw(st.integers(1, 2)))]
    instants = [minute for each in days for minute in minutes_of_day(zone, each)]
    hours = WorkingHours(
        weekly=WeeklyHours(draw(st.tuples(*[a_day] * 7))),
        dated=tuple(DatedHours(each, draw(a_day)) for each in draw(st.lists(st.sampled_from(days), unique=True))),
    )
    absences = tuple(
        an_absence(
            user=None if holiday else world.ann.id,
            location=world.phoenix.id if holiday else None,
            first=draw(st.sampled_from(days)) - timedelta(days=draw(st.integers(0, 1))),
            last=days[-1],
            start=min(edges),
            end=max(edges) + 15,
        )
        for holiday, *edges in draw(st.lists(st.tuples(st.booleans(), quarters, quarters), max_size=2))
    )
    taken: list[Period] = []
    for start, quarter in draw(st.lists(st.tuples(st.sampled_from(instants[::15]), st.integers(1, 12)), max_size=3)):
        period = Period(start=start, end=start + timedelta(minutes=15 * quarter))
        if not any(period.overlaps(each) for each in taken):
            taken.append(period)
    now = draw(st.sampled_from([instants[0] - timedelta(days=9), draw(st.sampled_from(instants))]))
    _fill(world, zone, home, hours, absences, taken, now)
    minutes = Minutes(
        zone=zone, home=home, hours=hours, rule=rule, absences=absences, taken=tuple(taken), now=now, grid=grid
    )
    clocks = draw(st.lists(st.sampled_from(instants[::30]) | st.sampled_from(instants), min_size=3, max_size=8))
    return Case(world=world, minutes=minutes, days=days, length=30 * draw(st.integers(1, 6)), clocks=clocks)


def _fill(world: World, zone: str, home: str, hours: WorkingHours, absences: Any, taken: Any, now: datetime) -> None:
    """
    The office is Ann's further location; her home is in Phoenix, wherever that is.
    """
    world.replace(world.provo, zone=zone)
    world.replace(world.phoenix, zone=home)
    world.replace(world.ann, home=world.phoenix.id, further=(world.provo.id,), hours=hours)
    world.clock.set(now)
    world.put(*absences)
    for period in taken:
        visit = an_appointment(
            user=world.ann.id,
            customer=world.maria.id,
            type=world.service.id,
            location=world.provo.id,
            period=period,
            zone=zone,
        )
        world.put(visit, evolve(visit, id=AppointmentId(world.ids()), status=Status.CANCELLED))


@pytest.mark.rule("SCH-02", "SCH-07", "SCH-08", "SCH-21", "SCH-22", "SCH-28")
@given(case=cases())
def test_fitting_and_explaining_agree_with_a_look_at_every_minute(case: Case) -> None:
    world, naive = case.world, case.minutes
    asked = FindOpenings(
        customer=world.maria.id,
        type=world.service.id,
        first=case.days[0],
        days=len(case.days),
        users=(world.ann.id,),
        **case.asked,
    )
    (ann,) = world.ask(asked, OpeningsView).items

    # In UTC: to Python, a time that occurs twice equals none in another zone.
    offered = [start.astimezone(UTC) for day in ann.days for start in day.starts]

    assert offered == [start for day in case.days for start in naive.starts(day, case.length, 30)]
    for start in case.clocks:
        found = explain(world, start, **case.asked)
        assert found.fits is naive.fits(start, case.length, 30) is (start in offered) is (not found.reasons)
        changes_mend(case, start, found)


def changes_mend(case: Case, start: datetime, found: FitView) -> None:
    """
    The changes that are told are the smallest that make it fit, and where none are told, none would.
    """
    naive, day = case.minutes, shown(start, case.minutes.zone).date()
    others = naive.starts(day, case.length, 30)
    shorter = [length for length in range(30, case.length + 1, 30) if naive.fits(start, length, 30)]
    change = found.change
    if found.fits or not (others or shorter):
        assert change is None
        return
    assert change is not None
    nearest = change.start and change.start.astimezone(UTC)
    assert nearest == min(others, key=lambda each: abs(each - start), default=None)
    assert change.minutes == max(shorter, default=None)
    assert change.radius is None


@pytest.mark.rule("SCH-28")
@given(
    start=st.none() | st.builds(Point, st.floats(39, 42), st.floats(-113, -110)),
    radius=st.floats(0, 300_000),
    limit=st.floats(0, 300_000),
    mode=st.sampled_from(ListMode),
    here=st.booleans(),
    active=st.booleans(),
    minutes=st.sampled_from([30, 45, 90]),
)
def test_it_explains_exactly_whom_openings_leave_out(
    start: Point | None, radius: float, limit: float, mode: ListMode, here: bool, active: bool, minutes: int
) -> None:
    world = World(max_coverage_radius=limit)
    home = world.provo.id if here else world.phoenix.id
    cyd = a_technician(name="Cyd", home=home, start=start, coverage_radius=radius, hours=world.ann.hours, active=active)
    world.put(cyd)
    asked = FindOpenings(
        customer=world.maria.id, type=world.service.id, first=WEDNESDAY, minutes=minutes, mode=mode, users=(cyd.id,)
    )
    try:
        offered = [start for user in world.ask(asked, OpeningsView).items for start in user.days[0].starts]
    except Refused:
        offered = []

    found = explain(world, user=cyd.id, mode=mode, minutes=minutes)

    assert found.fits is (at("09:00") in offered) is (found.reasons == ())
    if found.change and found.change.radius:
        wider = world.replace(cyd, coverage_radius=float(found.change.radius.radius))
        assert explain(world, user=wider.id, mode=mode, minutes=found.change.minutes or minutes).fits


def test_phoenix_is_elsewhere() -> None:
    assert great_circle(PHOENIX, OREM) > 300_000


@pytest.mark.rule("BKG-04", "SCH-28")
def test_time_that_is_held_is_told_with_the_nearest_start_but_not_to_who_names_the_hold() -> None:
    world = World()
    command = HoldTime(
        kind=Kind.TECH, customer=world.maria.id, type=world.service.id, user=world.ann.id, start=at("09:00"), minutes=60
    )
    held = world.do(command, HoldView)

    found = explain(world, "2026-05-27T09:30")

    assert found.reasons == tuple(refusal(world, world.wish("2026-05-27T09:30")).values())
    assert codes(found) == ["slot.held"]
    assert found.change is not None and found.change.start == at("10:00")
    assert explain(world, "2026-05-27T09:30", hold=HoldId(held.id)).fits
