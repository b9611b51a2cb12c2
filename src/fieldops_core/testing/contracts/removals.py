"""
Records taken away, with everything that belongs to them and was written down of them; and what is left.
"""

from collections.abc import Iterable
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Kind, Stage
from fieldops_core.app.ports import Receipt, Storage, StoredAnswer, Unit
from fieldops_core.company.views import LocationView, location_view
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import (
    AtRiskMark,
    Connection,
    Contact,
    CreditCheck,
    Customer,
    CustomerId,
    File,
    Fulfilment,
    Note,
    Sort,
    Tagging,
    Ticket,
    Tombstone,
)
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.kernel.events import Event, aggregate_name
from fieldops_core.kernel.history import HistoryEntry, HistoryPlace, difference
from fieldops_core.kernel.plain import Plain, public
from fieldops_core.kernel.records import replaced
from fieldops_core.messaging.model import Message
from fieldops_core.removing.messages import (
    APPOINTMENT_TOLD,
    HOLD_TOLD,
    AppointmentDeleted,
    BelongingHandedOver,
    HoldDeleted,
)
from fieldops_core.removing.ports import Handover
from fieldops_core.scheduling.messages import AppointmentBooked, TimeHeld
from fieldops_core.scheduling.model import Appointment, Hold
from fieldops_core.testing import strategies
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
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.work_orders import ports as jobs
from fieldops_core.work_orders.model import CustomerEquipment, WorkOrder

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
    unit.history.add([_entry(state, customer) for state in (customer, visit, hold)])
    unit.outbox.add(
        [AppointmentBooked.of(None, visit, at=NOW), TimeHeld.of(None, hold, at=NOW)], ids=[fresh(), fresh()]
    )
    return visit, hold


def _entry(state: Customer | Appointment | Hold, record: Customer) -> HistoryEntry:
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


class HandoversContract(Suite):
    @pytest.mark.rule("CUS-25")
    def test_what_belongs_to_a_record_is_handed_over_and_told(self, storage: Storage, world: World) -> None:
        worker = Worker.of(storage)
        with world.writing() as unit:
            visit, hold = furnished(unit, world, world.maria)
            unit.contacts.add(a_contact(customer=world.jens.id, place=4))
        with world.reading() as unit:
            before = _rows(unit, world.maria.id)
            appointments = unit.appointments.ids_of(world.maria.id)
        assert appointments == (visit.id,)

        with world.writing() as unit:
            unit.removals.hand_over(_handover(world))

        with world.reading() as unit:
            after = _rows(unit, world.jens.id)
            assert _rows(unit, world.maria.id) == {}
            assert unit.appointments.get(visit.id) == visit, "appointments go as a set"
            entries = unit.history.of("note", next(id for id, row in before.items() if isinstance(row, Note)))
        handed = {id: _handed(row, world.jens.id) for id, row in before.items()}
        assert {id: row for id, row in after.items() if id in handed} == handed
        told = [each.event for each in worker.claim(86_400, limit=100)]
        handovers = [each for each in told if isinstance(each, BelongingHandedOver)]
        events = {each.aggregate_id: each for each in handovers if each.aggregate != "work_to_perform"}
        assert len(handovers) == len(events) + 1, "work to perform is told under its work order's id"
        assert events == {id: _told_handover(row, handed[id]) for id, row in before.items()}
        assert [(each.record, each.actor, each.source) for each in entries] == [
            (world.jens.id, world.ann.id, Source.WEB)
        ]
        (change,) = entries[0].changes
        assert (change.field, change.old, change.new) == ("customer", str(world.maria.id), str(world.jens.id))
        assert hold.id in events

    @pytest.mark.rule("CUS-25", "CUS-16")
    def test_the_history_the_answers_and_the_numbers_of_one_are_the_others_too(self, world: World) -> None:
        former = a_tombstone(location=world.provo.id, number=901, merged_into=world.maria.id)
        of_maria = StoredAnswer(
            fingerprint="1", receipt=Receipt(answer=location_view(world.provo)), records=frozenset({world.maria.id})
        )
        of_both = evolve(of_maria, records=frozenset({world.maria.id, world.jens.id}))
        with world.writing() as unit:
            unit.history.add([_entry(world.maria, world.maria)])
            unit.tombstones.add(former)
            unit.answers.add(world.ann.id, "one", of_maria, at=NOW)
            unit.answers.add(world.ann.id, "both", of_both, at=NOW)
        with world.writing() as unit:
            unit.removals.hand_over(_handover(world))

        with world.reading() as unit:
            entries = unit.history.of_record(world.jens.id, aggregates=KINDS, after=None, limit=9)
            assert [each.aggregate_id for each in entries if each.aggregate == "customer"] == [world.maria.id]
            assert unit.tombstones.find(former.id) == evolve(former, merged_into=world.jens.id, version=2)
        with world.writing() as unit:
            unit.removals.forget(world.jens.id, at=LATER)
        with world.reading() as unit:
            for id in ("one", "both"):
                assert unit.answers.find(world.ann.id, id, answer=LocationView) is None

    @pytest.mark.rule("CUS-25")
    def test_a_number_leads_to_the_record_that_its_own_became_part_of(self, world: World) -> None:
        kept = evolve(world.jens, former_numbers=(901,), version=2)
        with world.writing() as unit:
            unit.tombstones.add(a_tombstone(location=world.provo.id, number=901, merged_into=kept.id))
            unit.customers.save(kept)

        with world.reading() as unit:
            found = unit.customers.page(Selection(number=901), sort=Sort.NUMBER, after=None, limit=9)
            searched = unit.customers.matching(sought("901"), Selection(), limit=9)
            none = unit.customers.page(Selection(number=902), sort=Sort.NUMBER, after=None, limit=9)
        assert (found, none) == ((kept,), ())
        assert [each.id for each in searched.matches] == [kept.id]

    @pytest.mark.rule("CUS-25")
    def test_a_record_is_dropped_when_only_tags_belong_to_it(self, world: World) -> None:
        with world.writing() as unit:
            unit.taggings.add(Tagging(id=world.jens.id, tags=(world.postponed.id,), version=2))
            unit.lookups.put([world.jens.id], due=NOW)

        with world.writing() as unit:
            unit.removals.drop(world.jens.id)

        with world.reading() as unit:
            assert unit.customers.named([world.jens.id]) == ()
            assert unit.taggings.get(world.jens.id).tags == ()
            assert unit.lookups.tries(world.jens.id) is None


