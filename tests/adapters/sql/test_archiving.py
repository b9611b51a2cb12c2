"""
Archiving takes as many statements however much there is to archive.
"""

import pytest
from attrs import evolve
from sqlalchemy import Engine

from fieldops_adapters.sql.storage import SqlStorage
from fieldops_core.archiving.messages import ArchiveCustomer, PreviewArchive
from fieldops_core.archiving.views import ArchivePreview, ArchiveView
from fieldops_core.customers.model import Customer
from fieldops_core.kernel.ids import UserId
from fieldops_core.testing.builders import a_customer, a_hold, a_period, a_technician, an_appointment
from fieldops_core.testing.fields import AppointmentFields
from tests.adapters.sql.recording import recorded
from tests.support.world import World

EXPECTED = 20
"""
The family, waited for and read; its open appointments; of those that wait for another user and of those that do not:
the example, history, events and the appointments themselves; of the pairs on purpose: those of the family, the other
ones, and both saved in two steps; the holds, read and removed; the customers; and the history and the events of what
was loaded.
"""


def filled(world: World, children: int, visits: int) -> None:
    """
    Of Maria and each of her children: visits that are settled and pending, pairs on purpose with another's, and a hold.
    """
    flats = [a_customer(location=world.provo.id, number=100 + n, parent=world.maria.id) for n in range(children)]
    world.put(*flats, other := a_customer(location=world.provo.id, number=99))
    for customer in (world.maria, *flats):
        for _ in range(visits):
            ben = a_technician(home=world.provo.id)
            world.put(ben)
            _visits_of(world, customer, other, ben.id)


def _visits_of(world: World, customer: Customer, other: Customer, user: UserId) -> None:
    told: AppointmentFields = {"user": user, "type": world.service.id, "location": world.provo.id}
    hers: AppointmentFields = {**told, "customer": customer.id}
    settled = an_appointment(**hers)
    pending = evolve(an_appointment(**hers), period=a_period("11:00"), pending_reassignment=True)
    mine = evolve(an_appointment(**hers), period=a_period("13:00"), double_booked=True)
    theirs = evolve(an_appointment(**told), customer=other.id, period=a_period("13:30"), double_booked=True)
    world.put(settled, pending, mine, theirs)
    world.replace(mine, double_booked_with=theirs.id, double_book_reason="One trip.")
    world.replace(theirs, double_booked_with=mine.id, double_book_reason="One trip.")
    held = a_hold(user=user, customer=customer.id, type=world.service.id, location=world.provo.id)
    world.put(evolve(held, period=a_period("15:00")))


@pytest.mark.rule("ARC-04")
@pytest.mark.parametrize(("children", "visits"), [(1, 1), (6, 3)])
def test_a_parent_is_archived_in_so_many_statements(
    storage: SqlStorage, engine: Engine, children: int, visits: int
) -> None:
    world = World(storage)
    filled(world, children, visits)
    consent = world.ask(PreviewArchive(customer=world.maria.id), ArchivePreview).consent
    command = ArchiveCustomer(customer=world.maria.id, consent=consent, confirmed=True)

    with recorded(engine) as recording:
        answer = world.do(command, ArchiveView)

    assert (answer.children, answer.cancelled) == (children, (children + 1) * visits * 3)
    assert len(recording.take()) == EXPECTED


@pytest.mark.rule("ARC-04")
def test_a_thousand_sub_customers_take_no_more_statements_than_one(storage: SqlStorage, engine: Engine) -> None:
    counts = []
    for children in (1, 1_000):
        world = World(storage)
        flats = [a_customer(location=world.provo.id, number=100 + n, parent=world.maria.id) for n in range(children)]
        with storage.writing(world.company.id) as unit:
            unit.customers.add_all(flats)
        consent = world.ask(PreviewArchive(customer=world.maria.id), ArchivePreview).consent
        with recorded(engine) as recording:
            world.execute(ArchiveCustomer(customer=world.maria.id, consent=consent, confirmed=True))
        counts.append(len(recording.take()))

    assert counts[0] == counts[1]
