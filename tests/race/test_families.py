"""
Links and archives that race each other, or a booking, end as some serial order would.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldops_core.customers.messages import LinkParent
from fieldops_core.customers.model import Customer
from fieldops_core.testing.builders import a_customer
from tests.race.crowd import Opening
from tests.race.test_pairs import ROUNDS, race
from tests.support.databases import server_url, sqlite_url, storage_at
from tests.support.world import World


@pytest.fixture(params=["sqlite", "postgresql"])
def opening(request: pytest.FixtureRequest, tmp_path: Path) -> Opening:
    if request.param == "sqlite":
        url = sqlite_url(tmp_path / "race.db")
    else:
        url = server_url(request.getfixturevalue("postgresql_url"))
    return lambda: storage_at(url)


class Family(World):
    """
    A company with three customers, of whom each may become another's sub-customer.
    """

    def _fill(self) -> None:
        super()._fill()
        self.three = [a_customer(location=self.provo.id, number=number) for number in (10, 11, 12)]
        self.put(*self.three)

    def customer(self, index: int) -> Customer:
        with self.storage.reading(self.company.id) as unit:
            return unit.customers.get(self.three[index].id)


def families(opening: Opening) -> list[Family]:
    storage = opening()
    return [Family(storage, parent_child_billing=True) for _ in range(ROUNDS)]


def link(child: int, parent: int) -> Callable[[Family], object]:
    return lambda world: LinkParent(customer=world.three[child].id, parent=world.three[parent].id)


@pytest.mark.rule("STO-05", "FAM-01")
def test_of_two_links_that_would_make_three_levels_one_is_refused(opening: Opening) -> None:
    there = families(opening)

    ends = race(there, [link(0, 1), link(1, 2)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "family.has_children"], ["parent.is_child", "done"])
        levels = [world.customer(0).parent is not None, world.customer(1).parent is not None]
        assert levels == [each == "done" for each in end]


@pytest.mark.rule("STO-05", "FAM-01")
def test_two_who_would_be_each_others_parent_do_not_both_win(opening: Opening) -> None:
    ends = race(families(opening), [link(0, 1), link(1, 0)], opening)

    refused = "family.has_children+parent.is_child"
    assert {tuple(end) for end in ends} <= {("done", refused), (refused, "done")}
