"""
A customer's other location or address, and the visits that are booked already (CUS-19).
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Grant, Kind, Permission, Stage
from fieldops_core.company.model import ListMode
from fieldops_core.customers.messages import ChangeCustomer
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import CustomerView
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.scheduling.views import UnfitLine, UnfitView
from fieldops_core.testing.builders import a_customer, a_location, an_appointment
from tests.support.world import DENVER_CITY, OREM, PHOENIX, World, denial, refusal

OFFICE, AREA, MAX_AREA = ListMode
VIEW, MODIFY = Action.VIEW, Action.MODIFY


def moved(world: World, location: LocationId, *, by: Actor | None = None, **more: Any) -> UnfitView:
    return changed(world, by=by, location=location, **more)


def changed(world: World, *, by: Actor | None = None, **given: Any) -> UnfitView:
    receipt = world.execute(ChangeCustomer(customer=world.maria.id, **given), by=by)
    (found,) = (each for each in receipt.added if isinstance(each, UnfitView))
    return found


def codes(line: UnfitLine) -> list[str]:
    return [each.code for each in line.why]


@pytest.mark.rule("CUS-19", "APT-17")
def test_open_visits_take_the_new_location_at_the_same_instant() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")
    before = world.appointment(visit.id)

    moved(world, world.phoenix.id)

    after = world.appointment(visit.id)
    assert (after.location, after.zone, after.period) == (world.phoenix.id, "America/Phoenix", before.period)
    assert (before.agreed.hour, after.agreed) == (13, datetime(2026, 5, 27, 12, 0))
    assert (after.version, after.pending_reassignment) == (2, False)


@pytest.mark.rule("CUS-19")
def test_ended_visits_keep_their_location() -> None:
    world = World()
    cancelled = world.book("2026-05-27T13:00").id
    world.execute(CancelAppointment(appointment=AppointmentId(cancelled)))
    under_way = an_appointment(
        user=world.ann.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        status=Status.ON_SITE,
    )
    world.put(under_way)

    moved(world, world.phoenix.id)

    assert world.appointment(cancelled).location == world.provo.id
    assert world.appointment(under_way.id).location == world.phoenix.id


@pytest.mark.rule("CUS-19", "APT-17")
def test_a_program_visit_keeps_the_location_that_was_chosen() -> None:
    world = World()
    lesson = world.book("2026-05-27T13:00", kind=Kind.PROGRAM, type=world.lesson.id, user=world.pia.id, minutes=45)

    assert moved(world, world.phoenix.id) == UnfitView()
    kept = world.appointment(lesson.id)
    assert (kept.location, kept.zone, kept.version) == (world.provo.id, "America/Denver", 1)


@pytest.mark.rule("CUS-19")
def test_a_technician_of_another_office_is_told_and_the_visit_is_not_moved() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")

    (line,) = moved(world, world.phoenix.id).appointments

    assert (line.id, line.version, line.modes, codes(line)) == (visit.id, 2, (OFFICE,), ["technician.other_location"])
    assert (line.start.isoformat(), line.zone) == ("2026-05-27T12:00:00-07:00", "America/Phoenix")
    assert world.appointment(visit.id).user == world.ann.id


@pytest.mark.rule("CUS-19")
def test_a_technician_who_belongs_to_both_offices_still_fits() -> None:
    world = World()
    world.replace(world.ann, further=(world.phoenix.id,))
    world.book("2026-05-27T13:00")

    assert moved(world, world.phoenix.id) == UnfitView()


@pytest.mark.rule("CUS-19", "SCH-04", "SCH-05")
def test_a_local_time_that_no_longer_fits_is_told() -> None:
    """
    In Adelaide it is half past the hour, and in the middle of the night.
    """
    world = World()
    adelaide = a_location(name="Adelaide", zone="Australia/Adelaide")
    world.put(adelaide)
    world.replace(world.ann, further=(adelaide.id,))
    world.book("2026-05-27T13:00")

    (line,) = moved(world, adelaide.id).appointments

    assert (line.start.isoformat(), line.modes) == ("2026-05-28T04:30:00+09:30", ())
    assert codes(line) == ["slot.before_start_of_day"]


@pytest.mark.rule("CUS-19", "SCH-02")
@pytest.mark.parametrize(("start", "told"), [("20:00", True), ("19:30", False)])
def test_the_end_of_the_day_is_the_new_locations(start: str, told: bool) -> None:
    world = World(grid_end=24 * 60)
    halifax = a_location(name="Halifax", zone="America/Halifax")  # three hours later
    world.put(halifax)
    world.replace(world.ann, further=(halifax.id,))
    world.book(f"2026-05-27T{start}", minutes=90)

    found = moved(world, halifax.id)

    assert [codes(line) for line in found.appointments] == [["slot.past_end_of_day"]] * told


@pytest.mark.rule("CUS-19")
def test_a_changed_place_tells_the_visits_whose_technician_no_longer_covers_it() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")

    (line,) = changed(world, point=DENVER_CITY).appointments

    assert (line.id, line.version, line.modes) == (visit.id, 1, (AREA, MAX_AREA))
    assert codes(line) == ["technician.out_of_coverage"]
    assert line.distance is not None and line.distance["text"].endswith(" mi")
    assert world.appointment(visit.id).version == 1


@pytest.mark.rule("CUS-19", "SCH-15")
def test_without_coordinates_the_office_decides_under_every_mode() -> None:
    world = World()
    world.replace(world.ann, home=world.phoenix.id)
    world.book("2026-05-27T13:00", mode=AREA)

    (line,) = changed(world, point=None).appointments

    assert (line.distance, line.modes, codes(line)) == (None, (AREA, MAX_AREA), ["technician.other_location"])


@pytest.mark.rule("CUS-19")
def test_what_did_not_fit_before_is_not_told() -> None:
    world = World()
    world.book("2026-05-27T13:00")
    world.replace(world.ann, home=world.phoenix.id, start=None)

    assert moved(world, world.phoenix.id, point=PHOENIX) == UnfitView()


@pytest.mark.rule("CUS-19")
def test_a_change_of_something_else_tells_nothing() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")

    for same in ({"spouse": "Jon"}, {"point": OREM}, {"location": world.provo.id}):
        assert world.execute(ChangeCustomer(customer=world.maria.id, **same)).added == ()
    assert world.appointment(visit.id).version == 1


@pytest.mark.rule("CUS-19")
def test_another_customers_visits_stay_where_they_are() -> None:
    world = World()
    other = a_customer(location=world.provo.id, number=3, point=OREM)
    world.put(other)
    visit = world.book("2026-05-27T13:00", customer=other.id)

    assert moved(world, world.phoenix.id) == UnfitView()
    assert world.appointment(visit.id).location == world.provo.id


@pytest.mark.rule("CUS-19")
def test_the_sooner_visit_is_told_first() -> None:
    world = World()
    late, soon = world.book("2026-06-03T09:00").id, world.book("2026-05-27T09:00").id

    assert [line.id for line in moved(world, world.phoenix.id).appointments] == [soon, late]


@pytest.mark.rule("CUS-19", "SCH-27")
def test_a_double_booking_stays_one() -> None:
    world = World()
    first = world.book("2026-05-27T13:00")
    second = world.book("2026-05-27T13:00", double_book=AppointmentId(first.id), double_book_reason="Both next door")

    moved(world, world.phoenix.id)

    assert world.appointment(second.id).double_booked_with == first.id
    assert world.appointment(first.id).double_booked_with == second.id


def clerk(world: World, *places: LocationId, permission: Permission = Permission.CUSTOMERS) -> Actor:
    """
    Who views records everywhere, and changes them at some places.
    """
    changes = frozenset(Grant(permission, MODIFY, place) for place in places)
    actor = world.actor((permission, VIEW))
    return evolve(actor, grants=actor.grants | changes)


@pytest.mark.rule("CUS-19", "ACC-12")
def test_it_takes_modify_at_both_locations() -> None:
    world = World()
    provo, phoenix = world.provo.id, world.phoenix.id
    command = ChangeCustomer(customer=world.maria.id, location=phoenix)

    assert denial(world, command, clerk(world, provo)) == "ACC-12"
    assert denial(world, command, clerk(world, phoenix)) == "ACC-12"
    assert world.do(command, CustomerView, by=clerk(world, provo, phoenix)).location == phoenix


@pytest.mark.rule("CUS-19", "ACC-12")
def test_a_lead_goes_by_the_permission_of_leads() -> None:
    world = World()
    command = ChangeCustomer(customer=CustomerId(world.lead.id), location=world.phoenix.id)
    both = (world.provo.id, world.phoenix.id)

    assert denial(world, command, clerk(world, *both)) == "ACC-12"
    assert world.do(command, CustomerView, by=clerk(world, *both, permission=Permission.LEADS)).stage is Stage.LEAD


@pytest.mark.rule("CUS-19", "ACC-12")
def test_who_may_not_view_it_there_does_not_move_it_there() -> None:
    world = World()
    here = world.actor((Permission.CUSTOMERS, VIEW), at=world.provo.id)
    both = world.actor((Permission.CUSTOMERS, MODIFY))

    command = ChangeCustomer(customer=world.maria.id, location=world.phoenix.id)
    assert denial(world, command, evolve(here, grants=here.grants | both.grants)) == "ACC-12"


@pytest.mark.rule("CUS-19", "ACC-26")
def test_visits_that_one_may_not_see_are_counted_and_not_listed() -> None:
    world = World()
    world.book("2026-05-27T13:00")

    found = moved(world, world.phoenix.id, by=clerk(world, world.provo.id, world.phoenix.id))

    assert (found.count, found.appointments) == (1, ())


@pytest.mark.rule("CUS-19")
def test_a_location_that_is_closed_takes_no_customer() -> None:
    world = World()
    closed = a_location(active=False)
    world.put(closed)

    assert set(refusal(world, ChangeCustomer(customer=world.maria.id, location=closed.id))) == {"location.inactive"}


@pytest.mark.rule("CUS-19", "CUS-03")
def test_telephones_are_read_in_the_country_of_the_new_location() -> None:
    world = World()

    view = world.do(
        ChangeCustomer(customer=world.maria.id, location=world.phoenix.id, phone="602 555 0100"), CustomerView
    )

    assert view.phone == "+16025550100"


@pytest.mark.rule("CUS-19")
def test_a_preview_tells_the_same_and_changes_nothing() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")
    command = ChangeCustomer(customer=world.maria.id, location=world.phoenix.id)

    preview = world.ops.preview(command, world.context())

    assert world.appointment(visit.id).location == world.provo.id
    assert preview.receipt == world.execute(command)


@pytest.mark.rule("CUS-19", "EVT-01")
def test_what_happened_is_in_the_history_and_told() -> None:
    world = World()
    visit = world.book("2026-05-27T13:00")
    moved(world, world.phoenix.id)

    with world.storage.reading(world.company.id) as unit:
        entry = unit.history.of("appointment", visit.id)[0]
    assert {each.field for each in entry.changes} == {"location", "agreed", "zone"}
    events = [due.event for due in world.storage.claim(50, now=datetime(2027, 1, 1, tzinfo=UTC), lease_seconds=1)]
    assert "AppointmentRelocated" in {type(each).__name__ for each in events}
