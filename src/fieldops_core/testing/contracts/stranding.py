"""
Set-based commands: what is carried out in a few statements leaves what the ordinary decision would leave, one by one.
"""

from datetime import timedelta
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.ports import Storage
from fieldops_core.company.messages import ChangeSettings
from fieldops_core.company.model import WorkingHoursRule
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.history import FieldChange
from fieldops_core.kernel.hours import WeeklyHours
from fieldops_core.kernel.outcome import Outcome, UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling import decisions
from fieldops_core.scheduling.model import OPEN, Appointment, AppointmentId, Status
from fieldops_core.scheduling.views import StrandedView
from fieldops_core.staff.messages import AddAbsence, ChangeUser, ChangeWorkingHours
from fieldops_core.testing.builders import DAY, a_period, fresh
from fieldops_core.testing.clock import NOW, FrozenClock
from fieldops_core.testing.contracts.journal import Worker
from fieldops_core.testing.contracts.visits import some_visits
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded
from fieldops_core.testing.engines import an_engine


def stranded(appointment: Appointment, world: World) -> Outcome[Appointment]:
    """
    What the ordinary decision makes of one.
    """
    return decisions.strand(appointment, Context(company=world.company.id, actor=SYSTEM), now=NOW)


def changes(world: World) -> st.SearchStrategy[object]:
    """
    What takes users from visits that they have.
    """
    ann, ben = world.ann.id, world.ben.id
    day = st.integers(0, 4).map(lambda days: DAY + timedelta(days=days))
    return st.one_of(
        day.map(lambda found: AddAbsence(user=ann, first=found, last=found)),
        day.map(lambda found: AddAbsence(location=world.orem.id, first=found, last=found, start=540, end=660)),
        st.just(ChangeWorkingHours(user=ann, weekly=WeeklyHours.every("10:00", "12:00", weekdays=(2,)))),
        st.just(ChangeUser(user=ben, active=False)),
        st.just(ChangeSettings(changes={"working_hours_rule": WorkingHoursRule.HOURS})),
    )


def written(world: World, ids: list[AppointmentId]) -> list[tuple[UUID, tuple[FieldChange, ...]]]:
    """
    What the history of some appointments holds.
    """
    with world.reading() as unit:
        return [(id, entry.changes) for id in ids for entry in unit.history.of("appointment", id)]


def told(worker: Worker, world: World) -> list[Event]:
    """
    What waits for delivery of a company's appointments.
    """
    due = [each for each in worker.claim(limit=500) if each.company == world.company.id]
    worker.deliver(due)
    return [each.event for each in due if each.event.aggregate == "appointment"]


