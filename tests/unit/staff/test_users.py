"""
Users: what they consist of, who may make and change them, and that an owner remains.
"""

from uuid import UUID

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Grant, Permission
from fieldops_core.access.rules import OwnerChange, an_owner_remains
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.scheduling.messages import ListTechnicians
from fieldops_core.scheduling.views import TechniciansView
from fieldops_core.staff.messages import ChangeUser, CreateUser, ListUsers, ShowUser
from fieldops_core.staff.views import UsersView, UserView
from fieldops_core.testing.builders import PROVO, PROVO_ADDRESS, a_location, a_role, a_user, fresh
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY


def new(world: World, **given: object) -> CreateUser:
    command = CreateUser(name="Ned", email="ned@example.com", home=world.provo.id)
    return evolve(command, **given)  # type: ignore[arg-type]


def change(user: UserId, **given: object) -> ChangeUser:
    return evolve(ChangeUser(user=user), **given)  # type: ignore[arg-type]


def both(world: World, **given: object) -> tuple[CreateUser, ChangeUser]:
    """
    The same values for a new user and for Ann.
    """
    return new(world, **given), change(world.ann.id, **given)


# --- who may (ACC-25) -------------------------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_users_are_made_and_changed_with_users_modify_in_the_whole_company() -> None:
    world = World()
    wide, local = (world.actor((Permission.USERS, MODIFY), at=place) for place in (None, world.provo.id))

    for command in both(world, name="Nell"):
        assert denial(world, command, world.actor((Permission.USERS, VIEW))) == "ACC-18"
        assert denial(world, command, local) == "ACC-25"
        assert world.do(command, UserView, by=wide).name == "Nell"


@pytest.mark.rule("ACC-25")
def test_users_are_seen_with_users_view_in_the_whole_company() -> None:
    world = World()
    wide, local = (world.actor((Permission.USERS, VIEW), at=place) for place in (None, world.provo.id))

    for question in (ShowUser(user=world.bob.id), ListUsers()):
        assert hidden(world, question, world.actor((Permission.USERS, MODIFY))) == "ACC-18"
        assert hidden(world, question, local) == "ACC-25"
    assert world.ask(ShowUser(user=world.bob.id), UserView, by=wide).name == "Bob"
    assert len(world.ask(ListUsers(), UsersView, by=wide).items) == 5


# --- what a user consists of (ACC-23) ---------------------------------------------------------------


@pytest.mark.rule("ACC-23")
def test_a_user_has_all_that_was_told_of_them() -> None:
    world = World()
    role, grant = a_role(), Grant(Permission.LEADS, VIEW, world.phoenix.id)
    world.put(role)

    made = world.do(
        CreateUser(
            name=" Ned Nye ",
            email="Ned.Nye@Example.COM",
            phone="(801) 555-0199",
            language="es",
            zone="America/New_York",
            home=world.provo.id,
            further=(world.phoenix.id,),
            reports_to=world.boss.id,
            technician=True,
            sales_rep=True,
            program_types=(world.lesson.id,),
            start_address=PROVO_ADDRESS,
            start=PROVO,
            coverage_radius=1_000.5,
            weekly=WeeklyHours.every("07:00", "15:00"),
            roles=(role.id,),
            grants=frozenset({grant}),
            external_id="E-7",
        ),
        UserView,
    )
    shown = world.ask(ShowUser(user=UserId(made.id)), UserView)

    assert shown == made
    assert (made.name, made.email, made.phone, made.language) == (
        "Ned Nye",
        "Ned.Nye@example.com",
        "+18015550199",
        "es",
    )
    assert (made.zone, made.active, made.home) == ("America/New_York", True, world.provo.id)
    assert (made.further, made.reports_to) == ((world.phoenix.id,), world.boss.id)
    assert (made.technician, made.sales_rep, made.program_types) == (True, True, (world.lesson.id,))
    assert (made.start_address.city, made.start_coordinates, made.coverage_radius) == ("Provo", PROVO, 1_000.5)
    assert [[(each.start, each.end) for each in day] for day in made.working_hours.weekly] == [
        *[[("07:00", "15:00")]] * 5,
        [],
        [],
    ]
    assert made.roles == (role.id,)
    assert [(each.permission, each.action, each.at) for each in made.grants] == [
        (Permission.LEADS, VIEW, world.phoenix.id)
    ]
    assert (made.external_id, made.version) == ("E-7", 1)


@pytest.mark.rule("ACC-23")
def test_a_new_user_of_whom_little_is_told_is_active_and_can_be_assigned_nothing() -> None:
    world = World()

    made = world.do(new(world), UserView)

    assert (made.active, made.technician, made.sales_rep, made.program_types) == (True, False, False, ())
    assert (made.phone, made.language, made.zone, made.further, made.reports_to) == (None, "en", None, (), None)
    assert (made.start_coordinates, made.coverage_radius, made.roles, made.grants) == (None, 0.0, (), ())


