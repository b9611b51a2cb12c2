"""
What belongs to one record handed over to another, as they are merged.
"""

from collections.abc import Iterable
from uuid import UUID

import pytest
from attrs import evolve

from fieldops_core.app.ports import Receipt, Storage, StoredAnswer, Unit
from fieldops_core.company.views import LocationView, location_view
from fieldops_core.customers.calculations import sought
from fieldops_core.customers.model import (
    AtRiskMark,
    Connection,
    Contact,
    CreditCheck,
    CustomerId,
    File,
    Fulfilment,
    Note,
    Sort,
    Tagging,
    Ticket,
)
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.events import aggregate_name
from fieldops_core.kernel.plain import Plain
from fieldops_core.kernel.records import replaced
from fieldops_core.messaging.model import Message
from fieldops_core.removing.messages import BelongingHandedOver
from fieldops_core.removing.ports import Handover
from fieldops_core.scheduling.model import Hold
from fieldops_core.testing.builders import a_contact, a_tombstone
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.journal import Worker
from fieldops_core.testing.contracts.removals import KINDS, LATER, an_entry, furnished
from fieldops_core.testing.contracts.world import Suite, World
from fieldops_core.work_orders import ports as jobs
from fieldops_core.work_orders.model import CustomerEquipment, WorkOrder


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
            unit.history.add([an_entry(world.maria, world.maria)])
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
