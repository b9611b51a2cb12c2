"""
Clocks that are read otherwise: another time zone of a location (SCH-26), a new tz database (SCH-03).
"""

from datetime import date, datetime, timedelta

import pytest
from attrs import evolve

from fieldops_core.access.model import SYSTEM, Action, Permission
from fieldops_core.company.messages import ChangeLocation
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.company.views import LocationView
from fieldops_core.customers.messages import CreateCustomer, ImportCustomers, ImportLine
from fieldops_core.customers.views import ImportView
from fieldops_core.kernel.errors import InvalidValue, Stale
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import (
    ChangeLocationZone,
    FindOpenings,
    RecomputeInstants,
    ShowAppointment,
    ShowGrid,
)
from fieldops_core.scheduling.model import Appointment, AppointmentId, Keeping, Lack, Status
from fieldops_core.scheduling.views import AppointmentView, GridView, OpeningsView, RecomputedView, ZoneChangeView
from fieldops_core.staff.messages import ChangeUser, ChangeWorkingHours, CreateUser
from fieldops_core.testing.builders import DENVER, a_location, a_period, an_appointment
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, refusal

LOCAL, INSTANTS = Keeping.LOCAL_TIMES, Keeping.INSTANTS
CHICAGO, PHOENIX, LISBON = "America/Chicago", "America/Phoenix", "Europe/Lisbon"
HOUR = timedelta(hours=1)


def rezone(world: World, zone: str = CHICAGO, keep: Keeping | None = LOCAL) -> ChangeLocationZone:
    return ChangeLocationZone(location=world.provo.id, zone=zone, keep=keep)


def rezoned(world: World, zone: str = CHICAGO, keep: Keeping | None = LOCAL) -> ZoneChangeView:
    return world.do(rezone(world, zone, keep), ZoneChangeView)


def a_visit(world: World, time: str = "09:00", **given: object) -> Appointment:
    """
    Ann's visit to Maria on Wednesday, for an hour, past all rules.
    """
    visit = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=a_period(time),
    )
    visit = evolve(visit, **given)  # type: ignore[arg-type]
    world.put(visit)
    return visit


# --- what is kept ------------------------------------------------------------------------------------


@pytest.mark.rule("SCH-26")
def test_with_open_appointments_it_must_be_said_what_they_keep() -> None:
    world = World()
    assert rezoned(world, keep=None).zone == CHICAGO
    world.book()

    refused = refusal(world, rezone(world, DENVER, None))["zone.keep_required"]

    assert refused.facts == {"open": 1}
    openings = FindOpenings(customer=world.maria.id, type=world.service.id, first=NOW.date())
    assert world.ask(openings, OpeningsView).zone == CHICAGO


@pytest.mark.rule("SCH-26")
def test_local_times_are_kept_and_the_instants_move() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    found = rezoned(world, keep=LOCAL)

    visit = world.appointment(id)
    assert visit.period == Period(start=a_period("09:00").start - HOUR, end=a_period("09:00").end - HOUR)
    assert (visit.agreed, visit.zone, visit.version) == (datetime(2026, 5, 27, 9), CHICAGO, 2)
    (line,) = found.open.appointments
    assert (found.zone, found.version, found.open.count) == (CHICAGO, 2, 1)
    assert [each.start.isoformat() for each in (line.before, line.after)] == [
        "2026-05-27T09:00:00-06:00",
        "2026-05-27T09:00:00-05:00",
    ]
    assert (line.version, line.user.name, line.customer.name) == (2, "Ann", "Maria Nielsen")


@pytest.mark.rule("SCH-26")
def test_instants_are_kept_and_told_otherwise() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    (line,) = rezoned(world, keep=INSTANTS).open.appointments

    visit = world.appointment(id)
    assert visit.period == a_period("09:00")
    assert (visit.agreed, visit.zone) == (datetime(2026, 5, 27, 10), CHICAGO)
    assert line.before.start == line.after.start
    assert line.after.start.isoformat() == "2026-05-27T10:00:00-05:00"
    assert world.ask(ShowAppointment(appointment=id), AppointmentView).agreed == "2026-05-27T10:00"


