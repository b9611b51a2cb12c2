"""
Roles: who makes and changes them, and what can be granted through them.
"""

import pytest

from fieldops_core.access.messages import ChangeRole, CreateRole, ListRoles
from fieldops_core.access.model import EVERYTHING, Action, Actor, Grant, Grants, Permission, Role, RoleId
from fieldops_core.access.views import GrantView, RolesView, RoleView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.ids import LocationId
from fieldops_core.staff.messages import ChangeUser, CreateUser
from fieldops_core.staff.views import UserView
from fieldops_core.testing.builders import a_role, a_user
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
ROLES, USERS = (Permission.ROLES, MODIFY), (Permission.USERS, MODIFY)


def customers(*actions: Action, at: LocationId | None = None) -> Grants:
    return frozenset(Grant(Permission.CUSTOMERS, action, at) for action in actions)


def with_grants(actor: Actor, *more: Grants) -> Actor:
    return Actor(user=actor.user, home=actor.home, grants=actor.grants.union(*more))


def a_stored(world: World, role: Role) -> RoleId:
    world.put(role)
    return role.id


# --- who may (ACC-25) -------------------------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_roles_are_made_and_changed_with_roles_modify_in_the_whole_company() -> None:
    world = World()
    role = a_stored(world, a_role())
    wide, local, reader = (
        world.actor(ROLES),
        world.actor(ROLES, at=world.provo.id),
        world.actor((Permission.ROLES, VIEW)),
    )

    for command in (CreateRole(name="Dispatcher"), ChangeRole(role=role, name="Dispatch")):
        assert denial(world, command, reader) == "ACC-18"
        assert denial(world, command, local) == "ACC-25"
        assert world.do(command, RoleView, by=wide)


@pytest.mark.rule("ACC-25")
def test_roles_are_listed_with_roles_view_in_the_whole_company() -> None:
    world = World()
    reader, local = (world.actor((Permission.ROLES, VIEW), at=place) for place in (None, world.provo.id))

    assert hidden(world, ListRoles(), world.actor(ROLES)) == "ACC-18"
    assert hidden(world, ListRoles(), local) == "ACC-25"
    (owner,) = world.ask(ListRoles(), RolesView, by=reader).items
    assert (owner.name, owner.owner, len(owner.grants)) == ("Owner", True, len(EVERYTHING))


# --- nobody grants what they do not hold (ACC-01) ---------------------------------------------------


@pytest.mark.rule("ACC-01")
def test_a_role_is_made_of_grants_that_its_maker_holds() -> None:
    world = World()
    maker = with_grants(world.actor(ROLES), customers(VIEW))

    made = world.do(CreateRole(name="Reader", grants=customers(VIEW)), RoleView, by=maker)
    broken = refusal(world, CreateRole(name="Writer", grants=customers(VIEW, MODIFY, CREATE)), by=maker)

    assert made.grants == (GrantView(permission=Permission.CUSTOMERS, action=VIEW, at=None),)
    assert list(broken) == ["grants.not_held"]
    assert broken["grants.not_held"].facts == {"missing": "customers create, customers modify"}
    assert broken["grants.not_held"].field == "grants"


@pytest.mark.rule("ACC-01")
def test_who_holds_a_grant_at_one_location_grants_it_neither_elsewhere_nor_for_the_company() -> None:
    world = World()
    maker = with_grants(world.actor(ROLES), customers(VIEW, at=world.provo.id))

    for wider in (customers(VIEW), customers(VIEW, at=world.phoenix.id)):
        assert "grants.not_held" in refusal(world, CreateRole(name="Reader", grants=wider), by=maker)
    assert world.do(CreateRole(name="Reader", grants=customers(VIEW, at=world.provo.id)), RoleView, by=maker)


@pytest.mark.rule("ACC-01")
def test_who_holds_a_grant_for_the_company_grants_it_at_a_location() -> None:
    world = World()
    maker = with_grants(world.actor(ROLES), customers(VIEW))

    assert world.do(CreateRole(name="Reader", grants=customers(VIEW, at=world.phoenix.id)), RoleView, by=maker)


