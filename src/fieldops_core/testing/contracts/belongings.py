"""
What belongs to customer records: listed newest first, counted, removed.
"""

from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.customers.model import Ticket, TicketStatus
from fieldops_core.testing import strategies
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
