"""
Pairs of commands that race each other end as some serial order would.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest

from fieldops_core.access.context import Context
from fieldops_core.access.messages import CreateToken
from fieldops_core.access.model import Actor
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.app.ports import Storage
from fieldops_core.company.messages import ChangeLocation, ChangeSettings
from fieldops_core.company.model import LocationUse, WorkingHoursRule
from fieldops_core.customers.messages import ChangeCustomer, CreateCustomer
from fieldops_core.customers.model import AccountType
from fieldops_core.field_work.messages import CheckIn, CheckOut
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import NotFound, PreviewChanged, Stale
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    ChangeLocationZone,
    MoveAppointment,
    MoveCrew,
    ReinstateAppointment,
    ShowAppointment,
)
from fieldops_core.scheduling.model import AppointmentId, Keeping, Status, VisitOutcome
from fieldops_core.scheduling.views import AppointmentView
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours
from fieldops_core.testing.builders import DAY, a_location, a_period, a_user, a_work_order, an_appointment
from fieldops_core.testing.clock import NOW
from fieldops_core.work_orders.messages import CompleteWorkOrder
from tests.race.crowd import Opening, engine_over, in_processes
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World

W = TypeVar("W", bound=World)

ROUNDS = 12
ONE_DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


def race(
    worlds: Sequence[W],
    commands: Sequence[Callable[[W], object]],
    opening: Opening,
    *,
    by: Sequence[Callable[[W], Actor]] | None = None,
) -> list[list[str]]:
    """
    In each of some worlds, let processes carry out one command each at the same moment, as its owner or *by* somebody
    each; how each ended, by world.
    """
    actors = by or [lambda world: world.owner for _ in commands]

    def work(number: int, storage: Storage) -> list[str]:
        engine = engine_over(storage)
        return [_ending(engine, commands[number](world), world, actors[number](world)) for world in worlds]

    endings = in_processes(lambda number, storage: (number, work(number, storage)), opening, len(commands))
    by_command = dict(endings)
    return [[by_command[number][index] for number in range(len(commands))] for index in range(len(worlds))]


def _ending(engine: FieldOps, command: object, world: World, actor: Actor) -> str:
    try:
        engine.execute(command, Context(company=world.company.id, actor=actor))
    except Refused as refused:
        return "+".join(each.code for each in refused.violations)
    except PreviewChanged as changed:
        return changed.code
    except NotFound:
        return "not found"
    except Stale:
        return "stale"
    return "done"


def worlds(opening: Opening) -> list[World]:
    storage = opening()
    return [World(storage) for _ in range(ROUNDS)]


LEAVING: dict[str, dict[str, Any]] = {"deactivated": {"active": False}, "no owner any more": {"roles": ()}}


@pytest.mark.rule("STO-05", "ACC-01")
@pytest.mark.parametrize("second", LEAVING.values(), ids=LEAVING)
@pytest.mark.parametrize("first", LEAVING.values(), ids=LEAVING)
def test_of_the_last_two_owners_who_leave_at_once_one_stays(
    opening: Opening, first: dict[str, Any], second: dict[str, Any]
) -> None:
    there = worlds(opening)
    for world in there:
        world.sam = a_user(name="Second", home=world.provo.id, roles=(world.owner_role.id,))
        world.put(world.sam)

    def leave(which: str, how: dict[str, Any]) -> Callable[[World], object]:
        return lambda world: ChangeUser(user=getattr(world, which).id, **how)

    ends = race(there, [leave("boss", first), leave("sam", second)], opening)

    assert {tuple(sorted(each)) for each in ends} == {("done", "owner.last")}
    for world, end in zip(there, ends, strict=True):
        with world.storage.reading(world.company.id) as unit:
            stayed = [world.boss.id, world.sam.id][end.index("owner.last")]
            assert [owner.id for owner in unit.users.owners()] == [stayed]


@pytest.mark.rule("STO-05")
def test_a_booking_that_races_a_deactivation_is_made_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)

    ends = race(there, [World.wish, lambda world: ChangeUser(user=world.ann.id, active=False)], opening)

    assert {end[1] for end in ends} == {"done"}
    assert {end[0] for end in ends} <= {"done", "user.not_eligible"}
    for world, end in zip(there, ends, strict=True):
        assert len(world.all_appointments()) == (end[0] == "done")
        assert pending(world)


@pytest.mark.rule("STO-05")
def test_a_booking_that_races_a_change_of_hours_or_an_absence_is_made_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)

    def no_hours(world: World) -> object:
        return ChangeWorkingHours(user=world.ann.id, weekly=WeeklyHours())

    def absence(world: World) -> object:
        return AddAbsence(user=world.ann.id, first=DAY, last=DAY)

    ends = race(there, [World.wish, no_hours, absence], opening)

    assert {end[1:] and tuple(end[1:]) for end in ends} == {("done", "done")}
    codes = {"done", "user.not_working", "user.absent", "user.not_working+user.absent"}
    assert {end[0] for end in ends} <= codes
    assert all(pending(world) for world in there)


@pytest.mark.rule("STO-05", "CUS-19")
def test_a_visit_that_is_booked_while_its_customer_moves_belongs_to_the_new_location(opening: Opening) -> None:
    there = worlds(opening)

    def move(world: World) -> object:
        return ChangeCustomer(customer=world.maria.id, location=world.phoenix.id)

    ends = race(there, [World.wish, move], opening)

    # Booked after it, the visit is at a location that its technician is not of.
    assert {tuple(end) for end in ends} <= {("done", "done"), ("technician.other_location", "done")}
    for world in there:
        with world.storage.writing(world.company.id) as unit:
            booked = unit.appointments.opened(customer=world.maria.id)
        assert {(each.location, each.zone) for each in booked} <= {(world.phoenix.id, "America/Phoenix")}


@pytest.mark.rule("STO-05", "APT-14")
def test_what_is_booked_before_a_holiday_or_another_rule_is_stranded_by_it(opening: Opening) -> None:
    there = worlds(opening)

    def early(world: World) -> object:
        return world.wish("2026-05-27T07:00")

    def holiday(world: World) -> object:
        return AddAbsence(location=world.provo.id, first=DAY, last=DAY)

    def by_hours(world: World) -> object:
        return ChangeSettings(changes={"working_hours_rule": WorkingHoursRule.HOURS})

    ends = race(there, [early, holiday, by_hours], opening)

    assert {tuple(end[1:]) for end in ends} == {("done", "done")}
    assert {end[0] for end in ends} <= {"done", "user.not_working", "user.absent", "user.not_working+user.absent"}
    assert all(pending(world) for world in there)


@pytest.mark.rule("STO-05", "APT-14")
def test_a_visit_that_is_moved_or_ends_while_a_change_strands_it_is_pending_only_where_it_still_does_not_fit(
    opening: Opening,
) -> None:
    there = worlds(opening)
    visits = {world.company.id: AppointmentId(world.book().id) for world in there}

    def absence(world: World) -> object:
        return AddAbsence(user=world.ann.id, first=DAY, last=DAY)

    def move(world: World) -> object:
        return MoveAppointment(appointment=visits[world.company.id], start=a_period("09:00", day=DAY + ONE_DAY).start)

    def cancel(world: World) -> object:
        return CancelAppointment(appointment=visits[world.company.id])

    for ending in (move, cancel):
        assert {tuple(end) for end in race(there, [absence, ending], opening)} == {("done", "done")}
        for world in there:
            assert not world.appointment(visits[world.company.id]).pending_reassignment


@pytest.mark.rule("STO-05", "SCH-26")
def test_a_booking_that_races_a_change_of_zone_stands_in_one_zone_with_its_location(opening: Opening) -> None:
    there = worlds(opening)

    def rezone(world: World) -> object:
        return ChangeLocationZone(location=world.provo.id, zone="America/Chicago", keep=Keeping.LOCAL_TIMES)

    ends = race(there, [World.wish, rezone], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    nine_in_chicago = a_period("08:00").start
    for world in there:
        (found,) = world.all_appointments()
        assert found[1] == nine_in_chicago


@pytest.mark.rule("STO-05", "SCH-26")
def test_a_location_that_is_closed_while_somebody_comes_is_closed_empty_or_stays_open(opening: Opening) -> None:
    there = worlds(opening)
    offices = {}
    for world in there:
        offices[world.company.id] = office = a_location(name="New")
        world.put(office)

    def close(world: World) -> object:
        return ChangeLocation(location=offices[world.company.id].id, active=False)

    def user(world: World) -> object:
        return ChangeUser(user=world.ann.id, further=(offices[world.company.id].id,))

    def customer(world: World) -> object:
        home = Address(city="Provo", state="UT")
        place = offices[world.company.id].id
        return CreateCustomer(
            phone="+18015550111",
            account_type=AccountType.RESIDENTIAL,
            location=place,
            first_name="A",
            last_name="B",
            address=home,
        )

    ends = race(there, [close, user, customer], opening)

    for world, (closing, *coming) in zip(there, ends, strict=True):
        with world.storage.reading(world.company.id) as unit:
            use = unit.location_uses.of(offices[world.company.id].id)
        assert closing == ("done" if use == LocationUse() else "location.in_use")
        assert set(coming) <= {"done", "user.location_inactive", "location.inactive"}


def pending(world: World) -> bool:
    """
    Whether every visit is pending reassignment.
    """
    day = Period(start=a_period("00:00").start, end=a_period("23:30").end)
    with world.storage.reading(world.company.id) as unit:
        return all(block.pending_reassignment for block in unit.times.blocks(day))


@pytest.mark.rule("STO-05", "ACC-24")
def test_a_token_that_races_a_deactivation_is_ended_by_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)

    def token(world: World) -> object:
        return CreateToken(user=world.ann.id, name="Late", expires_at=NOW + ONE_DAY)

    ends = race(there, [token, lambda world: ChangeUser(user=world.ann.id, active=False)], opening)

    assert {end[1] for end in ends} == {"done"}
    assert {end[0] for end in ends} <= {"done", "user.deactivated"}
    for world in there:
        with world.storage.reading(world.company.id) as unit:
            assert all(each.revoked_at for each in unit.tokens.of(world.ann.id))


@pytest.mark.rule("STO-05", "APT-07")
def test_one_of_a_booking_and_a_reinstatement_gets_the_time(opening: Opening) -> None:
    there = worlds(opening)
    gone = {}
    for world in there:
        gone[world.company.id] = AppointmentId(world.book().id)
        world.execute(CancelAppointment(appointment=gone[world.company.id]))

    ends = race(there, [World.wish, lambda world: ReinstateAppointment(appointment=gone[world.company.id])], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "slot.taken")}


@pytest.mark.rule("STO-05", "STO-04")
def test_two_moves_of_one_visit_are_both_carried_out_one_after_the_other(opening: Opening) -> None:
    there = worlds(opening)
    visits = {world.company.id: AppointmentId(world.book().id) for world in there}

    def move(time: str) -> Callable[[World], object]:
        start = a_period(time).start
        return lambda world: MoveAppointment(appointment=visits[world.company.id], start=start)

    ends = race(there, [move("11:00"), move("13:00")], opening)

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        assert world.appointment(visits[world.company.id]).version == 3
        assert len(world.all_appointments()) == 1


@pytest.mark.rule("STO-05", "APT-23")
def test_a_crew_moves_whole_or_not_at_all_whatever_is_booked_meanwhile(opening: Opening) -> None:
    there = worlds(opening)
    crews: dict[object, list[AppointmentId]] = {}
    for world in there:
        order = a_work_order(customer=world.maria.id, number=1)
        world.put(order)
        world.replace(world.sam, technician=True)
        users = world.ann.id, world.sam.id
        crews[world.company.id] = [AppointmentId(world.book(user=user, work_order=order.id).id) for user in users]

    def move(which: int, time: str) -> Callable[[World], object]:
        start = a_period(time).start
        return lambda world: MoveCrew(appointment=crews[world.company.id][which], start=start)

    def book(world: World) -> object:
        return world.wish("2026-05-27T13:30", user=world.sam.id)

    ends = race(there, [move(0, "13:00"), move(1, "15:00"), book], opening)

    for world, end in zip(there, ends, strict=True):
        starts = {world.appointment(id).period.start for id in crews[world.company.id]}
        assert len(starts) == 1
        assert end[1] == "done"
        assert {end[0], end[2]} <= {"done", "slot.taken"}


@pytest.mark.rule("STO-05", "APT-23", "FLD-05")
def test_members_of_a_crew_who_check_out_at_once_have_each_completed_their_own_visit(opening: Opening) -> None:
    there = worlds(opening)
    crews: dict[object, list[AppointmentId]] = {}
    for world in there:
        world.put(order := a_work_order(customer=world.maria.id, number=1))
        world.replace(world.sam, technician=True)
        users = world.ann.id, world.sam.id
        crew = crews[world.company.id] = [
            AppointmentId(world.book(user=user, work_order=order.id).id) for user in users
        ]
        for id, user in zip(crew, users, strict=True):
            world.execute(CheckIn(appointment=id), by=world.actor(user=user))

    def check_out(which: int, outcome: VisitOutcome) -> Callable[[World], object]:
        return lambda world: CheckOut(appointment=crews[world.company.id][which], outcome=outcome)

    outcomes = [VisitOutcome.DONE, VisitOutcome.FOLLOW_UP]
    members: list[Callable[[World], Actor]] = [
        lambda world: world.actor(user=world.ann.id),
        lambda world: world.actor(user=world.sam.id),
    ]

    ends = race(there, [check_out(which, each) for which, each in enumerate(outcomes)], opening, by=members)

    assert {tuple(end) for end in ends} == {("done", "done")}
    for world in there:
        for id, outcome in zip(crews[world.company.id], outcomes, strict=True):
            shown = world.ask(ShowAppointment(appointment=id), AppointmentView)
            assert (shown.status, shown.outcome, shown.version) == (Status.COMPLETED, outcome, 3)
            assert shown.work_order is not None
            with world.storage.reading(world.company.id) as unit:
                assert len(unit.history.of("appointment", id)) == 3


@pytest.mark.rule("STO-05", "SCH-06")
def test_cancelling_and_reassigning_free_the_time_in_the_same_transaction(opening: Opening) -> None:
    (world, *_) = worlds(opening)
    id = AppointmentId(world.book().id)

    world.execute(CancelAppointment(appointment=id))

    assert world.book().version == 1
    day = Period(start=a_period("00:00").start, end=a_period("23:30").end)
    with opening().reading(world.company.id) as unit:
        assert len(unit.times.taken(day, now=NOW)) == 1


@pytest.mark.rule("STO-05", "FLD-13")
def test_of_two_check_ins_of_one_user_at_once_one_is_refused(opening: Opening) -> None:
    there = worlds(opening)
    visits = {}
    for world in there:
        visits[world.company.id] = two = [
            an_appointment(
                user=world.boss.id,
                customer=world.maria.id,
                type=world.service.id,
                location=world.provo.id,
                period=a_period(time),
            )
            for time in ("09:00", "11:00")
        ]
        world.put(*two)

    def arrive(which: int) -> Callable[[World], object]:
        return lambda world: CheckIn(appointment=visits[world.company.id][which].id)

    ends = race(there, [arrive(0), arrive(1)], opening)

    assert {tuple(sorted(end)) for end in ends} == {("done", "user.under_way")}


@pytest.mark.rule("STO-05", "APT-05")
def test_a_booking_that_races_the_end_of_its_work_order_is_made_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)
    orders = {world.company.id: a_work_order(customer=world.maria.id) for world in there}
    for world in there:
        world.put(orders[world.company.id])

    def wish(world: World) -> object:
        return world.wish(work_order=orders[world.company.id].id)

    def complete(world: World) -> object:
        return CompleteWorkOrder(work_order=orders[world.company.id].id)

    ends = race(there, [wish, complete], opening)

    assert {tuple(end) for end in ends} <= {("done", "work_order.upcoming"), ("work_order.closed", "done")}
    for world, end in zip(there, ends, strict=True):
        assert len(world.all_appointments()) == (end[0] == "done")
