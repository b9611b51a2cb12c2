"""
Visits that another radius or start location puts out of coverage: told, and left as they are.
"""

from datetime import date, datetime
from typing import Any

import pytest

from fieldops_core.access.model import Action, Actor, Permission
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import ListMode
from fieldops_core.scheduling.messages import ListTechnicians
from fieldops_core.scheduling.model import Status
from fieldops_core.scheduling.views import OutOfCoverageView, TechniciansView
from fieldops_core.staff.messages import AddAbsence, ChangeUser
from fieldops_core.testing.builders import DAY, PROVO, a_customer, a_period, an_appointment
from tests.support.world import DENVER_CITY, OREM, PHOENIX, World

OFFICE, AREA, MAX_AREA = ListMode
MILE = 1_609.344


def told(world: World, command: object, by: Actor | None = None) -> OutOfCoverageView:
    (found,) = (each for each in world.execute(command, by=by).added if isinstance(each, OutOfCoverageView))
    return found


def radius(world: World, miles: float) -> ChangeUser:
    return ChangeUser(user=world.ann.id, coverage_radius=miles * MILE)


@pytest.mark.rule("SCH-13")
def test_a_smaller_radius_tells_the_upcoming_visits_that_it_no_longer_reaches() -> None:
    world = World()
    near = a_customer(location=world.provo.id, point=PROVO, number=3, first_name="Nora")
    world.put(near)
    far = world.book()  # in Orem, some five miles away
    world.book("2026-05-27T11:00", customer=near.id)

    found = told(world, radius(world, 4))

    (line,) = found.appointments
    assert (found.count, line.id, line.version, line.modes) == (1, far.id, 1, (AREA,))
    assert line.distance is not None and line.distance["text"] == "4.8 mi"
    assert not world.appointment(line.id).pending_reassignment


@pytest.mark.rule("SCH-13")
def test_a_radius_that_still_reaches_and_a_greater_one_tell_nothing() -> None:
    world = World()
    world.book()

    assert told(world, radius(world, 5)) == OutOfCoverageView()
    assert told(world, radius(world, 50)) == OutOfCoverageView()


@pytest.mark.rule("SCH-13", "SCH-15")
def test_another_start_location_and_none_are_told_like_a_radius() -> None:
    world = World()
    id = world.book().id

    away = told(world, ChangeUser(user=world.ann.id, start=PHOENIX))
    assert [(line.id, line.modes) for line in away.appointments] == [(id, (AREA, MAX_AREA))]
    back = ChangeUser(user=world.ann.id, start=OREM)
    assert told(world, back) == OutOfCoverageView()
    (line,) = told(world, ChangeUser(user=world.ann.id, start=None)).appointments
    assert (line.distance, line.modes) == (None, (AREA, MAX_AREA))


@pytest.mark.rule("SCH-14")
def test_a_smaller_radius_of_the_company_is_asked_of_everybody() -> None:
    world = World(max_coverage_radius=600 * MILE)
    far = a_customer(location=world.provo.id, point=DENVER_CITY, number=3)
    world.put(far)
    visit = world.book(customer=far.id, mode=MAX_AREA)

    found = told(world, ChangeSettings(changes={"max_coverage_radius": 100 * MILE}))

    assert [(line.id, line.modes) for line in found.appointments] == [(visit.id, (MAX_AREA,))]
    assert told(world, ChangeSettings(changes={"max_coverage_radius": 90 * MILE})) == OutOfCoverageView()


@pytest.mark.rule("SCH-16")
def test_a_list_mode_that_the_company_does_not_offer_is_not_asked() -> None:
    world = World(scheduling_profile=(OFFICE, MAX_AREA))
    world.book(mode=OFFICE)

    assert told(world, radius(world, 1)) == OutOfCoverageView()


@pytest.mark.rule("SCH-16")
def test_a_list_mode_that_is_given_up_leaves_nothing_out_of_coverage() -> None:
    world = World()
    world.book()
    changes = {"max_coverage_radius": 90 * MILE, "scheduling_profile": (OFFICE, MAX_AREA)}

    assert told(world, ChangeSettings(changes=changes)) == OutOfCoverageView()


def test_only_upcoming_tech_visits_of_customers_with_coordinates_are_told() -> None:
    world = World()
    nowhere = a_customer(location=world.provo.id, point=None, number=3)
    world.put(nowhere)
    given: dict[str, Any] = {
        "user": world.ann.id,
        "customer": world.maria.id,
        "location": world.provo.id,
        "type": world.service.id,
    }
    world.put(
        an_appointment(**given, period=a_period(day=date(2026, 5, 20))),
        an_appointment(**given, status=Status.EN_ROUTE),
        an_appointment(**given, kind=world.lesson.kind, period=a_period("11:00")),
        an_appointment(**{**given, "customer": nowhere.id}, period=a_period("13:00")),
    )
    pending = an_appointment(**given, period=a_period("15:00"), pending_reassignment=True)
    world.put(pending)

    assert [line.id for line in told(world, radius(world, 1)).appointments] == [pending.id]


@pytest.mark.rule("ACC-26")
def test_what_the_reader_may_not_see_is_counted_and_not_listed() -> None:
    world = World()
    world.book()
    reader = world.actor((Permission.USERS, Action.MODIFY), user=world.boss.id)

    assert told(world, radius(world, 1), by=reader) == OutOfCoverageView(count=1)


def test_a_preview_tells_the_same() -> None:
    world = World()
    world.book()

    preview = world.ops.preview(radius(world, 1), world.context())

    assert preview.receipt == world.execute(radius(world, 1))


def test_a_change_of_something_else_says_nothing_of_coverage() -> None:
    world = World()
    world.book()

    for command in (ChangeUser(user=world.ann.id, name="Anna"), AddAbsence(user=world.ann.id, first=DAY, last=DAY)):
        assert not any(isinstance(each, OutOfCoverageView) for each in world.execute(command).added)


@pytest.mark.rule("SCH-17")
def test_what_is_told_agrees_with_who_is_listed() -> None:
    world = World()
    visit = world.book()
    for miles in (4.7, 4.8, 4.9):
        lost = told(world, radius(world, miles)).count == 1
        listed = world.ask(ListTechnicians(customer=world.maria.id, mode=AREA), TechniciansView)
        (ann,) = (each for each in listed.items if each.user.id == world.ann.id)
        assert lost is not ann.valid
        world.execute(radius(world, 50))
    assert visit.start == datetime.fromisoformat("2026-05-27T09:00:00-06:00")
