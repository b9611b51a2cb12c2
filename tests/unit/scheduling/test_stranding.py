"""
Pending reassignment: visits that a change of people's time puts outside (APT-14).
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Actor, Kind, Permission
from fieldops_core.app.policies import ADDED
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.hours import TimeRange, WeeklyHours, overlapping
from fieldops_core.kernel.time import Period, local
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    EditAppointment,
    MoveAppointment,
    ReassignAppointment,
    ResizeAppointment,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, Lack, Status
from fieldops_core.scheduling.views import AppointmentView, StrandedView
from fieldops_core.staff.messages import AddAbsence, ChangeAbsence, ChangeUser, ChangeWorkingHours, RemoveAbsence
from fieldops_core.staff.model import AbsenceId, DatedHours, WorkingHours
from fieldops_core.staff.views import AbsenceView
from fieldops_core.testing.builders import DAY, DENVER, a_period, an_absence, an_appointment
from tests.support.world import World

DAYS, HOURS = WorkingHoursRule.DAY, WorkingHoursRule.HOURS
MONDAY_ONLY = WeeklyHours.every("08:00", "17:00", weekdays=(0,))
MORNINGS = WeeklyHours.every("08:00", "12:00")


def told(world: World, command: object, by: Actor | None = None) -> StrandedView:
    """
    What a command says that it strands.
    """
    (found,) = world.execute(command, by=by).added
    assert isinstance(found, StrandedView)
    return found


def stranded(world: World, command: object) -> set[AppointmentId]:
    """
    The ids of what a command strands; what it says, and what is flagged then, are the same.
    """
    found = told(world, command)
    ids = {AppointmentId(line.id) for line in found.appointments}
    assert len(ids) == found.count
    assert all(world.appointment(id).pending_reassignment for id in ids)
    return ids


def hours(world: World, weekly: WeeklyHours, *dated: DatedHours) -> ChangeWorkingHours:
    return ChangeWorkingHours(user=world.ann.id, weekly=weekly, dated=dated)


def a_booked(world: World, start: str = "2026-05-27T09:00", **given: Any) -> AppointmentId:
    return AppointmentId(world.book(start, **given).id)


# --- hours: the day under DAY, the hours under HOURS ----------------------------------------------


@pytest.mark.rule("APT-14")
def test_under_day_a_visit_is_stranded_when_its_day_is_no_longer_worked() -> None:
    world = World()
    monday, wednesday = a_booked(world, "2026-06-01T09:00"), a_booked(world)

    assert stranded(world, hours(world, MONDAY_ONLY)) == {wednesday}
    assert not world.appointment(monday).pending_reassignment


@pytest.mark.rule("APT-14")
def test_under_day_other_hours_of_a_day_that_is_worked_strand_nothing() -> None:
    world = World()
    a_booked(world, "2026-05-27T14:00")

    assert stranded(world, hours(world, MORNINGS)) == set()


@pytest.mark.rule("APT-14")
def test_under_hours_a_visit_is_stranded_when_it_does_not_lie_inside_any_more() -> None:
    world = World(working_hours_rule=HOURS)
    inside, across, outside = (
        a_booked(world, start) for start in ("2026-05-27T11:00", "2026-05-28T11:30", "2026-05-29T12:00")
    )

    assert stranded(world, hours(world, MORNINGS)) == {across, outside}
    assert not world.appointment(inside).pending_reassignment


@pytest.mark.rule("APT-14", "SCH-21")
def test_an_exception_for_a_date_strands_the_visits_of_that_date() -> None:
    world = World()
    there, next_day = a_booked(world), a_booked(world, "2026-05-28T09:00")

    assert stranded(world, hours(world, world.ann.hours.weekly, DatedHours(DAY))) == {there}
    assert not world.appointment(next_day).pending_reassignment


@pytest.mark.rule("APT-14")
def test_what_lay_outside_before_is_not_put_outside() -> None:
    world = World(working_hours_rule=HOURS)
    early = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=a_period("06:00"),
    )
    world.put(early)

    assert stranded(world, hours(world, MORNINGS)) == set()
    assert stranded(world, hours(world, WeeklyHours())) == set()


@pytest.mark.rule("APT-14")
def test_what_is_pending_already_is_left_as_it_is() -> None:
    world = World()
    id = a_booked(world)
    world.execute(AddAbsence(user=world.ann.id, first=DAY, last=DAY))

    assert told(world, hours(world, WeeklyHours())) == StrandedView()
    assert world.appointment(id).version == 2


@pytest.mark.rule("APT-14")
@pytest.mark.parametrize(
    ("status", "now", "is_stranded"),
    [
        (Status.SCHEDULED, "09:30", True),
        (Status.SCHEDULED, "10:00", False),
        (Status.EN_ROUTE, "08:00", False),
        (Status.ON_SITE, "08:00", False),
        (Status.CANCELLED, "08:00", False),
        (Status.COMPLETED, "08:00", False),
        (Status.NO_SHOW, "08:00", False),
    ],
)
def test_only_an_upcoming_visit_is_stranded(status: Status, now: str, is_stranded: bool) -> None:
    world = World()
    id = a_booked(world)
    if status is not Status.SCHEDULED:
        world.replace(world.appointment(id), status=status)
    world.clock.set(a_period(now).start)

    assert stranded(world, hours(world, WeeklyHours())) == ({id} if is_stranded else set())


@pytest.mark.rule("APT-14")
def test_the_visits_of_others_are_not_touched() -> None:
    world = World()
    visit = an_appointment(user=world.bob.id, customer=world.maria.id, type=world.service.id, location=world.provo.id)
    world.put(visit)

    assert stranded(world, hours(world, WeeklyHours())) == set()
    assert world.appointment(visit.id).version == 1


# --- the company's rule ------------------------------------------------------------------------------


def rule(which: WorkingHoursRule) -> ChangeSettings:
    return ChangeSettings(changes={"working_hours_rule": which})


@pytest.mark.rule("APT-14")
def test_the_rule_hours_strands_everybodys_visits_outside_of_their_hours() -> None:
    world = World()
    inside, early = a_booked(world), a_booked(world, "2026-05-28T07:00")
    sams = a_booked(
        world, "2026-05-28T18:00", kind=Kind.SALES, user=world.sam.id, customer=world.lead.id, type=world.sales_call.id
    )

    assert stranded(world, rule(HOURS)) == {early, sams}
    assert not world.appointment(inside).pending_reassignment


@pytest.mark.rule("APT-14", "SCH-21")
def test_the_rule_day_strands_what_lies_in_a_night_that_began_the_day_before() -> None:
    world = World(working_hours_rule=HOURS, grid_start=0, grid_end=24 * 60)
    nights = WeeklyHours.every("22:00", "06:00", weekdays=(4,))
    world.execute(hours(world, nights))
    saturday = a_booked(world, "2026-05-30T01:00")

    assert stranded(world, rule(DAYS)) == {saturday}


@pytest.mark.rule("APT-14")
def test_other_settings_and_the_same_rule_again_say_nothing_of_visits() -> None:
    world = World()
    a_booked(world, "2026-05-28T07:00")

    for changes in ({"duplicate_check": False}, {"working_hours_rule": DAYS}):
        assert world.execute(ChangeSettings(changes=changes)).added == ()


# --- absences and holidays --------------------------------------------------------------------------


@pytest.mark.rule("APT-14", "SCH-22")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_an_absence_strands_what_overlaps_it_and_nothing_that_only_touches_it(rule: WorkingHoursRule) -> None:
    world = World(working_hours_rule=rule)
    before, overlapping, after = (
        a_booked(world, start) for start in ("2026-05-27T09:00", "2026-05-27T10:00", "2026-05-27T12:00")
    )

    absence = AddAbsence(user=world.ann.id, first=DAY, last=DAY, start=10 * 60 + 30, end=12 * 60)

    assert stranded(world, absence) == {overlapping}
    assert not any(world.appointment(id).pending_reassignment for id in (before, after))


@pytest.mark.rule("APT-14", "SCH-22")
def test_an_absence_that_grows_strands_what_it_reaches_then() -> None:
    world = World()
    a_booked(world)
    next_day = a_booked(world, "2026-05-28T09:00")
    absence = AbsenceId(world.do(AddAbsence(user=world.ann.id, first=DAY, last=DAY), AbsenceView).id)

    assert stranded(world, ChangeAbsence(absence=absence, last=date(2026, 5, 28))) == {next_day}
    assert stranded(world, ChangeAbsence(absence=absence, reason="Ill")) == set()


@pytest.mark.rule("APT-14", "SCH-22")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_a_holiday_strands_the_visits_of_those_at_home_there_who_have_no_exception(rule: WorkingHoursRule) -> None:
    world = World(working_hours_rule=rule)
    world.execute(ChangeUser(user=world.bob.id, further=(world.provo.id,)))
    volunteer = world.replace(
        world.sam,
        technician=True,
        start=world.ann.start,
        coverage_radius=world.ann.coverage_radius,
        hours=WorkingHours(dated=(DatedHours(DAY, (TimeRange.parse("08:00", "17:00"),)),)),
    )
    anns, bobs, sams = (a_booked(world, user=user.id) for user in (world.ann, world.bob, volunteer))

    assert stranded(world, AddAbsence(location=world.provo.id, first=DAY, last=DAY)) == {anns}
    assert not any(world.appointment(id).pending_reassignment for id in (bobs, sams))


@pytest.mark.rule("APT-14", "SCH-22")
def test_who_gives_up_an_exception_on_a_holiday_is_absent_then() -> None:
    world = World()
    weekly = world.ann.hours.weekly
    world.execute(hours(world, weekly, DatedHours(DAY, (TimeRange.parse("08:00", "17:00"),))))
    id = a_booked(world)
    assert stranded(world, AddAbsence(location=world.provo.id, first=DAY, last=DAY)) == set()

    assert stranded(world, hours(world, weekly)) == {id}
    assert world.appointment(id).pending_reassignment


@pytest.mark.rule("APT-14")
def test_what_fits_again_stays_pending_until_somebody_moves_or_ends_it() -> None:
    world = World()
    id = a_booked(world)
    absence = AbsenceId(world.do(AddAbsence(user=world.ann.id, first=DAY, last=DAY), AbsenceView).id)

    assert told(world, RemoveAbsence(absence=absence)) == StrandedView()

    assert world.appointment(id).pending_reassignment


# --- deactivation, and another home -----------------------------------------------------------------


@pytest.mark.rule("APT-14", "ACC-24")
@pytest.mark.parametrize("rule", WorkingHoursRule)
def test_a_deactivation_strands_all_that_is_upcoming_wherever_it_lies(rule: WorkingHoursRule) -> None:
    world = World(working_hours_rule=rule)
    fitting = a_booked(world)
    unfit = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=a_period(day=date(2026, 5, 31)),
    )
    under_way = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=a_period("13:00"),
        status=Status.ON_SITE,
    )
    world.put(unfit, under_way)

    found = told(world, ChangeUser(user=world.ann.id, active=False))

    assert {line.id for line in found.appointments} == {fitting, unfit.id}
    assert {line.why for line in found.appointments} == {(Lack.DEACTIVATED,)}
    assert not world.appointment(under_way.id).pending_reassignment


@pytest.mark.rule("APT-14")
def test_who_comes_back_strands_nothing_and_frees_nothing() -> None:
    world = World()
    id = a_booked(world)
    world.execute(ChangeUser(user=world.ann.id, active=False))

    assert told(world, ChangeUser(user=world.ann.id, active=True)) == StrandedView()
    assert world.appointment(id).pending_reassignment


@pytest.mark.rule("APT-14", "SCH-21")
def test_another_home_brings_its_zone_and_its_holidays() -> None:
    world = World(working_hours_rule=HOURS)
    early, later = a_booked(world, "2026-05-27T08:00"), a_booked(world, "2026-05-28T10:00")
    world.put(an_absence(location=world.phoenix.id, first=date(2026, 5, 28), last=date(2026, 5, 28)))

    found = told(world, ChangeUser(user=world.ann.id, home=world.phoenix.id, further=(world.provo.id,)))

    # In Phoenix it is an hour earlier: 08:00 in Provo is 07:00 there, before the hours begin.
    assert {line.id: line.why for line in found.appointments} == {early: (Lack.NOT_WORKING,), later: (Lack.ABSENT,)}


@pytest.mark.rule("APT-14")
def test_a_change_of_a_user_that_is_not_about_their_time_says_nothing_of_visits() -> None:
    world = World()
    a_booked(world)

    assert world.execute(ChangeUser(user=world.ann.id, name="Anna")).added == ()


# --- what clears it ----------------------------------------------------------------------------------


def pending() -> tuple[World, AppointmentId]:
    """
    Ann's visit on Wednesday at 09:00, and an absence that came after it.
    """
    world = World()
    id = a_booked(world)
    world.execute(AddAbsence(user=world.ann.id, first=DAY, last=DAY))
    return world, id


@pytest.mark.rule("APT-14")
def test_moving_it_to_a_time_that_fits_clears_it() -> None:
    world, id = pending()

    moved = world.do(MoveAppointment(appointment=id, start=datetime(2026, 5, 28, 9)), AppointmentView)

    assert not moved.pending_reassignment


@pytest.mark.rule("APT-14")
def test_giving_it_to_a_user_who_fits_clears_it() -> None:
    world, id = pending()
    world.replace(world.bob, home=world.provo.id, start=world.ann.start)

    given_to_bob = world.do(ReassignAppointment(appointment=id, user=world.bob.id), AppointmentView)

    assert not given_to_bob.pending_reassignment


@pytest.mark.rule("APT-14")
def test_cancelling_it_clears_it() -> None:
    world, id = pending()

    assert not world.do(CancelAppointment(appointment=id), AppointmentView).pending_reassignment


@pytest.mark.rule("APT-14", "APT-18")
def test_a_note_does_not_clear_it() -> None:
    world, id = pending()

    assert world.do(EditAppointment(appointment=id, notes="Ladder"), AppointmentView).pending_reassignment


@pytest.mark.rule("APT-14", "ACC-24")
def test_another_time_of_a_deactivated_user_does_not_clear_it() -> None:
    world = World()
    id = a_booked(world)
    world.execute(ChangeUser(user=world.ann.id, active=False))

    moved = world.do(MoveAppointment(appointment=id, start=datetime(2026, 5, 28, 9)), AppointmentView)
    shorter = world.do(ResizeAppointment(appointment=id, minutes=30), AppointmentView)

    assert moved.pending_reassignment and shorter.pending_reassignment


# --- what is told -------------------------------------------------------------------------------------


@pytest.mark.rule("APT-14")
def test_the_change_answers_how_many_and_which_soonest_first_as_they_are_then() -> None:
    world = World()
    later, sooner = a_booked(world, "2026-05-28T09:00"), a_booked(world)

    found = told(world, hours(world, WeeklyHours()))

    assert [line.id for line in found.appointments] == [sooner, later]
    line = found.appointments[0]
    assert (line.start.isoformat(), line.end.isoformat(), line.zone) == (
        "2026-05-27T09:00:00-06:00",
        "2026-05-27T10:00:00-06:00",
        DENVER,
    )
    assert (line.version, line.type, line.user.name, line.customer.name) == (2, "Service", "Ann", "Maria Nielsen")
    assert line.why == (Lack.NOT_WORKING,)


@pytest.mark.rule("APT-14", "ACC-26")
def test_what_the_reader_may_not_see_is_counted_and_not_listed() -> None:
    world = World()
    a_booked(world)
    modify = (Permission.WORKING_HOURS, Action.MODIFY)
    without = world.actor(modify, user=world.boss.id)
    elsewhere = world.actor(modify, user=world.boss.id)
    elsewhere = evolve(
        elsewhere,
        grants=elsewhere.grants | world.actor((Permission.TECH_SCHEDULER, Action.VIEW), at=world.phoenix.id).grants,
    )
    command = AddAbsence(user=world.ann.id, first=DAY, last=DAY)

    for reader in (without, elsewhere):
        preview = world.ops.preview(command, world.context(reader))
        assert preview.receipt is not None
        assert preview.receipt.added == (StrandedView(count=1),)
    seeing = world.actor(modify, (Permission.TECH_SCHEDULER, Action.VIEW), user=world.boss.id)
    assert [line.user.name for line in told(world, command, by=seeing).appointments] == ["Ann"]


@pytest.mark.rule("APT-14")
def test_a_preview_answers_the_same_list_and_writes_nothing() -> None:
    world = World()
    id = a_booked(world)
    command = ChangeUser(user=world.ann.id, active=False)

    preview = world.ops.preview(command, world.context())

    assert not world.appointment(id).pending_reassignment and world.appointment(id).version == 1
    assert preview.receipt is not None
    assert preview.receipt == world.execute(command)
    with world.storage.reading(world.company.id) as unit:
        assert len(unit.history.of("appointment", id)) == 2


@pytest.mark.rule("APT-14", "API-03")
def test_a_repetition_answers_what_the_first_answered_and_strands_nothing_more() -> None:
    world = World()
    id = a_booked(world)
    command = hours(world, WeeklyHours())

    first, again = (world.execute(command, command_id="a") for _ in range(2))

    assert first == again and type(again.added[0]) in ADDED
    assert world.appointment(id).version == 2


# --- against an oracle ---------------------------------------------------------------------------------


def naively_there(visit: Appointment, hours: WorkingHours, absences: list[tuple[int, int]], rule: object) -> bool:
    """
    Minute by minute, in a week without a change of clocks.
    """
    start = local(visit.period.start, DENVER)
    minutes = [start + timedelta(minutes=each) for each in range(visit.period.minutes)]

    def worked(moment: datetime) -> bool:
        for back in (0, 1):
            day = moment.date() - timedelta(days=back)
            at = (moment.replace(tzinfo=None) - datetime.combine(day, datetime.min.time())) // timedelta(minutes=1)
            for range in hours.on(day):
                end = range.end if range.end > range.start else range.end + 1440
                if range.start <= at < end:
                    return True
        return False

    at_work = bool(hours.on(start.date())) if rule is DAYS else all(worked(each) for each in minutes)
    of_day = [each.hour * 60 + each.minute for each in minutes if each.date() == DAY]
    return at_work and not any(first <= each < end for first, end in absences for each in of_day)


quarters = st.integers(0, 95).map(lambda n: 15 * n)
ranges = st.builds(TimeRange, quarters, quarters)
patterns = (
    st.lists(st.lists(ranges, max_size=1).map(tuple), min_size=7, max_size=7)
    .filter(lambda days: not any(overlapping(days[each - 1], days[each]) for each in range(7)))
    .map(lambda days: WorkingHours(weekly=WeeklyHours(tuple(days))))
)


@pytest.mark.rule("APT-14", "SCH-07", "SCH-22")
@given(data=st.data())
def test_what_is_stranded_is_what_was_there_and_is_no_more_minute_by_minute(data: st.DataObject) -> None:
    which = data.draw(st.sampled_from(WorkingHoursRule))
    world = World(working_hours_rule=which)
    before, after = data.draw(st.tuples(patterns, patterns).filter(lambda both: both[0] != both[1]))
    ann = world.replace(world.ann, hours=before)
    first = data.draw(st.integers(0, 94)) * 15
    absence = (first, data.draw(st.integers(first // 15 + 1, 96)) * 15) if data.draw(st.booleans()) else None
    visits = [
        an_appointment(
            user=ann.id,
            customer=world.maria.id,
            type=world.service.id,
            location=world.provo.id,
            period=Period(start=start, end=start + timedelta(minutes=45)),
        )
        for each in data.draw(st.lists(st.integers(0, 95), max_size=6, unique=True))
        for start in [a_period("00:00").start + timedelta(hours=each)]
    ]
    world.put(*visits)
    command: object = ChangeWorkingHours(user=ann.id, weekly=after.weekly)
    if absence:
        command = AddAbsence(user=ann.id, first=DAY, last=DAY, start=absence[0], end=absence[1])
        after = before

    found = stranded(world, command)

    there = {each.id for each in visits if naively_there(each, before, [], which)}
    still = {each.id for each in visits if naively_there(each, after, [absence] if absence else [], which)}
    # An absence strands also what lay outside of the hours before; hours strand nothing that lay outside of them.
    hit = {each.id for each in visits if absence and not naively_there(each, ALWAYS, [absence], DAYS)}
    assert found == (there - still) | hit


ALWAYS = WorkingHours(weekly=WeeklyHours.every("00:00", "24:00", weekdays=range(7)))
