"""
Changes of many that nobody loads: what the database carries out is what the ordinary decision would leave, one by one.
"""

from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.context import Context
from fieldops_core.access.model import Actor
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.history import difference
from fieldops_core.kernel.outcome import Outcome, SetChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.messages import CancelAppointment
from fieldops_core.scheduling.model import OPEN, Appointment, AppointmentId, Status
from fieldops_core.testing.builders import a_period, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.journal import Worker
from fieldops_core.testing.contracts.stranding import told, written
from fieldops_core.testing.contracts.visits import some_visits
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def cancelled(visit: Appointment, world: World, now: datetime = NOW) -> Outcome[Appointment]:
    """
    What the ordinary decision makes of one.
    """
    context = Context(company=world.company.id, actor=Actor(user=world.ann.id))
    return decisions.cancel(CancelAppointment(appointment=visit.id, reason='He said: "No".'), visit, context, now=now)


def as_a_set(visits: list[Appointment], world: World, now: datetime = NOW) -> SetChange[Appointment]:
    ids = tuple(each.id for each in visits)
    return SetChange(ids=ids, example=cancelled(visits[0], world, now), actor=world.ann.id, source=Source.API)


class SetsContract(Suite):
    @pytest.mark.rule("ARC-04")
    @EXAMPLES
    @given(data=st.data())
    def test_a_set_is_changed_as_each_would_be_by_the_ordinary_decision(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world, worker = founded(storage), Worker.of(storage)
        pending = data.draw(st.booleans())
        visits = [self._as_the_others(each, pending=pending) for each in data.draw(some_visits(world))]
        world.keep(*visits)
        now = NOW - timedelta(microseconds=data.draw(st.integers(0, 2)))
        chosen = [each for each in visits if each.status is Status.SCHEDULED and data.draw(st.booleans())]

        if chosen:
            with world.writing() as unit:
                unit.appointments.named([each.id for each in chosen], lock=Lock.EXCLUSIVE)
                unit.sets.change_appointments(as_a_set(chosen, world, now))

        expected = {each.id: cancelled(each, world, now) for each in chosen}
        with world.reading() as unit:
            for each in visits:
                assert unit.appointments.get(each.id) == (expected[each.id].state if each in chosen else each)
                entries = unit.history.of("appointment", each.id)
                assert [(e.actor, e.source, e.at) for e in entries] == [(world.ann.id, Source.API, now)] * (
                    each in chosen
                )
        assert written(world, [each.id for each in visits]) == [
            (each.id, difference(each, expected[each.id].state)) for each in visits if each in chosen
        ]
        by_id = sorted(told(worker, world), key=lambda event: event.aggregate_id)
        assert by_id == sorted((out.events[0] for out in expected.values()), key=lambda event: event.aggregate_id)

    def _as_the_others(self, visit: Appointment, *, pending: bool) -> Appointment:
        """
        What all have alike that are cancelled as a set.
        """
        alike = evolve(visit, pending_reassignment=pending, cancelled_by=None, cancellation_reason="")
        return alike if visit.status is Status.SCHEDULED else visit

    def test_texts_and_instants_are_told_as_they_are(self, world: World) -> None:
        worker = Worker.of(world.storage)
        odd = NOW + timedelta(microseconds=70)
        visits = [
            world.visit(notes='a "quote", a \\ and a\ttab: Zoë, 客戶', created_at=odd, private_note=Secret("MARKER-1")),
            world.visit(period=a_period("11:00"), public_note="[]{}%s", work_order=world.repair.id),
        ]
        world.keep(*visits)

        with world.writing() as unit:
            unit.sets.change_appointments(as_a_set(visits, world))

        by_id = {event.aggregate_id: event for event in told(worker, world)}
        assert by_id == {each.id: cancelled(each, world).events[0] for each in visits}
        assert "MARKER" not in repr(by_id)
        with world.reading() as unit:
            assert (found := unit.appointments.get(visits[0].id).private_note) is not None
            assert found.reveal() == "MARKER-1"

    def test_what_is_not_there_is_a_conflict_and_nothing_is_changed(self, storage: Storage, world: World) -> None:
        other, visit = founded(storage), world.visit()
        theirs = other.visit()
        world.keep(visit)
        other.keep(theirs)

        for missing in (theirs.id, AppointmentId(fresh())):
            change = evolve(as_a_set([visit], world), ids=(visit.id, missing))
            with pytest.raises(Conflict), world.writing() as unit:
                unit.sets.change_appointments(change)
        with world.reading() as unit:
            assert unit.appointments.get(visit.id) == visit
        with other.reading() as unit:
            assert unit.appointments.get(theirs.id) == theirs
            assert unit.history.of("appointment", theirs.id) == ()

    @EXAMPLES
    @given(data=st.data())
    def test_the_open_appointments_of_some_customers_are_found(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        both = (world.maria.id, world.jens.id)
        visits = [evolve(each, customer=data.draw(st.sampled_from(both))) for each in data.draw(some_visits(world))]
        world.keep(*visits)
        there = sorted((each for each in visits if each.status in OPEN), key=lambda each: each.id)

        with world.writing() as unit:
            for some in (both, both[:1], ()):
                for lock in Lock:
                    found = unit.appointments.open_of(some, lock=lock)
                    assert [each.appointment for each in found] == [each.id for each in there if each.customer in some]
            for each, visit in zip(unit.appointments.open_of(both), there, strict=True):
                assert (each.version, each.customer, each.kind, each.type, each.user, each.status) == (
                    *(visit.version, visit.customer, visit.kind, visit.type, visit.user, visit.status),
                )
                assert (each.start, each.end, each.zone) == (visit.period.start, visit.period.end, visit.zone)
                assert each.pending_reassignment is visit.pending_reassignment
                assert each.double_booked is visit.double_booked