@pytest.mark.rule("SCH-26")
@pytest.mark.parametrize(
    ("status", "is_changed"), [(status, status.value in ("scheduled", "en_route", "on_site")) for status in Status]
)
def test_every_open_appointment_follows_and_no_other(status: Status, is_changed: bool) -> None:
    world = World()
    past = a_visit(world, status=status, period=a_period(day=date(2026, 5, 1)), agreed=datetime(2026, 5, 1, 9))

    assert rezoned(world).open.count == is_changed
    assert (world.appointment(past.id).zone == CHICAGO) is is_changed


@pytest.mark.rule("SCH-26")
def test_the_visits_of_other_locations_are_not_touched() -> None:
    world = World()
    elsewhere = a_visit(world, location=world.phoenix.id, zone=PHOENIX, agreed=datetime(2026, 5, 27, 8))

    assert rezoned(world, keep=None).open.count == 0
    assert world.appointment(elsewhere.id) == elsewhere


@pytest.mark.rule("SCH-26")
def test_visits_that_follow_one_another_move_together() -> None:
    world = World()
    visits = [a_visit(world, time) for time in ("09:00", "10:00", "11:00")]

    assert rezoned(world, LISBON).open.count == 3
    assert rezoned(world, DENVER).open.count == 3

    for visit in visits:
        assert world.appointment(visit.id).period == visit.period


@pytest.mark.rule("SCH-26")
def test_the_same_zone_again_changes_nothing() -> None:
    world = World()
    world.book()

    found = rezoned(world, DENVER, None)

    assert (found.version, found.open.count) == (1, 0)


@pytest.mark.rule("SCH-26")
def test_a_preview_answers_the_same_and_writes_nothing() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    preview = world.ops.preview(rezone(world), world.context())

    assert world.appointment(id).zone == DENVER
    assert preview.receipt == world.execute(rezone(world))


@pytest.mark.rule("SCH-26", "ACC-26")
def test_what_the_reader_may_not_see_is_counted_and_not_listed() -> None:
    world = World()
    world.book()
    reader = world.actor((Permission.SETTINGS, Action.MODIFY), user=world.boss.id)

    found = world.do(rezone(world), ZoneChangeView, by=reader)

    assert (found.open.count, found.open.appointments) == (1, ())


@pytest.mark.rule("ACC-25", "SCH-26")
def test_a_zone_is_changed_with_settings_modify_in_the_whole_company_at_the_version_that_was_read() -> None:
    world = World()

    assert (
        denial(world, rezone(world), world.actor((Permission.SETTINGS, Action.MODIFY), at=world.provo.id)) == "ACC-25"
    )
    with pytest.raises(Stale):
        world.execute(rezone(world), expected_version=2)
    with pytest.raises(InvalidValue):
        world.execute(rezone(world, "Mars/Olympus"))


# --- what cannot be kept --------------------------------------------------------------------------


@pytest.mark.rule("SCH-26", "SCH-02")
def test_a_local_time_that_does_not_exist_there_refuses_the_change_as_a_whole() -> None:
    world = World()
    # On 29 March clocks in Lisbon go from 01:00 to 02:00.
    day = date(2027, 3, 28)
    skipped = a_visit(world, period=a_period("01:30", day=day), agreed=datetime(2027, 3, 28, 1, 30))
    later = a_visit(world, period=a_period("02:30", day=day), agreed=datetime(2027, 3, 28, 2, 30))

    refused = refusal(world, rezone(world, LISBON))

    assert set(refused) == {"zone.time_nonexistent"}
    assert refused["zone.time_nonexistent"].sentence == (
        "Ann's visit at 01:30 on Sun 28 Mar 2027: the clocks skip that time in Europe/Lisbon."
    )
    assert refused["zone.time_nonexistent"].facts["appointment"] == skipped.id
    assert world.appointment(later.id) == later
    assert rezoned(world, LISBON, INSTANTS).open.count == 2


