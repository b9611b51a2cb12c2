"""
Contacts: whom to call about a record, and whom first.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.customers.messages import (
    ChangeContact,
    CreateContact,
    ListContacts,
    OrderContacts,
    RemoveContact,
    ShowContact,
)
from fieldops_core.customers.model import ContactId
from fieldops_core.customers.views import ContactsView, ContactView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.testing.builders import a_contact, fresh
from tests.support.world import World, denial, hidden, refusal

VIEW, CREATE, MODIFY = ((Permission.CONTACTS, action) for action in (Action.VIEW, Action.CREATE, Action.MODIFY))
RECORD = (Permission.CUSTOMERS, Action.VIEW)


def wish(world: World, **given: Any) -> CreateContact:
    command = CreateContact(customer=world.maria.id, name="Nora", relation="neighbour", phones=("+18015550199",))
    return evolve(command, **given)


def made(world: World, **given: Any) -> ContactId:
    return ContactId(world.do(wish(world, **given), ContactView).id)


def names(world: World) -> list[str]:
    return [each.name for each in world.ask(ListContacts(customer=world.maria.id), ContactsView).items]


@pytest.mark.rule("CUS-23", "CUS-17")
def test_a_contact_has_a_name_a_relation_and_telephone_numbers() -> None:
    world = World()

    view = world.do(wish(world, name=" Nora ", phones=("+18015550199", "801 555 0198")), ContactView)

    assert (view.name, view.relation) == ("Nora", "neighbour")
    assert view.phones == ("+18015550199", "+18015550198")
    assert world.ask(ShowContact(contact=ContactId(view.id)), ContactView) == view
    for customer in (world.maria, world.lead):
        assert world.do(wish(world, customer=customer.id, phones=()), ContactView).phones == ()


@pytest.mark.rule("CUS-23")
@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ({"name": " "}, "text.empty", "name"),
        ({"relation": "x" * 101}, "text.too_long", "relation"),
        ({"phones": ("+18015550199",) * 6}, "contact.phones_many", "phones"),
        ({"phones": ("+18015550199", "12")}, "phone.invalid", "phones"),
    ],
)
def test_what_a_contact_cannot_be_is_refused(given: dict[str, Any], code: str, field: str) -> None:
    world = World()
    id = made(world, relation="x" * 100, phones=("+18015550199",) * 5)

    for command in (wish(world, **given), ChangeContact(contact=id, **given)):
        with pytest.raises(InvalidValue) as refused:
            world.execute(command)
        assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.rule("CUS-23")
def test_a_record_has_at_most_50_contacts() -> None:
    world = World()
    world.put(*(a_contact(customer=world.maria.id, place=place) for place in range(1, 50)))

    made(world)
    assert refusal(world, wish(world))["contacts.too_many"].facts == {"limit": 50}
    made(world, customer=world.lead.id)


@pytest.mark.rule("CUS-23")
def test_a_new_contact_is_the_last_and_an_order_moves_them_all_at_once() -> None:
    world = World()
    ann, ben, cid = (made(world, name=name) for name in ("Ann", "Ben", "Cid"))
    assert names(world) == ["Ann", "Ben", "Cid"]

    view = world.do(OrderContacts(customer=world.maria.id, contacts=(cid, ben, ann)), ContactsView)

    assert [(each.name, each.version) for each in view.items] == [("Cid", 2), ("Ben", 1), ("Ann", 2)]
    assert names(world) == ["Cid", "Ben", "Ann"]
    with world.storage.reading(world.company.id) as unit:
        (moved, _) = unit.history.of("contact", cid)
    assert [(each.field, each.old, each.new) for each in moved.changes] == [("place", 3, 1)]


@pytest.mark.rule("CUS-23")
def test_an_order_names_every_contact_once() -> None:
    world = World()
    ann, ben = made(world, name="Ann"), made(world, name="Ben")
    stranger = made(world, customer=world.lead.id)

    for told, missing, unknown in (
        ((ann,), [ben], []),
        ((ann, ann), [ben], []),
        ((ann, ben, ben), [], []),
        ((ann, ben, stranger), [], [stranger]),
        ((), [ann, ben], []),
    ):
        broken = refusal(world, OrderContacts(customer=world.maria.id, contacts=told))["contacts.order_incomplete"]
        assert broken.facts == {"missing": [str(id) for id in missing], "unknown": [str(id) for id in unknown]}
    world.execute(OrderContacts(customer=world.maria.id, contacts=(ben, ann)))
    assert names(world) == ["Ben", "Ann"]


@pytest.mark.rule("CUS-23")
def test_a_contact_is_changed_and_removed() -> None:
    world = World()
    ann, ben = made(world, name="Ann"), made(world, name="Ben")

    changed = world.do(ChangeContact(contact=ann, name="Anna", phones=()), ContactView)
    assert (changed.name, changed.relation, changed.phones, changed.version) == ("Anna", "neighbour", (), 2)
    assert world.do(RemoveContact(contact=ben), ContactView).name == "Ben"
    made(world, name="Cid")

    assert names(world) == ["Anna", "Cid"]
    with pytest.raises(NotFound):
        world.execute(RemoveContact(contact=ben))
    with world.storage.reading(world.company.id) as unit:
        (removed, _) = unit.history.of("contact", ben)
    assert ("name", "Ben", None) in [(each.field, each.old, each.new) for each in removed.changes]


@pytest.mark.rule("STO-04")
def test_a_change_meant_for_an_older_version_is_stale() -> None:
    world = World()
    ann = made(world)
    world.execute(ChangeContact(contact=ann, name="Anna"), expected_version=1)

    for command in (ChangeContact(contact=ann, name="Anne"), RemoveContact(contact=ann)):
        with pytest.raises(Stale):
            world.execute(command, expected_version=1)


@pytest.mark.rule("ACC-16", "ACC-12", "ACC-22", "CUS-20", "CUS-21")
def test_each_action_needs_its_own_permission_and_sight_of_the_record() -> None:
    world = World()
    ann, ben = made(world, name="Ann"), made(world, name="Ben")
    everything = (VIEW, CREATE, MODIFY)
    for command, needed in (
        (wish(world), (CREATE,)),
        (ChangeContact(contact=ann, name="Anna"), (VIEW, MODIFY)),
        (RemoveContact(contact=ben), (VIEW, MODIFY)),
    ):
        assert denial(world, command, by=world.actor(*everything)) == "ACC-12"
        elsewhere = world.actor(*needed, at=world.phoenix.id)
        both = evolve(elsewhere, grants=elsewhere.grants | world.actor(RECORD).grants)
        assert denial(world, command, by=both) == "ACC-16"
        for missing in needed:
            lacking = world.actor(RECORD, *(each for each in everything if each != missing))
            assert denial(world, command, by=lacking) in ("ACC-16", "ACC-18")
        world.execute(command, by=world.actor(RECORD, *needed, at=world.provo.id))

    for question in (ShowContact(contact=ann), ListContacts(customer=world.maria.id)):
        assert hidden(world, question, by=world.actor(*everything)) == "ACC-12"
        assert hidden(world, question, by=world.actor(RECORD, CREATE, MODIFY)) == "ACC-18"
        world.ask(question, object, by=world.actor(RECORD, VIEW, at=world.provo.id))
    with pytest.raises(NotFound):
        world.ask(ShowContact(contact=ContactId(fresh())), ContactView)
