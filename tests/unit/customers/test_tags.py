"""
Tags: all that a record is to have, as one change.
"""

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.customers.messages import SetTags, ShowTags
from fieldops_core.customers.views import TagsView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.testing.builders import a_catalog_entry, fresh
from tests.support.world import World, denial, hidden, refusal

RECORD, TAGS = (Permission.CUSTOMERS, Action.VIEW), (Permission.TAGS, Action.MODIFY)
VIP, EARLY, DOGS = (a_catalog_entry(catalog=Catalog.TAGS, name=name) for name in ("VIP", "early", "Dogs"))
REASON = a_catalog_entry(catalog=Catalog.UNABLE_REASONS)


@pytest.fixture
def world() -> World:
    world = World()
    world.put(VIP, EARLY, DOGS, REASON)
    return world


def setting(world: World, *tags: EntryId) -> SetTags:
    return SetTags(customer=world.maria.id, tags=tags)


def names(view: TagsView) -> list[str]:
    return [tag.name for tag in view.tags]


@pytest.mark.rule("CUS-23", "CUS-17")
def test_tags_are_set_as_one_change_and_told_by_name(world: World) -> None:
    show = ShowTags(customer=world.maria.id)
    none = world.ask(show, TagsView)
    assert (none.tags, none.version) == ((), 1)

    first = world.do(setting(world, VIP.id, EARLY.id, VIP.id), TagsView, expected_version=1)
    assert (names(first), first.version) == (["early", "VIP"], 2)
    second = world.do(setting(world, DOGS.id, VIP.id), TagsView, expected_version=2)
    assert (names(second), second.version) == (["Dogs", "VIP"], 3)
    assert world.ask(show, TagsView) == second
    assert names(world.do(setting(world), TagsView)) == []
    with world.storage.reading(world.company.id) as unit:
        *_, changed, _ = unit.history.of("tagging", world.maria.id)
    assert [each.field for each in changed.changes] == ["tags"]
    assert changed.changes[0].old == [str(VIP.id), str(EARLY.id)]


def test_setting_what_is_there_changes_nothing(world: World) -> None:
    world.execute(setting(world, VIP.id, EARLY.id))

    assert world.do(setting(world, EARLY.id, VIP.id), TagsView).version == 2


@pytest.mark.rule("STO-04")
def test_tags_that_were_set_meanwhile_are_not_lost(world: World) -> None:
    world.execute(setting(world, VIP.id), expected_version=1)

    with pytest.raises(Stale) as stale:
        world.execute(setting(world, DOGS.id), expected_version=1)
    assert stale.value.actual == 2


@pytest.mark.rule("ACC-20")
def test_an_inactive_tag_stays_where_it_is_and_is_not_newly_given(world: World) -> None:
    world.execute(setting(world, VIP.id))
    world.replace(VIP, active=False)

    kept = world.do(setting(world, VIP.id, DOGS.id), TagsView)
    assert [(tag.name, tag.active) for tag in kept.tags] == [("Dogs", True), ("VIP", False)]
    world.execute(setting(world, DOGS.id))
    broken = refusal(world, setting(world, DOGS.id, VIP.id))["tag.inactive"]
    assert (broken.sentence, broken.field) == ("No longer offered: VIP.", "tags")


@pytest.mark.parametrize("id", [REASON.id, EntryId(fresh())])
def test_a_tag_is_of_the_catalog_of_tags(world: World, id: EntryId) -> None:
    with pytest.raises(NotFound):
        world.execute(setting(world, VIP.id, id))


@pytest.mark.rule("CUS-23")
def test_a_record_has_at_most_100_tags(world: World) -> None:
    many = [a_catalog_entry(catalog=Catalog.TAGS, name=f"Tag {number}") for number in range(101)]
    world.put(*many)
    ids = [entry.id for entry in many]

    with pytest.raises(InvalidValue) as refused:
        world.execute(setting(world, *ids))
    assert (refused.value.code, refused.value.field) == ("tags.too_many", "tags")
    assert len(world.do(setting(world, *ids[1:]), TagsView).tags) == 100


@pytest.mark.rule("ACC-16", "ACC-12", "CUS-20")
def test_who_may_view_the_record_sees_its_tags_and_tagging_needs_a_permission_of_its_own(world: World) -> None:
    show, tag = ShowTags(customer=world.maria.id), setting(world, VIP.id)
    elsewhere = world.actor(TAGS, at=world.phoenix.id)

    assert denial(world, tag, by=world.actor(TAGS)) == "ACC-12"
    assert denial(world, tag, by=world.actor(RECORD)) == "ACC-18"
    both = evolve(elsewhere, grants=elsewhere.grants | world.actor(RECORD).grants)
    assert denial(world, tag, by=both) == "ACC-16"
    world.execute(tag, by=world.actor(TAGS, RECORD, at=world.provo.id))
    assert hidden(world, show, by=world.actor((Permission.LEADS, Action.VIEW))) == "ACC-12"
    assert names(world.ask(show, TagsView, by=world.actor(RECORD))) == ["VIP"]
    world.execute(evolve(tag, customer=world.lead.id))