@pytest.mark.rule("SCH-26", "SCH-06")
def test_visits_that_would_overlap_refuse_the_change_as_a_whole() -> None:
    world = World()
    here = a_visit(world, "09:00")
    touching, there = (a_visit(world, time, location=world.phoenix.id, zone=PHOENIX) for time in ("07:00", "08:00"))

    refused = refusal(world, rezone(world))["zone.overlap"]

    assert refused.sentence == "Ann's visits at 09:00 and 09:00 on Wed 27 May 2026 would overlap."
    assert refused.facts["appointments"] == (here.id, there.id)
    assert world.appointment(here.id) == here
    assert world.appointment(touching.id) == touching


@pytest.mark.rule("SCH-26")
def test_touching_is_no_overlap() -> None:
    world = World()
    a_visit(world, "09:00")
    a_visit(world, "07:00", location=world.phoenix.id, zone=PHOENIX)

    assert rezoned(world).open.count == 1


@pytest.mark.rule("SCH-26")
def test_what_takes_no_time_or_was_booked_twice_on_purpose_stands_in_nobodys_way() -> None:
    world = World()
    there = a_visit(world, "09:00")
    a_visit(world, "08:00", location=world.phoenix.id, zone=PHOENIX, status=Status.CANCELLED)
    beside = a_visit(
        world, "08:00", location=world.phoenix.id, zone=PHOENIX, double_booked=True, double_booked_with=there.id
    )
    world.replace(there, double_booked=True, double_booked_with=beside.id)

    assert rezoned(world).open.count == 1


@pytest.mark.rule("SCH-26", "ACC-26")
def test_a_refusal_names_only_what_the_reader_may_see() -> None:
    world = World()
    a_visit(world, "09:00")
    a_visit(world, "08:00", location=world.phoenix.id, zone=PHOENIX)
    day = datetime(2027, 3, 28, 1, 30)
    a_visit(world, period=a_period("01:30", day=day.date()), agreed=day)
    reader = world.actor((Permission.SETTINGS, Action.MODIFY), user=world.boss.id)

    overlap = refusal(world, rezone(world), by=reader)["zone.overlap"]
    skipped = refusal(world, rezone(world, LISBON), by=reader)["zone.time_nonexistent"]

    assert overlap.facts["user"] == skipped.facts["user"] == "Somebody"
    assert overlap.facts["appointments"] == () and "appointment" not in skipped.facts


@pytest.mark.rule("SCH-26", "SCH-02")
def test_a_visit_that_would_cross_midnight_refuses_the_change() -> None:
    world = World(grid_end=24 * 60)
    world.book("2026-05-27T21:00", minutes=120)
    assert rezoned(world, CHICAGO, INSTANTS).zone == CHICAGO  # until 24:00

    refused = refusal(world, rezone(world, "America/New_York", INSTANTS))["zone.past_midnight"]

    assert refused.sentence == "Ann's visit at 22:00 on Wed 27 May 2026 would cross midnight in America/New_York."


# --- what follows from it --------------------------------------------------------------------------


@pytest.mark.rule("SCH-26", "APT-14", "SCH-21")
def test_instants_that_leave_the_hours_of_those_at_home_there_are_stranded() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    late, early = world.book("2026-05-27T16:00"), world.book("2026-05-27T08:00")

    found = rezoned(world, keep=INSTANTS)

    # 16:00 in Denver is 17:00 in Chicago, when Ann stops now; 08:00 is 09:00.
    assert [(line.id, line.why) for line in found.stranded.appointments] == [(late.id, (Lack.NOT_WORKING,))]
    assert world.appointment(AppointmentId(late.id)).pending_reassignment
    assert not world.appointment(AppointmentId(early.id)).pending_reassignment
    assert [line.version for line in found.open.appointments] == [2, 3]


@pytest.mark.rule("SCH-26", "APT-14")
def test_local_times_that_are_kept_stay_inside_the_hours_of_those_at_home_there() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    world.book("2026-05-27T16:00")

    assert rezoned(world, keep=LOCAL).stranded.count == 0


