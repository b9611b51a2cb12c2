"""
First answers, history, and the outbox.
"""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Token
from fieldops_core.access.rules import CONFIDENTIAL
from fieldops_core.access.views import RoleView, TokenView, role_view, token_view
from fieldops_core.app.ports import Due, Receipt, Storage, StoredAnswer
from fieldops_core.company.messages import LocationChanged
from fieldops_core.company.views import (
    AppointmentTypeView,
    LocationView,
    SettingsView,
    appointment_type_view,
    location_view,
    settings_view,
)
from fieldops_core.customers.model import Customer
from fieldops_core.customers.views import Around, CustomerView, Sight, customer_view
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.events import NOWHERE, Event, Happened, Place
from fieldops_core.kernel.history import FieldChange, HistoryEntry, HistoryPlace
from fieldops_core.kernel.plain import plain
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.model import Lack
from fieldops_core.scheduling.views import AppointmentView, StrandedView, appointment_view, stranded_line
from fieldops_core.staff.views import AbsenceView, UserView, absence_view, user_view
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded, given_up, pause

LEASE = 60
LOOKS = 20_000  # 2 ms apart and more


ALL_SEEN = Sight(confidential=frozenset(CONFIDENTIAL), sale=True, installation=True, lead_rep=True)


def as_seen(customer: Customer) -> CustomerView:
    """
    A record as a reader with every permission sees it.
    """
    return customer_view(customer, ALL_SEEN, Around(zone="America/Denver"))


def answers(world: World) -> st.SearchStrategy[tuple[type, object]]:
    """
    Views that a command answers, with their types.
    """
    known = world.known
    return st.one_of(
        st.tuples(st.just(LocationView), strategies.locations().map(location_view)),
        st.tuples(st.just(AppointmentTypeView), strategies.appointment_types().map(appointment_type_view)),
        st.tuples(st.just(SettingsView), strategies.companies().map(settings_view)),
        st.tuples(st.just(RoleView), strategies.roles(known).map(role_view)),
        st.tuples(st.just(TokenView), strategies.tokens(known).map(new_token_view)),
        st.tuples(st.just(UserView), strategies.users(known).map(user_view)),
        st.tuples(st.just(AbsenceView), strategies.absences(known).map(absence_view)),
        st.tuples(st.just(CustomerView), strategies.customers(known).map(as_seen)),
        st.tuples(st.just(AppointmentView), appointment_views(known)),
    )


@st.composite
def appointment_views(draw: st.DrawFn, known: strategies.Known) -> AppointmentView:
    return appointment_view(
        draw(strategies.appointments(known)),
        draw(strategies.arounds(known)),
        expected_start=None,
        tracked=True,
        reader_zone=draw(st.none() | strategies.zones()),
        outside_hours=draw(st.booleans()),
        unfit=tuple(draw(st.lists(strategies.violations(), max_size=2))),
    )


@st.composite
def _stranded(draw: st.DrawFn, world: World) -> StrandedView:
    blocks, why = draw(st.lists(strategies.blocks(world.known), max_size=2)), st.frozensets(st.sampled_from(Lack))
    zone = draw(st.none() | strategies.zones())
    lines = tuple(stranded_line(each, draw(strategies.names()), draw(why), reader_zone=zone) for each in blocks)
    return StrandedView(count=draw(st.integers(len(lines), 100)), appointments=lines)


def new_token_view(token: Token) -> TokenView:
    return token_view(token, secret=token.name)


def an_answer(world: World, fingerprint: str = "one") -> StoredAnswer:
    receipt = Receipt(answer=location_view(world.provo))
    return StoredAnswer(fingerprint=fingerprint, receipt=receipt, records=frozenset({world.maria.id}))


