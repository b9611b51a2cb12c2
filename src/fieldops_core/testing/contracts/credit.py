"""
Credit checks of records: one is active at a time.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_credit_check
from fieldops_core.testing.contracts.round_trips import comes_back, two_versions
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


class CreditContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_a_credit_check_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.credit_checks(world.known))

        comes_back(world, lambda unit: unit.credit_checks, first.id, first, second)

    @pytest.mark.rule("WFL-05")
    def test_the_active_one_is_told_from_the_others(self, world: World) -> None:
        maria = world.maria.id
        active, idle = a_credit_check(customer=maria, active=True), a_credit_check(customer=maria)
        with world.writing() as unit:
            for each in (active, idle, a_credit_check(customer=world.jens.id, active=True)):
                unit.credit_checks.add(each)

        with world.reading() as unit:
            assert unit.credit_checks.of(maria, limit=9) == (idle, active)
            assert unit.credit_checks.of(maria, open=True, limit=9) == (active,)
            assert unit.credit_checks.count(maria) == 2

    @pytest.mark.rule("WFL-05")
    def test_a_second_active_one_is_a_conflict(self, world: World) -> None:
        active = a_credit_check(customer=world.maria.id, active=True)
        with world.writing() as unit:
            unit.credit_checks.add(active)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.credit_checks.add(a_credit_check(customer=world.maria.id, active=True))

        with world.writing() as unit:
            unit.credit_checks.save(evolve(active, active=False, version=2))
            unit.credit_checks.add(a_credit_check(customer=world.maria.id, active=True))