@pytest.mark.rule("ACC-01")
def test_what_is_added_to_a_role_must_be_held_and_what_is_left_out_need_not() -> None:
    world = World()
    role = a_stored(world, a_role(grants=customers(VIEW, CREATE)))
    maker = with_grants(world.actor(ROLES), customers(MODIFY))

    assert "grants.not_held" in refusal(
        world, ChangeRole(role=role, grants=customers(VIEW) | frozenset({Grant(Permission.LEADS, VIEW)})), by=maker
    )
    changed = world.do(ChangeRole(role=role, grants=customers(VIEW, MODIFY)), RoleView, by=maker)
    assert {grant.action for grant in changed.grants} == {VIEW, MODIFY}
    # What was taken away is not given back by who does not hold it.
    assert "grants.not_held" in refusal(world, ChangeRole(role=role, grants=customers(VIEW, CREATE)), by=maker)


@pytest.mark.rule("ACC-01")
def test_nobody_widens_a_grant_that_a_role_has_at_a_location() -> None:
    world = World()
    role = a_stored(world, a_role(grants=customers(VIEW, at=world.provo.id)))
    maker = with_grants(world.actor(ROLES), customers(VIEW, at=world.provo.id))

    assert "grants.not_held" in refusal(world, ChangeRole(role=role, grants=customers(VIEW)), by=maker)


@pytest.mark.rule("ACC-01")
def test_a_role_that_holds_more_than_one_holds_can_be_renamed() -> None:
    world = World()
    role = a_stored(world, a_role(grants=customers(VIEW)))

    assert world.do(ChangeRole(role=role, name="Clerk"), RoleView, by=world.actor(ROLES)).name == "Clerk"


@pytest.mark.rule("ACC-01")
def test_a_user_is_given_directly_only_what_the_giver_holds() -> None:
    world = World()
    giver = with_grants(world.actor(USERS), customers(VIEW))
    new = {"name": "Ned", "home": world.provo.id}

    refused = CreateUser(email="ned@example.com", grants=customers(VIEW, MODIFY), **new)  # type: ignore[arg-type]
    assert list(refusal(world, refused, by=giver)) == ["grants.not_held"]
    accepted = CreateUser(email="ned@example.com", grants=customers(VIEW), **new)  # type: ignore[arg-type]
    made = world.do(accepted, UserView, by=giver)
    change = ChangeUser(user=made.id, grants=customers(VIEW, MODIFY))  # type: ignore[arg-type]
    assert list(refusal(world, change, by=giver)) == ["grants.not_held"]
    assert world.do(change, UserView, by=with_grants(giver, customers(MODIFY))).version == 2


@pytest.mark.rule("ACC-01")
def test_a_user_is_given_a_role_only_by_who_holds_all_that_it_grants() -> None:
    world = World()
    role = a_stored(world, a_role(grants=customers(VIEW, MODIFY)))
    giver = with_grants(world.actor(USERS), customers(VIEW))
    create = CreateUser(name="Ned", email="ned@example.com", home=world.provo.id, roles=(role,))
    change = ChangeUser(user=world.ann.id, roles=(role,))

    for command in (create, change):
        assert list(refusal(world, command, by=giver)) == ["grants.not_held"]
        assert world.do(command, UserView, by=with_grants(giver, customers(MODIFY))).roles == (role,)


@pytest.mark.rule("ACC-01")
def test_only_who_holds_everything_makes_an_owner() -> None:
    world = World()
    change = ChangeUser(user=world.ann.id, roles=(world.owner_role.id,))
    nearly = Actor(user=world.sam.id, grants=EVERYTHING - customers(VIEW))

    assert list(refusal(world, change, by=nearly)) == ["grants.not_held"]
    assert refusal(world, change, by=nearly)["grants.not_held"].facts == {"missing": "customers view"}
    assert world.do(change, UserView).roles == (world.owner_role.id,)


