"""
A change replaces the version that it was made from, and no other.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar
from uuid import UUID

import pytest
from attrs import evolve, frozen

from fieldops_core.access.model import RoleId, TokenId
from fieldops_core.app.ports import Unit
from fieldops_core.company.model import EntryId, TypeId
from fieldops_core.customers.model import (
    AtRiskMarkId,
    ConnectionId,
    ContactId,
    CreditCheckId,
    CustomerId,
    FileId,
    FulfilmentId,
    NoteId,
    TicketId,
)
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.events import Aggregate
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.repository import Lock, Repository
from fieldops_core.messaging.model import MessageId
from fieldops_core.scheduling.model import AppointmentId, HoldId, RepairId, WorkOrderId
from fieldops_core.staff.model import AbsenceId
from fieldops_core.testing.builders import (
    a_connection,
    a_contact,
    a_credit_check,
    a_file,
    a_fulfilment,
    a_message,
    a_piece,
    a_purchase_order,
    a_repair,
    a_token,
    an_absence,
    an_at_risk_mark,
    fresh,
    some_stock,
    some_work,
)
from fieldops_core.testing.contracts.world import Suite, World
from fieldops_core.work_orders.model import EquipmentId, PurchaseOrderId, StockId

Id = TypeVar("Id", bound=UUID)
State = TypeVar("State", bound=Aggregate)


class Kept(Protocol):
    """
    An aggregate of some kind that a world keeps at version 1.
    """

    def again(self, unit: Unit) -> None: ...

    def save(self, unit: Unit, version: int) -> None: ...

    def missing(self, unit: Unit) -> None: ...

    def version(self, unit: Unit, lock: Lock = Lock.NONE) -> int: ...


@frozen
class Of(Generic[Id, State]):
    pick: Callable[[Unit], Repository[Id, State]]
    id: Id
    at: Callable[[int], State]
    new_id: Callable[[UUID], Id]

    def again(self, unit: Unit) -> None:
        self.pick(unit).add(self.at(1))

    def save(self, unit: Unit, version: int) -> None:
        self.pick(unit).save(self.at(version))

    def missing(self, unit: Unit) -> None:
        self.pick(unit).get(self.new_id(fresh()))

    def version(self, unit: Unit, lock: Lock = Lock.NONE) -> int:
        return self.pick(unit).get(self.id, lock=lock).version


def of_kind(world: World, kind: str) -> Kept:
    """
    One aggregate of a kind, added to the world where it has none.
    """
    token, absence, visit = a_token(user=world.ann.id), an_absence(user=world.ann.id), world.visit()
    hold, repair = world.hold(), a_repair(visit, user=world.ben.id)
    hold, note, ticket = world.hold(), world.note(), world.ticket()
    file, message = a_file(customer=world.maria.id), a_message(customer=world.maria.id)
    piece = a_piece(customer=world.maria.id, item=world.locked_out.id)
    work = some_work(id=world.repair.id, customer=world.maria.id)
    order = a_purchase_order(
        vendor=world.locked_out.id, recipient=world.ann.id, work_order=world.repair.id, location=world.provo.id
    )
    stock = some_stock(technician=world.ann.id, item=world.locked_out.id)
    contact, mark = a_contact(customer=world.maria.id), an_at_risk_mark(customer=world.maria.id)
    check = a_credit_check(customer=world.maria.id)
    fulfilment = a_fulfilment(customer=world.maria.id, regulation=world.postponed.id)
    link = a_connection(customer=world.maria.id, provider=world.postponed.id)
    with world.writing() as unit:
        unit.tokens.add(token)
        unit.absences.add(absence)
        unit.appointments.add(visit)
        unit.holds.add(hold)
        unit.repairs.add(repair)
        unit.notes.add(note)
        unit.tickets.add(ticket)
        unit.contacts.add(contact)
        unit.files.add(file)
        unit.at_risk_marks.add(mark)
        unit.connections.add(link)
        unit.fulfilments.add(fulfilment)
        unit.credit_checks.add(check)
        unit.equipment.add(piece)
        unit.work_to_perform.add(work)
        unit.stock.add(stock)
        unit.purchase_orders.add(order)
        unit.messages.add(message)
    kinds: dict[str, Kept] = {
        "location": Of(lambda u: u.locations, world.provo.id, lambda v: evolve(world.provo, version=v), LocationId),
        "appointment_type": Of(
            lambda u: u.appointment_types, world.service.id, lambda v: evolve(world.service, version=v), TypeId
        ),
        "catalog_entry": Of(
            lambda u: u.catalog_entries, world.locked_out.id, lambda v: evolve(world.locked_out, version=v), EntryId
        ),
        "role": Of(lambda u: u.roles, world.dispatchers.id, lambda v: evolve(world.dispatchers, version=v), RoleId),
        "token": Of(lambda u: u.tokens, token.id, lambda v: evolve(token, version=v), TokenId),
        "user": Of(lambda u: u.users, world.ann.id, lambda v: evolve(world.ann, version=v), UserId),
        "absence": Of(lambda u: u.absences, absence.id, lambda v: evolve(absence, version=v), AbsenceId),
        "customer": Of(lambda u: u.customers, world.maria.id, lambda v: evolve(world.maria, version=v), CustomerId),
        "appointment": Of(lambda u: u.appointments, visit.id, lambda v: evolve(visit, version=v), AppointmentId),
        "hold": Of(lambda u: u.holds, hold.id, lambda v: evolve(hold, version=v), HoldId),
        "repair": Of(lambda u: u.repairs, repair.id, lambda v: evolve(repair, version=v), RepairId),
        "contact": Of(lambda u: u.contacts, contact.id, lambda v: evolve(contact, version=v), ContactId),
        "at_risk_mark": Of(lambda u: u.at_risk_marks, mark.id, lambda v: evolve(mark, version=v), AtRiskMarkId),
        "connection": Of(lambda u: u.connections, link.id, lambda v: evolve(link, version=v), ConnectionId),
        "credit_check": Of(lambda u: u.credit_checks, check.id, lambda v: evolve(check, version=v), CreditCheckId),
        "fulfilment": Of(lambda u: u.fulfilments, fulfilment.id, lambda v: evolve(fulfilment, version=v), FulfilmentId),
        "customer_equipment": Of(lambda u: u.equipment, piece.id, lambda v: evolve(piece, version=v), EquipmentId),
        "work_to_perform": Of(lambda u: u.work_to_perform, work.id, lambda v: evolve(work, version=v), WorkOrderId),
        "purchase_order": Of(
            lambda u: u.purchase_orders, order.id, lambda v: evolve(order, version=v), PurchaseOrderId
        ),
        "stock": Of(lambda u: u.stock, stock.id, lambda v: evolve(stock, version=v), StockId),
        "file": Of(lambda u: u.files, file.id, lambda v: evolve(file, version=v), FileId),
        "message": Of(lambda u: u.messages, message.id, lambda v: evolve(message, version=v), MessageId),
        "note": Of(lambda u: u.notes, note.id, lambda v: evolve(note, version=v), NoteId),
        "ticket": Of(
            lambda u: u.tickets, ticket.id, lambda v: evolve(ticket, version=v), lambda id: TicketId(NoteId(id))
        ),
        "work_order": Of(
            lambda u: u.work_orders, world.repair.id, lambda v: evolve(world.repair, version=v), WorkOrderId
        ),
        "company": Of(lambda u: u.companies, world.company.id, lambda v: evolve(world.company, version=v), CompanyId),
    }
    return kinds[kind]


KINDS = (
    "company",
    "location",
    "appointment_type",
    "catalog_entry",
    "role",
    "token",
    "user",
    "absence",
    "customer",
    "work_order",
    "appointment",
    "hold",
    "repair",
    "note",
    "ticket",
    "contact",
    "at_risk_mark",
    "connection",
    "fulfilment",
    "credit_check",
    "file",
    "customer_equipment",
    "work_to_perform",
    "stock",
    "purchase_order",
    "message",
)


class VersionsContract(Suite):
    """
    Optimistic concurrency, for every aggregate. A subclass may say for which, by another fixture `kind`.
    """

    @pytest.fixture(params=KINDS)
    def kind(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.mark.rule("STO-04")
    def test_a_change_of_the_newest_version_is_saved(self, world: World, kind: str) -> None:
        kept = of_kind(world, kind)

        for version in (2, 3):
            with world.writing() as unit:
                kept.save(unit, version)
            with world.reading() as unit:
                assert kept.version(unit) == version

    @pytest.mark.rule("STO-04")
    @pytest.mark.parametrize("version", [1, 2, 4])
    def test_a_change_of_another_version_is_a_conflict(self, world: World, kind: str, version: int) -> None:
        kept = of_kind(world, kind)
        with world.writing() as unit:
            kept.save(unit, 2)

        with pytest.raises(Conflict), world.writing() as unit:
            kept.save(unit, version)

        with world.reading() as unit:
            assert kept.version(unit) == 2

    def test_a_second_one_of_the_same_id_is_a_conflict(self, world: World, kind: str) -> None:
        kept = of_kind(world, kind)

        with pytest.raises(Conflict), world.writing() as unit:
            kept.again(unit)

    def test_an_id_that_nobody_has_is_not_found(self, world: World, kind: str) -> None:
        kept = of_kind(world, kind)

        with world.reading() as unit, pytest.raises(NotFound) as refused:
            kept.missing(unit)

        assert refused.value.kind == kind

    def test_it_can_be_locked_as_it_is_read(self, world: World, kind: str) -> None:
        kept = of_kind(world, kind)

        with world.writing() as unit:
            assert [kept.version(unit, lock) for lock in Lock] == [1, 1, 1]


class RemovalContract(Suite):
    """
    What is removed is gone, unless it was changed meanwhile.
    """

    def test_a_removed_absence_is_gone(self, world: World) -> None:
        absence = an_absence(user=world.ann.id)
        with world.writing() as unit:
            unit.absences.add(absence)

        with world.writing() as unit:
            unit.absences.remove(absence)

        with world.reading() as unit:
            assert unit.absences.between(absence.first, absence.last) == ()
            with pytest.raises(NotFound):
                unit.absences.get(absence.id)

    @pytest.mark.rule("STO-04")
    def test_the_removal_of_another_version_is_a_conflict(self, world: World) -> None:
        absence = an_absence(user=world.ann.id)
        with world.writing() as unit:
            unit.absences.add(absence)
        with world.writing() as unit:
            unit.absences.save(evolve(absence, version=2))

        with pytest.raises(Conflict), world.writing() as unit:
            unit.absences.remove(absence)

        with world.reading() as unit:
            assert unit.absences.get(absence.id).version == 2

    def test_the_removal_of_what_is_gone_is_a_conflict(self, world: World) -> None:
        with pytest.raises(Conflict), world.writing() as unit:
            unit.absences.remove(an_absence(user=world.ann.id))
