"""
What takes users' time.
"""

from datetime import timedelta
from functools import partial

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Status
from fieldops_core.scheduling.ports import Member
from fieldops_core.testing.builders import DAY, a_period, at
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.visits import occupies, shown, slots, some_visits, taken_until, takes, touches
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


class TimesContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_nothing_that_takes_time_is_left_out(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        period = data.draw(slots(longest=7 * 96))
        users = data.draw(st.none() | st.lists(world.known.users, unique=True))
        there = {each.id: each for each in visits if occupies(each) and (users is None or each.user in users)}

        with world.reading() as unit:
            taken = unit.times.taken(period, users=users, now=NOW)

        answered = {each.appointment for each in taken if each.appointment is not None}
        assert {id for id, each in there.items() if takes(each, period)} <= answered <= set(there)
        assert len(answered) == len(taken)
        for each in taken:
            assert each.appointment is not None
            assert each.hold is None
            visit = there[each.appointment]
            assert each.user == visit.user
            assert (each.start, each.until) == (epoch(visit.period.start), epoch(taken_until(visit)))

    @EXAMPLES
    @given(data=st.data())
    def test_stops_are_what_is_taken_with_its_place(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        with world.writing() as unit:
            unit.customers.save(evolve(world.jens, point=None, version=2))
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        period = data.draw(slots(longest=7 * 96))
        users = data.draw(st.none() | st.lists(world.known.users, unique=True))
        without = data.draw(st.none() | st.sampled_from([each.id for each in visits])) if visits else None
        places = {each.id: None if each.customer == world.jens.id else world.maria.point for each in visits}

        with world.reading() as unit:
            taken = unit.times.taken(period, users=users, now=NOW)
            stops = unit.times.stops(period, users=users, without=without)

        expected = [
            (each.user, each.start, each.until, places[each.appointment])
            for each in taken
            if each.appointment not in (None, without)
        ]
        assert sorted(((each.user, each.start, each.until, each.place) for each in stops), key=str) == sorted(
            expected, key=str
        )

    @EXAMPLES
    @given(data=st.data())
    def test_blocks_are_exactly_what_touches_the_period(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        period = data.draw(slots(longest=7 * 96))
        users = data.draw(st.none() | st.lists(world.known.users, unique=True))
        occupying = data.draw(st.booleans())
        there = [
            shown(each, world)
            for each in sorted(visits, key=lambda each: (each.period.start, each.id))
            if (takes if occupying else touches)(each, period) and (users is None or each.user in users)
        ]

        with world.reading() as unit:
            found = unit.times.blocks(period, users=users, occupying=occupying)

        assert list(found) == there

    def test_what_ends_when_the_period_begins_does_not_touch_it(self, world: World) -> None:
        visit = world.visit(period=a_period("09:00"))
        world.keep(visit)

        with world.reading() as unit:
            assert unit.times.blocks(a_period("10:00")) == ()
            assert unit.times.blocks(a_period("08:00")) == ()
            assert unit.times.blocks(a_period("09:59", 1)) == (shown(visit, world),)
            assert unit.times.blocks(a_period("08:00", 61)) == (shown(visit, world),)

    def test_a_visit_from_midnight_to_midnight_is_seen_from_its_last_minute(self, world: World) -> None:
        visit = world.visit(period=Period(start=at("00:00", DAY), end=at("24:00", DAY)))
        world.keep(visit)
        last = a_period("23:59", 1)

        with world.reading() as unit:
            assert unit.times.blocks(last) == (shown(visit, world),)
            assert [each.appointment for each in unit.times.taken(last, now=NOW)] == [visit.id]

    def test_asked_for_nobody_it_answers_nothing(self, world: World) -> None:
        world.keep(world.visit())

        with world.reading() as unit:
            assert unit.times.taken(a_period(), users=(), now=NOW) == ()
            assert unit.times.blocks(a_period(), users=()) == ()

    @pytest.mark.rule("APT-23")
    def test_a_crew_is_what_shares_a_work_order_and_a_start(self, world: World) -> None:
        of, ben = partial(world.visit, work_order=world.repair.id), world.ben.id
        anns, bens = of(), of(user=ben, status=Status.ON_SITE)
        over = of(user=ben, status=Status.COMPLETED, double_booked=True)
        later, gone = of(period=a_period("11:00")), of(status=Status.CANCELLED)
        world.keep(later, bens, gone, anns, over, world.visit(period=a_period("13:00")))

        with world.reading() as unit:
            open_ones = unit.appointments.crew(world.repair.id, anns.period.start)
            members = unit.times.crews([world.repair.id], a_period("08:00", 8 * 60))
            early = unit.times.crews([world.repair.id], a_period("08:00", 3 * 60))

        assert open_ones == (anns, bens)
        assert members == tuple(
            Member(work_order=world.repair.id, start=each.period.start, appointment=each.id)
            for each in sorted((anns, bens, over, later), key=lambda each: each.id)
        )
        assert {each.appointment for each in members} - {each.appointment for each in early} == {later.id}

    @pytest.mark.rule("SEC-01")
    def test_another_companys_work_orders_have_no_crew_here(self, storage: Storage, world: World) -> None:
        visit = world.visit(work_order=world.repair.id)
        world.keep(visit)

        with founded(storage).reading() as unit:
            assert unit.appointments.crew(world.repair.id, visit.period.start) == ()
            assert unit.times.crews([world.repair.id], visit.period) == ()

    @pytest.mark.rule("FLD-13")
    def test_what_is_under_way_is_told_whenever_it_was_planned(self, world: World) -> None:
        there = [
            world.visit(status=status, period=a_period("09:00", day=DAY - timedelta(days=index)))
            for index, status in enumerate(Status)
        ]
        world.keep(*there, world.visit(status=Status.ON_SITE, user=world.ben.id))

        with world.reading() as unit:
            found = unit.times.under_way(world.ann.id)

        under_way = [each for each in there if each.status in (Status.EN_ROUTE, Status.ON_SITE)]
        assert list(found) == [shown(each, world) for each in sorted(under_way, key=lambda each: each.period.start)]

    def test_a_block_tells_what_its_customer_is_called_now(self, world: World) -> None:
        visit = world.visit()
        world.keep(visit)
        renamed = evolve(world.maria, business_name="Nielsen Bakery", point=None, version=2)
        with world.writing() as unit:
            unit.customers.save(renamed)

        with world.reading() as unit:
            assert unit.times.blocks(visit.period) == (shown(visit, evolve(world, maria=renamed)),)