@pytest.mark.rule("ACC-01")
def test_nobody_gives_themselves_more_than_they_hold() -> None:
    world = World()
    ann = world.actor(USERS)

    for change in (
        ChangeUser(user=world.ann.id, grants=EVERYTHING),
        ChangeUser(user=world.ann.id, roles=(world.owner_role.id,)),
    ):
        assert list(refusal(world, change, by=ann)) == ["grants.not_held"]


@pytest.mark.rule("ACC-01")
def test_who_holds_less_than_a_user_changes_the_rest_of_that_user() -> None:
    world = World()
    rich = a_user(home=world.provo.id, grants=customers(VIEW))
    world.put(rich)

    changed = world.do(ChangeUser(user=rich.id, name="Rich", grants=customers(VIEW)), UserView, by=world.actor(USERS))

    assert changed.name == "Rich"


@pytest.mark.rule("ACC-01")
def test_bringing_back_a_deactivated_user_gives_them_all_that_they_hold() -> None:
    world = World()
    gone = a_user(home=world.provo.id, active=False, grants=customers(VIEW))
    world.put(gone)
    giver = world.actor(USERS)
    back = ChangeUser(user=gone.id, active=True)

    assert list(refusal(world, back, by=giver)) == ["grants.not_held"]
    assert world.do(ChangeUser(user=gone.id, name="Gil"), UserView, by=giver).active is False
    assert world.do(back, UserView, by=with_grants(giver, customers(VIEW))).active is True


# --- the owner role (ACC-01) ------------------------------------------------------------------------


@pytest.mark.rule("ACC-01")
@pytest.mark.parametrize("grants", [frozenset(), EVERYTHING, customers(VIEW)])
def test_the_grants_of_the_owner_role_cannot_be_changed(grants: Grants) -> None:
    world = World()

    broken = refusal(world, ChangeRole(role=world.owner_role.id, grants=grants))

    assert (broken["role.owner_fixed"].field, broken["role.owner_fixed"].facts) == ("grants", {"role": "Owner"})


@pytest.mark.rule("ACC-01")
def test_the_owner_role_can_be_renamed_and_stays_the_owner_role() -> None:
    world = World()

    renamed = world.do(ChangeRole(role=world.owner_role.id, name="Boss"), RoleView)

    assert (renamed.name, renamed.owner, len(renamed.grants)) == ("Boss", True, len(EVERYTHING))


# --- values and references --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"), [("", "text.empty"), ("  ", "text.empty"), ("a" * 201, "text.too_long"), ("a\0b", "text.invalid")]
)
def test_a_role_has_a_name(name: str, code: str) -> None:
    world = World()
    role = a_stored(world, a_role())

    for command in (CreateRole(name=name), ChangeRole(role=role, name=name)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, "name")


@pytest.mark.rule("ACC-01", "SEC-01")
def test_nothing_is_granted_at_a_location_that_the_company_does_not_have() -> None:
    world, other = World(), World()
    role = a_stored(world, a_role())
    elsewhere = customers(VIEW, at=other.provo.id)

    for command in (CreateRole(name="Reader", grants=elsewhere), ChangeRole(role=role, grants=elsewhere)):
        with pytest.raises(NotFound):
            world.execute(command)


@pytest.mark.rule("STO-04")
def test_a_role_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    role = a_stored(world, a_role())
    world.execute(ChangeRole(role=role, name="One"), expected_version=1)

    with pytest.raises(Stale) as stale:
        world.execute(ChangeRole(role=role, name="Two"), expected_version=1)

    assert (stale.value.kind, stale.value.expected, stale.value.actual) == ("role", 1, 2)


@pytest.mark.rule("SEC-01")
def test_a_role_of_another_company_is_not_there() -> None:
    world, other = World(), World()

    with pytest.raises(NotFound):
        world.execute(ChangeRole(role=other.owner_role.id, name="Mine"))
