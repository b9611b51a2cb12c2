"""
Users and appointments from lines of a file.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.app.messages import ImportAppointments, ImportTechnicians
from fieldops_core.company.model import ListMode, WorkingHoursRule
from fieldops_core.customers.messages import ImportLine
from fieldops_core.customers.views import ImportView
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Forbidden
from fieldops_core.kernel.geo import Point
from fieldops_core.scheduling.messages import CancelAppointment, ListCustomerAppointments, MoveAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.scheduling.views import AppointmentsView, AppointmentView
from fieldops_core.staff.messages import ListUsers
from fieldops_core.staff.views import UsersView, UserView
from fieldops_core.testing.builders import a_type
from tests.support.world import World

TECHNICIAN = {
    "external_id": "T1",
    "name": "Tess Ono",
    "email": "tess@acme.example",
    "home": "Provo",
}
VISIT = {
    "external_id": "V1",
    "customer": "C-1",
    "user": "ann@acme.example",
    "type": "Service",
    "start": "2026-05-27T09:00",
    "minutes": "60",
}


def a_technician_line(number: int = 2, **given: str) -> ImportLine:
    return ImportLine(line=number, values={**TECHNICIAN, **given})


def a_visit_line(number: int = 2, **given: str) -> ImportLine:
    return ImportLine(line=number, values={**VISIT, **given})


def technicians(world: World, *lines: ImportLine, **how: Any) -> ImportView:
    return world.do(ImportTechnicians(lines=lines), ImportView, **how)


def appointments(world: World, *lines: ImportLine, **how: Any) -> ImportView:
    return world.do(ImportAppointments(lines=lines), ImportView, source=Source.IMPORT, **how)


def told(view: ImportView) -> list[tuple[int, str | None, str]]:
    return [(each.line, each.field, each.code) for each in view.refused]


def a_world() -> World:
    """
    Maria is known elsewhere as C-1, Ann logs in as ann@acme.example and is known as T-ann; a service is called Service.
    """
    world = World()
    world.maria = world.replace(world.maria, external_id="C-1")
    world.ann = world.replace(world.ann, email=Email("ann@acme.example"), external_id="T-ann")
    world.service = world.replace(world.service, name="Service")
    return world


def the_user(world: World, name: str) -> UserView:
    users = world.ask(ListUsers(limit=200), UsersView).items
    return next(user for user in users if user.name == name)


def visits(world: World) -> list[tuple[str, str]]:
    """
    The starts and the users of Maria's visits.
    """
    rows = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items
    return [(f"{row.start:%m-%d %H:%M}", row.user.name) for row in rows]


@pytest.mark.rule("CUS-26", "ACC-23")
def test_lines_become_technicians() -> None:
    world = a_world()

    view = technicians(
        world,
        a_technician_line(
            phone="(801) 555-0100",
            latitude="40.2",
            longitude="-111.6",
            radius="10",
            line1="1 Main",
            city="Provo",
            state="UT",
            roles="owner",
            further="Phoenix",
            sales_rep="Yes",
            zone="America/Boise",
        ),
    )

    user = the_user(world, "Tess Ono")
    assert (view.created, view.known, view.refused) == (1, 0, ())
    assert (user.external_id, user.email, user.phone) == ("T1", "tess@acme.example", "+18015550100")
    assert (user.technician, user.sales_rep, user.zone) == (True, True, "America/Boise")
    assert (user.home, user.further, user.roles) == (world.provo.id, (world.phoenix.id,), (world.owner_role.id,))
    assert (user.start_coordinates, user.start_address.city) == (Point(40.2, -111.6), "Provo")
    assert user.coverage_radius == pytest.approx(16_093.44)


@pytest.mark.rule("CUS-26")
def test_a_user_may_be_told_by_first_and_last_name_and_to_be_no_technician() -> None:
    world = a_world()

    technicians(world, a_technician_line(name="", first_name="Tess", last_name="Ono", technician="no"))

    assert not the_user(world, "Tess Ono").technician


@pytest.mark.rule("CUS-26")
def test_technicians_brought_in_twice_are_there_once() -> None:
    world = a_world()
    lines = a_technician_line(2), a_technician_line(3, external_id="T2", email="b@acme.example"), a_technician_line(4)

    first, second = technicians(world, *lines), technicians(world, *lines)

    assert (first.created, first.known) == (2, 1)
    assert (second.created, second.known) == (0, 3)


@pytest.mark.rule("CUS-26")
@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"external_id": ""}, "external_id", "import.external_id_required"),
        ({"external_id": "a\0b"}, "external_id", "text.invalid"),
        ({"email": ""}, "email", "email.invalid"),
        ({"email": "ANN@acme.example"}, "email", "user.email_taken"),
        ({"name": ""}, "name", "text.empty"),
        ({"home": ""}, "home", "user.home_required"),
        ({"home": "Atlantis"}, "home", "location.unknown"),
        ({"further": "Phoenix; Atlantis"}, "further", "location.unknown"),
        ({"phone": "12"}, "phone", "phone.invalid"),
        ({"technician": "maybe"}, "technician", "technician.invalid"),
        ({"roles": "Boss"}, "roles", "role.unknown"),
        ({"radius": "far"}, "radius", "radius.invalid"),
        ({"radius": "-1"}, "coverage_radius", "radius.invalid"),
        ({"latitude": "91", "longitude": "0"}, "latitude", "coordinates.invalid"),
        ({"state": "ZZ"}, "state", "state.unknown"),
        ({"zone": "Mars"}, None, "zone.unknown"),
        ({"beds": "12"}, None, "import.unknown_field"),
    ],
)
def test_a_refused_technician_is_told_and_the_others_go_in(given: dict[str, str], field: str | None, code: str) -> None:
    world = a_world()
    good = a_technician_line(3, external_id="T2", email="b@acme.example")

    view = technicians(world, a_technician_line(2, **given), good)

    assert view.created == 1
    assert told(view) == [(2, field, code)]


@pytest.mark.rule("CUS-26")
def test_two_lines_with_one_address_collide() -> None:
    world = a_world()

    view = technicians(world, a_technician_line(2), a_technician_line(3, external_id="T2"))

    assert view.created == 1
    assert told(view) == [(3, "email", "user.email_taken")]


@pytest.mark.rule("CUS-26", "ACC-25")
def test_bringing_in_technicians_needs_the_permission_to_make_users() -> None:
    world = a_world()

    with pytest.raises(Forbidden):
        technicians(world, a_technician_line(), by=world.actor((Permission.USERS, Action.VIEW)))


@pytest.mark.rule("CUS-26", "ACC-01")
def test_nobody_brings_in_who_may_do_more_than_they_may() -> None:
    world = a_world()

    view = technicians(world, a_technician_line(roles="Owner"), by=world.actor((Permission.USERS, Action.MODIFY)))

    assert [code for _, _, code in told(view)] == ["grants.not_held"]


@pytest.mark.rule("CUS-26")
def test_lines_become_appointments() -> None:
    world = a_world()

    view = appointments(
        world,
        a_visit_line(2),
        a_visit_line(3, external_id="V2", user="T-ann", start="2026-05-27T11:00:00-06:00", type="service"),
        a_visit_line(4, external_id="V3", customer="", customer_number="1", start="", date="2026-05-28", time="08:30"),
    )

    assert (view.created, view.refused) == (3, ())
    assert visits(world) == [("05-27 09:00", "Ann"), ("05-27 11:00", "Ann"), ("05-28 08:30", "Ann")]


@pytest.mark.rule("CUS-26", "APT-08")
def test_an_appointment_says_that_it_was_brought_in() -> None:
    world = a_world()

    appointments(world, a_visit_line(notes="gate 4", private_note="dog", public_note="Hello"))

    row = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items[0]
    kept = world.appointment(row.id)
    assert (kept.notes, kept.public_note) == ("gate 4", "Hello")
    assert kept.private_note is not None and kept.private_note.reveal() == "dog"
    assert kept.moments[0].source is Source.IMPORT
    assert kept.period.minutes == 60


@pytest.mark.rule("CUS-26")
def test_appointments_brought_in_twice_are_there_once_wherever_they_are_by_then() -> None:
    world = a_world()
    lines = a_visit_line(2), a_visit_line(3, external_id="V2", start="2026-05-27T11:00"), a_visit_line(4)
    first = appointments(world, *lines)
    rows = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items
    world.do(
        MoveAppointment(appointment=AppointmentId(rows[0].id), start=rows[0].start.replace(hour=15)), AppointmentView
    )
    world.do(CancelAppointment(appointment=AppointmentId(rows[1].id)), AppointmentView)

    second = appointments(world, *lines[:2], a_visit_line(4, start="2026-05-29T09:00"))

    assert (first.created, first.known) == (2, 1)
    assert (second.created, second.known, second.refused) == (0, 3, ())
    assert visits(world)[0] == ("05-27 15:00", "Ann")


@pytest.mark.rule("CUS-26")
def test_an_appointment_is_known_whoever_brought_it_in() -> None:
    world = a_world()
    appointments(world, a_visit_line())
    tech = Permission.TECH_SCHEDULER
    another = world.actor(*((tech, action) for action in tech.actions), user=world.sam.id)

    assert appointments(world, a_visit_line(), by=another).known == 1


@pytest.mark.rule("CUS-26", "SCH-06")
def test_a_line_that_collides_with_a_line_before_it_is_refused_and_can_be_brought_in_mended() -> None:
    world = a_world()

    view = appointments(world, a_visit_line(2), a_visit_line(3, external_id="V2", start="2026-05-27T09:30"))
    mended = appointments(world, a_visit_line(3, external_id="V2", start="2026-05-27T10:00"))

    assert told(view) == [(3, "start", "slot.taken")]
    assert "already booked from 09:00 to 10:00" in view.refused[0].sentence
    assert mended.created == 1


@pytest.mark.rule("CUS-26")
@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"external_id": ""}, "external_id", "import.external_id_required"),
        ({"external_id": "a\0b"}, "external_id", "text.invalid"),
        ({"external_id": "a" * 201}, "external_id", "text.too_long"),
        ({"customer": "C-9"}, "customer", "customer.unknown"),
        ({"customer": "C\0"}, "customer", "customer.unknown"),
        ({"customer": ""}, "customer_number", "customer.unknown"),
        ({"customer": "", "customer_number": "77"}, "customer_number", "customer.unknown"),
        ({"customer": "", "customer_number": "one"}, "customer_number", "customer.unknown"),
        ({"user": "nobody@acme.example"}, "user", "user.unknown"),
        ({"user": ""}, "user", "user.unknown"),
        ({"type": "Repair"}, "type", "type.unknown"),
        ({"type": ""}, "type", "type.unknown"),
        ({"sub_type": "Deep"}, "sub_type", "sub_type.unknown"),
        ({"kind": "sales"}, "type", "type.unknown"),
        ({"kind": "party"}, "kind", "kind.unknown"),
        ({"start": "tomorrow"}, "start", "start.invalid"),
        ({"start": ""}, "date", "start.invalid"),
        ({"start": "", "date": "2026-05-27"}, "date", "start.invalid"),
        ({"start": "2026-05-24T09:00"}, "start", "slot.past"),
        ({"start": "2026-05-27T03:00"}, "start", "slot.before_start_of_day"),
        ({"minutes": "45"}, "minutes", "duration.step"),
        ({"minutes": "an hour"}, "minutes", "minutes.invalid"),
        ({"mode": "everywhere"}, "mode", "mode.unknown"),
        ({"location": "Atlantis"}, "location", "location.unknown"),
        ({"notes": "x" * 2_041}, "notes", "text.too_long"),
        ({"beds": "12"}, None, "import.unknown_field"),
    ],
)
def test_a_refused_appointment_is_told_and_the_others_go_in(
    given: dict[str, str], field: str | None, code: str
) -> None:
    world = a_world()

    view = appointments(world, a_visit_line(2, **given), a_visit_line(3, external_id="V2", start="2026-05-28T09:00"))

    assert view.created == 1
    assert (2, field, code) in told(view)


@pytest.mark.rule("CUS-26", "SCH-17")
def test_a_mode_says_under_which_list_the_technician_was_chosen() -> None:
    world = a_world()
    far = a_visit_line(user="T-bob")
    world.bob = world.replace(world.bob, external_id="T-bob", start=Point(40.25, -111.66), coverage_radius=50_000.0)

    assert told(appointments(world, far)) == [(2, "user", "technician.other_location")]
    assert appointments(world, evolve(far, values={**far.values, "mode": ListMode.IN_COVERAGE_AREA.value})).created == 1


@pytest.mark.rule("CUS-26", "ACC-20")
def test_of_several_types_of_a_name_the_active_one_is_meant() -> None:
    world = a_world()
    old = a_type(name="Service", active=False)
    world.put(old)

    appointments(world, a_visit_line())

    row = world.ask(ListCustomerAppointments(customer=world.maria.id), AppointmentsView).items[0]
    assert world.appointment(row.id).type == world.service.id


@pytest.mark.rule("CUS-26")
def test_a_name_that_several_types_have_is_asked_by_kind_or_id() -> None:
    world = a_world()
    call = a_type(name="Service", kind=Kind.SALES, minutes=60)
    world.put(call)

    view = appointments(
        world, a_visit_line(2), a_visit_line(3, external_id="V2", kind="tech"), a_visit_line(4, type=str(call.id))
    )

    assert view.created == 1
    assert (2, "type", "type.unknown") in told(view)
    assert (4, "user", "user.not_eligible") in told(view)


@pytest.mark.rule("CUS-26")
def test_a_dry_run_of_appointments_tells_the_same_and_changes_nothing() -> None:
    world = a_world()
    lines = a_visit_line(2), a_visit_line(3, external_id="V2")

    preview = world.ops.preview(ImportAppointments(lines=lines), world.context(source=Source.IMPORT))

    assert visits(world) == []
    assert preview.receipt is not None
    assert preview.receipt.answer == appointments(world, *lines)


@pytest.mark.rule("CUS-26", "ACC-03")
def test_bringing_in_appointments_needs_the_permission_to_create_them() -> None:
    world = a_world()

    with pytest.raises(Forbidden):
        appointments(world, a_visit_line(), by=world.actor((Permission.TECH_SCHEDULER, Action.VIEW)))


@pytest.mark.rule("CUS-26", "SCH-07")
def test_a_visit_outside_the_working_hours_is_refused_where_the_company_asks_for_them() -> None:
    world = a_world()
    world.company = world.replace(
        world.company, settings=evolve(world.company.settings, working_hours_rule=WorkingHoursRule.HOURS)
    )

    assert told(appointments(world, a_visit_line(start="2026-05-27T19:00"))) == [(2, "start", "user.not_working")]
    assert appointments(world, a_visit_line(start="2026-05-27T16:00")).created == 1
