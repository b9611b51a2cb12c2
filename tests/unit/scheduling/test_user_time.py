"""
A user's time against an oracle that asks each quarter of an hour on its own, in words of local time.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.cells import Cells, cells_in, epoch
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.time import DAY_MINUTES, Period, moment
from fieldops_core.scheduling.calculations import (
    Knowledge,
    UserTime,
    by_owner,
    frame,
    outside_hours,
    taken_cells,
    user_time,
    working,
)
from fieldops_core.scheduling.model import AppointmentId, Reason
from fieldops_core.scheduling.ports import Taken
from fieldops_core.staff.model import Absence, DatedHours, Person, WorkingHours
from fieldops_core.testing.builders import DENVER, a_technician, an_absence, at
from fieldops_core.testing.strategies import zones

QUARTER = timedelta(minutes=15)
WEDNESDAY = date(2026, 5, 27)
DAY_OF_CHANGE = st.sampled_from([date(2026, 3, 8), date(2026, 4, 5), date(2026, 9, 6), date(2026, 11, 1), WEDNESDAY])
quarters = st.integers(0, 95).map(lambda quarter: quarter * 15)
ranges = st.builds(TimeRange, quarters, st.integers(1, 96).map(lambda quarter: quarter * 15))


def a_person(hours: WorkingHours | None = None, *, home: LocationId | None = None) -> Person:
    person = a_technician().person
    return evolve(person, hours=hours or person.hours, home=home or person.home)


def known(person: Person, zone: str = DENVER, **given: Any) -> Knowledge:
    nothing = Knowledge(zones={person.home: zone}, absences={}, taken={}, rule=WorkingHoursRule.HOURS, now=None)
    return evolve(nothing, **given)


def on_wednesday(person: Person, **given: Any) -> UserTime:
    return user_time(person, frame(DENVER, WEDNESDAY, 1, 0, DAY_MINUTES), known(person, **given))


def reasons(time: UserTime, start: str, minutes: int = 60) -> tuple[Reason, ...]:
    return time.reasons(time.frame.cells.cell(at(start)), minutes // 15)


def naive_working(hours: WorkingHours, zone: str, quarter: datetime) -> bool:
    """
    Whether some range of the day or of the day before, told as instants, holds a whole quarter of an hour.
    """
    today = quarter.astimezone(ZoneInfo(zone)).date()
    for day in (today - timedelta(days=1), today, today + timedelta(days=1)):
        for each in hours.on(day):
            last = day if each.end > each.start else day + timedelta(days=1)
            if moment(zone, day, each.start) <= quarter and quarter + QUARTER <= moment(zone, last, each.end):
                return True
    return False


@pytest.mark.rule("SCH-21")
@given(
    zone=zones(),
    day=DAY_OF_CHANGE,
    pattern=st.lists(st.lists(ranges, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple),
    dated=st.none() | st.lists(ranges, max_size=2).map(tuple),
)
def test_working_hours_are_instants_of_the_home_zone(
    zone: str, day: date, pattern: tuple[tuple[TimeRange, ...], ...], dated: tuple[TimeRange, ...] | None
) -> None:
    exceptions = () if dated is None else (DatedHours(day, dated),)
    hours = WorkingHours(weekly=WeeklyHours(pattern), dated=exceptions)
    cells = Cells.covering(Period(start=moment(zone, day, 0), end=moment(zone, day + timedelta(days=2), 0)))

    mask = working(hours, zone, cells, by_day=False)

    naive = [cell for cell in range(cells.length) if naive_working(hours, zone, cells.instant(cell))]
    assert list(cells_in(mask)) == naive


@pytest.mark.rule("SCH-21")
def test_a_range_over_midnight_belongs_to_the_day_it_starts_on() -> None:
    tuesday_night = WorkingHours(weekly=WeeklyHours.every("22:00", "06:00", weekdays=(1,)))
    time = on_wednesday(a_person(tuesday_night))

    assert reasons(time, "05:00") == ()
    assert reasons(time, "05:30") == (Reason.NOT_WORKING,)
    assert reasons(time, "22:00") == (Reason.NOT_WORKING,)


@pytest.mark.rule("SCH-21")
def test_working_hours_are_the_home_locations_wherever_the_visit_is() -> None:
    person = a_person()
    phoenix = frame("America/Phoenix", WEDNESDAY, 1, 0, DAY_MINUTES)

    time = user_time(person, phoenix, known(person))

    # 08:00 in Provo is 07:00 in Phoenix, which keeps no summer time.
    first = next(cells_in(time.starts(4, 2)))
    assert phoenix.cells.instant(first).astimezone(ZoneInfo("America/Phoenix")).hour == 7


@pytest.mark.rule("SCH-07", "SCH-21")
def test_under_day_a_visit_starts_on_a_working_day_at_whatever_hour() -> None:
    person = a_person()
    wednesday = on_wednesday(person, rule=WorkingHoursRule.DAY)
    sunday = frame(DENVER, date(2026, 5, 31), 1, 0, DAY_MINUTES)

    assert reasons(wednesday, "05:00") == reasons(wednesday, "20:00") == ()
    assert not user_time(person, sunday, known(person, rule=WorkingHoursRule.DAY)).starts(4, 2)


@pytest.mark.rule("SCH-07")
def test_under_hours_the_whole_visit_lies_inside_the_working_hours() -> None:
    time = on_wednesday(a_person())

    assert reasons(time, "16:00") == ()
    assert reasons(time, "16:15") == (Reason.NOT_WORKING,)
    assert reasons(time, "07:45") == (Reason.NOT_WORKING,)


@pytest.mark.rule("SCH-07")
def test_hours_outside_are_told_apart_for_marking() -> None:
    person = a_person()

    assert not outside_hours(person, DENVER, Period(start=at("16:00"), end=at("17:00")))
    assert outside_hours(person, DENVER, Period(start=at("16:30"), end=at("17:30")))


@pytest.mark.rule("SCH-21")
def test_an_empty_pattern_means_no_day() -> None:
    idle = a_person(WorkingHours())

    for rule in WorkingHoursRule:
        assert on_wednesday(idle, rule=rule).starts(1, 1) == 0


@pytest.mark.rule("SCH-22")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_nothing_overlaps_an_absence_under_either_rule(rule: WorkingHoursRule) -> None:
    person = a_person()
    dentist = an_absence(user=person.id, first=WEDNESDAY, last=WEDNESDAY, start=10 * 60, end=11 * 60)
    time = on_wednesday(person, absences=by_owner([dentist]), rule=rule)

    assert reasons(time, "09:00") == reasons(time, "11:00") == ()
    assert reasons(time, "09:15") == reasons(time, "10:45") == (Reason.ABSENT,)


@pytest.mark.rule("SCH-22")
def test_a_holiday_of_the_home_location_is_an_absence_unless_the_user_has_an_exception() -> None:
    person = a_person()
    holiday = an_absence(location=person.home, first=WEDNESDAY, last=WEDNESDAY)
    volunteer = evolve(person, hours=WorkingHours(dated=(DatedHours(WEDNESDAY, (TimeRange.parse("09:00", "12:00"),)),)))
    elsewhere = evolve(person, home=LocationId(a_technician().home))
    absences = by_owner([holiday])

    assert on_wednesday(person, absences=absences).starts(1, 1) == 0
    assert reasons(on_wednesday(volunteer, absences=absences), "09:00") == ()
    assert reasons(on_wednesday(elsewhere, absences=absences), "09:00") == ()


@pytest.mark.rule("SCH-22", "SCH-21")
def test_an_exception_over_midnight_outweighs_the_holiday_that_it_reaches_into() -> None:
    night = (TimeRange.parse("22:00", "06:00"),)
    person = a_person(WorkingHours(dated=(DatedHours(date(2026, 5, 26), night),)))
    absences = by_owner([an_absence(location=person.home, first=WEDNESDAY, last=WEDNESDAY)])
    time = on_wednesday(person, absences=absences)

    assert reasons(time, "05:00") == ()
    assert reasons(time, "05:30") == (Reason.NOT_WORKING, Reason.ABSENT)
    own = by_owner([an_absence(user=person.id, first=WEDNESDAY, last=WEDNESDAY)])
    assert reasons(on_wednesday(person, absences=own), "05:00") == (Reason.ABSENT,)


@pytest.mark.rule("SCH-22", "SCH-21")
def test_the_weekly_pattern_over_midnight_does_not_outweigh_a_holiday() -> None:
    person = a_person(WorkingHours(weekly=WeeklyHours.every("22:00", "06:00", weekdays=(1,))))
    absences = by_owner([an_absence(location=person.home, first=WEDNESDAY, last=WEDNESDAY)])

    assert reasons(on_wednesday(person, absences=absences), "05:00") == (Reason.ABSENT,)


@pytest.mark.rule("SCH-21", "SCH-07")
def test_under_day_a_night_is_a_day_of_the_date_that_it_starts_on_alone() -> None:
    tuesday_night = a_person(WorkingHours(weekly=WeeklyHours.every("22:00", "06:00", weekdays=(1,))))
    wednesday_night = a_person(WorkingHours(weekly=WeeklyHours.every("22:00", "06:00", weekdays=(2,))))

    assert reasons(on_wednesday(tuesday_night, rule=WorkingHoursRule.DAY), "05:00") == (Reason.NOT_WORKING,)
    assert reasons(on_wednesday(wednesday_night, rule=WorkingHoursRule.DAY), "05:00") == ()


@pytest.mark.rule("SCH-22")
def test_ones_own_absence_outweighs_ones_exception() -> None:
    person = a_person(WorkingHours(dated=(DatedHours(WEDNESDAY, (TimeRange.parse("09:00", "12:00"),)),)))
    away = an_absence(user=person.id, first=WEDNESDAY, last=WEDNESDAY)

    assert reasons(on_wednesday(person, absences=by_owner([away])), "09:00") == (Reason.ABSENT,)


@pytest.mark.rule("SCH-08")
def test_a_start_before_now_is_past_and_one_at_now_is_not() -> None:
    person = a_person()

    assert reasons(on_wednesday(person, now=at("10:00")), "10:00") == ()
    assert reasons(on_wednesday(person, now=at("10:00")), "09:45") == (Reason.PAST,)
    assert reasons(on_wednesday(person, now=at("10:00") + timedelta(microseconds=1)), "10:00") == (Reason.PAST,)


@pytest.mark.rule("SCH-06")
def test_half_open_visits_may_touch_and_edges_off_the_quarter_round_against_the_booking() -> None:
    person = a_person()
    until = at("10:05")
    visit = Taken(user=person.id, appointment=AppointmentId(person.id), start=epoch(at("09:00")), until=epoch(until))
    time = on_wednesday(person, taken=taken_cells(frame(DENVER, WEDNESDAY, 1, 0, DAY_MINUTES), [visit]))

    assert reasons(time, "08:00") == ()
    assert reasons(time, "10:00") == (Reason.TAKEN,)
    assert reasons(time, "10:15") == ()


masks = st.integers(0, (1 << 96) - 1)


@pytest.mark.rule("SCH-08")
@given(
    against=st.tuples(*(masks for _ in Reason)),
    of_the_start=st.sets(st.sampled_from(list(Reason)[1:])),
    count=st.integers(1, 98),
    step=st.sampled_from([1, 2]),
    grid=st.sampled_from([(0, 1440), (360, 1320), (600, 630)]),
)
def test_a_start_is_offered_exactly_when_nothing_stands_against_it(
    against: tuple[int, ...], of_the_start: set[Reason], count: int, step: int, grid: tuple[int, int]
) -> None:
    within = frame(DENVER, WEDNESDAY, 1, *grid)
    clean = (0, *against[1:])
    time = UserTime(frame=within, against=clean, of_the_start=frozenset(of_the_start))

    offered = set(cells_in(time.starts(count, step)))

    for cell in range(0, 96, step):
        asked = {
            reason
            for reason in Reason
            for each in range(cell, cell + (1 if reason in of_the_start else count))
            if clean[reason] >> each & 1
        }
        inside = grid[0] // 15 <= cell and cell + count <= grid[1] // 15
        assert (cell in offered) is (inside and not asked)
        assert (time.reasons(cell, count) == ()) is (cell in offered)


def test_an_absence_keeps_its_local_times_across_a_clock_change() -> None:
    person = a_person(WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7))))
    day = date(2026, 3, 8)
    away = Absence(id=an_absence().id, user=person.id, first=day, last=day, start=60, end=4 * 60)
    time = user_time(person, frame(DENVER, day, 1, 0, DAY_MINUTES), known(person, absences=by_owner([away])))

    assert time.against[Reason.ABSENT].bit_count() == 2 * 4  # from 01:00 to 04:00 only two hours pass
