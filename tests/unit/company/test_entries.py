"""
The catalogs whose entries are a name.
"""

from typing import Any

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.company.messages import (
    ChangeCatalogEntry,
    CreateCatalogEntry,
    ListCatalogEntries,
    ShowCatalogEntry,
)
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.company.views import CatalogEntriesView, CatalogEntryView
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from tests.support.world import World, denial

UNABLE = Catalog.UNABLE_REASONS
NEW = CreateCatalogEntry(catalog=UNABLE, name="Nobody there")


def an_entry_of(world: World, **given: Any) -> CatalogEntryView:
    return world.do(evolve(NEW, **given), CatalogEntryView)


def names(world: World, catalog: Catalog = UNABLE, *, active: bool | None = None) -> list[str]:
    return [
        each.name for each in world.ask(ListCatalogEntries(catalog=catalog, active=active), CatalogEntriesView).items
    ]


@pytest.mark.rule("ACC-20")
def test_an_entry_is_listed_in_its_own_catalog_alone() -> None:
    world = World()
    made = an_entry_of(world)
    an_entry_of(world, catalog=Catalog.RESCHEDULE_REASONS, name="Postponed")

    assert names(world) == ["Nobody there"]
    assert names(world, Catalog.RESCHEDULE_REASONS) == ["Postponed"]
    assert names(world, Catalog.CANCELLATION_REASONS) == []
    assert world.ask(ShowCatalogEntry(catalog=UNABLE, entry=EntryId(made.id)), CatalogEntryView) == made


@pytest.mark.rule("ACC-20")
def test_an_entry_of_another_catalog_is_not_there() -> None:
    world = World()
    id = EntryId(an_entry_of(world).id)

    with pytest.raises(NotFound):
        world.ask(ShowCatalogEntry(catalog=Catalog.RESCHEDULE_REASONS, entry=id), CatalogEntryView)
    with pytest.raises(NotFound):
        world.execute(ChangeCatalogEntry(catalog=Catalog.RESCHEDULE_REASONS, entry=id, name="Mine"))


@pytest.mark.rule("ACC-20")
def test_an_entry_becomes_inactive_and_comes_back() -> None:
    world = World()
    id = EntryId(an_entry_of(world).id)

    off = world.do(ChangeCatalogEntry(catalog=UNABLE, entry=id, active=False), CatalogEntryView)

    assert (off.active, off.name, off.version) == (False, "Nobody there", 2)
    assert (names(world, active=True), names(world, active=False)) == ([], ["Nobody there"])
    back = world.do(ChangeCatalogEntry(catalog=UNABLE, entry=id, active=True, name="Nobody home"), CatalogEntryView)
    assert (back.active, back.name) == (True, "Nobody home")


@pytest.mark.rule("ACC-20", "ACC-25")
def test_catalogs_are_changed_with_the_permission_for_the_whole_company() -> None:
    world = World()
    change = ChangeCatalogEntry(catalog=UNABLE, entry=EntryId(an_entry_of(world).id), name="Mine")
    modify = (Permission.CATALOGS, Action.MODIFY)

    for command in (NEW, change):
        assert denial(world, command, by=world.actor((Permission.CATALOGS, Action.VIEW)))
        assert denial(world, command, by=world.actor(modify, at=world.provo.id)) == "ACC-25"
        world.execute(command, by=world.actor(modify))
    assert len(world.ask(ListCatalogEntries(catalog=UNABLE), CatalogEntriesView, by=world.actor()).items) == 2


@pytest.mark.parametrize(("name", "code"), [(" ", "text.empty"), ("x" * 201, "text.too_long"), ("\0", "text.invalid")])
def test_an_entry_has_a_name(name: str, code: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        World().execute(evolve(NEW, name=name))

    assert (refused.value.code, refused.value.field) == (code, "name")


@pytest.mark.rule("STO-04")
def test_an_entry_is_changed_at_the_version_that_was_read() -> None:
    world = World()
    change = ChangeCatalogEntry(catalog=UNABLE, entry=EntryId(an_entry_of(world).id), name="A")
    world.execute(change, expected_version=1)

    with pytest.raises(Stale):
        world.execute(evolve(change, name="B"), expected_version=1)
