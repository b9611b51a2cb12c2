"""
Settings that quietly break scheduling (ACC-28).
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.messages import ChangeAppointmentType, ChangeLocation
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.scheduling.messages import Diagnose, ListTechnicians
from fieldops_core.scheduling.views import DiagnosisView, FindingView, TechniciansView
from fieldops_core.staff.messages import ChangeUser, ChangeWorkingHours
from fieldops_core.staff.model import DatedHours
from fieldops_core.testing.builders import PROVO, a_customer, a_location, a_technician, a_type
from tests.support.world import DENVER_CITY, PHOENIX, World, hidden

OFFICE, AREA, MAX_AREA = ListMode
NO_HOURS = WeeklyHours()


def found(world: World, **how: Any) -> dict[str, FindingView]:
    """
    What is found, by code.
    """
    return {each.code: each for each in world.ask(Diagnose(), DiagnosisView, **how).items}


@pytest.mark.rule("ACC-28")
def test_where_all_is_well_nothing_is_found() -> None:
    assert found(World()) == {}


@pytest.mark.rule("ACC-28")
def test_a_technician_without_working_hours_is_found_with_the_mend() -> None:
    world = World()
    world.execute(ChangeWorkingHours(user=world.ann.id, weekly=NO_HOURS, dated=(DatedHours(date(2026, 5, 24)),)))

    finding = found(world)["technician.no_working_hours"]

    assert (finding.id, finding.name) == (world.ann.id, "Ann")
    assert finding.sentence == "Ann is a technician without working hours, and can be booked on no day."
    assert finding.mend == "Give them working hours, or make them no technician."


@pytest.mark.rule("ACC-28")
@pytest.mark.parametrize(("day", "ill"), [(date(2026, 5, 24), True), (date(2026, 5, 25), False)])
def test_who_works_on_a_date_to_come_has_working_hours(day: date, ill: bool) -> None:
    world = World()
    dated = (DatedHours(day, (TimeRange.parse("08:00", "12:00"),)),)
    world.execute(ChangeWorkingHours(user=world.ann.id, weekly=NO_HOURS, dated=dated))

    assert ("technician.no_working_hours" in found(world)) is ill


@pytest.mark.rule("ACC-28")
def test_a_technician_without_a_start_location_or_radius_is_found() -> None:
    world = World()
    world.execute(ChangeUser(user=world.ann.id, start=None, coverage_radius=0.0))
    world.execute(ChangeUser(user=world.bob.id, coverage_radius=0.0))

    there = found(world)

    assert there["technician.no_start_location"].sentence == (
        "Ann is a technician without a start location, and is listed in no coverage area."
    )
    assert there["technician.no_coverage_radius"].sentence == (
        "Bob is a technician whose coverage radius is 0, and covers no customer."
    )


@pytest.mark.rule("ACC-28", "SCH-16")
def test_where_no_radius_mode_is_offered_neither_start_nor_radius_is_missed() -> None:
    world = World(scheduling_profile=(OFFICE,))
    world.execute(ChangeUser(user=world.ann.id, start=None, coverage_radius=0.0))

    assert found(world) == {}


@pytest.mark.rule("ACC-28")
def test_who_is_no_technician_or_no_longer_active_misses_nothing() -> None:
    world = World()
    world.execute(ChangeWorkingHours(user=world.sam.id, weekly=NO_HOURS))
    world.execute(ChangeWorkingHours(user=world.bob.id, weekly=NO_HOURS))
    world.execute(ChangeUser(user=world.bob.id, active=False))

    assert set(found(world)) == {"location.no_users"}  # Bob was the only one in Phoenix


@pytest.mark.rule("ACC-28")
@pytest.mark.parametrize(
    ("gone", "type", "doer"),
    [
        ("sam", "Sales call", "sales rep"),
        ("pia", "Lesson", "user who has it among their program types"),
    ],
)
def test_a_type_that_nobody_can_do_is_found(gone: str, type: str, doer: str) -> None:
    world = World()
    world.execute(ChangeUser(user=getattr(world, gone).id, active=False))

    finding = found(world)["type.nobody"]

    assert finding.sentence == f"Nobody can do {type}: there is no active {doer}."


@pytest.mark.rule("ACC-28")
def test_a_program_needs_somebody_who_has_it_and_an_inactive_type_needs_nobody() -> None:
    world = World()
    other = a_type(kind=Kind.PROGRAM, name="Course", minutes=45)
    world.put(other)
    assert found(world)["type.nobody"].id == other.id

    world.execute(ChangeAppointmentType(type=other.id, active=False))

    assert found(world) == {}


@pytest.mark.rule("ACC-28")
def test_a_location_that_nobody_belongs_to_is_found_while_it_is_active() -> None:
    world = World()
    office = a_location(name="Office")
    world.put(office)
    assert found(world)["location.no_users"].sentence == "Nobody belongs to Office, at home or further."

    world.execute(ChangeUser(user=world.sam.id, further=(office.id,)))
    assert found(world) == {}
    world.execute(ChangeUser(user=world.sam.id, further=()))
    world.execute(ChangeLocation(location=office.id, active=False))
    assert found(world) == {}


@pytest.mark.rule("ACC-28", "SCH-17")
def test_customers_that_no_technician_covers_under_any_mode_are_found() -> None:
    world = World(scheduling_profile=(AREA, MAX_AREA), max_coverage_radius=0.0)
    far = a_customer(location=world.provo.id, point=DENVER_CITY, number=7, first_name="Dana")
    world.put(far)

    finding = found(world)["customers.not_covered"]

    assert finding.sentence == "1 customer is covered by no technician under any list mode that is offered."
    assert (finding.count, [(each.number, each.name) for each in finding.customers]) == (1, [(7, "Dana Nielsen")])


@pytest.mark.rule("ACC-28", "ACC-12")
def test_customers_that_the_reader_may_not_see_are_counted_and_not_listed() -> None:
    world = World(scheduling_profile=(AREA,))
    for number, place in ((7, world.provo.id), (8, world.phoenix.id)):
        world.put(a_customer(location=place, point=DENVER_CITY, number=number))
    settings, customers = (Permission.SETTINGS, Action.VIEW), (Permission.CUSTOMERS, Action.VIEW)
    reader = world.actor(settings, user=world.boss.id)
    seeing = world.actor(customers, at=world.provo.id, user=world.boss.id)

    finding = found(world, by=reader)["customers.not_covered"]
    assert (finding.count, finding.customers) == (2, ())
    assert finding.sentence.startswith("2 customers are covered by no technician")
    both = type(reader)(user=reader.user, grants=reader.grants | seeing.grants)
    assert [each.number for each in found(world, by=both)["customers.not_covered"].customers] == [7]


points = st.sampled_from([PROVO, PHOENIX, DENVER_CITY, Point(40.4, -111.7)])


@pytest.mark.rule("ACC-28", "SCH-17")
@given(data=st.data())
def test_it_agrees_with_who_is_listed(data: st.DataObject) -> None:
    profile = data.draw(st.none() | st.lists(st.sampled_from(ListMode), min_size=1, unique=True).map(tuple))
    world = World(scheduling_profile=profile, max_coverage_radius=data.draw(st.sampled_from([0.0, 60_000.0])))
    for user in (world.ann, world.bob):
        world.replace(user, active=False)
    for _ in range(data.draw(st.integers(0, 2))):
        home, further = data.draw(st.permutations([world.provo.id, world.phoenix.id]))
        world.put(
            a_technician(
                home=home,
                further=(further,) if data.draw(st.booleans()) else (),
                start=data.draw(st.none() | points),
                coverage_radius=data.draw(st.sampled_from([0.0, 30_000.0, 600_000.0])),
            )
        )
    customer = a_customer(location=world.phoenix.id, point=data.draw(st.none() | points), number=7)
    world.put(customer)

    finding = found(world).get("customers.not_covered")

    listed = [
        world.ask(ListTechnicians(customer=customer.id, mode=mode), TechniciansView).items
        for mode in profile or tuple(ListMode)
    ]
    covered = any(each.valid for items in listed for each in items)
    assert (finding is None or 7 not in {each.number for each in finding.customers}) is covered


@pytest.mark.rule("ACC-25")
def test_it_is_asked_with_settings_view_in_the_whole_company() -> None:
    world = World()
    view = (Permission.SETTINGS, Action.VIEW)

    assert hidden(world, Diagnose(), world.actor(view, at=world.provo.id)) == "ACC-25"
    assert found(world, by=world.actor(view)) == {}
