"""
Links and archives that race each other, or a booking, end as some serial order would.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive
from fieldops_core.archiving.views import ArchivePreview
from fieldops_core.customers.messages import LinkParent
from fieldops_core.customers.model import Customer
from fieldops_core.field_work.messages import SetStatus
from fieldops_core.scheduling.model import AppointmentId, Status
from fieldops_core.staff.messages import AddAbsence
from fieldops_core.testing.builders import DAY, a_customer
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
        return self.record(self.three[index])

    def record(self, customer: Customer) -> Customer:
        with self.storage.reading(self.company.id) as unit:
            return unit.customers.get(customer.id)


def families(opening: Opening) -> list[Family]:
    storage = opening()
    return [Family(storage, parent_child_billing=True) for _ in range(ROUNDS)]


def archive(there: list[Family]) -> Callable[[Family], object]:
    """
    With consent to what there is before the race.
    """
    told = {
        world.company.id: world.ask(PreviewArchive(customer=world.maria.id), ArchivePreview).consent for world in there
    }
    return lambda world: ArchiveCustomer(customer=world.maria.id, consent=told[world.company.id], confirmed=True)


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


@pytest.mark.rule("STO-05", "ARC-03", "ARC-06")
def test_a_booking_that_races_an_archive_is_cancelled_by_it_or_refused(opening: Opening) -> None:
    there = families(opening)

    ends = race(there, [World.wish, archive(there)], opening)

    for world, end in zip(there, ends, strict=True):
        # Booked first, the preview that was consented to has changed; archived first, there is nothing to book.
        assert end in (["done", "preview.changed"], ["customer.archived", "done"])
        archived = world.record(world.maria).archived
        assert (len(world.all_appointments()), archived) == ((0, True) if end[1] == "done" else (1, False))


@pytest.mark.rule("STO-05", "ARC-05", "ARC-06")
def test_a_visit_that_sets_out_while_its_customer_is_archived_is_under_way_or_cancelled(opening: Opening) -> None:
    there = families(opening)
    visits = {world.company.id: AppointmentId(world.book().id) for world in there}

    def set_out(world: Family) -> object:
        return SetStatus(appointment=visits[world.company.id], status=Status.EN_ROUTE)

    ends = race(there, [set_out, archive(there)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "archive.under_way"], ["customer.archived", "done"])
        status = world.appointment(visits[world.company.id]).status
        assert status is (Status.CANCELLED if end[1] == "done" else Status.EN_ROUTE)


@pytest.mark.rule("STO-05", "FAM-06", "ARC-04")
def test_a_link_that_races_the_archive_of_its_parent_is_part_of_it_or_refused(opening: Opening) -> None:
    there = families(opening)

    def link_to_maria(world: Family) -> object:
        return LinkParent(customer=world.three[0].id, parent=world.maria.id)

    ends = race(there, [link_to_maria, archive(there)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "preview.changed"], ["parent.archived", "done"])
        assert (world.customer(0).parent is not None) is (end[0] == "done")


@pytest.mark.rule("STO-05", "ARC-04", "APT-14")
def test_an_absence_that_races_an_archive_leaves_nothing_pending_that_is_cancelled(opening: Opening) -> None:
    there = families(opening)
    visits = {world.company.id: AppointmentId(world.book().id) for world in there}

    def absence(world: Family) -> object:
        return AddAbsence(user=world.ann.id, first=DAY, last=DAY)

    ends = race(there, [absence, archive(there)], opening)

    for world, end in zip(there, ends, strict=True):
        assert end in (["done", "preview.changed"], ["done", "done"])
        found = world.appointment(visits[world.company.id])
        ended = (Status.CANCELLED, False) if end[1] == "done" else (Status.SCHEDULED, True)
        assert (found.status, found.pending_reassignment) == ended
