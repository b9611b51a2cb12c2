"""
A new company, with its first location, its owner role and its first owner.
"""

import pytest
from attrs import evolve

from fieldops_core.access.context import Context
from fieldops_core.access.messages import ListRoles
from fieldops_core.access.model import EVERYTHING, SYSTEM
from fieldops_core.access.views import RolesView
from fieldops_core.company.messages import FoundCompany, ListLocations, ShowSettings
from fieldops_core.company.views import CompanyView, LocationsView, SettingsView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import InvalidValue, NotFound, Unavailable
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.kernel.rules import Refused
from fieldops_core.staff.messages import CreateUser, ShowUser
from fieldops_core.staff.views import UserView
from fieldops_core.testing.builders import fresh
from tests.support.world import World, denial, refusal

ACME = FoundCompany(
    slug="acme",
    name="Acme",
    location="Provo",
    zone="America/Denver",
    owner_name="Olga",
    owner_email="olga@example.com",
)


def found(world: World, command: FoundCompany = ACME) -> tuple[Context, CompanyView]:
    context = Context(company=CompanyId(fresh()), actor=SYSTEM, source=Source.SYSTEM)
    view = world.ops.execute(command, context).answer
    assert isinstance(view, CompanyView)
    return context, view


@pytest.mark.rule("ACC-01")
def test_a_company_begins_with_a_location_and_an_active_owner_who_holds_everything() -> None:
    world = World()

    context, acme = found(world)

    locations = world.ops.ask(ListLocations(), context)
    assert isinstance(locations, LocationsView)
    assert [(each.id, each.name, each.zone) for each in locations.items] == [(acme.location, "Provo", "America/Denver")]
    roles = world.ops.ask(ListRoles(), context)
    assert isinstance(roles, RolesView)
    (role,) = roles.items
    assert (role.id, role.owner, len(role.grants)) == (acme.owner_role, True, len(EVERYTHING))
    owner = world.ops.ask(ShowUser(user=UserId(acme.owner)), context)
    assert isinstance(owner, UserView)
    assert (owner.name, owner.email, owner.home, owner.active) == ("Olga", "olga@example.com", acme.location, True)
    assert owner.roles == (acme.owner_role,)


@pytest.mark.rule("SCH-21")
def test_the_first_owner_has_the_default_pattern() -> None:
    world = World()
    context, acme = found(world)

    owner, settings = world.ops.ask(ShowUser(user=UserId(acme.owner)), context), world.ops.ask(ShowSettings(), context)

    assert isinstance(owner, UserView)
    assert isinstance(settings, SettingsView)
    assert owner.working_hours.weekly == settings.default_working_hours


@pytest.mark.rule("ACC-18")
def test_only_the_system_founds_companies() -> None:
    world = World()

    assert denial(world, ACME, world.owner) == "ACC-18"
    assert world.storage.company_named("acme") is None


@pytest.mark.rule("API-01")
def test_the_short_name_of_a_company_is_its_own() -> None:
    world = World()
    found(world)

    with pytest.raises(Refused) as refused:
        found(world)

    (broken,) = refused.value.violations
    assert (broken.code, broken.field, broken.facts) == ("company.slug_taken", "slug", {"slug": "acme"})
    _, other = found(world, evolve(ACME, slug="acme-2"))
    assert other.slug == "acme-2"


def test_a_company_is_founded_once() -> None:
    world = World()
    context, _ = found(world)

    with pytest.raises(Unavailable):
        world.ops.execute(evolve(ACME, slug="again"), context)

    assert world.storage.company_named("again") is None


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("slug", "", "slug.invalid"),
        ("slug", "Acme", "slug.invalid"),
        ("slug", "-acme", "slug.invalid"),
        ("slug", "acme-", "slug.invalid"),
        ("slug", "a/b", "slug.invalid"),
        ("slug", "acme\n", "slug.invalid"),
        ("slug", "a" * 41, "slug.invalid"),
        ("slug", "\ud800", "slug.invalid"),
        ("name", " ", "text.empty"),
        ("name", "a\0b", "text.invalid"),
        ("location", "", "text.empty"),
        ("zone", "Mars", "zone.unknown"),
        ("owner_name", "", "text.empty"),
        ("owner_email", "olga", "email.invalid"),
    ],
)
def test_a_company_that_cannot_be_is_not_founded(field: str, value: str, code: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        found(world, evolve(ACME, **{field: value}))

    assert refused.value.code == code
    assert world.storage.company_named("acme") is None


@pytest.mark.parametrize("slug", ["a", "7", "a" * 40, "acme-of-provo"])
def test_a_short_name_has_letters_digits_and_hyphens(slug: str) -> None:
    assert found(World(), evolve(ACME, slug=slug))[1].slug == slug


@pytest.mark.rule("SEC-01")
def test_nothing_of_one_company_is_seen_in_another() -> None:
    world = World()
    context, acme = found(world)

    with pytest.raises(NotFound):
        world.ask(ShowUser(user=UserId(acme.owner)), UserView)
    with pytest.raises(NotFound):
        world.ops.ask(ShowUser(user=world.ann.id), context)


@pytest.mark.rule("EVT-01")
def test_the_founding_tells_of_everything_that_it_made() -> None:
    world = World()
    _, acme = found(world)

    due = world.storage.claim(100, now=world.clock(), lease_seconds=60)

    assert {(type(each.event).__name__, each.event.aggregate_id) for each in due} == {
        ("CompanyFounded", acme.id),
        ("LocationCreated", acme.location),
        ("RoleCreated", acme.owner_role),
        ("UserCreated", acme.owner),
    }


@pytest.mark.rule("ACC-23")
def test_the_first_owner_has_their_login_to_themselves() -> None:
    world = World()
    context, acme = found(world)
    context = evolve(context, actor=evolve(world.owner, user=UserId(acme.owner)))
    again = CreateUser(name="Otto", email="OLGA@example.com", home=world.provo.id)

    with pytest.raises(Refused) as refused:
        world.ops.execute(again, context)

    assert "user.email_taken" in {each.code for each in refused.value.violations}
    assert "user.email_taken" not in refusal(world, evolve(again, home=world.provo.id, reports_to=UserId(fresh())))
