"""
Locations: who changes them, who sees them, and what they can be.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import ChangeLocation, CreateLocation, ListLocations, ShowLocation
from fieldops_core.company.views import LocationsView, LocationView
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import Point
from tests.support.world import OREM, World, denial

MODIFY = (Permission.SETTINGS, Action.MODIFY)
OREM_ADDRESS = Address(line1="1 Main", city="Orem", state="ut", postal_code=PostalCode("84057"))


def new(**given: object) -> CreateLocation:
    return evolve(CreateLocation(name="Orem", zone="America/Denver"), **given)  # type: ignore[arg-type]


def change(world: World, **given: object) -> ChangeLocation:
    return evolve(ChangeLocation(location=world.provo.id), **given)  # type: ignore[arg-type]


@pytest.mark.rule("ACC-25")
def test_locations_are_made_and_changed_with_settings_modify_in_the_whole_company() -> None:
    world = World()

    for command in (new(), change(world, name="Orem")):
        assert denial(world, command, world.actor((Permission.SETTINGS, Action.VIEW))) == "ACC-18"
        assert denial(world, command, world.actor(MODIFY, at=world.provo.id)) == "ACC-25"
        assert world.do(command, LocationView, by=world.actor(MODIFY)).name == "Orem"


@pytest.mark.rule("ACC-18")
def test_every_user_sees_the_locations_of_the_company() -> None:
    world, nobody = World(), World().actor()

    view = world.ask(ListLocations(), LocationsView, by=nobody)

    assert ([each.name for each in view.items], view.next) == (["Provo", "Phoenix"], None)
    assert world.ask(ShowLocation(location=world.provo.id), LocationView, by=nobody) == view.items[0]


def test_a_location_has_all_that_was_told_of_it() -> None:
    world = World()

    made = world.do(new(name=" Orem ", address=OREM_ADDRESS, point=OREM, tech_minutes=90), LocationView)

    assert (made.name, made.zone, made.coordinates, made.tech_minutes) == ("Orem", "America/Denver", OREM, 90)
    assert (made.address.city, made.address.state, made.address.postal_code) == ("Orem", "UT", "84057")
    assert (made.active, made.version) == (True, 1)


def test_a_change_touches_only_what_it_says() -> None:
    world = World()
    before = world.ask(ShowLocation(location=world.provo.id), LocationView)

    renamed = world.do(change(world, name="Provo South"), LocationView)
    bare = world.do(change(world, point=None, tech_minutes=None, address=Address()), LocationView)

    assert renamed == evolve(before, name="Provo South", version=2)
    assert (bare.name, bare.coordinates, bare.tech_minutes, bare.address.city) == ("Provo South", None, None, "")


@pytest.mark.rule("ACC-19", "APT-21")
@pytest.mark.parametrize("minutes", [30, 90, 24 * 60])
def test_the_default_duration_of_tech_appointments_is_a_multiple_of_half_an_hour(minutes: int) -> None:
    world = World()

    assert world.do(change(world, tech_minutes=minutes), LocationView).tech_minutes == minutes


@pytest.mark.rule("ACC-19", "APT-21")
@pytest.mark.parametrize("minutes", [0, -30, 15, 45, 24 * 60 + 30, 10**400 * 30])
def test_another_default_duration_of_tech_appointments_is_refused(minutes: int) -> None:
    world = World()

    for command in (new(tech_minutes=minutes), change(world, tech_minutes=minutes)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == ("duration.step", "minutes")


@pytest.mark.parametrize("zone", ["", "Mars", "America", "../etc/passwd", "a\0b", "\ud800", "x" * 10_000])
def test_a_location_lies_in_a_known_zone(zone: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(new(zone=zone))

    assert refused.value.code == "zone.unknown"


@pytest.mark.parametrize(("name", "code"), [("", "text.empty"), ("x" * 201, "text.too_long"), ("\0", "text.invalid")])
def test_a_location_has_a_name(name: str, code: str) -> None:
    world = World()

    for command in (new(name=name), change(world, name=name)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "name")


def test_a_location_lies_on_earth() -> None:
    with pytest.raises(InvalidValue) as refused:
        Point(91, 0)

    assert (refused.value.code, refused.value.field) == ("coordinates.invalid", "latitude")


@pytest.mark.rule("STO-04")
def test_a_location_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(change(world, name="A"), expected_version=1)

    with pytest.raises(Stale):
        world.execute(change(world, name="B"), expected_version=1)


@pytest.mark.rule("SEC-01")
def test_a_location_of_another_company_is_not_there() -> None:
    world, other = World(), World()

    with pytest.raises(NotFound):
        world.execute(change(other, name="Mine"))
    with pytest.raises(NotFound):
        world.ask(ShowLocation(location=other.provo.id), LocationView)
