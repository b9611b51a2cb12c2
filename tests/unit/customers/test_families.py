"""
Families: who may be whose parent, who is told, and what is said of it.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Actor, Permission, Stage
from fieldops_core.customers.messages import FindParents, LinkParent, ShowFamily, UnlinkParent
from fieldops_core.customers.model import Customer, CustomerId, Sort
from fieldops_core.customers.ports import Selection
from fieldops_core.customers.views import FamilyView, ParentsView
from fieldops_core.kernel.errors import NotFound, Stale
from fieldops_core.testing.builders import a_customer, fresh
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY
LINK = ((Permission.CUSTOMERS, VIEW), (Permission.SALE_INFORMATION, MODIFY))


@pytest.fixture
def world() -> World:
    return World(parent_child_billing=True)


@pytest.fixture
def owner(world: World) -> Customer:
    """
    Who pays for Maria.
    """
    customer = a_customer(location=world.provo.id, business_name="Valley Homes", number=10)
    world.put(customer)
    return customer


def link(world: World, customer: Customer, parent: Customer, by: Actor | None = None) -> FamilyView:
    return world.do(LinkParent(customer=customer.id, parent=parent.id), FamilyView, by=by)


def family(world: World, customer: Customer, by: Actor | None = None) -> FamilyView:
    return world.ask(ShowFamily(customer=customer.id), FamilyView, by=by)


def parents(world: World, customer: Customer, search: str = "", by: Actor | None = None) -> ParentsView:
    return world.ask(FindParents(customer=customer.id, search=search), ParentsView, by=by)


@pytest.mark.rule("FAM-01", "FAM-05", "FAM-07")
def test_a_sub_customer_is_linked_to_its_parent_and_both_say_so(world: World, owner: Customer) -> None:
    linked = link(world, world.maria, owner)

    assert linked == family(world, world.maria)
    assert (linked.parent and linked.parent.name, linked.children_count, linked.version) == ("Valley Homes", 0, 2)
    assert linked.text == "Sub-customer of Valley Homes"
    assert linked.accounting == (
        "This is a sub-customer of Valley Homes — payments are received on the Parent Customer."
    )
    told = family(world, owner)
    assert (told.parent, told.children_count, told.text, told.accounting) == (None, 1, "1 sub-customer", "")
    assert [each.name for each in told.children] == ["Maria Nielsen"]
    assert told.version == 1, "the parent's record is not touched"


@pytest.mark.rule("FAM-05", "FAM-07")
def test_many_children_are_counted_and_named_in_the_order_of_their_numbers(world: World, owner: Customer) -> None:
    world.put(*(a_customer(location=world.provo.id, number=n, business_name=f"Flat {n}") for n in (22, 21)))
    with world.storage.reading(world.company.id) as unit:
        everybody = unit.customers.page(Selection(), sort=Sort.NUMBER, after=None, limit=9)
    flats = [each for each in everybody if each.business_name.startswith("Flat")]
    for each in flats:
        link(world, each, owner)

    told = family(world, owner)

    assert (told.text, [each.name for each in told.children]) == ("2 sub-customers", ["Flat 21", "Flat 22"])
    alone = family(world, world.maria)
    assert (alone.parent, alone.children, alone.text, alone.accounting) == (None, (), "", "")


@pytest.mark.rule("FAM-01")
def test_families_need_the_setting(world: World, owner: Customer) -> None:
    world.replace(world.company, settings=evolve(world.company.settings, parent_child_billing=False))

    assert set(refusal(world, LinkParent(customer=world.maria.id, parent=owner.id))) == {"family.disabled"}


@pytest.mark.rule("FAM-01")
def test_families_are_of_customers(world: World, owner: Customer) -> None:
    assert set(refusal(world, LinkParent(customer=world.lead.id, parent=owner.id))) == {"family.lead"}
    assert set(refusal(world, LinkParent(customer=world.maria.id, parent=world.lead.id))) == {"family.lead"}


@pytest.mark.rule("FAM-01")
def test_nobody_is_their_own_parent(world: World) -> None:
    assert set(refusal(world, LinkParent(customer=world.maria.id, parent=world.maria.id))) == {"parent.itself"}


@pytest.mark.rule("FAM-01")
def test_there_are_two_levels(world: World, owner: Customer) -> None:
    top = a_customer(location=world.provo.id, number=11)
    world.put(top)
    link(world, world.maria, owner)

    assert set(refusal(world, LinkParent(customer=top.id, parent=world.maria.id))) == {"parent.is_child"}
    assert set(refusal(world, LinkParent(customer=owner.id, parent=top.id))) == {"family.has_children"}
    assert link(world, world.maria, top).text == "Sub-customer of Maria Nielsen", "another parent is chosen at once"


@pytest.mark.rule("FAM-01")
def test_all_that_stands_against_a_link_is_told_together(world: World, owner: Customer) -> None:
    link(world, world.maria, owner)
    world.replace(owner, archived_at=NOW)
    other = a_customer(location=world.provo.id, number=12)
    world.put(other)

    both = LinkParent(customer=other.id, parent=world.lead.id)
    world.replace(world.company, settings=evolve(world.company.settings, parent_child_billing=False))
    assert set(refusal(world, both)) == {"family.disabled", "family.lead"}


@pytest.mark.rule("FAM-06")
def test_an_archived_parent_is_not_chosen(world: World, owner: Customer) -> None:
    world.replace(owner, archived_at=NOW)

    assert set(refusal(world, LinkParent(customer=world.maria.id, parent=owner.id))) == {"parent.archived"}


@pytest.mark.rule("FAM-06", "ARC-06")
def test_an_archived_customer_keeps_its_family(world: World, owner: Customer) -> None:
    link(world, world.maria, owner)
    with world.storage.reading(world.company.id) as unit:
        world.replace(unit.customers.get(world.maria.id), archived_at=NOW)

    assert set(refusal(world, UnlinkParent(customer=world.maria.id))) == {"customer.archived"}
    assert set(refusal(world, LinkParent(customer=world.maria.id, parent=owner.id))) == {"customer.archived"}
    assert [each.code for each in parents(world, world.maria).violations] == ["customer.archived"]
    assert [each.archived for each in family(world, owner).children] == [True]


@pytest.mark.rule("FAM-03")
def test_unlinking_is_clearing_it_with_or_without_the_setting(world: World, owner: Customer) -> None:
    link(world, world.maria, owner)
    world.replace(world.company, settings=evolve(world.company.settings, parent_child_billing=False))

    unlinked = world.do(UnlinkParent(customer=world.maria.id), FamilyView)

    assert (unlinked.parent, unlinked.version) == (None, 3)
    assert family(world, owner).children == ()
    assert world.do(UnlinkParent(customer=world.maria.id), FamilyView).version == 3, "there is nothing to clear"


def test_the_parent_that_is_there_already_changes_nothing(world: World, owner: Customer) -> None:
    assert link(world, world.maria, owner).version == link(world, world.maria, owner).version == 2


def test_history_and_events_tell_of_it(world: World, owner: Customer) -> None:
    link(world, world.maria, owner)
    world.do(UnlinkParent(customer=world.maria.id), FamilyView)

    with world.storage.reading(world.company.id) as unit:
        entries = unit.history.of("customer", world.maria.id)
    assert [(c.field, c.old, c.new) for entry in entries for c in entry.changes] == [
        ("parent", str(owner.id), None),
        ("parent", None, str(owner.id)),
    ]
    due = world.storage.claim(9, now=world.clock(), lease_seconds=1)
    assert {type(each.event).__name__ for each in due} == {"CustomerLinked", "CustomerUnlinked"}


@pytest.mark.rule("CUS-11", "STO-04")
def test_a_link_is_meant_for_a_version_of_the_sub_customer(world: World, owner: Customer) -> None:
    with pytest.raises(Stale):
        world.execute(LinkParent(customer=world.maria.id, parent=owner.id), expected_version=7)


def test_a_parent_has_to_be_there(world: World) -> None:
    with pytest.raises(NotFound):
        world.execute(LinkParent(customer=world.maria.id, parent=CustomerId(fresh())))


@pytest.mark.rule("FAM-06")
def test_linking_needs_sale_information_on_the_sub_customer(world: World, owner: Customer) -> None:
    here, there = world.provo.id, world.phoenix.id
    command = LinkParent(customer=world.maria.id, parent=owner.id)

    assert denial(world, command, world.actor(*LINK, at=there)) == "ACC-12"
    assert denial(world, command, world.actor((Permission.CUSTOMERS, VIEW))) == "ACC-18"
    sees = world.actor((Permission.CUSTOMERS, VIEW))
    elsewhere = evolve(sees, grants=sees.grants | world.actor(*LINK[1:], at=there).grants)
    assert denial(world, command, elsewhere) == "FAM-06"
    assert denial(world, UnlinkParent(customer=world.maria.id), elsewhere) == "FAM-06"
    assert hidden(world, FindParents(customer=world.maria.id), elsewhere) == "FAM-06"
    assert link(world, world.maria, owner, by=world.actor(*LINK, at=here)).parent


@pytest.mark.rule("FAM-06", "ACC-12")
def test_a_parent_that_one_may_not_view_is_neither_chosen_nor_named(world: World) -> None:
    elsewhere = a_customer(location=world.phoenix.id, business_name="Desert Homes", number=30)
    world.put(elsewhere)
    local = world.actor(*LINK, at=world.provo.id)

    assert denial(world, LinkParent(customer=world.maria.id, parent=elsewhere.id), local) == "ACC-12"
    assert parents(world, world.maria, "desert", by=local).items == ()
    link(world, world.maria, elsewhere)
    told = family(world, world.maria, by=local)
    assert told.parent is not None
    assert (told.parent.number, told.parent.name, told.text) == (None, None, "Sub-customer of another customer")
    assert "Desert" not in repr(told)
    at_phoenix = world.actor(*LINK, at=world.phoenix.id)
    children = family(world, elsewhere, by=at_phoenix)
    assert (children.children_count, [each.name for each in children.children]) == (1, [None])


@pytest.mark.rule("FAM-02", "FAM-06")
def test_candidates_are_top_level_customers_found_by_what_is_typed(world: World, owner: Customer) -> None:
    child, archived = (
        a_customer(location=world.provo.id, number=number, business_name="Valley B") for number in (40, 41)
    )
    crm = a_customer(location=world.provo.id, number=42, external_id="CRM-77", first_name="Cora")
    world.put(owner_of := a_customer(location=world.provo.id, number=43), evolve(child, parent=owner_of.id), crm)
    world.put(evolve(archived, archived_at=NOW))

    def found(search: str) -> list[int | None]:
        return [each.number for each in parents(world, world.maria, search).items]

    assert found("") == [10, 42, 43], "not herself, not the lead, the child, the archived one"
    assert found("vall hom") == [10]
    assert found("crm 77") == found("Córa") == [42]
    assert found("43") == [43]
    assert found("nobody") == []


@pytest.mark.rule("FAM-06")
def test_who_can_have_no_parent_finds_nobody_and_is_told_why(world: World, owner: Customer) -> None:
    link(world, world.maria, owner)

    assert [each.code for each in parents(world, owner).violations] == ["family.has_children"]
    assert [each.code for each in parents(world, world.lead).violations] == ["family.lead"]
    assert parents(world, owner).items == ()
    assert world.lead.stage is Stage.LEAD
