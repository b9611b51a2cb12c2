"""
Connections of customers: one of a kind is linked at a time.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import ConnectionKind
from fieldops_core.kernel.errors import Conflict
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_connection
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.round_trips import comes_back, two_versions
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded

MONITORING, INTERACTIVE = ConnectionKind


class ConnectionsContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_a_connection_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.connections(world.known))

        comes_back(world, lambda unit: unit.connections, first.id, first, second)

    @pytest.mark.rule("CUS-24")
    def test_what_is_linked_is_told_by_kind_from_what_was_unlinked(self, world: World) -> None:
        maria, provider = world.maria.id, world.locked_out.id
        former = a_connection(customer=maria, provider=provider, unlinked_at=NOW)
        standing = a_connection(customer=maria, provider=provider)
        another = a_connection(customer=world.jens.id, provider=provider, kind=INTERACTIVE)
        with world.writing() as unit:
            for each in (former, standing, another):
                unit.connections.add(each)

        with world.reading() as unit:
            found = unit.connections
            assert found.standing(maria, MONITORING) == standing
            assert found.standing(maria, INTERACTIVE) is None
            assert found.standing(world.jens.id, INTERACTIVE) == another
            assert found.of(maria, open=True, limit=9) == (standing,)
            assert found.of(maria, open=False, limit=9) == (former,)
            assert [found.count(maria, open=each) for each in (None, True, False)] == [2, 1, 1]

    @pytest.mark.rule("CUS-24")
    def test_a_second_one_of_a_kind_is_a_conflict(self, world: World) -> None:
        first = a_connection(customer=world.maria.id, provider=world.locked_out.id)
        with world.writing() as unit:
            unit.connections.add(first)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.connections.add(a_connection(customer=first.customer, provider=first.provider))

        with world.writing() as unit:
            unit.connections.save(evolve(first, unlinked_at=NOW, version=2))
            unit.connections.add(a_connection(customer=first.customer, provider=first.provider))