Belonging = (
    (Note | Ticket | Contact | File | AtRiskMark | Connection | CreditCheck | Fulfilment | CustomerEquipment | Hold)
    | WorkOrder
    | Message
)


def _rows(unit: Unit, customer: CustomerId) -> dict[UUID, Belonging]:
    """
    What a merge hands over one by one.
    """
    found: list[Iterable[Belonging]] = [
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
        unit.holds.of_customers([customer]),
        (each.work_order for each in unit.work_orders.page(jobs.Selection(customer=customer), after=None, limit=9)),
    ]
    return {row.id: row for some in found for row in some}


def _handover(world: World) -> Handover:
    return Handover(source=world.maria.id, target=world.jens.id, at=LATER, actor=world.ann.id, by=Source.WEB)


def _handed(row: Belonging, to: CustomerId) -> Belonging:
    place = {"place": row.place + 4} if isinstance(row, Contact) else {}
    return replaced(row, {"customer": to, "version": row.version + 1, **place})


def _told_handover(row: Belonging, handed: Belonging) -> BelongingHandedOver:
    return BelongingHandedOver(
        aggregate=aggregate_name(row),
        aggregate_id=row.id,
        version=handed.version,
        at=LATER,
        before=_named(row),
        after=_named(handed),
    )


def _named(row: Belonging) -> dict[str, Plain]:
    return {"id": str(row.id), "customer": str(row.customer), "version": row.version}


class TombstonesContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    @pytest.mark.rule("CUS-12")
    def test_a_tombstone_is_found_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = data.draw(strategies.tombstones(world.known)), data.draw(strategies.tombstones(world.known))
        second = evolve(second, id=first.id, number=first.number, version=first.version + 1)

        for keep, state in (("add", first), ("save", second)):
            with world.writing() as unit:
                getattr(unit.tombstones, keep)(state)
            with world.reading() as unit:
                assert unit.tombstones.find(state.id) == state
                assert unit.tombstones.find(world.maria.id) is None

    def test_there_is_one_of_each_record_and_number(self, world: World) -> None:
        first = a_tombstone(location=world.provo.id)
        with world.writing() as unit:
            unit.tombstones.add(first)

        for again in (
            a_tombstone(location=world.provo.id, id=first.id, number=7),
            a_tombstone(location=world.provo.id),
        ):
            with pytest.raises(Conflict), world.writing() as unit:
                unit.tombstones.add(again)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.tombstones.save(evolve(first, version=3))

    @pytest.mark.rule("CUS-12", "API-04", "SEC-01")
    def test_pages_hold_the_latest_first(self, storage: Storage, world: World) -> None:
        some = [
            a_tombstone(number=900 + minute, at=NOW.replace(minute=minute), location=place.id, stage=stage)
            for minute, (place, stage) in enumerate(
                [(world.provo, Stage.CUSTOMER), (world.orem, Stage.CUSTOMER), (world.provo, Stage.LEAD)] * 2
            )
        ]
        merged = a_tombstone(location=world.provo.id, number=999, merged_into=world.maria.id)
        with world.writing() as unit:
            for each in (*some, merged):
                unit.tombstones.add(each)
        anything = frozenset((stage, place.id) for stage in Stage for place in (world.provo, world.orem))

        def page(**asked: object) -> list[Tombstone]:
            told = {"visible": anything, "number": None, "stage": None, "location": None, "after": None, "limit": 9}
            with world.reading() as unit:
                return list(unit.tombstones.page(**(told | asked)))  # type: ignore[arg-type]

        latest = some[::-1]
        assert page() == latest
        assert page(limit=2) == latest[:2]
        assert page(after=HistoryPlace(latest[1].at, latest[1].id)) == latest[2:]
        assert page(number=904) == [some[4]]
        assert page(stage=Stage.LEAD) == [some[5], some[2]]
        assert page(location=world.orem.id) == [some[4], some[1]]
        assert page(visible=frozenset({(Stage.LEAD, world.provo.id)})) == [some[5], some[2]]
        assert page(visible=frozenset()) == []
        with founded(storage).reading() as unit:
            told = unit.tombstones.page(visible=anything, number=None, stage=None, location=None, after=None, limit=9)
        assert told == ()


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
