"""
Visits that are pending reassignment: where they could go, moved together, put back together (SCH-29).
"""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Action, Kind, Permission
from fieldops_core.company.model import ListMode
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.rules import Refused
from fieldops_core.scheduling.messages import (
    AppointmentMoved,
    AppointmentReassigned,
    AppointmentSettled,
    AppointmentsRepaired,
    AppointmentStranded,
    CancelAppointment,
    FindOpenings,
    FindRepairs,
    HoldTime,
    MoveAppointment,
    RepairAppointments,
    RepairUndone,
    ShowRepair,
    UndoRepair,
)
from fieldops_core.scheduling.model import Appointment, NewSpot, RepairId, Status
from fieldops_core.scheduling.views import (
    AppointmentView,
    HoldView,
    OpeningsView,
    RepairItem,
    RepairsView,
    RepairView,
    SlotView,
)
from fieldops_core.staff.model import User
from fieldops_core.testing.builders import PROVO, a_customer, a_technician, an_absence, an_appointment, at, fresh
from tests.support.world import OREM, World, denial, hidden, overlaps, refusal

WEDNESDAY, THURSDAY = date(2026, 5, 27), date(2026, 5, 28)
PAYSON = Point(40.0444, -111.7321)
HOUR = timedelta(hours=1)
MODIFY = ((Permission.TECH_SCHEDULER, Action.VIEW), (Permission.TECH_SCHEDULER, Action.MODIFY))