@pytest.mark.rule("SCH-26", "APT-14")
def test_who_lives_elsewhere_is_asked_by_the_clock_of_their_home() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    world.execute(ChangeUser(user=world.bob.id, further=(world.provo.id,)))
    visit = world.book("2026-05-27T09:00", user=world.bob.id)  # 08:00 in Phoenix

    found = rezoned(world, keep=LOCAL)  # 07:00 there

    assert [line.id for line in found.stranded.appointments] == [visit.id]


@pytest.mark.rule("SCH-26", "APT-14")
def test_the_visits_that_those_at_home_there_have_elsewhere_are_asked_too() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    elsewhere = a_visit(world, "16:00", location=world.phoenix.id, zone=PHOENIX, agreed=datetime(2026, 5, 27, 15))

    found = rezoned(world, keep=None)

    assert [line.id for line in found.stranded.appointments] == [elsewhere.id]
    assert found.open.count == 0


@pytest.mark.rule("SCH-26", "EVT-01")
def test_the_change_is_told_and_in_the_history_of_each() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    world.execute(rezone(world))

    with world.storage.reading(world.company.id) as unit:
        changes = unit.history.of("appointment", id)[0].changes
        assert [each.field for each in unit.history.of("location", world.provo.id)[0].changes] == ["zone"]
    assert [each.field for each in changes] == ["period", "zone"]
    events = {type(due.event).__name__ for due in world.storage.claim(10, now=NOW, lease_seconds=60)}
    assert events >= {"LocationChanged", "AppointmentRetimed"}


# --- closing a location ------------------------------------------------------------------------------


def close(world: World, id: object = None) -> ChangeLocation:
    return ChangeLocation(location=id or world.provo.id, active=False)  # type: ignore[arg-type]


@pytest.mark.rule("SCH-26")
def test_a_location_with_open_appointments_customers_or_users_stays_active() -> None:
    world = World()
    a_visit(world)
    a_visit(world, "11:00", status=Status.CANCELLED)

    refused = refusal(world, close(world))["location.in_use"]

    assert refused.sentence == "Provo still has 1 open appointment, 2 customers, 4 users."
    assert (refused.facts["open_appointments"], refused.facts["customers"], refused.facts["users"]) == (1, 2, 4)


@pytest.mark.rule("SCH-26")
def test_each_alone_keeps_a_location_open() -> None:
    world = World()
    office, nobody = a_location(name="Office"), a_location(name="Nobody's")
    world.put(office, nobody)
    world.execute(ChangeUser(user=world.ann.id, further=(office.id,)))

    assert refusal(world, close(world, office.id))["location.in_use"].facts["what"] == "1 user"
    assert world.do(close(world, nobody.id), LocationView).active is False
    world.execute(ChangeUser(user=world.ann.id, active=False))
    assert world.do(close(world, office.id), LocationView).active is False
    assert world.do(ChangeLocation(location=office.id, active=True), LocationView).active is True


@pytest.mark.rule("SCH-26")
def test_nothing_new_comes_to_a_closed_location() -> None:
    world = World()
    closed = a_location(name="Closed", active=False)
    world.put(closed)
    world.execute(ChangeUser(user=world.ann.id, active=False))
    gone = world.replace(world.replace(world.bob, active=False), home=closed.id)
    line = {"external_id": "1", "phone": "+18015550111", "business_name": "Books", "location": "Closed"}
    line |= {"account_type": "commercial", "city": "Provo", "state": "UT"}
    world.execute(ChangeWorkingHours(user=world.pia.id, weekly=WeeklyHours.every("08:00", "17:00")))

    for command in (
        ChangeUser(user=world.sam.id, home=closed.id),
        ChangeUser(user=world.sam.id, further=(closed.id,)),
        ChangeUser(user=gone.id, active=True),
        CreateUser(name="Ned", email="ned@example.com", home=closed.id),
    ):
        refused = refusal(world, command)["user.location_inactive"]
        assert refused.sentence == "No longer in use: Closed."
    customer = CreateCustomer(phone="+18015550111", location=closed.id)
    assert set(refusal(world, customer)) == {"location.inactive"}
    imported = world.do(ImportCustomers(lines=(ImportLine(line=2, values=line),)), ImportView)
    assert [each.code for each in imported.refused] == ["location.inactive"]
    assert world.execute(ChangeUser(user=gone.id, active=True, home=world.provo.id, further=()))


