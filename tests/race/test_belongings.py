"""
Who writes what belongs to one record at the same moment ends as some serial order would.
"""

import pytest
from attrs import evolve

from fieldops_core.company.model import Catalog
from fieldops_core.customers.messages import ClearAtRisk, CloseTicket, CreateContact, CreateTicket, SetTags
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.testing.builders import DAY, a_catalog_entry, a_contact, a_ticket, an_at_risk_mark
from tests.race.crowd import Opening
from tests.race.test_pairs import opening, race, worlds
from tests.support.world import World

__all__ = ["opening"]


@pytest.mark.rule("STO-05", "CUS-23")
def test_of_two_last_contacts_one_is_too_many(opening: Opening) -> None:
    there = worlds(opening)
    for world in there:
        world.put(*(a_contact(customer=world.maria.id, place=place) for place in range(1, 50)))

    def add(world: World) -> object:
        return CreateContact(customer=world.maria.id, name="The last")

    ends = race(there, [add, add], opening)

    assert {tuple(sorted(each)) for each in ends} == {("contacts.too_many", "done")}


@pytest.mark.rule("STO-05", "CUS-23")
def test_what_is_ended_by_two_at_once_is_ended_by_one(opening: Opening) -> None:
    there = worlds(opening)
    type, ticket, mark = a_catalog_entry(catalog=Catalog.NOTE_TYPES), a_ticket(), an_at_risk_mark()
    for world in there:
        world.put(type)
        world.put(evolve(ticket, customer=world.maria.id, type=type.id, assignee=world.sam.id))
        world.put(evolve(mark, customer=world.maria.id))

    def close(_: World) -> object:
        return CloseTicket(ticket=ticket.id)

    def clear(_: World) -> object:
        return ClearAtRisk(mark=mark.id)

    ends = race(there, [close, close, clear, clear], opening)

    assert {tuple(sorted(each[:2])) for each in ends} == {("done", "ticket.status_unchanged")}
    assert {tuple(sorted(each[2:])) for each in ends} == {("at_risk.cleared", "done")}


@pytest.mark.rule("STO-05", "CUS-23")
def test_a_ticket_that_races_its_assignees_leaving_is_given_before_it_or_refused(opening: Opening) -> None:
    there = worlds(opening)
    type = a_catalog_entry(catalog=Catalog.NOTE_TYPES)
    for world in there:
        world.put(type)

    def give(world: World) -> object:
        return CreateTicket(customer=world.maria.id, type=type.id, text="Call.", assignee=world.sam.id, due=DAY)

    ends = race(there, [give, lambda world: ChangeUser(user=world.sam.id, active=False)], opening)

    assert {end[1] for end in ends} == {"done"}
    assert {end[0] for end in ends} <= {"done", "ticket.assignee_inactive"}


@pytest.mark.rule("STO-05", "CUS-23")
def test_the_first_tags_of_a_record_are_set_twice_at_once(opening: Opening) -> None:
    there = worlds(opening)
    tags = [a_catalog_entry(catalog=Catalog.TAGS, name=name) for name in ("VIP", "Dogs")]
    for world in there:
        world.put(*tags)

    def tag(number: int) -> object:
        return lambda world: SetTags(customer=world.maria.id, tags=(tags[number].id,))

    ends = race(there, [tag(0), tag(1)], opening)  # type: ignore[list-item]

    assert {tuple(each) for each in ends} == {("done", "done")}
    for world in there:
        with world.storage.reading(world.company.id) as unit:
            tagging = unit.taggings.get(world.maria.id)
        assert (len(tagging.tags), tagging.version) == (1, 3)
