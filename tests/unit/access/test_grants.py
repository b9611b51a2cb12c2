"""
What can be granted, and what a set of grants allows where.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import (
    EVERYTHING,
    SYSTEM,
    Action,
    Actor,
    Grant,
    Grants,
    Permission,
    covers,
    effective,
    narrowed,
)
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId
from fieldops_core.testing.builders import a_role, fresh

VIEW, CREATE, MODIFY = Action.VIEW, Action.CREATE, Action.MODIFY
PROVO, PHOENIX = LocationId(fresh()), LocationId(fresh())
PLACES = (None, PROVO, PHOENIX)

APPOINTMENTS = {
    "tech_scheduler": {VIEW, CREATE, MODIFY},
    "sales_scheduler": {VIEW, CREATE, MODIFY},
    "personal_appointments": {VIEW, CREATE, MODIFY},
    "program_scheduler": {VIEW, CREATE, MODIFY},
    "tech_scheduler_leads": {VIEW},
    "tech_schedule": {VIEW},
    "sales_schedule": {VIEW},
    "program_schedule": {VIEW},
}
RECORDS = {
    "customers": {VIEW, CREATE, MODIFY},
    "leads": {VIEW, CREATE, MODIFY},
    "archive_customer": {MODIFY},
    "unarchive_customer": {MODIFY},
    "delete_customer": {MODIFY},
    "delete_lead": {MODIFY},
    "contact_information": {MODIFY},
    "lead_admin": {MODIFY},
}
CONFIDENTIAL = {
    **{name: {VIEW} for name in ("ssn", "birthdate", "confirmation_number", "receiver_number", "abort_code")},
    "sale_information": {VIEW, MODIFY},
    "installation_information": {VIEW, MODIFY},
}
BELONGINGS = {
    name: {VIEW, CREATE, MODIFY} for name in ("notes", "tickets", "contacts", "at_risk", "files", "credit")
} | {"tags": {MODIFY}, "messages": {VIEW, CREATE}}
WORK = {
    "work_orders": {VIEW, CREATE, MODIFY, Action.DELETE},
    "equipment": {VIEW, CREATE, MODIFY},
    "equipment_po": {VIEW, CREATE, MODIFY},
}
COMPANY = {
    "settings": {VIEW, MODIFY},
    "catalogs": {VIEW, MODIFY},
    "users": {VIEW, MODIFY},
    "roles": {VIEW, MODIFY},
    "tokens": {VIEW, MODIFY},
    "working_hours": {MODIFY},
    "own_working_hours": {MODIFY},
    "double_book": {MODIFY},
}


def of_a_rule(number: str, table: dict[str, set[Action]]) -> list[object]:
    """
    Each permission with each action, and whether they go together.
    """
    return [
        pytest.param(name, action, action in actions, marks=pytest.mark.rule(number), id=f"{name}-{action.value}")
        for name, actions in table.items()
        for action in Action
    ]


@pytest.mark.parametrize(
    ("name", "action", "known"),
    [
        *of_a_rule("ACC-02", APPOINTMENTS),
        *of_a_rule("ACC-09", WORK),
        *of_a_rule("ACC-12", {name: RECORDS[name] for name in ("customers", "leads")}),
        *of_a_rule("ACC-13", {"contact_information": RECORDS["contact_information"]}),
        *of_a_rule("CUS-08", {"lead_admin": RECORDS["lead_admin"]}),
        *of_a_rule("ACC-14", CONFIDENTIAL),
        *of_a_rule("ACC-16", BELONGINGS),
        *of_a_rule("ACC-25", COMPANY),
    ],
)
def test_a_permission_is_granted_for_its_own_actions_only(name: str, action: Action, *, known: bool) -> None:
    permission = Permission(name)
    if known:
        assert Grant(permission, action) in EVERYTHING
    else:
        with pytest.raises(InvalidValue) as refused:
            Grant(permission, action)
        assert (refused.value.code, refused.value.rule, refused.value.field) == ("grant.invalid", "ACC-02", "grants")
        assert refused.value.facts == {"permission": name, "action": action.value}


@pytest.mark.rule("ACC-02", "ACC-09", "ACC-12", "ACC-13", "ACC-16", "ACC-25")
def test_every_permission_is_in_one_of_the_tables() -> None:
    assert {each.value for each in Permission} == {*APPOINTMENTS, *WORK, *RECORDS, *CONFIDENTIAL, *BELONGINGS, *COMPANY}


@pytest.mark.rule("ACC-01")
def test_a_grant_for_the_company_holds_everywhere_and_one_at_a_location_there_alone() -> None:
    wide = Actor(user=None, grants=frozenset({Grant(Permission.CUSTOMERS, VIEW)}))
    local = Actor(user=None, grants=frozenset({Grant(Permission.CUSTOMERS, VIEW, PROVO)}))

    assert [wide.holds(Permission.CUSTOMERS, VIEW, place) for place in PLACES] == [True, True, True]
    assert [local.holds(Permission.CUSTOMERS, VIEW, place) for place in PLACES] == [False, True, False]
    assert local.holds_somewhere(Permission.CUSTOMERS, VIEW)
    assert not local.holds_somewhere(Permission.CUSTOMERS, MODIFY)
    assert not local.holds_somewhere(Permission.LEADS, VIEW)


@pytest.mark.rule("ACC-01")
def test_one_action_does_not_imply_another() -> None:
    modifier = Actor(user=None, grants=frozenset({Grant(Permission.CUSTOMERS, MODIFY)}))

    assert not modifier.holds(Permission.CUSTOMERS, VIEW)
    assert not modifier.holds(Permission.CUSTOMERS, CREATE)


@pytest.mark.rule("ACC-01")
def test_the_grants_of_a_user_are_the_union_of_the_direct_ones_and_those_of_all_roles() -> None:
    view, create, modify = (Grant(Permission.CUSTOMERS, action) for action in (VIEW, CREATE, MODIFY))
    roles = (a_role(grants=frozenset({create})), a_role(grants=frozenset({create, modify})))

    assert effective(frozenset({view}), roles) == {view, create, modify}
    assert effective(frozenset({view}), ()) == {view}


@pytest.mark.rule("ACC-01")
def test_the_owner_role_holds_every_grant_whatever_it_lists_and_no_other_role_does() -> None:
    assert effective(frozenset(), [a_role(owner=True)]) == EVERYTHING
    assert effective(frozenset(), [a_role(owner=False)]) == frozenset()


@pytest.mark.rule("ACC-01")
def test_a_set_covers_what_it_has_and_at_each_location_what_it_has_for_the_company() -> None:
    wide, local = Grant(Permission.LEADS, VIEW), Grant(Permission.LEADS, VIEW, PROVO)

    assert covers(frozenset({wide}), local)
    assert covers(frozenset({local}), local)
    assert not covers(frozenset({local}), wide)
    assert not covers(frozenset({local}), Grant(Permission.LEADS, VIEW, PHOENIX))


SCARCE = tuple(
    Grant(permission, VIEW, place) for permission in (Permission.LEADS, Permission.USERS) for place in PLACES
)
some_grants = st.frozensets(st.sampled_from(SCARCE))


def allowed(actor: Actor) -> set[Grant]:
    """
    What an actor may do, asked one by one.
    """
    return {each for each in SCARCE if actor.holds(each.permission, each.action, each.at)}


@pytest.mark.rule("ACC-01", "API-05")
@given(held=some_grants, scopes=st.none() | some_grants)
def test_a_token_allows_what_both_its_user_and_its_scopes_allow(held: Grants, scopes: Grants | None) -> None:
    both = allowed(Actor(user=None, grants=held)) & allowed(
        SYSTEM if scopes is None else Actor(user=None, grants=scopes)
    )

    assert allowed(Actor(user=None, grants=narrowed(held, scopes))) == both


@pytest.mark.rule("ACC-01")
@given(held=some_grants, asked=some_grants)
def test_who_covers_a_set_of_grants_holds_all_that_it_allows_and_nobody_else_does(held: Grants, asked: Grants) -> None:
    covered = all(covers(held, each) for each in asked)

    assert covered is (allowed(Actor(user=None, grants=asked)) <= allowed(Actor(user=None, grants=held)))
