"""
What belongs to customer records: listed newest first, counted, removed.
"""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Tagging, Ticket, TicketStatus
from fieldops_core.kernel.errors import Conflict, NotFound
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import (
    a_contact,
    a_file,
    an_at_risk_mark,
)
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


class BelongingsContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_what_belongs_to_a_record_make_up_its_whole_list(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        some = data.draw(st.lists(strategies.tickets(world.known), max_size=6, unique_by=lambda each: each.id))
        with world.writing() as unit:
            for each in some:
                unit.tickets.add(each)
        whose, limit = data.draw(world.known.customers), data.draw(st.integers(1, 4))
        open = data.draw(st.none() | st.booleans())
        naive = [
            each
            for each in sorted(some, key=lambda each: each.id, reverse=True)
            if each.customer == whose and open in (None, each.status is TicketStatus.OPEN)
        ]

        pages: list[Ticket] = []
        with world.reading() as unit:
            while found := unit.tickets.of(whose, open=open, after=pages[-1].id if pages else None, limit=limit):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(some), "a page repeats what another held"
            assert unit.tickets.count(whose, open=open) == len(naive)

        assert pages == naive

    def test_what_never_ends_is_always_open(self, world: World) -> None:
        note = world.note()
        with world.writing() as unit:
            unit.notes.add(note)

        with world.reading() as unit:
            assert unit.notes.of(world.maria.id, open=True, limit=2) == (note,)
            assert unit.notes.of(world.maria.id, open=False, limit=2) == ()
            assert [unit.notes.count(world.maria.id, open=each) for each in (None, True, False)] == [1, 1, 0]
            assert unit.notes.count(world.jens.id) == 0

    def test_marks_that_stand_are_told_from_those_that_were_cleared(self, world: World) -> None:
        cleared = an_at_risk_mark(customer=world.maria.id, cleared_at=NOW)
        standing = an_at_risk_mark(customer=world.maria.id)
        with world.writing() as unit:
            for mark in (cleared, standing, an_at_risk_mark(customer=world.jens.id)):
                unit.at_risk_marks.add(mark)

        with world.reading() as unit:
            marks = unit.at_risk_marks
            assert marks.of(world.maria.id, limit=3) == (standing, cleared)
            assert marks.of(world.maria.id, open=True, limit=3) == (standing,)
            assert marks.of(world.maria.id, open=False, limit=3) == (cleared,)
            assert [marks.count(world.maria.id, open=each) for each in (None, True, False)] == [2, 1, 1]

    def test_the_keys_that_files_name_are_told_from_those_that_none_does(self, world: World) -> None:
        first, second = a_file(customer=world.maria.id), a_file(customer=world.jens.id)
        with world.writing() as unit:
            unit.files.add(first)
            unit.files.add(second)

        with world.reading() as unit:
            both = {first.content.key, second.content.key}
            assert unit.files.named([*both, "nobody-names-this-one"]) == both
            assert unit.files.named([]) == frozenset()

    def test_a_removed_file_is_gone_and_its_key_named_no_more(self, world: World) -> None:
        file = a_file(customer=world.maria.id)
        with world.writing() as unit:
            unit.files.add(file)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.files.remove(evolve(file, version=2))
        with world.writing() as unit:
            unit.files.remove(file)

        with world.reading() as unit:
            assert unit.files.named([file.content.key]) == frozenset()
            with pytest.raises(NotFound):
                unit.files.get(file.id)

    def test_contacts_are_told_in_their_order_and_take_another_together(self, world: World) -> None:
        first, second, third = (a_contact(customer=world.maria.id, place=place) for place in (1, 2, 3))
        with world.writing() as unit:
            for each in (third, first, second, a_contact(customer=world.jens.id)):
                unit.contacts.add(each)
            assert unit.contacts.of(world.maria.id) == (first, second, third)

        swapped = (evolve(first, place=3, version=2), evolve(third, place=1, version=2))
        with world.writing() as unit:
            unit.contacts.save_all(swapped)

        with world.reading() as unit:
            assert unit.contacts.of(world.maria.id) == (swapped[1], second, swapped[0])

    @pytest.mark.rule("STO-04")
    def test_contacts_of_other_versions_are_a_conflict_all_together(self, world: World) -> None:
        first, second = (a_contact(customer=world.maria.id, place=place) for place in (1, 2))
        with world.writing() as unit:
            unit.contacts.add(first)
            unit.contacts.add(second)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.contacts.save_all((evolve(first, place=2, version=2), evolve(second, place=1, version=3)))

        with world.reading() as unit:
            assert unit.contacts.of(world.maria.id) == (first, second)

    def test_a_removed_contact_is_gone_unless_it_was_changed_meanwhile(self, world: World) -> None:
        contact = a_contact(customer=world.maria.id)
        with world.writing() as unit:
            unit.contacts.add(contact)
        with pytest.raises(Conflict), world.writing() as unit:
            unit.contacts.remove(evolve(contact, version=2))
        with world.writing() as unit:
            unit.contacts.remove(contact)

        with world.reading() as unit, pytest.raises(NotFound):
            unit.contacts.get(contact.id)

    @EXAMPLES
    @given(data=st.data())
    def test_tags_are_loaded_as_they_were_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = data.draw(strategies.taggings(world.known)), data.draw(strategies.taggings(world.known))
        first = evolve(first, version=2)

        for state in (first, evolve(second, id=first.id, version=3)):
            with world.writing() as unit:
                unit.taggings.save(state)
            with world.reading() as unit:
                assert unit.taggings.get(first.id) == state

    def test_a_record_that_was_never_tagged_has_no_tags_at_version_1(self, world: World) -> None:
        with world.writing() as unit:
            assert unit.taggings.get(world.maria.id) == Tagging(id=world.maria.id)

    @pytest.mark.rule("STO-04")
    @pytest.mark.parametrize("version", [2, 4])
    def test_tags_of_another_version_are_a_conflict(self, world: World, version: int) -> None:
        tagged = Tagging(id=world.maria.id, tags=(world.postponed.id,), version=2)
        with world.writing() as unit:
            unit.taggings.save(tagged)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.taggings.save(evolve(tagged, tags=(), version=version))

        with world.reading() as unit:
            assert unit.taggings.get(world.maria.id) == tagged