@pytest.mark.rule("ACC-23")
def test_a_change_touches_only_what_it_says() -> None:
    world = World()
    before = world.ask(ShowUser(user=world.ann.id), UserView)

    after = world.do(change(world.ann.id, phone="+18015550123"), UserView)

    assert evolve(after, phone=None, version=1) == before


@pytest.mark.rule("ACC-23")
def test_what_may_be_empty_can_be_emptied_again() -> None:
    world = World()
    world.execute(
        change(world.ann.id, phone="801 555 0123", zone="Asia/Tokyo", external_id="7", reports_to=world.boss.id)
    )

    bare = world.do(
        change(world.ann.id, phone=None, zone=None, external_id=None, reports_to=None, start=None), UserView
    )

    assert (bare.phone, bare.zone, bare.external_id, bare.reports_to, bare.start_coordinates) == (None,) * 5


@pytest.mark.rule("CUS-03")
def test_a_telephone_number_is_read_in_the_country_of_the_home_location() -> None:
    world = World()
    toronto = a_location(name="Toronto", zone="America/Toronto", address=Address(state="ON"))
    paris = a_location(name="Nowhere", zone="Europe/Paris", address=Address())
    world.put(toronto, paris)

    for home in (toronto.id, paris.id):
        made = world.do(new(world, email=f"{home}@example.com", home=home, phone="416 555 0123"), UserView)
        assert made.phone == "+14165550123"


@pytest.mark.rule("ACC-23", "SCH-12")
def test_a_technician_is_of_a_location_at_home_or_further() -> None:
    world = World()
    mode = ListMode.IN_OFFICE_LOCATION

    def listed() -> set[str]:
        view = world.ask(ListTechnicians(customer=world.maria.id, mode=mode), TechniciansView)
        return {item.user.name for item in view.items if item.valid}

    assert listed() == {"Ann"}
    world.execute(change(world.bob.id, further=(world.provo.id,)))
    assert listed() == {"Ann", "Bob"}
    world.execute(change(world.ann.id, home=world.phoenix.id))
    assert listed() == {"Bob"}


# --- external ids (CUS-02) --------------------------------------------------------------------------


@pytest.mark.rule("CUS-02")
def test_an_external_id_is_one_users_alone() -> None:
    world = World()
    world.execute(new(world, email="first@example.com", external_id="T-1"))

    for command in both(world, external_id="T-1"):
        broken = refusal(world, command)["user.external_id_taken"]
        assert (broken.field, broken.rule, broken.facts) == ("external_id", "CUS-02", {"external_id": "T-1"})
    for command in both(world, external_id="T-2"):
        assert world.do(evolve(command, external_id=f"T-{type(command).__name__}"), UserView)


@pytest.mark.rule("CUS-02")
def test_a_user_keeps_their_own_external_id() -> None:
    world = World()
    made = world.do(new(world, external_id="T-1"), UserView)

    changed = world.do(change(UserId(made.id), external_id="T-1", name="N"), UserView)

    assert (changed.external_id, changed.name) == ("T-1", "N")


# --- the login (ACC-23) -----------------------------------------------------------------------------


@pytest.mark.rule("ACC-23")
@pytest.mark.parametrize("taken", ["zoë@example.com", "ZOË@example.com", "Zoë@EXAMPLE.com", " zoë@example.com "])
def test_the_login_is_unique_in_the_company_whatever_the_case_of_its_letters(taken: str) -> None:
    world = World()
    world.execute(new(world, email="Zoë@example.com"))

    for command in both(world, email=taken):
        broken = refusal(world, command)["user.email_taken"]
        assert (broken.field, broken.rule) == ("email", "ACC-23")
        assert str(broken.facts["email"]).lower() == "zoë@example.com"


@pytest.mark.rule("ACC-23")
def test_a_user_keeps_their_own_login_and_changes_the_case_of_its_letters() -> None:
    world = World()
    made = world.do(new(world), UserView)

    assert world.do(change(UserId(made.id), email="NED@example.com", name="N"), UserView).email == "NED@example.com"


@pytest.mark.rule("ACC-23", "SEC-01")
def test_another_company_has_logins_of_its_own() -> None:
    world = World()
    other = World(storage=world.storage)
    world.execute(new(world))

    assert other.do(new(other), UserView).email == "ned@example.com"


@pytest.mark.rule("ACC-23")
def test_the_login_of_a_deactivated_user_stays_taken() -> None:
    world = World()
    made = world.do(new(world), UserView)
    world.execute(change(UserId(made.id), active=False))

    assert "user.email_taken" in refusal(world, new(world))


