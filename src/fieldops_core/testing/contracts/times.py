"""
What takes users' time.
"""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Status
from fieldops_core.testing.builders import DAY, a_period, at
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
            taken = unit.times.taken(period, users=users)

        answered = {each.appointment for each in taken}
        assert {id for id, each in there.items() if takes(each, period)} <= answered <= set(there)
        assert len(answered) == len(taken)
        for each in taken:
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
            taken = unit.times.taken(period, users=users)
            stops = unit.times.stops(period, users=users, without=without)

        expected = [
            (each.user, each.start, each.until, places[each.appointment])
            for each in taken
            if each.appointment != without
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
            assert [each.appointment for each in unit.times.taken(last)] == [visit.id]

    def test_asked_for_nobody_it_answers_nothing(self, world: World) -> None:
        world.keep(world.visit())

        with world.reading() as unit:
            assert unit.times.taken(a_period(), users=()) == ()
            assert unit.times.blocks(a_period(), users=()) == ()

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