class AnswersContract(Suite):
    """
    The first answer to a command is found again by who gave it which id.
    """

    @EXAMPLES
    @given(data=st.data())
    def test_an_answer_is_found_as_it_was_given(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        kind, answer = data.draw(answers(world))
        actor, command_id = data.draw(st.none() | world.known.users), data.draw(strategies.names())
        stored = StoredAnswer(fingerprint=data.draw(strategies.names()), receipt=Receipt(answer=answer))

        with world.writing() as unit:
            unit.answers.add(actor, command_id, stored, at=NOW)

        with world.reading() as unit:
            found = unit.answers.find(actor, command_id, answer=kind)
        assert found is not None
        assert type(found.receipt.answer) is kind
        # As text: a repeated local time never equals the same instant in another zone's words.
        assert plain(found) == plain(stored)

    @EXAMPLES
    @given(data=st.data())
    def test_what_policies_added_is_found_with_it(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        added = tuple(data.draw(st.lists(_stranded(world), max_size=2)))
        stored = StoredAnswer(fingerprint="", receipt=Receipt(answer=location_view(world.provo), added=added))

        with world.writing() as unit:
            unit.answers.add(None, "a", stored, at=NOW)

        with world.reading() as unit:
            found = unit.answers.find(None, "a", answer=LocationView, added=[StrandedView])
        assert found is not None
        assert [type(each) for each in found.receipt.added] == [StrandedView] * len(added)
        assert plain(found) == plain(stored)

    def test_an_answer_belongs_to_one_actor_and_one_id(self, world: World) -> None:
        with world.writing() as unit:
            unit.answers.add(world.ann.id, "a", an_answer(world), at=NOW)

        with world.reading() as unit:
            assert unit.answers.find(world.ann.id, "b", answer=LocationView) is None
            assert unit.answers.find(world.ben.id, "a", answer=LocationView) is None
            assert unit.answers.find(None, "a", answer=LocationView) is None

    @pytest.mark.parametrize("system", [False, True])
    def test_a_second_answer_under_the_same_id_is_a_conflict(self, world: World, system: bool) -> None:
        actor = None if system else world.ann.id
        first = an_answer(world)
        with world.writing() as unit:
            unit.answers.add(actor, "a", first, at=NOW)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.answers.add(actor, "a", an_answer(world, "two"), at=NOW)

        with world.reading() as unit:
            assert unit.answers.find(actor, "a", answer=LocationView) == first


class HistoryContract(Suite):
    @EXAMPLES
    @given(data=st.data())
    def test_entries_are_told_as_they_were_written_newest_first(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        drawn = data.draw(
            st.lists(strategies.history_entries(world.known), max_size=5, unique_by=(lambda e: e.id, lambda e: e.at))
        )
        entries = [evolve(each, aggregate="appointment", aggregate_id=world.company.id) for each in drawn]
        limit = data.draw(st.integers(1, 5))

        with world.writing() as unit:
            unit.history.add(entries)

        naive = tuple(sorted(entries, key=lambda each: each.at, reverse=True))
        with world.reading() as unit:
            assert unit.history.of("appointment", world.company.id) == naive
            assert unit.history.of("appointment", world.company.id, limit=limit) == naive[:limit]
            assert unit.history.first("appointment", world.company.id) == (naive[-1] if naive else None)

    def test_the_history_of_one_aggregate_is_not_anothers(self, world: World) -> None:
        entry = an_entry(world.maria.id)
        with world.writing() as unit:
            unit.history.add([entry, an_entry(world.jens.id)])
            unit.history.add([])

        with world.reading() as unit:
            assert unit.history.of("customer", world.maria.id) == (entry,)
            assert unit.history.of("user", world.maria.id) == ()
            assert unit.history.first("customer", world.maria.id) == entry
            assert unit.history.first("user", world.maria.id) is None

    def test_a_secret_in_the_history_comes_back_as_a_secret(self, world: World) -> None:
        change = FieldChange(field="private_note", old=Secret("gate 1234"), new=Secret("gate 5678 é"))
        with world.writing() as unit:
            unit.history.add([an_entry(world.maria.id, change)])

        with world.reading() as unit:
            (found,) = unit.history.of("customer", world.maria.id)

        assert found.changes == (change,)
        assert [isinstance(value, Secret) for value in (found.changes[0].old, found.changes[0].new)] == [True, True]

    @EXAMPLES
    @given(data=st.data())
    def test_a_records_history_is_every_entry_of_what_it_is_and_has_newest_first(
        self, storage: Storage, data: st.DataObject
    ) -> None:
        world = founded(storage)
        records = [world.maria.id, world.jens.id]
        entry = st.builds(
            evolve,
            strategies.history_entries(world.known),
            record=st.none() | st.sampled_from(records),
            at=st.integers(0, 2).map(lambda hours: NOW + timedelta(hours=hours)),
        )
        there = data.draw(st.lists(entry, max_size=8, unique_by=lambda each: each.id))
        kinds = data.draw(st.sets(st.sampled_from([each.aggregate for each in there] or ["customer"])))
        limit = data.draw(st.integers(1, 4))
        with world.writing() as unit:
            unit.history.add(there)
        expected = sorted(
            (each for each in there if each.record == world.maria.id and each.aggregate in kinds),
            key=lambda each: (each.at, each.id),
            reverse=True,
        )

        found: list[HistoryEntry] = []
        with world.reading() as unit:
            while page := unit.history.of_record(
                world.maria.id,
                aggregates=kinds,
                after=HistoryPlace(found[-1].at, found[-1].id) if found else None,
                limit=limit,
            ):
                found += page

        assert found == expected


def an_entry(of: UUID, *changes: FieldChange) -> HistoryEntry:
    return HistoryEntry(
        id=fresh(),
        aggregate="customer",
        aggregate_id=of,
        record=of,
        at=NOW,
        actor=None,
        source=Source.SYSTEM,
        changes=changes or (FieldChange(field="first_name", old="Marie", new="Maria"),),
    )


@frozen
class Worker:
    """
    Claims what is due. Other companies' events, of other tests, are delivered first so that they are not in the way.
    """

    storage: Storage

    @classmethod
    def of(cls, storage: Storage) -> "Worker":
        end_of_time = datetime(2190, 1, 1, tzinfo=UTC)
        while due := storage.claim(500, now=end_of_time, lease_seconds=LEASE):
            cls(storage).deliver(due)
        return cls(storage)

    def claim(self, seconds: int = 0, *, limit: int = 10) -> tuple[Due, ...]:
        """
        What is due so long after :data:`NOW`.
        """
        return self.storage.claim(limit, now=NOW + timedelta(seconds=seconds), lease_seconds=LEASE)

    def deliver(self, due: Iterable[Due]) -> None:
        for each in due:
            with self.storage.writing(each.company) as unit:
                unit.outbox.done(each.id, at=NOW)


def waiting(world: World, count: int = 1) -> list[UUID]:
    """
    The ids of so many events in the outbox, a second apart, all due.
    """
    ids, events = [], []
    for number in range(count):
        ids.append(fresh())
        events.append(LocationChanged.of(world.provo, world.provo, at=NOW - timedelta(seconds=count - number)))
    with world.writing() as unit:
        unit.outbox.add(events, ids=ids)
    return ids


class OutboxContract(Suite):
    """
    Events wait until they are delivered, and one worker at a time has each.
    """

    @pytest.mark.rule("EVT-01")
    @EXAMPLES
    @given(data=st.data())
    def test_an_event_is_claimed_as_it_was_told(self, storage: Storage, data: st.DataObject) -> None:
        world, worker = founded(storage), Worker.of(storage)
        events: list[Event] = data.draw(st.lists(strategies.events(), max_size=3))
        told = {fresh(): event for event in events}
        with world.writing() as unit:
            unit.outbox.add(list(told.values()), ids=list(told))

        due = storage.claim(10, now=datetime(2060, 1, 1, tzinfo=UTC), lease_seconds=LEASE)

        assert {each.id: each.event for each in due} == told
        assert {(each.company, each.attempt) for each in due} <= {(world.company.id, 1)}
        assert [type(each.event) for each in due] == [type(told[each.id]) for each in due]
        worker.deliver(due)

    def test_events_are_claimed_oldest_first_as_many_as_are_asked_for(self, world: World) -> None:
        worker = Worker.of(world.storage)
        ids = waiting(world, 5)

        assert [each.id for each in worker.claim(limit=2)] == ids[:2]
        assert [each.id for each in worker.claim(limit=2)] == ids[2:4]
        assert [each.id for each in worker.claim(limit=2)] == ids[4:]
        assert worker.claim(limit=2) == ()

    def test_events_of_all_companies_are_claimed_together(self, storage: Storage, world: World) -> None:
        worker, other = Worker.of(storage), founded(storage)
        (first,), (second,) = waiting(world), waiting(other)

        found = {each.id: each.company for each in worker.claim()}

        assert found == {first: world.company.id, second: other.company.id}

    def test_a_claimed_event_is_nobody_elses_until_its_lease_ends(self, world: World) -> None:
        worker = Worker.of(world.storage)
        ids = waiting(world)

        assert [each.attempt for each in worker.claim()] == [1]
        assert worker.claim(LEASE - 1) == ()
        assert [(each.id, each.attempt) for each in worker.claim(LEASE)] == [(ids[0], 2)]
        assert worker.claim(2 * LEASE - 1) == ()

    def test_a_delivered_event_is_not_due_again(self, world: World) -> None:
        worker = Worker.of(world.storage)
        waiting(world, 2)
        first, second = worker.claim()

        worker.deliver([first])

        assert [each.id for each in worker.claim(LEASE)] == [second.id]

    def test_an_event_may_be_reported_delivered_twice(self, world: World) -> None:
        worker = Worker.of(world.storage)
        waiting(world)
        due = worker.claim()

        worker.deliver([*due, *due])

        assert worker.claim(LEASE) == ()

    def test_a_delivery_that_is_rolled_back_is_due_again(self, world: World) -> None:
        worker = Worker.of(world.storage)
        waiting(world)
        (due,) = worker.claim()

        with given_up(world) as unit:
            unit.outbox.done(due.id, at=NOW)

        assert [each.id for each in worker.claim(LEASE)] == [due.id]

    @pytest.mark.rule("EVT-01")
    def test_events_of_a_unit_that_is_rolled_back_are_never_told(self, world: World) -> None:
        worker = Worker.of(world.storage)

        with given_up(world) as unit:
            unit.outbox.add([LocationChanged.of(None, world.provo, at=NOW)], ids=[fresh()])

        assert worker.claim() == ()


def happened(world: World, many: int, *, after: Place = NOWHERE) -> tuple[Happened, ...]:
    """
    What was committed after a place, as soon as it is so *many*, of which no test has more than ten: a storage may hold
    back what comes after a transaction that still runs, whosever that is.
    """
    found: tuple[Happened, ...] = ()
    for _ in range(LOOKS):
        with world.reading() as unit:
            found = unit.outbox.since(after, limit=10)
        if len(found) >= many:
            break
        pause()
    return found


class HappenedContract(Suite):
    """
    What was committed is read in an order in which nothing comes before what was read. Of a transaction that still runs
    nothing is read: not even by itself.
    """

    @pytest.mark.rule("API-06", "EVT-02")
    def test_what_happened_is_read_in_its_order_also_after_it_was_delivered(self, world: World) -> None:
        with world.reading() as unit:
            assert (unit.outbox.newest(), unit.outbox.since(NOWHERE, limit=10)) == (NOWHERE, ())
            assert unit.outbox.knows(NOWHERE)
        first = waiting(world, 3)
        with world.writing() as unit:
            for id in first:
                unit.outbox.done(id, at=NOW)
        second = waiting(world, 2)

        found = happened(world, 5)
        places = [each.place for each in found]
        with world.reading() as unit:
            assert unit.outbox.newest() == places[-1]
            assert unit.outbox.since(places[1], limit=2) == found[2:4]
            assert all(unit.outbox.knows(place) for place in places)
            assert not unit.outbox.knows(evolve(places[0], position=places[-1].position + 1))
            assert not unit.outbox.knows(evolve(places[0], id=fresh()))
        assert {each.id for each in places[:3]} == set(first)
        assert {each.id for each in places[3:]} == set(second)
        assert places == sorted(places)
        assert [each.event.aggregate for each in found] == ["location"] * 5

    @pytest.mark.rule("API-06", "SEC-01")
    def test_what_happened_elsewhere_is_not_read(self, storage: Storage, world: World) -> None:
        other = founded(storage)
        (id,) = waiting(other, 1)

        (there,) = happened(other, 1)
        with world.reading() as unit:
            assert unit.outbox.since(NOWHERE, limit=10) == ()
        with other.reading() as unit:
            place = unit.outbox.newest()
        assert place == there.place
        assert place.id == id
        with world.reading() as unit:
            assert not unit.outbox.knows(place)