# --- references of another company (ACC-23) ---------------------------------------------------------


@pytest.mark.rule("ACC-23", "SEC-01")
@pytest.mark.parametrize("field", ["home", "further", "reports_to", "program_types", "roles", "grants"])
def test_what_a_user_refers_to_is_the_same_companys(field: str) -> None:
    world, other = World(), World()
    strangers: dict[str, tuple[UUID, object]] = {
        "home": (other.provo.id, other.provo.id),
        "further": (other.provo.id, (world.phoenix.id, other.provo.id)),
        "reports_to": (other.boss.id, other.boss.id),
        "program_types": (other.lesson.id, (other.lesson.id,)),
        "roles": (other.owner_role.id, (other.owner_role.id,)),
        "grants": (other.provo.id, frozenset({Grant(Permission.LEADS, VIEW, other.provo.id)})),
    }
    stranger, value = strangers[field]

    for command in both(world, **{field: value}):
        assert refusal(world, command)["user.unknown_reference"].facts == {"ids": str(stranger)}


@pytest.mark.rule("ACC-23")
def test_an_unknown_home_is_refused_with_a_telephone_number_too() -> None:
    world = World()

    for command in both(world, home=LocationId(world.ids()), phone="801 555 0123"):
        assert list(refusal(world, command)) == ["user.unknown_reference"]


@pytest.mark.rule("ACC-23")
def test_everything_that_is_wrong_with_a_user_is_told_together() -> None:
    world = World()
    taken = world.boss.email.address

    for command in both(world, email=taken, reports_to=UserId(world.ids())):
        assert set(refusal(world, command)) == {"user.email_taken", "user.unknown_reference"}


@pytest.mark.rule("SEC-01")
def test_a_user_of_another_company_is_not_there() -> None:
    world, other = World(), World()

    with pytest.raises(NotFound):
        world.execute(change(other.ann.id, name="Mine"))
    with pytest.raises(NotFound):
        world.ask(ShowUser(user=other.ann.id), UserView)


# --- single values ----------------------------------------------------------------------------------

BAD: dict[str, list[tuple[object, str]]] = {
    "name": [("", "text.empty"), ("x" * 201, "text.too_long"), ("a\0b", "text.invalid"), ("\udfff", "text.invalid")],
    "email": [
        ("", "email.invalid"),
        ("ned", "email.invalid"),
        ("ned@home", "email.invalid"),
        ("a\0b@example.com", "text.invalid"),
        ("\ud800@example.com", "text.invalid"),
        (f"{'a' * 250}@example.com", "text.too_long"),
    ],
    "phone": [("", "phone.invalid"), ("12", "phone.invalid"), ("\0", "phone.invalid"), ("\ud800", "phone.invalid")],
    "language": [("x" * 36, "text.too_long"), ("\0", "text.invalid"), ("\ud800", "text.invalid")],
    "zone": [
        ("", "zone.unknown"),
        ("Mars/Olympus", "zone.unknown"),
        ("America", "zone.unknown"),
        ("../etc/passwd", "zone.unknown"),
        ("/etc/passwd", "zone.unknown"),
        ("a\0b", "zone.unknown"),
        ("\ud800", "zone.unknown"),
        ("x" * 10_000, "zone.unknown"),
    ],
    "coverage_radius": [
        (-1.0, "radius.invalid"),
        (float("nan"), "radius.invalid"),
        (float("inf"), "radius.invalid"),
        (10**400, "radius.invalid"),
        (20_040_000.5, "radius.invalid"),
    ],
    "external_id": [
        ("", "text.empty"),
        ("x" * 201, "text.too_long"),
        ("a\0b", "text.invalid"),
        ("\ud800", "text.invalid"),
    ],
}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [pytest.param(field, *case, id=f"{field}-{i}") for field, cases in BAD.items() for i, case in enumerate(cases)],
)
def test_a_value_that_cannot_be_is_refused(field: str, value: object, code: str) -> None:
    world = World()

    for command in both(world, **{field: value}):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert refused.value.code == code


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (-90.1, 0), (0, 180.1), (float("nan"), 0)])
def test_a_start_location_lies_on_earth(latitude: float, longitude: float) -> None:
    with pytest.raises(InvalidValue) as refused:
        Point(latitude, longitude)

    assert refused.value.code == "coordinates.invalid"


@pytest.mark.parametrize("radius", [0.0, 20_040_000.0])
def test_a_radius_lies_between_nothing_and_half_the_way_around_the_earth(radius: float) -> None:
    world = World()

    assert world.do(new(world, coverage_radius=radius), UserView).coverage_radius == radius


# --- an owner remains (ACC-01) ----------------------------------------------------------------------


