"""
Booking: next to each boundary a visit that is accepted and one that is refused.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode, SubTypeId, WorkingHoursRule
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.kernel.geo import great_circle
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import ListAppointments, ListCustomerAppointments, ShowAppointment
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.testing.builders import (
    PROVO,
    a_customer,
    a_location,
    a_sub_type,
    a_technician,
    an_absence,
    at,
    fresh,
)
from fieldops_core.testing.clock import NOW
from tests.support.world import DENVER_CITY, OREM, World, refusal

ALL_DAY: dict[str, Any] = {"grid_start": 0, "grid_end": 1440}
EVERY_DAY = WeeklyHours.every("00:00", "24:00", weekdays=range(7))


@pytest.mark.rule("APT-01")
def test_a_visit_keeps_everything_that_was_said_of_it() -> None:
    world = World()
    command = world.wish(
        sub_type=world.routine.id,
        notes="gate code 12",
        on_site_notes="ladder",
        public_note="please clear the hall",
        private_note=Secret("owes money"),
    )

    booked = world.do(command, AppointmentView)

    kept = world.appointment(booked.id)
    assert (kept.kind, kept.type, kept.sub_type) == (Kind.TECH, world.service.id, world.routine.id)
    assert (kept.user, kept.customer, kept.location) == (world.ann.id, world.maria.id, world.provo.id)
    assert (kept.notes, kept.on_site_notes, kept.public_note) == ("gate code 12", "ladder", "please clear the hall")
    assert kept.private_note == Secret("owes money")
    assert (kept.created_by, kept.created_at, kept.version) == (world.boss.id, NOW, 1)
    assert booked.private_note == "owes money"


@pytest.mark.rule("APT-01")
def test_notes_have_at_most_2040_code_points() -> None:
    world = World()

    assert world.book(notes="\N{GRINNING FACE}" * 2_040).notes == "\N{GRINNING FACE}" * 2_040
    with pytest.raises(InvalidValue) as refused:
        world.book("2026-05-27T11:00", notes="n" * 2_041)

    assert (refused.value.code, refused.value.field) == ("text.too_long", "notes")


@pytest.mark.rule("APT-01")
@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_no_note_holds_what_is_not_text(text: str) -> None:
    world = World()

    for note in ({"notes": text}, {"on_site_notes": text}, {"public_note": text}, {"private_note": Secret(text)}):
        with pytest.raises(InvalidValue):
            world.execute(world.wish(**note))


@pytest.mark.rule("APT-01")
def test_on_site_notes_are_pre_filled_for_tech_visits_and_can_be_cleared() -> None:
    world = World(default_on_site_note="Wear shoe covers.", sales_scheduler_on_customers=True)

    assert world.book().on_site_notes == "Wear shoe covers."
    assert world.book("2026-05-27T11:00", on_site_notes="").on_site_notes == ""
    sales = world.book("2026-05-27T11:00", kind=Kind.SALES, type=world.sales_call.id, user=world.sam.id)
    assert sales.on_site_notes == ""


# --- time ---------------------------------------------------------------------------------------


@pytest.mark.rule("SCH-01")
def test_the_instant_is_kept_in_utc_and_told_in_the_locations_zone() -> None:
    world = World()

    booked = world.book("2026-05-27T09:00")

    assert world.appointment(booked.id).period.start == datetime(2026, 5, 27, 15, tzinfo=UTC)
    assert world.appointment(booked.id).period.start.tzinfo is UTC
    assert booked.start.isoformat() == "2026-05-27T09:00:00-06:00"
    assert booked.zone == "America/Denver"


@pytest.mark.rule("SCH-01")
def test_a_viewer_may_ask_for_their_own_zone() -> None:
    world = World()

    booked = world.do(world.wish(), AppointmentView, zone="America/New_York")

    assert booked.reader is not None
    assert booked.reader.start.isoformat() == "2026-05-27T11:00:00-04:00"
    assert world.do(world.wish("2026-05-27T10:00"), AppointmentView, zone="America/Denver").reader is None


@pytest.mark.rule("SCH-01")
def test_a_viewer_with_a_zone_of_their_own_need_not_ask_for_it() -> None:
    world = World()
    elsewhere = evolve(world.owner, zone="America/New_York")
    id = AppointmentId(world.book().id)
    shown = ShowAppointment(appointment=id)

    told = world.ask(shown, AppointmentView, by=elsewhere)
    asked = world.ask(shown, AppointmentView, by=elsewhere, zone="Europe/Lisbon")

    assert told.start.isoformat() == asked.start.isoformat() == "2026-05-27T09:00:00-06:00"
    assert told.reader is not None
    assert (told.reader.zone, told.reader.start.isoformat()) == ("America/New_York", "2026-05-27T11:00:00-04:00")
    assert asked.reader is not None
    assert (asked.reader.zone, asked.reader.start.isoformat()) == ("Europe/Lisbon", "2026-05-27T16:00:00+01:00")
    for question in (ListCustomerAppointments(customer=world.maria.id), ListAppointments()):
        listed = world.ask(question, object, by=elsewhere)
        assert [each.reader for each in listed.items] == [told.reader]  # type: ignore[attr-defined]


@pytest.mark.rule("SCH-01")
def test_an_instant_with_an_offset_means_itself() -> None:
    world = World()

    booked = world.book("2026-05-27T11:00-04:00")

    assert booked.start.isoformat() == "2026-05-27T09:00:00-06:00"


@pytest.mark.rule("SCH-03")
def test_the_agreed_local_time_and_zone_are_kept_beside_the_instant() -> None:
    world = World(**ALL_DAY)
    second = datetime(2026, 11, 1, 1, 30, fold=1)
    world.clock.set(NOW + timedelta(days=90))
    sunday_worker = a_technician(home=world.provo.id, hours=evolve(world.ann.hours, weekly=EVERY_DAY))
    world.put(sunday_worker)

    kept = world.appointment(world.book(second, user=sunday_worker.id).id)

    assert (kept.agreed, kept.agreed.fold, kept.zone) == (datetime(2026, 11, 1, 1, 30), 1, "America/Denver")
    moved = world.appointment(world.book("2026-10-30T15:00+00:00").id)
    assert moved.agreed == datetime(2026, 10, 30, 9, 0)


def a_world_that_never_sleeps(zone: str = "America/Denver") -> World:
    """
    A grid from 00:00 to 24:00, in a zone, with a technician who works always.
    """
    world = World(**ALL_DAY)
    office = a_location(zone=zone)
    customer = a_customer(location=office.id)
    technician = a_technician(home=office.id, hours=evolve(world.ann.hours, weekly=EVERY_DAY))
    world.put(office, customer, technician)
    world.maria, world.ann = customer, technician
    return world


@pytest.mark.rule("SCH-02")
def test_a_local_time_that_the_clock_change_skips_is_refused() -> None:
    world = a_world_that_never_sleeps()
    world.clock.set(datetime(2026, 3, 1, tzinfo=UTC))

    refused = refusal(world, world.wish("2026-03-08T02:30"))["time.nonexistent"]

    assert refused.sentence == "On Sun 8 Mar 2026 the clocks skip 02:30 in America/Denver."
    assert world.book("2026-03-08T03:00").start.isoformat() == "2026-03-08T03:00:00-06:00"


@pytest.mark.rule("SCH-02")
def test_a_local_time_that_occurs_twice_means_the_first_unless_the_second_is_said() -> None:
    world = a_world_that_never_sleeps()

    first = world.book("2026-11-01T01:30")
    second = world.book(datetime(2026, 11, 1, 1, 30, fold=1))

    assert first.start.isoformat() == "2026-11-01T01:30:00-06:00"
    assert second.start.isoformat() == "2026-11-01T01:30:00-07:00"


@pytest.mark.rule("SCH-02", "SCH-04")
def test_lord_howe_changes_by_half_an_hour() -> None:
    world = a_world_that_never_sleeps("Australia/Lord_Howe")

    assert "time.nonexistent" in refusal(world, world.wish("2026-10-04T02:00"))
    booked = world.book("2026-10-04T01:00", minutes=60)
    assert booked.end.isoformat() == "2026-10-04T02:30:00+11:00"


@pytest.mark.rule("SCH-02")
def test_a_day_without_midnight_begins_at_one() -> None:
    world = a_world_that_never_sleeps("America/Santiago")

    assert "time.nonexistent" in refusal(world, world.wish("2026-09-06T00:00"))
    assert world.book("2026-09-06T01:00").start.isoformat() == "2026-09-06T01:00:00-03:00"


@pytest.mark.rule("SCH-02")
def test_a_length_is_elapsed_time() -> None:
    world = a_world_that_never_sleeps()
    world.clock.set(datetime(2026, 3, 1, tzinfo=UTC))

    booked = world.book("2026-03-08T01:30", minutes=60)

    assert booked.end.isoformat() == "2026-03-08T03:30:00-06:00"


@pytest.mark.rule("SCH-02", "SCH-05")
def test_no_visit_crosses_local_midnight() -> None:
    world = a_world_that_never_sleeps()

    assert world.book("2026-05-27T23:00", minutes=60).end.isoformat() == "2026-05-28T00:00:00-06:00"
    assert set(refusal(world, world.wish("2026-05-28T23:00", minutes=90))) == {"slot.past_end_of_day"}


@pytest.mark.rule("SCH-04")
@pytest.mark.parametrize("start", ["2026-05-27T10:10", "2026-05-27T10:15", "2026-05-27T10:00:30"])
def test_a_start_off_the_half_hour_is_refused(start: str) -> None:
    world = World()

    assert set(refusal(world, world.wish(start))) == {"start.step"}
    assert world.book("2026-05-27T10:30").minutes == 60


@pytest.mark.rule("SCH-04")
@pytest.mark.parametrize("minutes", [0, -30, 15, 45, 100])
def test_a_length_off_the_half_hour_is_refused(minutes: int) -> None:
    world = World()

    refused = refusal(world, world.wish(minutes=minutes))["duration.step"]

    assert refused.facts == {"kind": "tech", "minutes": minutes, "step": 30}
    assert world.book(minutes=30).minutes == 30


@pytest.mark.rule("SCH-04", "ACC-21")
def test_program_visits_go_by_quarters_of_an_hour() -> None:
    world = World()
    lesson = world.wish("2026-05-27T10:15", kind=Kind.PROGRAM, type=world.lesson.id, user=world.pia.id, minutes=45)

    assert world.do(lesson, AppointmentView).minutes == 45
    assert "duration.step" in refusal(world, evolve(lesson, minutes=20))


@pytest.mark.rule("SCH-04")
def test_twenty_five_hours_and_the_absurd_are_refused() -> None:
    world = World()

    assert set(refusal(world, world.wish(minutes=25 * 60))) == {"slot.past_end_of_day"}
    with pytest.raises(InvalidValue):
        world.book(minutes=10**12)


@pytest.mark.rule("SCH-04")
def test_steps_do_not_move_with_earlier_bookings() -> None:
    world = World()
    world.book("2026-05-27T09:00", minutes=90)

    assert set(refusal(world, world.wish("2026-05-27T10:45"))) == {"start.step"}
    assert world.book("2026-05-27T10:30").start.minute == 30


@pytest.mark.rule("SCH-05")
def test_a_visit_lies_in_the_day_grid() -> None:
    world = World()

    assert set(refusal(world, world.wish("2026-05-27T05:30"))) == {"slot.before_start_of_day"}
    assert set(refusal(world, world.wish("2026-05-27T21:30"))) == {"slot.past_end_of_day"}
    assert world.book("2026-05-27T06:00").start.hour == 6
    assert world.book("2026-05-27T21:00").end.hour == 22


@pytest.mark.rule("SCH-06")
def test_two_visits_of_one_user_may_touch_but_not_overlap() -> None:
    world = World()
    world.book("2026-05-27T09:00")

    refused = refusal(world, world.wish("2026-05-27T09:30"))["slot.taken"]

    assert refused.sentence == "Ann is already booked from 09:00 to 10:00 with Maria Nielsen."
    assert world.book("2026-05-27T10:00") and world.book("2026-05-27T08:00")


@pytest.mark.rule("SCH-06")
def test_a_refusal_names_only_what_the_reader_may_see() -> None:
    world = World()
    there = world.book("2026-05-27T09:00")
    blind = world.actor((Permission.TECH_SCHEDULER, Action.CREATE))

    seen = refusal(world, world.wish())["slot.taken"]
    unseen = refusal(world, world.wish(), by=blind)["slot.taken"]

    assert seen.facts["appointment"] == there.id
    assert "appointment" not in unseen.facts
    assert unseen.sentence == "Ann is already booked from 09:00 to 10:00."


@pytest.mark.rule("SCH-06")
def test_a_cancelled_visit_takes_no_time() -> None:
    world = World()
    booked = world.book()
    kept = world.appointment(booked.id)
    world.replace(kept, status=Status.CANCELLED)

    assert world.book().status is Status.SCHEDULED


@pytest.mark.rule("SCH-07")
def test_nobody_is_sent_out_on_a_day_off() -> None:
    world = World()

    refused = refusal(world, world.wish("2026-05-30T09:00"))["user.not_working"]

    assert refused.sentence == "Ann does not work on Sat 30 May 2026."
    evening = world.book("2026-05-29T18:00")
    assert evening.outside_working_hours
    assert not world.book("2026-05-29T09:00").outside_working_hours


@pytest.mark.rule("SCH-07")
def test_under_hours_the_evening_is_refused() -> None:
    world = World(working_hours_rule=WorkingHoursRule.HOURS)

    refused = refusal(world, world.wish("2026-05-27T16:30"))["user.not_working"]

    assert refused.sentence == "Ann does not work from 16:30 to 17:30 on Wed 27 May 2026."
    assert world.book("2026-05-27T16:00")


@pytest.mark.rule("SCH-22")
def test_nothing_is_booked_into_an_absence() -> None:
    world = World()
    dentist = an_absence(user=world.ann.id, first=date(2026, 5, 27), start=9 * 60, end=10 * 60)
    world.put(dentist)

    refused = refusal(world, world.wish("2026-05-27T09:30"))["user.absent"]

    assert refused.sentence == "Ann is absent from 09:30 to 10:00 on Wed 27 May 2026."
    assert world.book("2026-05-27T10:00")


@pytest.mark.rule("SCH-22")
def test_a_locations_holiday_blocks_its_users() -> None:
    world = World()
    world.put(an_absence(location=world.provo.id, first=date(2026, 5, 27)))

    assert "user.absent" in refusal(world, world.wish())
    assert world.book("2026-05-28T09:00")


@pytest.mark.rule("SCH-08")
def test_the_past_is_not_booked() -> None:
    world = World()

    refused = refusal(world, world.wish("2026-05-22T09:00"))["slot.past"]

    assert refused.sentence == "09:00 on Fri 22 May 2026 is over."
    assert world.book("2026-05-25T06:00").start.hour == 6  # now


@pytest.mark.rule("APT-19")
def test_staff_enter_what_has_begun_for_the_record_and_it_is_marked() -> None:
    world = World()
    world.clock.set(at("09:10"))

    for start in ("2026-05-22T09:00", "2026-05-27T09:00"):
        assert set(refusal(world, world.wish(start))) == {"slot.past"}
        booked = world.book(start, for_the_record=True)
        assert world.appointment(booked.id).for_the_record
        assert booked.for_the_record
    assert not world.book("2026-05-27T10:00").for_the_record


@pytest.mark.rule("APT-19")
def test_what_is_still_to_come_is_not_entered_for_the_record() -> None:
    world = World()

    refused = refusal(world, world.wish("2026-05-25T06:00", for_the_record=True))  # now

    assert refused["appointment.not_begun"].sentence == (
        "06:00 on Mon 25 May 2026 is still to come: only what has begun is entered for the record."
    )
    assert set(refused) == {"appointment.not_begun"}


@pytest.mark.rule("APT-19")
def test_for_the_record_every_other_rule_is_asked() -> None:
    world = World()
    world.book("2026-05-22T09:00", for_the_record=True)

    assert set(refusal(world, world.wish("2026-05-22T09:30", for_the_record=True))) == {"slot.taken"}
    assert set(refusal(world, world.wish("2026-05-23T09:00", for_the_record=True))) == {"user.not_working"}
    assert set(refusal(world, world.wish("2026-05-22T10:10", for_the_record=True))) == {"start.step"}


@pytest.mark.rule("APT-19")
def test_a_customers_link_enters_nothing_for_the_record() -> None:
    world = World()
    wish = world.wish("2026-05-22T09:00", for_the_record=True)

    assert set(refusal(world, wish, source=Source.LINK)) == {"appointment.staff_only"}
    assert world.do(wish, AppointmentView, source=Source.APP).for_the_record


def test_every_broken_rule_is_told_at_once() -> None:
    world = World()
    world.put(an_absence(user=world.ann.id, first=date(2026, 5, 30)))

    found = refusal(world, world.wish("2026-05-30T05:40", minutes=20, user=world.bob.id))

    assert {"duration.step", "start.step", "slot.before_start_of_day", "user.not_working"} <= set(found)
    assert "technician.other_location" in found


# --- what and whom --------------------------------------------------------------------------------


@pytest.mark.rule("APT-02")
def test_kind_and_type_agree() -> None:
    world = World()

    refused = refusal(world, world.wish(type=world.sales_call.id))["type.kind_mismatch"]

    assert refused.sentence == "Sales call is not a type of tech appointments."


@pytest.mark.rule("APT-02")
def test_an_inactive_type_is_not_offered() -> None:
    world = World()
    world.replace(world.service, active=False)

    assert set(refusal(world, world.wish())) == {"type.inactive"}


@pytest.mark.rule("APT-02")
def test_a_sub_type_belongs_to_its_type() -> None:
    world = World()
    dormant = a_sub_type(active=False)
    world.replace(world.service, sub_types=(world.routine, dormant))

    assert world.book(sub_type=world.routine.id)
    assert "sub_type.not_of_type" in refusal(world, world.wish(sub_type=SubTypeId(fresh())))
    assert "sub_type.inactive" in refusal(world, world.wish("2026-05-27T12:00", sub_type=dormant.id))


def test_the_proposed_duration_is_the_sub_types_else_the_types() -> None:
    world = World()

    assert world.book("2026-05-27T09:00", minutes=None).minutes == 120
    assert world.book("2026-05-27T12:00", minutes=None, sub_type=world.routine.id).minutes == 60
    assert world.book("2026-05-27T14:00", minutes=90, sub_type=world.routine.id).minutes == 90


@pytest.mark.rule("APT-03")
def test_only_an_active_technician_is_sent_on_tech_visits() -> None:
    world = World()
    world.replace(world.ann, active=False)

    assert "user.not_eligible" in refusal(world, world.wish())
    assert "user.not_eligible" in refusal(world, world.wish(user=world.sam.id))


@pytest.mark.rule("APT-03")
def test_sales_visits_are_for_sales_reps_and_lessons_for_whom_the_type_lists() -> None:
    world = World()
    sales = world.wish(kind=Kind.SALES, type=world.sales_call.id, customer=world.lead.id)
    lesson = world.wish(kind=Kind.PROGRAM, type=world.lesson.id, minutes=45)

    assert world.do(evolve(sales, user=world.sam.id), AppointmentView).user.name == "Sam"
    assert "user.not_eligible" in refusal(world, evolve(sales, user=world.ann.id))
    assert world.do(evolve(lesson, user=world.pia.id), AppointmentView).user.name == "Pia"
    assert "user.not_eligible" in refusal(world, evolve(lesson, user=world.sam.id))


@pytest.mark.rule("APT-04", "ACC-03")
def test_tech_visits_are_not_for_leads() -> None:
    world = World()

    refused = refusal(world, world.wish(customer=world.lead.id))["appointment.tech_on_lead"]

    assert refused.sentence == "Leo Nielsen is a lead; tech appointments are for customers."


@pytest.mark.rule("APT-04", "ACC-04")
def test_sales_visits_of_customers_need_the_setting() -> None:
    sales: dict[str, Any] = {"kind": Kind.SALES}
    off, on = World(), World(sales_scheduler_on_customers=True)

    assert "appointment.sales_on_customer" in refusal(off, off.wish(type=off.sales_call.id, user=off.sam.id, **sales))
    assert on.book(type=on.sales_call.id, user=on.sam.id, **sales).kind is Kind.SALES
    assert off.book(type=off.sales_call.id, user=off.sam.id, customer=off.lead.id, **sales).kind is Kind.SALES


@pytest.mark.rule("SCH-12", "SCH-17")
def test_without_a_mode_the_technician_is_of_the_customers_location() -> None:
    world = World()

    assert set(refusal(world, world.wish(user=world.bob.id))) == {"technician.other_location"}
    world.bob = world.replace(world.bob, further=(world.provo.id,))
    assert world.book(user=world.bob.id).user.name == "Bob"


@pytest.mark.rule("SCH-13", "SCH-17")
def test_in_coverage_area_the_distance_is_at_most_the_technicians_radius() -> None:
    world = World()
    far = a_customer(location=world.provo.id, point=DENVER_CITY)
    world.put(far)

    refused = refusal(world, world.wish(customer=far.id, mode=ListMode.IN_COVERAGE_AREA))["technician.out_of_coverage"]

    assert refused.facts["distance_meters"] == pytest.approx(571_000, rel=0.05)
    assert refused.facts["limit_meters"] == 80_467
    assert "50.0 mi" in refused.sentence
    assert world.book(mode=ListMode.IN_COVERAGE_AREA)


@pytest.mark.rule("SCH-14", "SCH-17")
def test_in_max_coverage_area_the_greater_of_both_radii_holds() -> None:
    world = World(max_coverage_radius=1_000_000.0)
    wide = World(max_coverage_radius=0.0)
    denver = a_customer(location=world.provo.id, point=DENVER_CITY)
    world.put(denver)

    assert world.book(customer=denver.id, mode=ListMode.IN_MAX_COVERAGE_AREA)
    assert wide.book(mode=ListMode.IN_MAX_COVERAGE_AREA)  # her own radius still reaches
    far = a_customer(location=wide.provo.id, point=DENVER_CITY)
    wide.put(far)
    assert "technician.out_of_coverage" in refusal(wide, wide.wish(customer=far.id, mode=ListMode.IN_MAX_COVERAGE_AREA))


@pytest.mark.rule("SCH-13")
def test_a_distance_of_exactly_the_radius_is_covered() -> None:
    world = World()
    distance = great_circle(PROVO, OREM)
    edge = world.replace(world.ann, coverage_radius=distance)

    assert world.book(mode=ListMode.IN_COVERAGE_AREA)
    world.replace(edge, coverage_radius=distance - 0.01)
    refused = refusal(world, world.wish("2026-05-27T12:00", mode=ListMode.IN_COVERAGE_AREA))
    assert set(refused) == {"technician.out_of_coverage"}


@pytest.mark.rule("SCH-15")
def test_without_coordinates_the_radius_modes_fall_back_to_the_location_list() -> None:
    world = World()
    nowhere = a_customer(location=world.provo.id, point=None)
    world.put(nowhere)

    assert world.book(customer=nowhere.id, mode=ListMode.IN_COVERAGE_AREA)
    other = world.wish(customer=nowhere.id, mode=ListMode.IN_COVERAGE_AREA, user=world.bob.id)
    assert set(refusal(world, other)) == {"technician.other_location"}


@pytest.mark.rule("SCH-15")
def test_a_technician_without_a_start_location_is_in_neither_radius_mode() -> None:
    world = World()
    world.replace(world.ann, start=None)

    for mode in (ListMode.IN_COVERAGE_AREA, ListMode.IN_MAX_COVERAGE_AREA):
        assert set(refusal(world, world.wish(mode=mode))) == {"technician.no_start_location"}
    assert world.book(mode=ListMode.IN_OFFICE_LOCATION)


@pytest.mark.rule("SCH-16", "SCH-23")
def test_a_mode_that_the_profile_leaves_out_is_refused() -> None:
    profile = (ListMode.IN_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION)
    world = World(scheduling_profile=profile)

    refused = refusal(world, world.wish(mode=ListMode.IN_MAX_COVERAGE_AREA))["list_mode.not_offered"]

    assert refused.facts["offered"] == ["in_coverage_area", "in_office_location"]


@pytest.mark.rule("SCH-23")
def test_without_a_mode_the_profiles_first_holds() -> None:
    world = World(scheduling_profile=(ListMode.IN_COVERAGE_AREA, ListMode.IN_OFFICE_LOCATION))
    far = a_customer(location=world.provo.id, point=DENVER_CITY)
    world.put(far)

    assert "technician.out_of_coverage" in refusal(world, world.wish(customer=far.id))
    plain = World()
    farther = a_customer(location=plain.provo.id, point=DENVER_CITY)
    plain.put(farther)
    assert plain.book(customer=farther.id)


@pytest.mark.rule("SCH-24")
def test_steps_and_grid_are_asked_in_the_appointments_own_location() -> None:
    world = World()
    phoenix = a_customer(location=world.phoenix.id)
    world.put(phoenix)

    # 06:00 in Phoenix is 07:00 in Provo in summer.
    assert world.book("2026-05-27T06:00", customer=phoenix.id, user=world.bob.id).start.isoformat().endswith("-07:00")
    early = world.wish("2026-05-27T06:00-06:00", customer=phoenix.id, user=world.bob.id)
    assert set(refusal(world, early)) == {"slot.before_start_of_day"}


@pytest.mark.rule("ACC-08")
def test_who_can_create_one_kind_is_not_asked_and_who_can_create_several_is() -> None:
    world = World()
    tech = world.actor((Permission.TECH_SCHEDULER, Action.CREATE))

    assert world.do(world.wish(kind=None), AppointmentView, by=tech).kind is Kind.TECH
    refused = refusal(world, world.wish("2026-05-27T11:00", kind=None))["appointment.kind_required"]
    assert refused.facts["kinds"] == "tech, sales, program"
    viewer = world.actor((Permission.TECH_SCHEDULER, Action.VIEW), (Permission.PROGRAM_SCHEDULER, Action.MODIFY))
    with pytest.raises(Forbidden):
        world.execute(world.wish(kind=None), by=viewer)


@pytest.mark.rule("APT-17")
def test_the_location_is_the_customers_and_of_a_program_the_one_chosen() -> None:
    world = World()
    lesson: dict[str, Any] = {"kind": Kind.PROGRAM, "type": world.lesson.id, "user": world.pia.id, "minutes": 45}

    assert "appointment.location_fixed" in refusal(world, world.wish(location=world.phoenix.id))
    assert world.book(location=world.provo.id).location.name == "Provo"
    assert world.book(location=world.phoenix.id, **lesson).location.name == "Phoenix"
    assert world.book("2026-05-28T09:00", **lesson).location.name == "Provo"


def test_what_the_company_does_not_have_is_not_found() -> None:
    world, other = World(), World()

    strangers: list[dict[str, Any]] = [{"customer": other.maria.id}, {"type": other.service.id}, {"user": other.ann.id}]
    for stranger in strangers:
        with pytest.raises(NotFound):
            world.execute(world.wish(**stranger))


def test_a_year_out_of_this_world_is_an_invalid_value() -> None:
    world = World()

    for year in (1, 1800, 2300, 9999):
        with pytest.raises(InvalidValue):
            world.book(datetime(year, 5, 27, 9))
