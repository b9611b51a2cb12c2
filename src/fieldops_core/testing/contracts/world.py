"""
A company of its own for each test: two offices, two technicians, two customers, a small catalog.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Event
from typing import Unpack

import pytest
from attrs import evolve, frozen
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from fieldops_core.access.model import Kind, Role
from fieldops_core.app.ports import Storage, Unit
from fieldops_core.company.model import AppointmentType, Catalog, CatalogEntry, Company, Location
from fieldops_core.customers.model import Customer, Note, Ticket
from fieldops_core.scheduling.model import Appointment, Hold
from fieldops_core.staff.model import User
from fieldops_core.testing import fields
from fieldops_core.testing.builders import (
    a_catalog_entry,
    a_company,
    a_customer,
    a_hold,
    a_location,
    a_note,
    a_role,
    a_sub_type,
    a_technician,
    a_ticket,
    a_type,
    a_work_order,
    an_appointment,
)
from fieldops_core.testing.strategies import Known
from fieldops_core.work_orders.model import WorkOrder

EXAMPLES = settings(
    deadline=None,
    suppress_health_check=[
        HealthCheck.too_slow,
        # Every example founds a company of its own, so it does no harm that they share a storage,
        HealthCheck.function_scoped_fixture,
        # nor that one suite runs for several.
        HealthCheck.differing_executors,
    ],
)
"""
How the properties of the suites are tried, apart from what the profile of the run says.
"""


@frozen(kw_only=True)
class World:
    """
    A company in a storage, and what is in it.
    """

    storage: Storage
    company: Company
    provo: Location
    orem: Location
    service: AppointmentType
    estimate: AppointmentType
    locked_out: CatalogEntry
    postponed: CatalogEntry
    owners: Role
    dispatchers: Role
    ann: User
    ben: User
    maria: Customer
    jens: Customer
    repair: WorkOrder

    def writing(self) -> AbstractContextManager[Unit]:
        return self.storage.writing(self.company.id)

    def reading(self) -> AbstractContextManager[Unit]:
        return self.storage.reading(self.company.id)

    @property
    def known(self) -> Known:
        """
        What generated records may refer to.
        """
        return Known(
            locations=st.sampled_from([self.provo.id, self.orem.id]),
            types=st.sampled_from([self.service.id, self.estimate.id]),
            sub_types=st.sampled_from([sub.id for sub in self.service.sub_types]),
            entries=st.sampled_from([self.locked_out.id, self.postponed.id]),
            roles=st.sampled_from([self.owners.id, self.dispatchers.id]),
            users=st.sampled_from([self.ann.id, self.ben.id]),
            customers=st.sampled_from([self.maria.id, self.jens.id]),
            work_orders=st.just(self.repair.id),
            appointments=st.nothing(),
        )

    def visit(self, **given: Unpack[fields.AppointmentFields]) -> Appointment:
        """
        Ann's visit to Maria, from 09:00 to 10:00 on a Wednesday; not kept yet.
        """
        filled: fields.AppointmentFields = {
            "user": self.ann.id,
            "customer": self.maria.id,
            "type": self.service.id,
            "location": self.provo.id,
            **given,
        }
        return an_appointment(**filled)

    def hold(self, **given: Unpack[fields.HoldFields]) -> Hold:
        """
        Ann's time, held for Maria, from 09:00 to 10:00 on a Wednesday; not kept yet.
        """
        filled: fields.HoldFields = {
            "user": self.ann.id,
            "customer": self.maria.id,
            "type": self.service.id,
            "location": self.provo.id,
            **given,
        }
        return a_hold(**filled)

    def note(self, **given: Unpack[fields.NoteFields]) -> Note:
        """
        A note on Maria; not kept yet.
        """
        filled: fields.NoteFields = {"customer": self.maria.id, "type": self.locked_out.id, **given}
        return a_note(**filled)

    def ticket(self, **given: Unpack[fields.TicketFields]) -> Ticket:
        """
        An open ticket on Maria, for Ann; not kept yet.
        """
        filled: fields.TicketFields = {
            "customer": self.maria.id,
            "type": self.locked_out.id,
            "assignee": self.ann.id,
            **given,
        }
        return a_ticket(**filled)

    def keep(self, *appointments: Appointment) -> None:
        """
        Add appointments, in a unit of work of its own.
        """
        with self.writing() as unit:
            for each in appointments:
                unit.appointments.add(each)


def founded(storage: Storage) -> World:
    """
    A new company, kept in a storage.
    """
    provo, orem = a_location(), a_location(name="Orem")
    dispatchers, owners = a_role(), a_role(name="Owner", owner=True)
    world = World(
        storage=storage,
        company=a_company(),
        provo=provo,
        orem=orem,
        service=a_type(sub_types=(a_sub_type(), a_sub_type(name="Thorough", minutes=180))),
        estimate=a_type(kind=Kind.SALES, name="Estimate", minutes=60),
        locked_out=a_catalog_entry(),
        postponed=a_catalog_entry(catalog=Catalog.RESCHEDULE_REASONS, name="Postponed"),
        owners=owners,
        dispatchers=dispatchers,
        ann=a_technician(home=provo.id, roles=(owners.id,)),
        ben=a_technician(name="Ben", home=orem.id, further=(provo.id,), sales_rep=True),
        maria=a_customer(location=provo.id),
        jens=a_customer(location=orem.id, first_name="Jens"),
        repair=a_work_order(),
    )
    with world.writing() as unit:
        unit.companies.add(world.company)
        for location in (world.provo, world.orem):
            unit.locations.add(location)
        for type in (world.service, world.estimate):
            unit.appointment_types.add(type)
        for entry in (world.locked_out, world.postponed):
            unit.catalog_entries.add(entry)
        for role in (world.owners, world.dispatchers):
            unit.roles.add(role)
        for user in (world.ann, world.ben):
            unit.users.add(user)
        maria, jens = (evolve(each, number=unit.customers.next_number()) for each in (world.maria, world.jens))
        for customer in (maria, jens):
            unit.customers.add(customer)
        repair = evolve(world.repair, customer=maria.id, number=unit.work_orders.next_number())
        unit.work_orders.add(repair)
    return evolve(world, maria=maria, jens=jens, repair=repair)


class GivenUp(Exception):
    """
    What ends a unit of work that is not to be saved.
    """


@contextmanager
def given_up(world: World) -> Iterator[Unit]:
    """
    A unit of work that raises at its end. What it raises comes through.
    """
    with pytest.raises(GivenUp), world.writing() as unit:  # noqa: PT012
        yield unit
        raise GivenUp


class Suite:
    """
    What the contract suites share: the storage, which a subclass provides, and a company in it.
    """

    @pytest.fixture
    def storage(self) -> Storage:
        """
        An empty storage or one that other tests used: every test founds companies of its own.
        """
        raise NotImplementedError("A contract suite asks its subclass for a fixture `storage`.")

    @pytest.fixture
    def world(self, storage: Storage) -> World:
        return founded(storage)


def pause() -> None:
    """
    Let other threads go on, in the middle of a unit of work too.
    """
    Event().wait(0.002)
