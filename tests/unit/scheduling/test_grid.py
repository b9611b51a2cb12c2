"""
The day grid, and a customer's list.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.messages import (
    CancelAppointment,
    ChooseGrid,
    ListCustomerAppointments,
    ShowAppointment,
    ShowGrid,
    ShowGridChoice,
    ShowWork,
)
from fieldops_core.scheduling.model import AppointmentId, GridChoice, Status
from fieldops_core.scheduling.views import (
    AppointmentsView,
    AppointmentView,
    CardView,
    GridChoiceView,
    GridRow,
    GridView,
    WorkView,
)
from fieldops_core.testing.builders import a_customer, a_technician, an_absence, an_appointment, at
from fieldops_core.testing.clock import NOW
from tests.support.world import World

WEDNESDAY = date(2026, 5, 27)
VIEW = Action.VIEW


def grid(world: World, **given: Any) -> GridView:
    by = given.pop("by", None)
    question = evolve(ShowGrid(kind=Kind.TECH, first=WEDNESDAY), **given)
    return world.ask(question, GridView, by=by)


def row(view: GridView, name: str = "Ann") -> GridRow:
    return next(each for each in view.rows if each.user.name == name)


def cards(view: GridView, name: str = "Ann") -> list[CardView]:
    return [block.appointment for block in row(view, name).blocks if block.appointment]


@pytest.mark.rule("SCH-02", "SCH-09")
def test_the_grid_shows_the_slots_between_its_limits() -> None:
    view = grid(World(), days=2)

    assert [day.date for day in view.days] == [WEDNESDAY, WEDNESDAY + timedelta(days=1)]
    assert [slot.isoformat() for slot in view.days[0].slots[:2]] == [
        "2026-05-27T06:00:00-06:00",
        "2026-05-27T06:30:00-06:00",
    ]
    assert view.days[0].slots[-1].isoformat() == "2026-05-27T21:30:00-06:00"


@pytest.mark.rule("SCH-09")
def test_previous_and_next_move_by_the_days_shown_and_today_returns() -> None:
    view = grid(World(), days=3)

    assert (view.previous, view.next, view.today) == (date(2026, 5, 24), date(2026, 5, 30), date(2026, 5, 25))
    assert grid(World(), first=None).days[0].date == date(2026, 5, 25)


@pytest.mark.rule("SCH-09")
@pytest.mark.parametrize("days", [0, 8])
def test_the_grid_covers_one_to_seven_days(days: int) -> None:
    with pytest.raises(InvalidValue):
        grid(World(), days=days)
    assert len(grid(World(), days=7).days) == 7


@pytest.mark.rule("SCH-02")
def test_a_date_that_the_zone_skipped_has_no_slots() -> None:
    view = grid(World(), zone="Pacific/Apia", first=date(2011, 12, 29), days=3)

    assert [day.date.day for day in view.days] == [29, 31]


@pytest.mark.rule("SCH-11")
def test_a_row_holds_hours_absences_and_visits_as_its_reader_may_see_them() -> None:
    world = World()
    world.book("2026-05-27T10:00")
    world.put(an_absence(user=world.ann.id, first=WEDNESDAY, start=14 * 60, end=15 * 60))

    ann = row(grid(world))

    assert [(each.start.hour, each.end.hour) for each in ann.working] == [(8, 17)]
    assert [(each.start.hour, each.end.hour) for each in ann.absent] == [(14, 15)]
    assert [(block.start.hour, block.end.hour) for block in ann.blocks] == [(10, 11)]
    card = ann.blocks[0].appointment
    assert card is not None
    assert (card.customer.name, card.type, card.minutes, card.status) == (
        "Maria Nielsen",
        "Service",
        60,
        Status.SCHEDULED,
    )


@pytest.mark.rule("SCH-11", "SCH-17", "SCH-18")
def test_for_a_customer_each_row_says_whether_its_user_is_valid_and_how_far() -> None:
    world = World()

    view = grid(world, customer=world.maria.id, mode=ListMode.IN_COVERAGE_AREA)

    ann, bob = row(view), row(view, "Bob")
    assert (ann.valid, bob.valid) == (True, False)
    assert [each.code for each in bob.why_not] == ["technician.out_of_coverage"]
    assert ann.distance is not None
    assert ann.distance["text"] == "4.8 mi"
    assert row(grid(world)).valid is None


@pytest.mark.rule("SCH-10")
def test_the_grid_covers_chosen_users_of_chosen_locations() -> None:
    world = World()

    assert [each.user.name for each in grid(world).rows] == ["Ann", "Bob"]
    assert [each.user.name for each in grid(world, locations=(world.phoenix.id,)).rows] == ["Bob"]
    assert [each.user.name for each in grid(world, users=(world.ann.id,)).rows] == ["Ann"]
    with pytest.raises(NotFound):
        grid(world, locations=(LocationId(world.maria.id),))


@pytest.mark.rule("SCH-10")
def test_choice_and_filters_persist_per_user() -> None:
    world = World()
    choice = GridChoice(
        kind=Kind.TECH,
        days=3,
        locations=(world.phoenix.id,),
        statuses=(Status.CANCELLED,),
        pending_reassignment=False,
    )
    world.execute(ChooseGrid(choice=choice))

    mine = world.ask(ShowGrid(first=WEDNESDAY), GridView)
    others = world.ask(ShowGrid(first=WEDNESDAY), GridView, by=world.actor((Permission.TECH_SCHEDULER, VIEW)))

    assert (len(mine.days), [each.user.name for each in mine.rows]) == (3, ["Bob"])
    assert (len(others.days), len(others.rows)) == (1, 2)
    unchosen = world.ask(ShowGrid(first=WEDNESDAY, as_chosen=False), GridView)
    assert (unchosen.days, unchosen.rows) == (others.days, others.rows)
    assert world.ask(ShowGridChoice(), GridChoiceView).statuses == (Status.CANCELLED,)


@pytest.mark.rule("SCH-10")
def test_a_choice_that_could_not_be_shown_is_not_kept() -> None:
    world, other = World(), World()

    for days in (0, 8, 10**30):
        with pytest.raises(InvalidValue):
            GridChoice(days=days)
    for choice in (GridChoice(locations=(other.provo.id,)), GridChoice(users=(world.ann.id, other.ann.id))):
        with pytest.raises(NotFound):
            world.execute(ChooseGrid(choice=choice))
    assert len(grid(world).rows) == 2


@pytest.mark.rule("SCH-10")
def test_the_grid_is_filtered_by_status_and_by_pending_reassignment() -> None:
    world = World()
    kept = AppointmentId(world.book("2026-05-27T09:00").id)
    gone = AppointmentId(world.book("2026-05-27T11:00").id)
    world.execute(CancelAppointment(appointment=gone))
    world.replace(world.appointment(kept), pending_reassignment=True)

    assert [each.id for each in cards(grid(world))] == [kept]
    assert [each.id for each in cards(grid(world, statuses=(Status.CANCELLED,)))] == [gone]
    assert [each.id for each in cards(grid(world, pending_reassignment=True))] == [kept]
    assert cards(grid(world, pending_reassignment=False)) == []


@pytest.mark.rule("SCH-24")
def test_a_grid_over_several_zones_has_one_and_labels_the_others() -> None:
    world = World()

    view = grid(world, locations=(world.provo.id, world.phoenix.id))
    turned = grid(world, locations=(world.phoenix.id, world.provo.id))
    asked = grid(world, zone="America/New_York")

    assert (view.zone, row(view).zone, row(view, "Bob").zone) == ("America/Denver", None, "America/Phoenix")
    assert (turned.zone, row(turned).zone) == ("America/Phoenix", "America/Denver")
    assert asked.zone == "America/New_York"
    assert row(asked).working[0].start.isoformat() == "2026-05-27T10:00:00-04:00"
    with pytest.raises(InvalidValue):
        grid(world, zone="Mars/Olympus")


@pytest.mark.rule("ACC-27", "SCH-11")
def test_what_a_reader_may_not_see_is_an_anonymous_block() -> None:
    world = World()
    phoenix = a_customer(location=world.phoenix.id)
    world.put(phoenix)
    world.book("2026-05-27T10:00", customer=phoenix.id, user=world.bob.id)
    local = world.actor((Permission.TECH_SCHEDULER, VIEW), at=world.provo.id)

    view = grid(world, by=local)

    (block,) = row(view, "Bob").blocks
    assert block.appointment is None
    assert block.start.isoformat() == "2026-05-27T11:00:00-06:00"


@pytest.mark.rule("ACC-27")
def test_an_anonymous_block_tells_nothing_by_filters_and_cancelled_ones_are_not_there() -> None:
    world = World()
    phoenix = a_customer(location=world.phoenix.id)
    world.put(phoenix)
    id = AppointmentId(world.book("2026-05-27T10:00", customer=phoenix.id, user=world.bob.id).id)
    local = world.actor((Permission.TECH_SCHEDULER, VIEW), at=world.provo.id)

    for statuses in ((Status.SCHEDULED,), (Status.CANCELLED,), (Status.ON_SITE,)):
        assert len(row(grid(world, by=local, statuses=statuses), "Bob").blocks) == 1
    world.execute(CancelAppointment(appointment=id))
    assert row(grid(world, by=local, statuses=(Status.CANCELLED,)), "Bob").blocks == ()


@pytest.mark.rule("ACC-26")
def test_the_grid_is_for_whom_the_kinds_view_is_given_somewhere() -> None:
    world = World()

    with pytest.raises(Forbidden):
        grid(world, by=world.actor((Permission.SALES_SCHEDULER, VIEW)))
    with pytest.raises(Forbidden):
        grid(world, by=world.actor((Permission.TECH_SCHEDULER, Action.CREATE)))
    assert grid(world, by=world.actor((Permission.TECH_SCHEDULER, VIEW), at=world.phoenix.id)).rows


@pytest.mark.rule("ACC-26")
def test_a_grid_shows_a_users_visits_of_other_kinds_as_the_reader_may_see_them() -> None:
    world = World()
    world.replace(world.ann, sales_rep=True)
    world.book(kind=Kind.SALES, type=world.sales_call.id, customer=world.lead.id)
    reader = world.actor((Permission.TECH_SCHEDULER, VIEW), user=world.bob.id)

    (block,) = row(grid(world, by=reader)).blocks

    assert block.appointment is None
    assert len(cards(grid(world))) == 1


def test_a_deactivated_user_keeps_a_row_while_something_stands_in_it() -> None:
    world = World()
    world.book()
    world.replace(world.ann, active=False)

    assert [each.user.name for each in grid(world).rows] == ["Ann", "Bob"]
    assert [each.user.name for each in grid(world, first=date(2026, 5, 28)).rows] == ["Bob"]


@pytest.mark.rule("APT-22")
def test_after_a_command_is_answered_every_list_grid_and_count_shows_it() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    assert [each.id for each in cards(grid(world))] == [id]
    assert listed(world).upcoming == 1
    world.execute(CancelAppointment(appointment=id))
    assert cards(grid(world)) == []
    assert listed(world).upcoming == 0


# --- the list of a customer ------------------------------------------------------------------------


def listed(world: World, **given: Any) -> AppointmentsView:
    by = given.pop("by", None)
    question = evolve(ListCustomerAppointments(customer=world.maria.id, count=True), **given)
    return world.ask(question, AppointmentsView, by=by)


@pytest.mark.rule("APT-09")
@given(
    visits=st.lists(
        st.tuples(st.integers(-5, 5), st.sampled_from(Status)), max_size=9, unique_by=lambda visit: visit[0]
    ),
    limit=st.integers(1, 4),
)
def test_a_customers_list_has_upcoming_ones_first_and_then_the_latest(
    visits: list[tuple[int, Status]], limit: int
) -> None:
    world = World()
    for offset, status in visits:
        day = date(2026, 5, 25) + timedelta(days=offset)
        there = an_appointment(
            user=world.ann.id,
            customer=world.maria.id,
            location=world.provo.id,
            type=world.service.id,
            period=evolve(an_appointment().period, start=at("09:00", day), end=at("10:00", day)),
            status=status,
        )
        world.put(there)
    upcoming = sorted(day for day, status in visits if status is Status.SCHEDULED and day >= 0)
    rest = sorted((day for day, _ in visits if day not in upcoming), reverse=True)

    page = listed(world, limit=limit)
    found = list(page.items)
    while page.next:
        world.clock.advance(hours=1)  # the order stands still while it is read
        page = listed(world, limit=limit, after=page.next)
        found += page.items

    days = [(each.start.date() - date(2026, 5, 25)).days for each in found]
    assert days == upcoming + rest
    world.clock.set(NOW)
    assert listed(world).upcoming == len(upcoming)


@pytest.mark.rule("APT-09")
def test_a_line_tells_its_window_in_the_readers_zone_beside_the_locations() -> None:
    world = World()
    world.book(notes="ring twice")

    (line,) = world.ask(
        ListCustomerAppointments(customer=world.maria.id), AppointmentsView, zone="America/New_York"
    ).items

    assert (line.start.isoformat(), line.zone) == ("2026-05-27T09:00:00-06:00", "America/Denver")
    assert line.reader is not None
    assert line.reader.start.isoformat() == "2026-05-27T11:00:00-04:00"
    assert (line.type, line.user.name, line.notes, line.status) == ("Service", "Ann", "ring twice", Status.SCHEDULED)


@pytest.mark.rule("APT-09")
@pytest.mark.parametrize("cursor", ["x", "é", "fHw", "MXwyfDN8NA", "\ud800"])
def test_a_cursor_of_no_list_is_an_invalid_value(cursor: str) -> None:
    with pytest.raises(InvalidValue):
        listed(World(), after=cursor)


@pytest.mark.rule("ACC-26", "ACC-05")
def test_the_list_holds_the_kinds_that_the_reader_sees_and_ones_own_sales_visits() -> None:
    world = World(sales_scheduler_on_customers=True)
    world.book()
    sales: dict[str, Any] = {"kind": Kind.SALES, "type": world.sales_call.id}
    world.book("2026-05-27T11:00", user=world.sam.id, **sales)
    sams = world.actor((Permission.PERSONAL_APPOINTMENTS, VIEW), user=world.sam.id)
    anns = world.actor((Permission.PERSONAL_APPOINTMENTS, VIEW), (Permission.TECH_SCHEDULER, VIEW))

    assert len(listed(world).items) == 2
    assert [each.kind for each in listed(world, by=sams).items] == [Kind.SALES]
    assert [each.kind for each in listed(world, by=anns).items] == [Kind.TECH]
    assert (listed(world, by=sams).upcoming, listed(world, by=anns).upcoming) == (1, 1)
    with pytest.raises(Forbidden):
        listed(world, by=world.actor((Permission.PROGRAM_SCHEDULER, VIEW), at=world.phoenix.id))


@pytest.mark.rule("ACC-07", "ACC-22")
def test_the_work_screen_is_the_assignees_and_of_who_may_see_their_schedule() -> None:
    world = World()
    phoenix = a_customer(location=world.phoenix.id)
    world.put(phoenix)
    id = AppointmentId(world.book(customer=phoenix.id, user=world.bob.id).id)
    reader = (Permission.TECH_SCHEDULE, VIEW)

    for actor in (
        world.actor(user=world.bob.id),
        world.actor(reader),
        world.actor(reader, at=world.phoenix.id),
    ):
        assert world.ask(ShowWork(appointment=id), WorkView, by=actor).appointment.id == id
    for actor in (
        world.actor(),
        world.actor(reader, at=world.provo.id),
        world.actor((Permission.SALES_SCHEDULE, VIEW), (Permission.TECH_SCHEDULER, VIEW)),
    ):
        with pytest.raises(Forbidden):
            world.ask(ShowWork(appointment=id), WorkView, by=actor)


@pytest.mark.rule("ACC-07")
def test_the_status_buttons_are_the_assignees() -> None:
    world = World()
    id = AppointmentId(world.book().id)

    assert Status.EN_ROUTE in world.ask(ShowWork(appointment=id), WorkView, by=world.actor()).may_follow
    assert world.ask(ShowWork(appointment=id), WorkView).may_follow == ()


@pytest.mark.rule("API-04")
@pytest.mark.parametrize("limit", [0, -1, 201])
def test_a_page_holds_one_to_two_hundred(limit: int) -> None:
    with pytest.raises(InvalidValue):
        listed(World(), limit=limit)


@pytest.mark.rule("ACC-22")
def test_a_permission_on_an_appointment_is_asked_at_its_customers_location() -> None:
    world = World()
    here = world.actor((Permission.TECH_SCHEDULER, VIEW), (Permission.TECH_SCHEDULER, Action.CREATE), at=world.provo.id)
    phoenix = a_customer(location=world.phoenix.id)
    world.put(phoenix)
    theirs = AppointmentId(world.book("2026-05-27T13:00", customer=phoenix.id, user=world.bob.id).id)
    bobs = world.book(by=here, user=world.bob.id, mode=ListMode.IN_MAX_COVERAGE_AREA, customer=near(world).id)

    assert world.ask(ShowAppointment(appointment=AppointmentId(bobs.id)), AppointmentView, by=here)
    with pytest.raises(Forbidden):
        world.ask(ShowAppointment(appointment=theirs), AppointmentView, by=here)


def near(world: World):  # type: ignore[no-untyped-def]
    """
    A customer of Provo who lives where Bob starts the day.
    """
    customer = a_customer(location=world.provo.id, point=world.bob.start)
    world.put(customer)
    return customer


@pytest.mark.rule("SCH-01")
@given(told=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0)))
def test_save_load_save_changes_nothing(told: datetime) -> None:
    world = World()
    start = told.replace(tzinfo=UTC)
    there = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        location=world.provo.id,
        type=world.service.id,
        period=evolve(an_appointment().period, start=start, end=start + timedelta(minutes=30)),
    )
    world.put(there)

    once = world.appointment(there.id)
    world.replace(once)

    assert world.appointment(there.id) == evolve(there, version=2)


def test_a_technician_of_no_location_shown_is_not_in_the_grid() -> None:
    world = World()
    world.put(a_technician(name="Cyd", home=world.phoenix.id))

    assert [each.user.name for each in grid(world, locations=(world.provo.id,)).rows] == ["Ann"]