class AlikeContract(Suite):
    """
    Many appointments that change alike.
    """

    @EXAMPLES
    @given(data=st.data())
    def test_what_is_saved_alike_is_what_is_saved_one_by_one(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visits = [evolve(each, pending_reassignment=False) for each in data.draw(some_visits(world))]
        world.keep(*visits)
        chosen = {each.id for each in visits if data.draw(st.booleans())}
        change = UniformChange(outcomes=tuple(stranded(each, world) for each in visits if each.id in chosen))

        if change.outcomes:
            with world.writing() as unit:
                there = unit.appointments.named(chosen, lock=Lock.EXCLUSIVE)
                assert there == tuple(sorted((each for each in visits if each.id in chosen), key=lambda each: each.id))
                unit.appointments.save_alike(change)

        with world.reading() as unit:
            for each in visits:
                expected = stranded(each, world).state if each.id in chosen else each
                assert unit.appointments.get(each.id) == expected

    def test_what_was_changed_by_another_is_changed_by_this_one_too(self, world: World) -> None:
        mine, anothers = world.visit(changed_by=None), world.visit(user=world.ben.id, changed_by=world.ann.id)
        world.keep(mine, anothers)

        with world.writing() as unit:
            there = unit.appointments.named([mine.id, anothers.id], lock=Lock.EXCLUSIVE)
            unit.appointments.save_alike(UniformChange(outcomes=tuple(stranded(each, world) for each in there)))

        with world.reading() as unit:
            assert [unit.appointments.get(each.id).changed_by for each in (mine, anothers)] == [None, None]

    def test_ids_that_the_company_does_not_have_are_left_out(self, storage: Storage, world: World) -> None:
        other, visit = founded(storage), world.visit()
        theirs = other.visit()
        world.keep(visit)
        other.keep(theirs)

        with world.writing() as unit:
            assert unit.appointments.named([theirs.id, visit.id, AppointmentId(fresh())]) == (visit,)
            assert unit.appointments.named([]) == ()


class ManyContract(Suite):
    """
    Many appointments that move at once.
    """

    @EXAMPLES
    @given(data=st.data())
    def test_visits_that_change_places_are_saved_at_once(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        # What is completed takes its time up to its check-out, which stays where it was.
        visits = [each for each in data.draw(some_visits(world)) if each.status is not Status.COMPLETED]
        world.keep(*visits)
        by = timedelta(minutes=15 * data.draw(st.integers(-8, 8)))
        moved = [
            evolve(
                each,
                period=Period(start=each.period.start + by, end=each.period.end + by),
                private_note=data.draw(st.none() | st.just(Secret("gate 1234"))),
                version=each.version + 1,
            )
            for each in visits
        ]

        with world.writing() as unit:
            unit.appointments.named([each.id for each in visits], lock=Lock.EXCLUSIVE)
            unit.appointments.save_all(moved)

        with world.reading() as unit:
            assert [unit.appointments.get(each.id) for each in moved] == moved

    @pytest.mark.rule("STO-05", "SCH-06")
    def test_visits_that_come_to_overlap_are_a_conflict_and_nothing_is_saved(self, world: World) -> None:
        stays, moves = world.visit(), world.visit(period=a_period("11:00"))
        world.keep(stays, moves)
        onto = evolve(moves, period=a_period("09:30"), version=2)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save_all([onto])

        with world.reading() as unit:
            assert unit.appointments.get(moves.id) == moves

    @pytest.mark.rule("STO-04")
    def test_one_at_another_version_is_a_conflict_for_all(self, world: World) -> None:
        first, second = world.visit(), world.visit(user=world.ben.id)
        world.keep(first, second)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save_all([evolve(first, notes="A", version=2), evolve(second, notes="B", version=3)])

        with world.reading() as unit:
            assert unit.appointments.get(first.id) == first

    def test_nothing_to_save_is_nothing(self, world: World) -> None:
        with world.writing() as unit:
            unit.appointments.save_all([])

    @EXAMPLES
    @given(data=st.data())
    def test_open_appointments_are_found_in_the_order_of_their_ids(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        places = (world.provo.id, world.orem.id)
        whose = st.sampled_from([world.maria.id, world.jens.id])
        visits = [
            evolve(each, location=data.draw(st.sampled_from(places)), customer=data.draw(whose))
            for each in data.draw(some_visits(world))
        ]
        world.keep(*visits)
        there = sorted((each for each in visits if each.status in OPEN), key=lambda each: each.id)

        with world.writing() as unit:
            assert list(unit.appointments.opened()) == there
            for place in places:
                assert list(unit.appointments.opened(location=place)) == [e for e in there if e.location == place]
            for id in (world.maria.id, world.jens.id):
                theirs = [each for each in there if each.customer == id]
                assert list(unit.appointments.opened(customer=id)) == theirs
                narrowed = unit.appointments.opened(customer=id, location=world.orem.id)
                assert list(narrowed) == [each for each in theirs if each.location == world.orem.id]


class StrandingContract(Suite):
    """
    A change of people's time leaves the states, history and events that the ordinary decision would leave (APT-14).
    """

    @pytest.mark.rule("APT-14")
    @EXAMPLES
    @given(data=st.data())
    def test_what_a_change_strands_is_what_the_decision_would_strand_one_by_one(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world, worker = founded(storage), Worker.of(storage)
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        command = data.draw(changes(world))

        engine = an_engine(storage, clock=FrozenClock(), ids=fresh)
        receipt = engine.execute(command, Context(company=world.company.id, actor=SYSTEM))

        (answer,) = receipt.added
        assert isinstance(answer, StrandedView)
        ids = [line.id for line in answer.appointments]
        assert answer.count == len(ids)
        expected = {each.id: stranded(each, world) for each in visits if each.id in ids}
        for each in visits:
            assert each.id not in ids or (each.status is Status.SCHEDULED and not each.pending_reassignment)
            with world.reading() as unit:
                assert unit.appointments.get(each.id) == (expected[each.id].state if each.id in ids else each)
        flag = FieldChange(field="pending_reassignment", old=False, new=True)
        assert written(world, [each.id for each in visits]) == [(each.id, (flag,)) for each in visits if each.id in ids]
        by_id = sorted(told(worker, world), key=lambda event: event.aggregate_id)
        assert by_id == sorted((out.events[0] for out in expected.values()), key=lambda event: event.aggregate_id)