@pytest.mark.rule("SCH-26", "APT-17")
def test_no_program_is_offered_or_booked_at_a_closed_location() -> None:
    world = World()
    closed = a_location(name="Closed", active=False)
    world.put(closed)
    kind = world.lesson.kind
    wish = world.wish(kind=kind, type=world.lesson.id, user=world.pia.id, minutes=45, location=closed.id)

    assert set(refusal(world, wish)) == {"location.inactive"}
    with pytest.raises(Exception, match="Closed is no longer in use"):
        world.ask(
            FindOpenings(customer=world.maria.id, type=world.lesson.id, first=NOW.date(), location=closed.id),
            OpeningsView,
        )


@pytest.mark.rule("SCH-10", "SCH-26")
def test_the_grid_begins_with_a_location_that_is_in_use() -> None:
    world = World()
    world.replace(world.replace(world.provo, active=False), name="Gone")

    assert world.ask(ShowGrid(), GridView).zone == PHOENIX
    world.replace(world.phoenix, active=False)
    assert world.ask(ShowGrid(), GridView).zone == DENVER


# --- a new tz database -------------------------------------------------------------------------------


def recomputed(world: World) -> RecomputedView:
    return world.do(RecomputeInstants(), RecomputedView, by=SYSTEM)


def as_of_old_rules(world: World, time: str = "09:00", **given: object) -> Appointment:
    """
    A visit whose instant another tz database gave: an hour later than its agreed local time means today.
    """
    there = a_period(time)
    period = Period(start=there.start + HOUR, end=there.end + HOUR)
    agreed = datetime(2026, 5, 27, int(time[:2]), int(time[3:]))
    return a_visit(world, **{"period": period, "agreed": agreed, **given})  # type: ignore[arg-type]


@pytest.mark.rule("SCH-03")
def test_instants_become_what_the_agreed_local_times_mean_now_and_each_that_moves_is_told() -> None:
    world = World()
    old, right = as_of_old_rules(world), a_visit(world, "11:00")

    found = recomputed(world)

    assert world.appointment(old.id).period == a_period("09:00")
    assert (world.appointment(old.id).agreed, world.appointment(old.id).zone) == (old.agreed, DENVER)
    assert world.appointment(right.id) == right
    (line,) = found.moved.appointments
    assert (found.looked_at, found.moved.count, found.unmoved) == (2, 1, ())
    assert (line.id, line.version) == (old.id, 2)
    assert [each.start.isoformat() for each in (line.before, line.after)] == [
        "2026-05-27T10:00:00-06:00",
        "2026-05-27T09:00:00-06:00",
    ]
    assert recomputed(world).moved.count == 0


@pytest.mark.rule("SCH-03")
@pytest.mark.parametrize(
    ("agreed", "fold", "start"), [("01:30", 0, "2026-11-01T07:30"), ("01:30", 1, "2026-11-01T08:30")]
)
def test_of_two_equal_local_times_the_one_that_was_agreed_is_meant(agreed: str, fold: int, start: str) -> None:
    world = World()
    told = datetime.fromisoformat(f"2026-11-01T{agreed}").replace(fold=fold)
    visit = as_of_old_rules(world, agreed=told, period=a_period("05:00", day=date(2026, 11, 1)))

    recomputed(world)

    assert world.appointment(visit.id).period.start.isoformat() == f"{start}:00+00:00"


@pytest.mark.rule("SCH-03")
@pytest.mark.parametrize("status", [each for each in Status if each is not Status.SCHEDULED])
def test_only_upcoming_appointments_are_recomputed(status: Status) -> None:
    world = World()
    other, past = as_of_old_rules(world, status=status), as_of_old_rules(world, "11:00")
    world.clock.set(a_period("13:30").start)

    assert recomputed(world).looked_at == 0
    assert world.appointment(other.id) == other and world.appointment(past.id) == past


