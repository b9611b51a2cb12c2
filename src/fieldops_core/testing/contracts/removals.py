"""
Records taken away, with everything that belongs to them and was written down of them.
"""

from collections.abc import Iterable

import pytest
from attrs import evolve

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Receipt, Storage, StoredAnswer, Unit
from fieldops_core.company.views import LocationView, location_view
from fieldops_core.customers.model import Customer, CustomerId, Tagging
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.events import Event, aggregate_name
from fieldops_core.kernel.history import HistoryEntry, difference
from fieldops_core.kernel.plain import public
from fieldops_core.removing.messages import APPOINTMENT_TOLD, HOLD_TOLD, AppointmentDeleted, HoldDeleted
from fieldops_core.scheduling.messages import AppointmentBooked, TimeHeld
from fieldops_core.scheduling.model import Appointment, Hold
from fieldops_core.testing.builders import (
    a_connection,
    a_contact,
    a_credit_check,
    a_customer,
    a_file,
    a_fulfilment,
    a_message,
    a_period,
    a_piece,
    a_repair,
    a_tombstone,
    a_work_order,
    an_at_risk_mark,
    fresh,
    some_work,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.journal import Worker
from fieldops_core.testing.contracts.world import Suite, World, founded
from fieldops_core.work_orders import ports as jobs

LATER = NOW.replace(hour=20)
KINDS = ("customer", "appointment", "hold", "note")


def furnished(unit: Unit, world: World, customer: Customer) -> tuple[Appointment, Hold]:
    """
    Something of every kind that belongs to a record, and what was written down of some of it.
    """
    order = a_work_order(customer=customer.id, number=unit.work_orders.next_number())
    visit = world.visit(customer=customer.id, user=world.ben.id, work_order=order.id)
    hold = world.hold(customer=customer.id, user=world.ben.id, period=a_period("13:00"))
    unit.work_orders.add(order)
    unit.appointments.add(visit)
    unit.holds.add(hold)
    unit.notes.add(world.note(customer=customer.id))
    unit.tickets.add(world.ticket(customer=customer.id))
    unit.contacts.add(a_contact(customer=customer.id))
    unit.files.add(a_file(customer=customer.id))
    unit.at_risk_marks.add(an_at_risk_mark(customer=customer.id))
    unit.connections.add(a_connection(customer=customer.id, provider=world.postponed.id))
    unit.credit_checks.add(a_credit_check(customer=customer.id))
    unit.fulfilments.add(a_fulfilment(customer=customer.id, regulation=world.postponed.id))
    unit.equipment.add(a_piece(customer=customer.id, item=world.locked_out.id))
    unit.work_to_perform.add(some_work(id=order.id, customer=customer.id))
    unit.messages.add(a_message(customer=customer.id, due_at=None))
    unit.taggings.add(Tagging(id=customer.id, tags=(world.postponed.id,), version=2))
    unit.lookups.put([customer.id], due=NOW)
    unit.history.add([an_entry(state, customer) for state in (customer, visit, hold)])
    unit.outbox.add(
        [AppointmentBooked.of(None, visit, at=NOW), TimeHeld.of(None, hold, at=NOW)], ids=[fresh(), fresh()]
    )
    return visit, hold


def an_entry(state: Customer | Appointment | Hold, record: Customer) -> HistoryEntry:
    return HistoryEntry(
        id=fresh(),
        aggregate=aggregate_name(state),
        aggregate_id=state.id,
        record=record.id,
        at=NOW,
        actor=None,
        source=Source.API,
        changes=difference(None, state),
    )


def belongings(unit: Unit, customer: CustomerId) -> list[object]:
    """
    What there is of a record.
    """
    found: list[Iterable[object]] = [
        unit.customers.named([customer]),
        unit.notes.of(customer, limit=9),
        unit.tickets.of(customer, limit=9),
        unit.contacts.of(customer),
        unit.files.of(customer, limit=9),
        unit.at_risk_marks.of(customer, limit=9),
        unit.connections.of(customer, limit=9),
        unit.credit_checks.of(customer, limit=9),
        unit.fulfilments.of(customer),
        unit.equipment.of(customer, limit=9),
        unit.messages.page(visible=None, customer=customer, state=None, after=None, limit=9),
        unit.taggings.get(customer).tags,
        unit.holds.of_customers([customer]),
        unit.appointments.of_customer(customer, kinds=list(Kind), only_of=None, as_of=NOW, after=None, limit=9),
        unit.work_orders.page(jobs.Selection(customer=customer), after=None, limit=9),
        [tries for tries in [unit.lookups.tries(customer)] if tries is not None],
        unit.history.of_record(customer, aggregates=KINDS, after=None, limit=9),
    ]
    return [list(each) for each in found]


class RemovalsContract(Suite):
    @pytest.mark.rule("CUS-12")
    def test_a_record_is_forgotten_with_all_that_belongs_to_it_and_nothing_else(self, world: World) -> None:
        with world.writing() as unit:
            furnished(unit, world, world.maria)
        with world.reading() as unit:
            assert all(belongings(unit, world.maria.id)), "the test furnishes everything"

        with world.writing() as unit:
            unit.removals.forget(world.maria.id, at=LATER)

        with world.reading() as unit:
            assert not any(belongings(unit, world.maria.id))
            assert unit.customers.get(world.jens.id) == world.jens
            with pytest.raises(NotFound):
                unit.customers.get(world.maria.id)

    @pytest.mark.rule("CUS-12")
    def test_what_belongs_to_others_stays(self, storage: Storage, world: World) -> None:
        other = founded(storage)
        with world.writing() as unit:
            furnished(unit, world, world.jens)
            before = belongings(unit, world.jens.id)
        with other.writing() as unit:
            furnished(unit, other, other.maria)
            theirs = belongings(unit, other.maria.id)

        with world.writing() as unit:
            unit.removals.forget(world.maria.id, at=LATER)
            unit.removals.forget(other.maria.id, at=LATER)

        with world.reading() as unit:
            assert belongings(unit, world.jens.id) == before
        with other.reading() as unit:
            assert belongings(unit, other.maria.id) == theirs

    @pytest.mark.rule("CUS-12")
    def test_what_was_told_of_it_is_not_told_any_more_but_that_its_time_is_free(
        self, storage: Storage, world: World
    ) -> None:
        worker = Worker.of(storage)
        with world.writing() as unit:
            visit, hold = furnished(unit, world, world.maria)

        with world.writing() as unit:
            unit.removals.forget(world.maria.id, at=LATER)

        told = {type(each.event): each.event for each in worker.claim(86_400, limit=100)}
        assert told == {
            AppointmentDeleted: _deleted(AppointmentDeleted, visit, APPOINTMENT_TOLD),
            HoldDeleted: _deleted(HoldDeleted, hold, HOLD_TOLD),
        }
        assert str(world.maria.id) not in repr(told)

    @pytest.mark.rule("CUS-12", "API-03")
    def test_answers_that_quote_the_record_are_forgotten(self, world: World) -> None:
        answer = location_view(world.provo)
        quoting = Receipt(answer=answer, added=({"customer": str(world.maria.id)},))
        stored = {
            "of-its-own": StoredAnswer(
                fingerprint="1", receipt=Receipt(answer=answer), records=frozenset({world.maria.id})
            ),
            "quotes-it": StoredAnswer(fingerprint="2", receipt=quoting),
            "of-another": StoredAnswer(
                fingerprint="3", receipt=Receipt(answer=answer), records=frozenset({world.jens.id})
            ),
        }
        with world.writing() as unit:
            for id, each in stored.items():
                unit.answers.add(world.ann.id, id, each, at=NOW)

        with world.writing() as unit:
            unit.removals.forget(world.maria.id, at=LATER)

        with world.reading() as unit:
            left = [id for id in stored if unit.answers.find(world.ann.id, id, answer=LocationView) is not None]
        assert left == ["of-another"]

    @pytest.mark.rule("CUS-12", "SCH-29")
    def test_repairs_no_longer_name_its_visits(self, world: World) -> None:
        other = world.visit(customer=world.jens.id, user=world.ben.id)
        with world.writing() as unit:
            visit, _ = furnished(unit, world, world.maria)
            alone, both = a_repair(visit, user=world.ann.id), a_repair(visit, user=world.ann.id)
            both = evolve(both, moves=(*both.moves, evolve(both.moves[0], appointment=other.id)))
            untouched = a_repair(other, user=world.ann.id)
            for each in (alone, both, untouched):
                unit.repairs.add(each)

        with world.writing() as unit:
            unit.removals.forget(world.maria.id, at=LATER)

        with world.reading() as unit:
            assert unit.repairs.get(both.id) == evolve(both, moves=both.moves[1:], version=2)
            assert unit.repairs.get(untouched.id) == untouched
            with pytest.raises(NotFound):
                unit.repairs.get(alone.id)

    @pytest.mark.rule("CUS-01", "CUS-12")
    def test_numbers_are_not_given_again(self, world: World) -> None:
        late = a_customer(location=world.provo.id, number=500)
        with world.writing() as unit:
            unit.customers.add(late)
            unit.work_orders.add(a_work_order(customer=late.id, number=700))

        with world.writing() as unit:
            unit.removals.forget(late.id, at=LATER)
            unit.tombstones.add(a_tombstone(location=world.provo.id, id=late.id, number=500))

        with world.writing() as unit:
            assert (unit.customers.next_number(), unit.work_orders.next_number()) == (501, 701)

    @pytest.mark.rule("CUS-12", "SCH-27")
    def test_those_beside_its_visits_are_found(self, world: World) -> None:
        mine, other = world.visit(), world.visit(customer=world.jens.id, user=world.ben.id)
        with world.writing() as unit:
            unit.appointments.add(mine)
            unit.appointments.add(other)
            beside = evolve(mine, double_booked=True, double_booked_with=other.id, version=2)
            unit.appointments.save(beside)
            unit.appointments.save(evolve(other, double_booked=True, double_booked_with=mine.id, version=2))

            assert [each.id for each in unit.appointments.beside(world.maria.id)] == [other.id]
            assert [each.id for each in unit.appointments.beside(world.jens.id)] == [mine.id]


def _deleted(kind: type[Event], state: Appointment | Hold, names: tuple[str, ...]) -> Event:
    told = {name: value for name, value in public(state).items() if name in names}
    return kind(
        aggregate=aggregate_name(state),
        aggregate_id=state.id,
        version=state.version,
        at=LATER,
        before=told,
        after=told,
    )
