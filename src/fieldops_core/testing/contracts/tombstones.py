"""
What is left of records that are no more.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Tombstone
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.history import HistoryPlace
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_tombstone
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


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
