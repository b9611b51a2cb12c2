"""
A unit of work is saved whole or not at all, sees what it wrote, and never sees another company's.
"""

from contextlib import suppress

import pytest
from attrs import evolve

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Storage, Unit
from fieldops_core.company.messages import LocationChanged
from fieldops_core.company.model import Catalog
from fieldops_core.company.views import LocationView
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import CustomerId, Sort, Tagging
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.login.model import Attempts
from fieldops_core.messaging.model import Message
from fieldops_core.scheduling.model import GridChoice
from fieldops_core.testing.builders import (
    DAY,
    a_catalog_entry,
    a_connection,
    a_contact,
    a_credit_check,
    a_customer,
    a_file,
    a_fulfilment,
    a_location,
    a_message,
    a_period,
    a_piece,
    a_purchase_order,
    a_repair,
    a_role,
    a_token,
    a_tombstone,
    a_type,
    a_user,
    a_work_order,
    an_absence,
    an_at_risk_mark,
    fresh,
    some_stock,
    some_work,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.journal import an_answer, an_entry
from fieldops_core.testing.contracts.login import a_password, a_password_link, a_session
from fieldops_core.testing.contracts.world import Suite, World, founded, given_up
from fieldops_core.work_orders.model import PurchaseOrder, WorkOrderStatus
from fieldops_core.work_orders.ports import Selection as WorkOrderSelection


def write_everywhere(unit: Unit, world: World) -> None:
    """
    Something of every kind, in the order in which one refers to another.
    """
    location, role = a_location(), a_role()
    user = a_user(home=location.id, roles=(role.id,))
    unit.companies.save(evolve(world.company, name="Renamed", version=2))
    unit.locations.add(location)
    unit.appointment_types.add(a_type())
    unit.catalog_entries.add(a_catalog_entry())
    unit.roles.add(role)
    unit.users.add(user)
    unit.tokens.add(a_token(user=user.id))
    unit.absences.add(an_absence(user=world.ann.id))
    unit.sessions.add(a_session(world.ann.id))
    unit.passwords.add(a_password(world.ann.id))
    unit.password_links.add(a_password_link(world.ann.id))
    unit.attempts.put("key", Attempts(count=1, last_at=NOW), forget_at=NOW)
    unit.customers.add(a_customer(location=location.id, number=unit.customers.next_number()))
    unit.lookups.put([world.maria.id], due=NOW)
    unit.work_orders.save(evolve(world.repair, status=WorkOrderStatus.COMPLETE, version=2))
    unit.work_orders.add(a_work_order(customer=world.maria.id, number=unit.work_orders.next_number()))
    unit.appointments.add(world.visit())
    unit.holds.add(world.hold())
    unit.repairs.add(a_repair(world.visit(), user=world.ben.id))
    unit.notes.add(world.note())
    unit.tickets.add(world.ticket())
    unit.contacts.add(a_contact(customer=world.maria.id))
    unit.files.add(a_file(customer=world.maria.id))
    unit.connections.add(a_connection(customer=world.maria.id, provider=world.postponed.id))
    unit.credit_checks.add(a_credit_check(customer=world.maria.id))
    unit.fulfilments.add(a_fulfilment(customer=world.maria.id, regulation=world.postponed.id))
    unit.at_risk_marks.add(an_at_risk_mark(customer=world.maria.id))
    unit.equipment.add(a_piece(customer=world.maria.id, item=world.locked_out.id))
    unit.work_to_perform.add(some_work(id=world.repair.id, customer=world.maria.id))
    unit.stock.add(some_stock(technician=world.ann.id, item=world.locked_out.id))
    unit.purchase_orders.add(bought(world))
    unit.messages.add(a_message(customer=world.maria.id))
    unit.taggings.add(Tagging(id=world.maria.id, tags=(world.postponed.id,), version=2))
    unit.grid_choices.put(world.ann.id, GridChoice(days=3))
    unit.tombstones.add(a_tombstone(id=CustomerId(world.company.id), location=world.provo.id))
    unit.answers.add(world.ann.id, "a", an_answer(world), at=NOW)
    unit.history.add([an_entry(world.maria.id)])


def bought(world: World) -> PurchaseOrder:
    """
    A purchase order for Ann.
    """
    return a_purchase_order(
        vendor=world.locked_out.id, recipient=world.ann.id, work_order=world.repair.id, location=world.provo.id
    )


def write_and_clash(unit: Unit, world: World) -> None:
    write_everywhere(unit, world)
    unit.locations.save(evolve(world.orem, version=7))


def told(unit: Unit, world: World) -> list[object]:
    """
    All that a unit of work can be asked for after that.
    """
    return [
        unit.companies.setup(),
        unit.appointment_types.all(),
        unit.catalog_entries.all(Catalog.UNABLE_REASONS),
        unit.roles.all(),
        unit.users.page(location=None, active=None, after=None, limit=10),
        unit.tokens.all(),
        unit.sessions.of(world.ann.id),
        unit.passwords.of(world.ann.id),
        unit.password_links.of(world.ann.id),
        unit.absences.between(DAY, DAY),
        unit.customers.page(Selection(), sort=Sort.NUMBER, after=None, limit=10),
        unit.lookups.tries(world.maria.id),
        ordered(unit),
        unit.work_orders.facts([world.repair.id]),
        listed(unit, world),
        unit.times.taken(a_period(), now=NOW),
        unit.holds.live(a_period(), now=NOW),
        unit.notes.of(world.maria.id, limit=10),
        unit.tickets.of(world.maria.id, limit=10),
        unit.contacts.of(world.maria.id),
        unit.files.of(world.maria.id, limit=10),
        unit.connections.of(world.maria.id, limit=10),
        unit.credit_checks.of(world.maria.id, limit=10),
        unit.fulfilments.of(world.maria.id),
        unit.at_risk_marks.of(world.maria.id, limit=10),
        unit.equipment.of(world.maria.id, limit=10),
        unit.work_to_perform.named([world.repair.id]),
        unit.stock.of(world.ann.id),
        unit.purchase_orders.of_work_order(world.repair.id),
        written(unit),
        unit.taggings.get(world.maria.id),
        unit.times.blocks(a_period()),
        unit.grid_choices.of(world.ann.id),
        unit.tombstones.find(CustomerId(world.company.id)),
        unit.answers.find(world.ann.id, "a", answer=LocationView),
        unit.history.of("customer", world.maria.id),
    ]


def listed(unit: Unit, world: World) -> object:
    return unit.appointments.of_customer(
        world.maria.id, kinds=list(Kind), only_of=None, as_of=NOW, after=None, limit=10
    )


def written(unit: Unit) -> tuple[Message, ...]:
    return unit.messages.page(visible=None, customer=None, state=None, after=None, limit=10)


def ordered(unit: Unit) -> object:
    return unit.work_orders.page(WorkOrderSelection(), after=None, limit=10)


class UnitsContract(Suite):
    def test_what_is_written_in_a_unit_is_seen_in_it_and_after_it(self, world: World) -> None:
        with world.reading() as unit:
            before = told(unit, world)

        with world.writing() as unit:
            write_everywhere(unit, world)
            within = told(unit, world)

        with world.reading() as unit:
            assert told(unit, world) == within
        assert [one for one, other in zip(before, within, strict=True) if one == other] == []

    def test_of_a_unit_that_raises_nothing_is_left(self, world: World) -> None:
        with world.reading() as unit:
            before = told(unit, world)

        with given_up(world) as unit:
            write_everywhere(unit, world)

        with world.reading() as unit:
            assert told(unit, world) == before

    def test_of_a_unit_that_meets_a_conflict_nothing_is_left(self, world: World) -> None:
        with world.reading() as unit:
            before = told(unit, world)

        with pytest.raises(Conflict), world.writing() as unit:
            write_and_clash(unit, world)

        with world.reading() as unit:
            assert told(unit, world) == before

    def test_a_unit_that_only_reads_leaves_nothing_behind(self, world: World) -> None:
        location = a_location()

        with suppress(Exception), world.reading() as unit:  # a storage may refuse, each in its own way
            unit.locations.add(location)

        with world.reading() as unit, pytest.raises(NotFound):
            unit.locations.get(location.id)

    def test_units_follow_one_another(self, world: World) -> None:
        for version in (2, 3, 4):
            with world.writing() as unit:
                there = unit.locations.get(world.provo.id)
                unit.locations.save(evolve(there, name=f"Version {version}", version=version))

        with world.reading() as unit:
            assert unit.locations.get(world.provo.id).name == "Version 4"


class IsolationContract(Suite):
    """
    Another company's ids are not found, and no list holds another company's rows.
    """

    @pytest.fixture
    def other(self, storage: Storage) -> World:
        """
        Another company, which has something of every kind.
        """
        other = founded(storage)
        with other.writing() as unit:
            write_everywhere(unit, other)
            unit.outbox.add([LocationChanged.of(None, other.provo, at=NOW)], ids=[fresh()])
        return other

    @pytest.mark.rule("SEC-01")
    def test_no_list_holds_anothers_rows(self, storage: Storage, other: World) -> None:
        alone = founded(storage)

        with alone.reading() as unit:
            assert unit.companies.setup().locations == (alone.provo, alone.orem)
            assert unit.appointment_types.all() == (alone.service, alone.estimate)
            assert unit.catalog_entries.all(Catalog.UNABLE_REASONS) == (alone.locked_out,)
            assert unit.roles.all() == (alone.dispatchers, alone.owners)
            assert unit.roles.owner() == alone.owners
            assert unit.users.page(location=None, active=None, after=None, limit=10) == (alone.ann, alone.ben)
            assert unit.users.owners() == (alone.ann,)
            assert unit.people.find() == (alone.ann.person, alone.ben.person)
            assert unit.tokens.all() == ()
            assert unit.absences.between(DAY, DAY) == ()
            page = unit.customers.page(Selection(), sort=Sort.NUMBER, after=None, limit=10)
            assert page == (alone.maria, alone.jens)
            found = unit.customers.matching(sought("nielsen"), Selection(), limit=10)
            assert {each.id for each in found.matches} == {alone.maria.id, alone.jens.id}
            (order,) = unit.work_orders.page(WorkOrderSelection(), after=None, limit=10)
            assert order.work_order == alone.repair
            assert unit.times.taken(a_period(), now=NOW) == ()
            assert unit.holds.live(a_period(), now=NOW) == ()
            assert unit.times.blocks(a_period()) == ()
            assert written(unit) == ()
            assert unit.messages.counts(visible=None, customer=None) == {}

    @pytest.mark.rule("SEC-01")
    def test_anothers_ids_are_not_found(self, world: World, other: World) -> None:
        with other.reading() as unit:
            (check,) = unit.credit_checks.of(other.maria.id, limit=10)
            (fulfilment,) = unit.fulfilments.of(other.maria.id)
            (link,) = unit.connections.of(other.maria.id, limit=10)
            (order,) = unit.purchase_orders.of_work_order(other.repair.id)
            (piece,), (stock,) = unit.equipment.of(other.maria.id, limit=10), unit.stock.of(other.ann.id)
            (token,), (visit,), (absence,), (hold,), (note,), (ticket,), (contact,), (mark,), (file,) = (
                unit.tokens.all(),
                unit.times.blocks(a_period()),
                unit.absences.between(DAY, DAY),
                unit.holds.live(a_period(), now=NOW),
                unit.notes.of(other.maria.id, limit=10),
                unit.tickets.of(other.maria.id, limit=10),
                unit.contacts.of(other.maria.id),
                unit.at_risk_marks.of(other.maria.id, limit=10),
                unit.files.of(other.maria.id, limit=10),
            )

            (message,) = written(unit)

        with world.reading() as unit:
            for get in (
                lambda: unit.companies.get(other.company.id),
                lambda: unit.locations.get(other.provo.id),
                lambda: unit.appointment_types.get(other.service.id),
                lambda: unit.catalog_entries.get(other.locked_out.id),
                lambda: unit.roles.get(other.owners.id),
                lambda: unit.users.get(other.ann.id),
                lambda: unit.tokens.get(token.id),
                lambda: unit.absences.get(absence.id),
                lambda: unit.customers.get(other.maria.id),
                lambda: unit.work_orders.get(other.repair.id),
                lambda: unit.appointments.get(visit.appointment),
                lambda: unit.holds.get(hold.id),
                lambda: unit.notes.get(note.id),
                lambda: unit.tickets.get(ticket.id),
                lambda: unit.contacts.get(contact.id),
                lambda: unit.files.get(file.id),
                lambda: unit.at_risk_marks.get(mark.id),
                lambda: unit.connections.get(link.id),
                lambda: unit.fulfilments.get(fulfilment.id),
                lambda: unit.credit_checks.get(check.id),
                lambda: unit.equipment.get(piece.id),
                lambda: unit.work_to_perform.get(other.repair.id),
                lambda: unit.stock.get(stock.id),
                lambda: unit.purchase_orders.get(order.id),
                lambda: unit.messages.get(message.id),
            ):
                with pytest.raises(NotFound):
                    get()

    @pytest.mark.rule("SEC-01")
    def test_asking_with_anothers_ids_answers_nothing(self, world: World, other: World) -> None:
        with other.reading() as unit:
            (token,) = unit.tokens.all()
            (file,) = unit.files.of(other.maria.id, limit=10)
            (piece,) = unit.equipment.of(other.maria.id, limit=10)

        with world.writing() as unit:
            assert unit.people.find(ids=[other.ann.id], active=None) == ()
            assert unit.people.locked([other.ann.id]) == ()
            assert unit.users.identified(token.hash) is None
            assert unit.users.page(location=other.provo.id, active=None, after=None, limit=10) == ()
            assert unit.absences.between(DAY, DAY, users=[other.ann.id]) == ()
            assert listed(unit, other) == ()
            assert unit.customers.named([other.maria.id]) == ()
            elsewhere = Selection(location=other.provo.id)
            assert unit.customers.matching(sought("nielsen"), elsewhere, limit=10).matches == ()
            assert unit.work_orders.facts([other.repair.id]) == ()
            assert unit.appointments.upcoming(other.maria.id, kinds=list(Kind), only_of=None, as_of=NOW) == 0
            assert unit.times.taken(a_period(), users=[other.ann.id], now=NOW) == ()
            assert unit.holds.live(a_period(), users=[other.ann.id], now=NOW) == ()
            assert unit.times.blocks(a_period(), users=[other.ann.id]) == ()
            assert unit.notes.of(other.maria.id, limit=10) == ()
            assert unit.tickets.count(other.maria.id) == 0
            assert unit.contacts.of(other.maria.id) == ()
            assert unit.files.named([file.content.key]) == frozenset()
            assert unit.connections.of(other.maria.id, limit=10) == ()
            assert unit.credit_checks.of(other.maria.id, limit=10) == ()
            assert unit.fulfilments.of(other.maria.id) == ()
            assert unit.at_risk_marks.of(other.maria.id, limit=10) == ()
            assert unit.equipment.named([piece.id]) == ()
            assert unit.equipment.for_work(other.maria.id, [piece.id]) == ()
            assert unit.equipment.count(other.maria.id) == 0
            assert unit.work_to_perform.named([other.repair.id]) == ()
            assert unit.stock.of(other.ann.id) == ()
            assert unit.purchase_orders.of_work_order(other.repair.id) == ()
            assert unit.stock.of(other.ann.id, items=[other.locked_out.id]) == ()
            assert unit.messages.counts(visible=None, customer=other.maria.id) == {}
            assert unit.taggings.get(other.maria.id).tags == ()
            assert unit.grid_choices.of(other.ann.id) is None
            assert unit.answers.find(other.ann.id, "a", answer=LocationView) is None
            assert unit.history.of("customer", other.maria.id) == ()

    @pytest.mark.rule("SEC-01")
    def test_what_is_taken_in_another_company_is_free_here(self, world: World, other: World) -> None:
        with other.writing() as unit:
            unit.customers.save(evolve(other.maria, external_id="A-1", version=2))

        with world.writing() as unit:
            assert not unit.users.email_taken(other.ann.email.address)
            assert not unit.customers.external_id_taken("A-1")
            unit.users.save(evolve(world.ann, email=other.ann.email, version=2))
            unit.customers.save(evolve(world.maria, external_id="A-1", version=2))

    @pytest.mark.rule("SEC-01")
    def test_anothers_rows_are_not_changed(self, world: World, other: World) -> None:
        with pytest.raises(Conflict), world.writing() as unit:
            unit.locations.save(evolve(other.provo, name="Ours", version=2))

        with other.reading() as unit:
            assert unit.locations.get(other.provo.id) == other.provo
