"""
Families of customers, archived ones, and who may become a parent.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Customer, CustomerId, Sort, search_text
from fieldops_core.customers.ports import Selection
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.outcome import Outcome, UniformChange
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.builders import a_customer, fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def some_family(world: World) -> tuple[Customer, ...]:
    """
    Maria's three sub-customers, kept.
    """
    flats = [a_customer(location=world.orem.id, parent=world.maria.id, number=number) for number in (9, 7, 8)]
    with world.writing() as unit:
        for each in flats:
            unit.customers.add(each)
    return tuple(flats)


class FamiliesContract(Suite):
    def test_a_family_is_its_parent_and_her_children_in_the_order_of_their_ids(self, world: World) -> None:
        flats = some_family(world)

        with world.writing() as unit:
            for lock in Lock:
                found = unit.customers.family(world.maria.id, lock=lock)
                assert found == tuple(sorted((world.maria, *flats), key=lambda each: each.id))
            assert unit.customers.family(world.jens.id) == (world.jens,)
            assert unit.customers.family(CustomerId(fresh())) == ()

    def test_children_are_in_the_order_of_their_numbers(self, world: World) -> None:
        flats = some_family(world)

        with world.reading() as unit:
            assert [each.number for each in unit.customers.children(world.maria.id)] == [7, 8, 9]
            assert [each.number for each in unit.customers.children(world.maria.id, limit=2)] == [7, 8]
            assert unit.customers.children(flats[0].id) == ()

    @pytest.mark.rule("FAM-01")
    def test_a_third_level_is_a_conflict(self, world: World) -> None:
        child = some_family(world)[0]

        for wrong in (
            evolve(world.maria, parent=world.jens.id, version=2),
            evolve(world.jens, parent=child.id, version=2),
            evolve(world.jens, parent=world.jens.id, version=2),
            evolve(world.jens, parent=CustomerId(fresh()), version=2),
        ):
            with pytest.raises(Conflict), world.writing() as unit:
                unit.customers.save(wrong)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.customers.add(a_customer(location=world.provo.id, parent=child.id))
        with world.writing() as unit:
            unit.customers.save(evolve(child, parent=world.jens.id, version=2))

    def test_another_companys_customer_is_nobodys_parent(self, storage: Storage, world: World) -> None:
        other = founded(storage)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.customers.save(evolve(world.jens, parent=other.maria.id, version=2))
        with world.reading() as unit:
            assert unit.customers.family(other.maria.id) == ()

    @EXAMPLES
    @given(data=st.data())
    def test_candidates_are_top_level_customers_who_are_not_archived(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        names, places = st.sampled_from(["Ada", "Ben"]), st.sampled_from([world.provo.id, world.orem.id])
        more = [
            a_customer(
                number=number,
                stage=data.draw(st.sampled_from(Stage)),
                first_name=data.draw(names),
                location=data.draw(places),
                parent=data.draw(st.sampled_from([None, world.maria.id])),
                archived_at=data.draw(st.sampled_from([None, NOW])),
            )
            for number in data.draw(st.lists(st.integers(3, 9), unique=True, max_size=6))
        ]
        with world.writing() as unit:
            for each in more:
                unit.customers.add(each)
        visible = data.draw(st.none() | st.frozensets(places))
        words = data.draw(st.sampled_from([(), ("ada",), ("be", "nielsen")]))
        limit = data.draw(st.integers(1, 5))

        naive = [
            each
            for each in sorted((world.maria, world.jens, *more), key=lambda each: each.number)
            if (each.stage, each.parent, each.archived_at) == (Stage.CUSTOMER, None, None)
            and each.id != world.jens.id
            and (visible is None or each.location in visible)
            and all(word in search_text(each) for word in words)
        ]
        with world.reading() as unit:
            found = unit.customers.candidates(visible=visible, words=words, without=world.jens.id, limit=limit)
        assert list(found) == naive[:limit]

    @pytest.mark.rule("CUS-15")
    def test_a_list_holds_archived_records_active_ones_or_all(self, world: World) -> None:
        gone = a_customer(location=world.provo.id, number=3, archived_at=NOW, archived_by=world.ann.id)
        with world.writing() as unit:
            unit.customers.add(gone)

        with world.reading() as unit:
            for archived, expected in ((None, [1, 2, 3]), (True, [3]), (False, [1, 2])):
                found = unit.customers.page(Selection(archived=archived), sort=Sort.NUMBER, after=None, limit=9)
                assert [each.number for each in found] == expected

    def test_records_that_change_alike_are_saved_at_once(self, world: World) -> None:
        both = (evolve(world.maria, ssn=Secret("123-45-6789"), version=2), world.jens)
        with world.writing() as unit:
            unit.customers.save(both[0])
        archived = [evolve(each, archived_at=NOW, archived_by=world.ann.id, version=each.version + 1) for each in both]
        pairs = zip(both, archived, strict=True)

        with world.writing() as unit:
            outcomes = tuple(Outcome(before=before, state=after) for before, after in pairs)
            unit.customers.save_alike(UniformChange(outcomes=outcomes))

        with world.reading() as unit:
            found = [unit.customers.get(each.id) for each in archived]
        assert found == archived
        assert found[0].ssn is not None
        assert found[0].ssn.reveal() == "123-45-6789"
