"""
Deletions and merges that race each other, or a booking, end as some serial order would.
"""

from collections.abc import Callable

import pytest

from fieldops_core.customers.messages import CreateContact, LinkParent
from fieldops_core.customers.model import Customer
from fieldops_core.removing.messages import DeleteCustomer, MergeCustomers, PreviewMerge
from fieldops_core.removing.views import MergePreview
from fieldops_core.testing.builders import a_customer
from tests.race.crowd import Opening
from tests.race.test_pairs import ROUNDS, opening, race
from tests.support.world import World

__all__ = ["opening"]


class Twins(World):
    """
    A company that entered Maria twice.
    """

    def _fill(self) -> None:
        super()._fill()
        self.twin = a_customer(location=self.provo.id, number=10)
        self.put(self.twin)

    def left(self) -> list[Customer]:
        with self.storage.reading(self.company.id) as unit:
            return list(unit.customers.named((self.maria.id, self.twin.id)))


def twins(opening: Opening) -> list[Twins]:
    storage = opening()
    return [Twins(storage, parent_child_billing=True) for _ in range(ROUNDS)]


def merge(there: list[Twins], *, crossed: bool = False) -> Callable[[Twins], object]:
    """
    With consent to what there is before the race.
    """
    told = {}
    for world in there:
        kept, other = (world.twin, world.maria) if crossed else (world.maria, world.twin)
        consent = world.ask(PreviewMerge(customer=kept.id, other=other.id), MergePreview).consent
        told[world.company.id] = MergeCustomers(customer=kept.id, other=other.id, consent=consent)
    return lambda world: told[world.company.id]


def delete(world: Twins) -> object:
    return DeleteCustomer(customer=world.maria.id, confirmed=True)


@pytest.mark.rule("STO-05", "CUS-25")
def test_of_two_merges_that_cross_one_is_made(opening: Opening) -> None:
    there = twins(opening)

    ends = race(there, [merge(there), merge(there, crossed=True)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "not found"], ["not found", "done"])
        (left,) = world.left()
        assert left.id == (world.maria.id if end[0] == "done" else world.twin.id)


@pytest.mark.rule("STO-05", "CUS-25")
def test_a_booking_that_races_a_merge_goes_over_or_finds_nobody(opening: Opening) -> None:
    there = twins(opening)

    ends = race(there, [lambda world: world.wish(customer=world.twin.id), merge(there)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "done"], ["not found", "done"])
        with world.storage.reading(world.company.id) as unit:
            assert len(unit.appointments.ids_of(world.maria.id)) == (end[0] == "done")


@pytest.mark.rule("STO-05", "CUS-12")
def test_a_booking_that_races_a_deletion_goes_with_it_or_finds_nobody(opening: Opening) -> None:
    there = twins(opening)

    ends = race(there, [World.wish, delete], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "done"], ["not found", "done"])
        assert world.all_appointments() == []
        assert [each.id for each in world.left()] == [world.twin.id]


@pytest.mark.rule("STO-05", "CUS-12")
def test_a_link_that_races_the_deletion_of_its_parent_stands_against_it_or_finds_nobody(opening: Opening) -> None:
    there = twins(opening)

    def link(world: Twins) -> object:
        return LinkParent(customer=world.twin.id, parent=world.maria.id)

    ends = race(there, [link, delete], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "delete.has_children"], ["not found", "done"])
        assert len(world.left()) == (2 if end[0] == "done" else 1)


@pytest.mark.rule("STO-05", "CUS-12", "CUS-25")
def test_of_what_races_a_deletion_and_a_merge_nothing_is_left_behind(opening: Opening) -> None:
    there = twins(opening)

    def call(world: Twins) -> object:
        return CreateContact(customer=world.twin.id, name="Nan")

    ends = race(there, [call, merge(there), delete], opening)

    for world, end in zip(there, ends, strict=True):
        assert end[2] == "done"
        with world.storage.reading(world.company.id) as unit:
            kept = unit.contacts.of(world.twin.id)
        merged = end[1] == "done"
        assert [each.id for each in world.left()] == ([] if merged else [world.twin.id])
        assert len(kept) == (0 if merged else int(end[0] == "done"))
