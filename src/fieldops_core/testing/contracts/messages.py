"""
Messages: listed newest first, counted, claimed when they are due.
"""

from collections import Counter
from datetime import timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Stage
from fieldops_core.app.ports import Storage
from fieldops_core.messaging.model import Message, MessageId, MessageState
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import a_message
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded, given_up

LEASE = 300


def claimed(storage: Storage, seconds: int = 0, *, limit: int = 10) -> list[MessageId]:
    """
    What is due so long after NOW.
    """
    due = storage.claim_messages(limit, now=NOW + timedelta(seconds=seconds), lease_seconds=LEASE)
    return [each.message for each in due]


class MessagesContract(Suite):
    """
    Each is due at its time, and one worker at a time has it.
    """

    @pytest.fixture
    def quiet(self, world: World) -> World:
        """
        A company, while nothing else is due: what other tests left is put off.
        """
        while world.storage.claim_messages(500, now=NOW + timedelta(days=900_000), lease_seconds=1_000_000_000):
            pass
        return world

    @EXAMPLES
    @given(data=st.data())
    def test_pages_of_messages_make_up_their_whole_list(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        some = data.draw(st.lists(strategies.messages(world.known), max_size=6, unique_by=lambda each: each.id))
        with world.writing() as unit:
            for each in some:
                unit.messages.add(each)
        whose, limit = data.draw(st.none() | world.known.customers), data.draw(st.integers(1, 4))
        state = data.draw(st.none() | st.sampled_from(MessageState))
        place = st.tuples(st.sampled_from(Stage), world.known.locations)
        visible = data.draw(st.none() | st.frozensets(place))
        records = {each.id: (each.stage, each.location) for each in (world.maria, world.jens)}
        chosen = [
            each
            for each in sorted(some, key=lambda each: each.id, reverse=True)
            if whose in (None, each.customer) and (visible is None or records[each.customer] in visible)
        ]

        pages: list[Message] = []
        with world.reading() as unit:
            while found := unit.messages.page(
                visible=visible,
                customer=whose,
                state=state,
                after=pages[-1].id if pages else None,
                limit=limit,
            ):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(some), "a page repeats what another held"
            counts = unit.messages.counts(visible=visible, customer=whose)

        assert pages == [each for each in chosen if state in (None, each.state)]
        assert Counter(counts) == Counter(each.state for each in chosen)

    @pytest.mark.rule("NTF-01")
    def test_what_is_due_is_claimed_longest_due_first(self, quiet: World) -> None:
        first = a_message(customer=quiet.maria.id, due_at=NOW - timedelta(seconds=1))
        second, sent = a_message(customer=quiet.jens.id), a_message(customer=quiet.maria.id, due_at=None)
        with quiet.writing() as unit:
            for each in (sent, second, first):
                unit.messages.add(each)

        assert claimed(quiet.storage, -2) == []
        assert claimed(quiet.storage, limit=1) == [first.id]
        assert claimed(quiet.storage) == [second.id]

    @pytest.mark.rule("NTF-01")
    def test_what_is_claimed_is_nobody_elses_until_its_lease_ends(self, quiet: World) -> None:
        message = a_message(customer=quiet.maria.id)
        with quiet.writing() as unit:
            unit.messages.add(message)

        assert claimed(quiet.storage) == [message.id]
        assert claimed(quiet.storage, LEASE - 1) == []
        assert claimed(quiet.storage, LEASE) == [message.id]

    @pytest.mark.rule("NTF-01")
    def test_what_was_finished_while_it_was_claimed_is_not_due_again(self, quiet: World) -> None:
        message = a_message(customer=quiet.maria.id)
        with quiet.writing() as unit:
            unit.messages.add(message)
        assert claimed(quiet.storage) == [message.id]

        with quiet.writing() as unit:
            there = unit.messages.get(message.id)
            assert there.version == 1
            unit.messages.save(evolve(there, state=MessageState.SENT, due_at=None, version=2))

        assert claimed(quiet.storage, 10 * LEASE) == []

    @pytest.mark.rule("NTF-01")
    def test_what_is_not_saved_is_not_due(self, quiet: World) -> None:
        with given_up(quiet) as unit:
            unit.messages.add(a_message(customer=quiet.maria.id))

        assert claimed(quiet.storage) == []

    @pytest.mark.rule("NTF-01", "SEC-01")
    def test_those_of_all_companies_are_claimed_together(self, storage: Storage, quiet: World) -> None:
        other = founded(storage)
        ids = {}
        for world in (quiet, other):
            message = a_message(customer=world.maria.id)
            ids[world.company.id] = message.id
            with world.writing() as unit:
                unit.messages.add(message)

        due = storage.claim_messages(10, now=NOW, lease_seconds=LEASE)

        assert {each.company: each.message for each in due} == ids
        with other.reading() as unit:
            assert [
                each.id for each in unit.messages.page(visible=None, customer=None, state=None, after=None, limit=10)
            ] == [ids[other.company.id]]
