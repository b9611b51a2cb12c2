"""
Addresses that wait to be looked up.
"""

from datetime import timedelta

import pytest
from attrs import evolve

from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import CustomerId
from fieldops_core.testing.builders import PROVO, a_customer
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import Suite, World, founded, given_up

LEASE = 300


def claimed(storage: Storage, seconds: int = 0, *, limit: int = 10) -> list[CustomerId]:
    """
    What is due so long after NOW.
    """
    due = storage.claim_lookups(limit, now=NOW + timedelta(seconds=seconds), lease_seconds=LEASE)
    return [each.customer for each in due]


class LookupsContract(Suite):
    """
    Each is due at its time, and one worker at a time has it.
    """

    @pytest.fixture
    def alone(self, world: World) -> World:
        """
        A company, while nothing else is due: what other tests left is put off.
        """
        while world.storage.claim_lookups(500, now=NOW + timedelta(days=900), lease_seconds=10_000_000):
            pass
        return world

    @pytest.mark.rule("CUS-14")
    def test_what_is_due_is_claimed_longest_due_first(self, alone: World) -> None:
        with alone.writing() as unit:
            unit.lookups.put([alone.maria.id], due=NOW)
            unit.lookups.put([alone.jens.id], due=NOW - timedelta(seconds=1))

        assert claimed(alone.storage, -2) == []
        assert claimed(alone.storage, limit=1) == [alone.jens.id]
        assert claimed(alone.storage) == [alone.maria.id]

    @pytest.mark.rule("CUS-14")
    def test_what_is_claimed_is_nobody_elses_until_its_lease_ends(self, alone: World) -> None:
        with alone.writing() as unit:
            unit.lookups.put([alone.maria.id], due=NOW)

        assert claimed(alone.storage) == [alone.maria.id]
        assert claimed(alone.storage, LEASE - 1) == []
        assert claimed(alone.storage, LEASE) == [alone.maria.id]

    @pytest.mark.rule("CUS-14")
    def test_what_was_asked_in_vain_is_counted_and_due_again_later(self, alone: World) -> None:
        with alone.writing() as unit:
            unit.lookups.put([alone.maria.id], due=NOW)
            assert unit.lookups.tries(alone.maria.id) == 0
            unit.lookups.put_off(alone.maria.id, due=NOW + timedelta(seconds=60))
            unit.lookups.put_off(alone.jens.id, due=NOW)

        assert claimed(alone.storage, 59) == []
        assert claimed(alone.storage, 60) == [alone.maria.id]
        with alone.writing() as unit:
            assert unit.lookups.tries(alone.maria.id) == 1
            assert unit.lookups.tries(alone.jens.id) is None
            unit.lookups.put([alone.maria.id, alone.jens.id], due=NOW)
            assert [unit.lookups.tries(each.id) for each in (alone.maria, alone.jens)] == [0, 0]

    @pytest.mark.rule("CUS-14")
    def test_what_is_dropped_waits_no_longer(self, alone: World) -> None:
        with alone.writing() as unit:
            unit.lookups.put([alone.maria.id, alone.jens.id], due=NOW)
            unit.lookups.drop(alone.maria.id)
            unit.lookups.drop(alone.maria.id)
            unit.lookups.put([], due=NOW)

        assert claimed(alone.storage) == [alone.jens.id]

    def test_what_is_not_saved_does_not_wait(self, alone: World) -> None:
        with given_up(alone) as unit:
            unit.lookups.put([alone.maria.id], due=NOW)

        assert claimed(alone.storage) == []

    @pytest.mark.rule("CUS-14", "SEC-01")
    def test_those_of_all_companies_are_claimed_together_and_known_by_their_own_alone(
        self, storage: Storage, alone: World
    ) -> None:
        other = founded(storage)
        for world in (alone, other):
            with world.writing() as unit:
                unit.lookups.put([world.maria.id], due=NOW)

        due = storage.claim_lookups(10, now=NOW, lease_seconds=LEASE)

        assert {(each.company, each.customer) for each in due} == {
            (alone.company.id, alone.maria.id),
            (other.company.id, other.maria.id),
        }
        with other.reading() as unit:
            assert unit.lookups.tries(alone.maria.id) is None

    def test_records_without_coordinates_are_found_and_estimates_where_asked(self, world: World) -> None:
        with world.writing() as unit:
            unit.customers.save(evolve(world.maria, point=None, version=2))
            near = a_customer(location=world.provo.id, number=8, point=PROVO, point_is_estimate=True)
            unit.customers.add(near)

        with world.reading() as unit:
            assert unit.customers.unplaced(estimates=False) == (world.maria.id,)
            assert unit.customers.unplaced(estimates=True) == (world.maria.id, near.id)