@pytest.mark.rule("SCH-03")
def test_visits_that_follow_one_another_move_all_the_same() -> None:
    world = World()
    visits = [as_of_old_rules(world, time) for time in ("10:00", "09:00", "11:00")]

    assert [line.id for line in recomputed(world).moved.appointments] == [visits[1].id, visits[0].id, visits[2].id]


@pytest.mark.rule("SCH-03", "APT-14")
def test_a_visit_whose_local_time_is_no_more_stays_and_is_pending() -> None:
    world = World()
    gone = as_of_old_rules(world, agreed=datetime(2027, 3, 14, 2, 30), period=a_period("03:30", day=date(2027, 3, 14)))

    found = recomputed(world)

    (line,) = found.unmoved
    assert (line.id, line.agreed, line.version) == (gone.id, "2027-03-14T02:30", 2)
    assert line.why == "Ann's visit at 02:30 on Sun 14 Mar 2027: the clocks skip that time in America/Denver."
    left = world.appointment(gone.id)
    assert (left.period, left.pending_reassignment) == (gone.period, True)
    assert recomputed(world).unmoved == (line,)
    assert world.appointment(gone.id).version == 2


@pytest.mark.rule("SCH-03", "SCH-06", "APT-14")
def test_a_visit_that_would_come_to_stand_on_another_stays_and_is_pending() -> None:
    world = World()
    there = a_visit(world, "09:00", location=world.phoenix.id, zone=PHOENIX, agreed=datetime(2026, 5, 27, 8))
    blocked, behind, free = (as_of_old_rules(world, time) for time in ("09:30", "10:30", "13:00"))

    found = recomputed(world)

    # The first stays where it was, and so the one behind it cannot move up either.
    assert {line.id for line in found.unmoved} == {blocked.id, behind.id}
    assert [line.id for line in found.moved.appointments] == [free.id]
    for visit in (blocked, behind):
        left = world.appointment(visit.id)
        assert (left.period, left.pending_reassignment) == (visit.period, True)
    assert world.appointment(there.id) == there


@pytest.mark.rule("SCH-03", "APT-14")
def test_what_moves_out_of_the_hours_of_who_lives_elsewhere_is_stranded() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)
    # 09:00 in Denver is 08:00 in Phoenix, where Bob begins at 08:00; an hour later than that it was agreed as 08:00.
    visit = as_of_old_rules(world, "08:00", user=world.bob.id)

    found = recomputed(world)

    assert [line.id for line in found.stranded.appointments] == [visit.id]
    assert world.appointment(visit.id).pending_reassignment


@pytest.mark.rule("SCH-03")
def test_a_recomputation_is_the_systems_to_do() -> None:
    world = World()

    assert denial(world, RecomputeInstants(), world.owner) == "ACC-18"


@pytest.mark.rule("SCH-26", "SCH-27")
@pytest.mark.parametrize(("start", "pair"), [("08:30", True), ("09:30", False)])
def test_visits_doubled_on_purpose_that_a_zone_change_parts_are_marked_no_more(start: str, pair: bool) -> None:
    world = World()
    there = a_visit(world, "09:00")  # from 08:00 in Denver on, afterwards
    beside = a_visit(
        world, start, location=world.phoenix.id, zone=PHOENIX, double_booked=True, double_booked_with=there.id
    )
    world.replace(there, double_booked=True, double_booked_with=beside.id)

    rezoned(world)

    assert [world.appointment(each.id).double_booked for each in (there, beside)] == [pair, pair]


@pytest.mark.rule("SCH-26", "SCH-27")
def test_a_zone_change_puts_no_third_visit_beside_a_pair() -> None:
    world = World()
    there = a_visit(world, "10:00")
    beside = a_visit(
        world, "10:00", location=world.phoenix.id, zone=PHOENIX, double_booked=True, double_booked_with=there.id
    )
    world.replace(there, double_booked=True, double_booked_with=beside.id)
    a_visit(world, "08:30", location=world.phoenix.id, zone=PHOENIX)

    assert set(refusal(world, rezone(world))) == {"zone.overlap"}