class Stranded(World):
    """
    Ann is away on Wednesday; Bea, another technician in Provo, works.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.bea = a_technician(name="Bea", home=self.provo.id)
        self.put(self.bea, an_absence(user=self.ann.id, first=WEDNESDAY, last=WEDNESDAY))

    def visit(self, start: str = "09:00", *, day: date = WEDNESDAY, minutes: int = 60, **given: Any) -> Appointment:
        """
        Ann's, pending reassignment unless told otherwise.
        """
        begin = at(start, day)
        filled = {
            "user": self.ann.id,
            "customer": self.maria.id,
            "type": self.service.id,
            "location": self.provo.id,
            "pending_reassignment": True,
            **given,
        }
        period = an_appointment().period
        visit = an_appointment(
            period=evolve(period, start=begin, end=begin + timedelta(minutes=minutes)),
            agreed=datetime.fromisoformat(f"{day}T{start}"),
            **filled,
        )
        self.put(visit)
        return visit

    def found(self, **given: Any) -> RepairsView:
        return self.ask(FindRepairs(**given), RepairsView)

    def proposals(self, **given: Any) -> list[tuple[UUID, str]]:
        """
        What is proposed for the one visit there is.
        """
        (item,) = self.found(**given).items
        return [(each.user.id, f"{each.start:%d %H:%M}") for each in item.proposals]

    def repair(self, *moves: NewSpot, **how: Any) -> RepairView:
        return self.do(RepairAppointments(moves=moves), RepairView, **how)


@pytest.fixture
def world() -> Stranded:
    return Stranded()


def to(visit: Appointment, user: User, start: str, *, day: date = WEDNESDAY, version: int | None = 1) -> NewSpot:
    return NewSpot(appointment=visit.id, user=user.id, start=datetime.fromisoformat(f"{day}T{start}"), version=version)


def firsts(found: RepairsView) -> tuple[NewSpot, ...]:
    return tuple(
        NewSpot(
            appointment=item.appointment,  # type: ignore[arg-type]
            version=item.version,
            user=item.proposals[0].user.id,  # type: ignore[arg-type]
            start=item.proposals[0].start,
        )
        for item in found.items
        if item.proposals
    )


@pytest.mark.rule("SCH-29")
class TestProposing:
    def test_another_user_at_the_same_time_comes_before_another_time(self, world: Stranded) -> None:
        world.visit("09:00")

        assert world.proposals(days=2, limit=3)[0] == (world.bea.id, "27 09:00")

    def test_where_it_fits_again_it_had_best_stay(self, world: Stranded) -> None:
        world.visit("09:00", day=THURSDAY)

        assert world.proposals()[0] == (world.ann.id, "28 09:00")

    def test_a_day_that_is_nearer_comes_first_then_its_own_time_then_the_driving(self, world: Stranded) -> None:
        bea = world.replace(world.bea, start=PAYSON)
        world.put(cal := a_technician(name="Cal", home=world.provo.id, start=OREM))
        world.put(jo := a_customer(location=world.provo.id, point=PROVO, number=3))
        world.visit("09:00", customer=jo.id)
        for user in (bea, cal):
            world.put(_busy(world, user, "09:00"))  # with Maria, in Orem: Provo lies on Bea's way there

        assert world.proposals(days=2, limit=10) == [
            (bea.id, "27 07:30"),
            (bea.id, "27 10:30"),
            (cal.id, "27 10:30"),
            (cal.id, "27 07:30"),
            (world.ann.id, "28 09:00"),
            (cal.id, "28 09:00"),
            (bea.id, "28 09:00"),
        ]

    def test_a_user_who_is_not_valid_for_the_customer_is_not_proposed(self, world: Stranded) -> None:
        world.visit("09:00")

        users = {user for user, _ in world.proposals(limit=10, mode=ListMode.IN_COVERAGE_AREA)}

        assert world.bob.id not in users  # he is in Phoenix
        assert world.bea.id in users

    def test_time_that_is_taken_held_or_over_is_not_proposed(self, world: Stranded) -> None:
        world.visit("09:00")
        world.put(_busy(world, world.bea, "09:00"))
        world.do(
            HoldTime(
                customer=world.maria.id,
                type=world.service.id,
                user=world.bea.id,
                start=datetime(2026, 5, 27, 8),
                minutes=60,
                kind=Kind.TECH,
                hold_minutes=60,
            ),
            HoldView,
        )

        assert world.proposals(days=1, limit=1) == [(world.bea.id, "27 10:00")]

        world.clock.advance(days=2, hours=5)  # Wednesday, 11:00
        waiting = world.visit("12:00")
        world.put(_busy(world, world.bea, "12:00", minutes=5 * 60))
        assert world.proposals(appointments=(waiting.id,), days=1, limit=1) == [(world.bea.id, "27 11:00")]

    def test_where_nothing_fits_it_says_so(self, world: Stranded) -> None:
        world.visit("09:00")
        world.put(_busy(world, world.bea, "06:00", minutes=16 * 60))

        (item,) = world.found(days=1).items

        assert (item.proposals, item.message) == ((), "No start fits in these days.")

    def test_where_nobody_is_valid_it_says_so(self, world: Stranded) -> None:
        world.replace(world.bea, active=False)
        world.replace(world.ann, active=False)
        world.visit("09:00")

        (item,) = world.found().items

        assert item.message == "No technicians are available for this customer and list mode."

    def test_the_first_moves_of_all_go_together(self, world: Stranded) -> None:
        world.put(cal := a_technician(name="Cal", home=world.provo.id), an_absence(user=cal.id, first=WEDNESDAY))
        for start, user in (("09:00", world.ann), ("09:30", cal), ("10:00", world.ann)):
            world.visit(start, user=user.id)

        found = world.found(days=1)
        world.repair(*firsts(found))

        assert len(firsts(found)) == 3
        assert not overlaps(world.all_appointments())

    def test_a_visit_of_few_starts_is_placed_before_one_of_many(self, world: Stranded) -> None:
        world.put(_busy(world, world.bea, "08:00", minutes=60), _busy(world, world.bea, "12:00", minutes=10 * 60))
        short, long = world.visit("09:00"), world.visit("10:00", minutes=120)

        found = {each.appointment: each.proposals[0].start for each in world.found(days=1).items}

        assert {found[long.id], found[short.id]} == {at("10:00"), at("09:00")}

    def test_only_what_waits_and_is_to_come_is_answered_soonest_first(self, world: Stranded) -> None:
        second, first = world.visit("11:00"), world.visit("09:00")
        world.visit("13:00", pending_reassignment=False)
        world.visit("09:00", day=date(2026, 5, 22))
        world.visit("15:00", status=Status.CANCELLED, pending_reassignment=False)

        assert [each.appointment for each in world.found().items] == [first.id, second.id]

    def test_users_and_locations_narrow_it(self, world: Stranded) -> None:
        anns, beas = world.visit("09:00"), world.visit("09:00", user=world.bea.id)

        assert [each.appointment for each in world.found(users=(world.bea.id,)).items] == [beas.id]
        assert world.found(locations=(world.phoenix.id,)).items == ()
        assert {each.appointment for each in world.found(locations=(world.provo.id,)).items} == {anns.id, beas.id}

    def test_of_more_than_fifty_the_soonest_are_answered(self, world: Stranded) -> None:
        for number in range(51):
            world.visit("09:00", day=date(2026, 6, 1) + timedelta(days=number))

        found = world.found(limit=1, days=1)

        assert (len(found.items), found.more) == (50, True)
        assert found.items[0].start.date() == date(2026, 6, 1)

    def test_what_the_actor_may_not_change_is_left_out_and_denied_where_it_is_named(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        elsewhere = world.actor(*MODIFY, at=world.phoenix.id)
        looking = world.actor(MODIFY[0], (Permission.TECH_SCHEDULER, Action.MODIFY), at=world.provo.id)

        assert world.ask(FindRepairs(), RepairsView, by=elsewhere).items == ()
        assert hidden(world, FindRepairs(appointments=(visit.id,)), elsewhere) == "ACC-03"
        assert len(world.ask(FindRepairs(), RepairsView, by=looking).items) == 1

    def test_what_is_named_has_to_wait(self, world: Stranded) -> None:
        visit = world.visit("09:00", pending_reassignment=False)

        with pytest.raises(Refused) as refused:
            world.found(appointments=(visit.id,))
        assert refused.value.violations[0].code == "repair.not_pending"
        with pytest.raises(NotFound):
            world.found(appointments=(fresh(),))

    @pytest.mark.parametrize(
        ("wrong", "code"),
        [({"limit": 0}, "limit.invalid"), ({"limit": 11}, "limit.invalid"), ({"days": 8}, "days.invalid")],
    )
    def test_limits_are_kept(self, world: Stranded, wrong: dict[str, int], code: str) -> None:
        with pytest.raises(InvalidValue) as invalid:
            world.found(**wrong)
        assert invalid.value.code == code

    @given(data=st.data())
    def test_every_proposal_is_an_opening_and_the_first_ones_are_accepted(self, data: st.DataObject) -> None:
        world = Stranded()
        starts = st.integers(16, 40).map(lambda half: f"{half // 2:02}:{half % 2 * 30:02}")
        lengths = st.sampled_from([30, 60, 120, 240])
        world.put(a_technician(name="Cal", home=world.provo.id, start=PAYSON))
        taken: list[Appointment] = []
        for start, minutes, whose in data.draw(st.lists(st.tuples(starts, lengths, st.booleans()), max_size=8)):
            user = world.ann if whose else world.bea
            visit = _busy(world, user, start, minutes=minutes, pending_reassignment=whose)
            in_a_day = visit.period.end <= at("22:00")
            if in_a_day and not any(each.user == visit.user and each.period.overlaps(visit.period) for each in taken):
                taken.append(visit)
        world.put(*taken)

        found = world.found(days=data.draw(st.integers(1, 3)), limit=10)

        for item in found.items:
            assert all(_is_offered(world, item, slot) for slot in item.proposals[:1])
        moves = firsts(found)
        if moves:
            world.repair(*moves)
        assert not overlaps(world.all_appointments())
        moved = {each.appointment for each in moves}
        assert all(world.appointment(id).pending_reassignment is False for id in moved)


@pytest.mark.rule("SCH-29")
class TestRepairing:
    def test_visits_move_together_and_no_longer_wait(self, world: Stranded) -> None:
        first, second = world.visit("09:00"), world.visit("11:00")

        made = world.repair(to(first, world.bea, "09:00"), to(second, world.bea, "12:00"))

        states = [world.appointment(each.id) for each in (first, second)]
        assert [(each.user, each.period.start) for each in states] == [
            (world.bea.id, at("09:00")),
            (world.bea.id, at("12:00")),
        ]
        assert not any(each.pending_reassignment for each in states)
        assert {each.appointment: each.version for each in made.moves} == {first.id: 2, second.id: 2}
        (line,) = (each for each in made.moves if each.appointment == second.id)
        assert (line.before.user.name, line.after.user.name) == ("Ann", "Bea")
        assert (line.before.start, line.after.start) == (at("11:00"), at("12:00"))

    def test_one_that_fits_where_it_is_stays_and_no_longer_waits(self, world: Stranded) -> None:
        visit = world.visit("09:00", day=THURSDAY)

        world.repair(to(visit, world.ann, "09:00", day=THURSDAY))

        assert not world.appointment(visit.id).pending_reassignment

    def test_two_visits_can_change_places(self, world: Stranded) -> None:
        world.put(an_absence(user=world.bea.id, first=THURSDAY, last=THURSDAY))
        anns = world.visit("09:00", user=world.bea.id)
        beas = world.visit("11:00", user=world.bea.id)

        world.repair(to(anns, world.bea, "11:00"), to(beas, world.bea, "09:00"))

        assert [world.appointment(each.id).period.start for each in (anns, beas)] == [at("11:00"), at("09:00")]

    def test_if_one_cannot_move_none_does_and_each_is_named(self, world: Stranded) -> None:
        good, bad = world.visit("09:00"), world.visit("11:00")
        world.put(_busy(world, world.bea, "11:00"))

        found = refusal(world, RepairAppointments(moves=(to(good, world.bea, "09:00"), to(bad, world.bea, "11:00"))))

        assert set(found) == {"slot.taken"}
        assert found["slot.taken"].facts["technician_name"] == "Bea"
        assert world.appointment(good.id) == good

    def test_all_that_stands_against_each_is_told(self, world: Stranded) -> None:
        one, other = world.visit("09:00"), world.visit("11:00")
        moves = (to(one, world.ann, "10:00"), to(other, world.bob, "23:00"))

        assert set(refusal(world, RepairAppointments(moves=moves))) == {
            "user.absent",
            "technician.other_location",
            "slot.past_end_of_day",
        }

    def test_two_that_would_stand_in_each_other_are_refused(self, world: Stranded) -> None:
        one, other = world.visit("09:00"), world.visit("11:00")
        moves = (to(one, world.bea, "09:00"), to(other, world.bea, "09:30"))

        found = refusal(world, RepairAppointments(moves=moves))

        assert set(found) == {"repair.overlap"}
        assert found["repair.overlap"].sentence == "Two visits would lie at 09:00 and 09:30 on Wed 27 May 2026."

    def test_what_does_not_wait_is_refused(self, world: Stranded) -> None:
        visit = world.visit("09:00", pending_reassignment=False)

        assert set(refusal(world, RepairAppointments(moves=(to(visit, world.bea, "09:00"),)))) == {"repair.not_pending"}

    def test_a_visit_is_named_once(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        moves = (to(visit, world.bea, "09:00"), to(visit, world.bea, "10:00"))

        assert set(refusal(world, RepairAppointments(moves=moves))) == {"repair.named_twice"}

    @pytest.mark.parametrize("count", [0, 51])
    def test_one_to_fifty_are_moved(self, world: Stranded, count: int) -> None:
        visit = world.visit("09:00")

        with pytest.raises(InvalidValue) as invalid:
            world.repair(*(to(visit, world.bea, "09:00"),) * count)
        assert invalid.value.code == "repair.count_invalid"

    @pytest.mark.rule("STO-04")
    def test_a_move_that_was_meant_for_another_version_is_stale(self, world: Stranded) -> None:
        visit = world.visit("09:00")

        with pytest.raises(Stale):
            world.repair(to(visit, world.bea, "09:00", version=7))
        assert world.appointment(visit.id) == visit

    def test_who_may_not_change_the_visits_is_denied(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        command = RepairAppointments(moves=(to(visit, world.bea, "09:00"),))

        assert denial(world, command, world.actor(*MODIFY, at=world.phoenix.id)) == "ACC-03"
        world.execute(command, by=world.actor(*MODIFY, at=world.provo.id))

    def test_a_user_who_is_gone_gets_nothing_back(self, world: Stranded) -> None:
        world.replace(world.ann, active=False)
        visit = world.visit("09:00", day=THURSDAY)

        command = RepairAppointments(moves=(to(visit, world.ann, "09:00", day=THURSDAY),))

        assert set(refusal(world, command)) == {"user.not_eligible"}


@pytest.mark.rule("SCH-29")
class TestUndoing:
    def test_all_go_back_and_wait_again(self, world: Stranded) -> None:
        visits = [world.visit("09:00"), world.visit("11:00")]
        made = world.repair(to(visits[0], world.bea, "10:00"), to(visits[1], world.bea, "12:00"))

        undone = world.do(UndoRepair(repair=_id(made)), RepairView)

        for each in visits:
            now = world.appointment(each.id)
            assert evolve(now, version=1, changed_by=each.changed_by, changed_at=each.changed_at) == each
        assert (undone.undone_at, undone.version) == (world.clock(), 2)
        assert [each.version for each in undone.moves] == [3, 3]

    def test_once(self, world: Stranded) -> None:
        made = world.repair(to(world.visit("09:00"), world.bea, "09:00"))
        world.do(UndoRepair(repair=_id(made)), RepairView)

        assert set(refusal(world, UndoRepair(repair=_id(made)))) == {"repair.undone"}

    def test_what_was_moved_or_ended_since_refuses_the_whole(self, world: Stranded) -> None:
        one, other = world.visit("09:00"), world.visit("11:00")
        made = world.repair(to(one, world.bea, "09:00"), to(other, world.bea, "11:00"))
        world.execute(MoveAppointment(appointment=other.id, start=datetime(2026, 5, 27, 14)))

        assert set(refusal(world, UndoRepair(repair=_id(made)))) == {"repair.changed_since"}
        assert world.appointment(one.id).user == world.bea.id

    def test_a_note_that_was_changed_since_does_not_matter(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        made = world.repair(to(visit, world.bea, "09:00"))
        world.replace(world.appointment(visit.id), notes="Ring twice.")

        world.do(UndoRepair(repair=_id(made)), RepairView)

        assert (world.appointment(visit.id).user, world.appointment(visit.id).notes) == (world.ann.id, "Ring twice.")

    def test_a_visit_that_was_cancelled_since_is_left_alone(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        made = world.repair(to(visit, world.bea, "09:00"))
        world.do(CancelAppointment(appointment=visit.id), AppointmentView)

        assert set(refusal(world, UndoRepair(repair=_id(made)))) == {"repair.changed_since"}

    def test_time_that_was_given_to_somebody_else_refuses_the_whole(self, world: Stranded) -> None:
        visit = world.visit("09:00", day=THURSDAY)
        made = world.repair(to(visit, world.bea, "09:00", day=THURSDAY))
        world.book("2026-05-28T09:30")

        assert set(refusal(world, UndoRepair(repair=_id(made)))) == {"slot.taken"}

    def test_what_has_begun_meanwhile_does_not_go_back(self, world: Stranded) -> None:
        visit = world.visit("09:00")
        made = world.repair(to(visit, world.bea, "09:00", day=THURSDAY))
        world.clock.advance(days=2, hours=4)  # Wednesday, 10:00

        assert set(refusal(world, UndoRepair(repair=_id(made)))) == {"slot.past"}

    def test_who_may_not_change_the_visits_is_denied(self, world: Stranded) -> None:
        made = world.repair(to(world.visit("09:00"), world.bea, "09:00"))

        assert denial(world, UndoRepair(repair=_id(made)), world.actor(*MODIFY, at=world.phoenix.id)) == "ACC-03"

    def test_it_is_shown_to_who_may_see_its_visits(self, world: Stranded) -> None:
        made = world.repair(to(world.visit("09:00"), world.bea, "09:00"))

        assert world.ask(ShowRepair(repair=_id(made)), RepairView) == made
        assert hidden(world, ShowRepair(repair=_id(made)), world.actor(*MODIFY, at=world.phoenix.id)) == "ACC-03"
        with pytest.raises(NotFound):
            world.ask(ShowRepair(repair=RepairId(fresh())), RepairView)


@pytest.mark.rule("SCH-29")
def test_what_happens_to_each_visit_is_told(world: Stranded) -> None:
    moved, given, kept = world.visit("09:00"), world.visit("11:00"), world.visit("09:00", day=THURSDAY)
    told: list[type] = []

    def hear(events: tuple[Event, ...], _: object) -> tuple[object, ...]:
        told.extend(type(each) for each in events)
        return ()

    world.ops = world.engine(policies=[hear])

    made = world.repair(
        to(moved, world.ann, "13:00", day=THURSDAY),
        to(given, world.bea, "11:00"),
        to(kept, world.ann, "09:00", day=THURSDAY),
    )
    assert set(told) == {AppointmentMoved, AppointmentReassigned, AppointmentSettled, AppointmentsRepaired}

    told.clear()
    world.do(UndoRepair(repair=_id(made)), RepairView)
    assert set(told) == {AppointmentMoved, AppointmentReassigned, AppointmentStranded, RepairUndone}


def _id(made: RepairView) -> RepairId:
    return RepairId(made.id)


def _busy(world: Stranded, user: User, start: str, *, minutes: int = 60, **given: Any) -> Appointment:
    begin = at(start)
    period = an_appointment().period
    return an_appointment(
        user=user.id,
        customer=world.maria.id,
        type=world.service.id,
        location=world.provo.id,
        period=evolve(period, start=begin, end=begin + timedelta(minutes=minutes)),
        agreed=datetime.fromisoformat(f"{WEDNESDAY}T{start}"),
        **given,
    )


def _is_offered(world: Stranded, item: RepairItem, slot: SlotView) -> bool:
    """
    Whether the openings of that visit, moved alone, hold a start; where another pending visit is, one may go that gives
    way itself.
    """
    visit = world.appointment(item.appointment)
    question = FindOpenings(
        customer=visit.customer,
        type=visit.type,
        first=slot.start.date(),
        minutes=visit.period.minutes,
        users=(slot.user.id,),  # type: ignore[arg-type]
        moving=visit.id,
    )
    (openings,) = world.ask(question, OpeningsView).items
    others = [each for each in world.found().items if each.appointment != item.appointment]
    gives_way = any(each.user.id == slot.user.id and each.start < slot.end and slot.start < each.end for each in others)
    return gives_way or any(slot.start in day.starts for day in openings.days)