@pytest.mark.rule("ACC-01")
@pytest.mark.parametrize("leaving", [{"active": False}, {"roles": ()}, {"active": False, "roles": ()}], ids=str)
def test_the_last_active_owner_is_neither_deactivated_nor_deprived_of_the_role(leaving: dict[str, object]) -> None:
    world = World()
    gone = a_user(home=world.provo.id, active=False, roles=(world.owner_role.id,))
    world.put(gone)

    broken = refusal(world, change(world.boss.id, **leaving))

    assert broken["owner.last"].facts == {"owners": [str(world.boss.id)]}
    assert world.ask(ShowUser(user=world.boss.id), UserView).version == 1


@pytest.mark.rule("ACC-01")
@pytest.mark.parametrize("leaving", [{"active": False}, {"roles": ()}], ids=str)
def test_an_owner_leaves_while_another_active_one_remains(leaving: dict[str, object]) -> None:
    world = World()
    world.put(a_user(home=world.provo.id, roles=(world.owner_role.id,)))

    assert world.do(change(world.boss.id, **leaving), UserView).version == 2


@pytest.mark.rule("ACC-01")
def test_where_there_was_no_owner_none_is_lost() -> None:
    ann, bob = UserId(fresh()), UserId(fresh())

    assert an_owner_remains(OwnerChange(before=frozenset(), after=frozenset())) is None
    assert an_owner_remains(OwnerChange(before=frozenset({ann}), after=frozenset({bob}))) is None
    assert an_owner_remains(OwnerChange(before=frozenset({ann}), after=frozenset())) is not None


@pytest.mark.rule("ACC-01")
def test_of_two_owners_who_leave_one_after_the_other_the_second_is_refused() -> None:
    world = World()
    second = a_user(home=world.provo.id, roles=(world.owner_role.id,))
    world.put(second)
    world.execute(change(second.id, active=False))

    assert list(refusal(world, change(world.boss.id, active=False))) == ["owner.last"]


@pytest.mark.rule("ACC-01")
def test_the_last_owner_is_changed_in_all_other_ways() -> None:
    world = World()
    role = a_role()
    world.put(role)

    changed = world.do(
        change(world.boss.id, name="Olga II", home=world.phoenix.id, roles=(world.owner_role.id, role.id)), UserView
    )

    assert (changed.name, changed.active) == ("Olga II", True)


@pytest.mark.rule("ACC-01")
def test_who_is_no_owner_is_deactivated_and_deprived_of_roles() -> None:
    world = World()

    assert world.do(change(world.ann.id, active=False, roles=()), UserView).active is False


@pytest.mark.rule("ACC-01")
def test_a_deactivated_owner_loses_the_role_without_a_word() -> None:
    world = World()
    gone = a_user(home=world.provo.id, active=False, roles=(world.owner_role.id,))
    world.put(gone)

    assert world.do(change(gone.id, roles=()), UserView).roles == ()


# --- versions and lists -----------------------------------------------------------------------------


@pytest.mark.rule("STO-04")
def test_a_user_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    world.execute(change(world.ann.id, name="Anna"), expected_version=1)

    with pytest.raises(Stale):
        world.execute(change(world.ann.id, name="Anne"), expected_version=1)

    assert world.ask(ShowUser(user=world.ann.id), UserView).name == "Anna"


def test_a_change_that_changes_nothing_keeps_the_version() -> None:
    world = World()

    assert world.do(change(world.ann.id, name="Ann"), UserView).version == 1


@pytest.mark.rule("API-04")
def test_users_come_in_pages_in_the_order_of_their_ids() -> None:
    world = World()
    all_of_them = [user.id for user in (world.boss, world.ann, world.bob, world.sam, world.pia)]

    first = world.ask(ListUsers(limit=3), UsersView)
    second = world.ask(ListUsers(limit=3, after=UserId(UUID(first.next))), UsersView)
    exact = world.ask(ListUsers(limit=5), UsersView)

    assert [user.id for user in (*first.items, *second.items)] == all_of_them
    assert (first.next, second.next, exact.next) == (str(world.bob.id), None, None)


@pytest.mark.rule("ACC-23")
def test_users_are_listed_by_location_at_home_or_further_and_by_whether_they_are_active() -> None:
    world = World()
    world.execute(change(world.ann.id, further=(world.phoenix.id,)))
    world.execute(change(world.pia.id, active=False))

    def names(**asked: object) -> list[str]:
        question = evolve(ListUsers(), **asked)  # type: ignore[arg-type]
        return [user.name for user in world.ask(question, UsersView).items]

    assert names(location=world.phoenix.id) == ["Ann", "Bob"]
    assert names(active=False) == ["Pia"]
    assert names(active=True, location=world.provo.id) == ["Olga", "Ann", "Sam"]
    assert names(location=LocationId(world.ids())) == []
