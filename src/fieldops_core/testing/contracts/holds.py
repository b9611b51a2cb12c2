"""
Time that is taken for a while.
"""

from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage, Unit
from fieldops_core.kernel.cells import epoch
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.scheduling.model import Hold
from fieldops_core.testing.builders import a_period
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.visits import slots
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded

SECOND = timedelta(seconds=1)


@st.composite
def some_holds(draw: st.DrawFn, world: World) -> list[Hold]:
    """
    In no order, some of them expired.
    """
    hold = st.builds(
        world.hold,
        user=world.known.users,
        period=slots(),
        expires_at=st.sampled_from([NOW - SECOND, NOW, NOW + SECOND, NOW + timedelta(hours=1)]),
    )
    return draw(st.lists(hold, max_size=6))


def keep(world: World, *holds: Hold) -> None:
    with world.writing() as unit:
        for hold in holds:
            unit.holds.add(hold)


class HoldsContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_what_takes_time_is_every_hold_that_touches_the_period_and_has_not_expired(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        holds, period = data.draw(some_holds(world)), data.draw(slots(longest=7 * 96))
        users = data.draw(st.none() | st.lists(world.known.users, unique=True))
        keep(world, *holds)
        world.keep(visit := world.visit(period=data.draw(slots())))
        there = [
            each
            for each in sorted(holds, key=lambda each: (each.period.start, each.id))
            if each.period.overlaps(period) and each.expires_at > NOW and (users is None or each.user in users)
        ]

        with world.reading() as unit:
            live = unit.holds.live(period, users=users, now=NOW)
            taken = unit.times.taken(period, users=users, now=NOW)

        assert list(live) == there
        held = {each.hold: each for each in taken if each.hold is not None}
        assert set(held) == {each.id for each in there}
        for each in there:
            row = held[each.id]
            assert (row.user, row.appointment) == (each.user, None)
            assert (row.start, row.until) == (epoch(each.period.start), epoch(each.period.end))
        assert {each.appointment for each in taken if each.hold is None} <= {visit.id}

    @pytest.mark.rule("BKG-04")
    def test_a_hold_takes_time_until_the_instant_at_which_it_expires(self, world: World) -> None:
        hold = world.hold()
        keep(world, hold)

        def taking(unit: Unit, seconds: int) -> tuple[int, int]:
            now = hold.expires_at + timedelta(seconds=seconds)
            return len(unit.holds.live(hold.period, now=now)), len(unit.times.taken(hold.period, now=now))

        with world.reading() as unit:
            assert (taking(unit, -1), taking(unit, 0)) == ((1, 1), (0, 0))

    def test_a_hold_is_found_by_its_id_or_not_at_all(self, world: World) -> None:
        hold = world.hold()
        keep(world, hold)

        with world.reading() as unit:
            assert unit.holds.find(hold.id) == hold
            assert unit.holds.find(world.hold().id) is None

    def test_what_has_expired_is_removed_of_one_user(self, world: World) -> None:
        expired, live = world.hold(expires_at=NOW), world.hold(expires_at=NOW + SECOND, period=a_period("11:00"))
        bens = world.hold(expires_at=NOW, user=world.ben.id)
        keep(world, expired, live, bens)

        with world.writing() as unit:
            unit.holds.remove_expired(world.ann.id, now=NOW)

        with world.reading() as unit:
            assert [unit.holds.find(each.id) for each in (expired, live, bens)] == [None, live, bens]

    def test_a_removed_hold_is_gone(self, world: World) -> None:
        hold = world.hold()
        keep(world, hold)

        with world.writing() as unit:
            unit.holds.remove(hold)

        with world.reading() as unit:
            assert unit.holds.live(hold.period, now=NOW) == ()
            with pytest.raises(NotFound):
                unit.holds.get(hold.id)

    def test_the_removal_of_what_is_gone_is_a_conflict(self, world: World) -> None:
        with pytest.raises(Conflict), world.writing() as unit:
            unit.holds.remove(world.hold())

    @pytest.mark.rule("SEC-01")
    def test_another_companys_holds_are_neither_found_nor_removed(self, storage: Storage, world: World) -> None:
        other, hold = founded(storage), world.hold(expires_at=NOW)
        keep(world, hold)

        with other.writing() as unit:
            assert unit.holds.find(hold.id) is None
            unit.holds.remove_expired(world.ann.id, now=NOW)
        with pytest.raises(Conflict), other.writing() as unit:
            unit.holds.remove(evolve(hold))

        with world.reading() as unit:
            assert unit.holds.find(hold.id) == hold

    def test_what_is_held_for_some_customers_is_found_and_removed_at_once(self, world: World) -> None:
        marias = [world.hold(expires_at=NOW), world.hold(period=a_period("11:00"))]
        jenss = world.hold(customer=world.jens.id, user=world.ben.id)
        keep(world, *marias, jenss)

        with world.writing() as unit:
            found = unit.holds.of_customers([world.maria.id])
            assert found == tuple(sorted(marias, key=lambda each: each.id))
            unit.holds.remove_all(found)

        with world.reading() as unit:
            assert unit.holds.of_customers([world.maria.id, world.jens.id]) == (jenss,)
            assert unit.holds.of_customers([]) == ()
        with pytest.raises(Conflict), world.writing() as unit:
            unit.holds.remove_all([jenss, marias[0]])
        with world.reading() as unit:
            assert unit.holds.find(jenss.id) == jenss
