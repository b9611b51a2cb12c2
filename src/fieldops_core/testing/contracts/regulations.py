"""
What records have fulfilled of government regulations.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_fulfilment
from fieldops_core.testing.contracts.round_trips import comes_back, two_versions
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


class RegulationsContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_a_fulfilment_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.fulfilments(world.known))

        comes_back(world, lambda unit: unit.fulfilments, first.id, first, second)

    @pytest.mark.rule("CUS-24")
    def test_a_records_fulfilments_are_told_and_a_removed_one_is_gone(self, world: World) -> None:
        maria, entry = world.maria.id, world.locked_out.id
        first, second = (a_fulfilment(customer=maria, regulation=entry) for _ in range(2))
        with world.writing() as unit:
            for each in (first, second, a_fulfilment(customer=world.jens.id, regulation=entry)):
                unit.fulfilments.add(each)
            assert unit.fulfilments.of(maria) == (first, second)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.fulfilments.remove(evolve(first, version=2))
        with world.writing() as unit:
            unit.fulfilments.remove(first)

        with world.reading() as unit:
            assert unit.fulfilments.of(maria) == (second,)
            with pytest.raises(NotFound):
                unit.fulfilments.get(first.id)
