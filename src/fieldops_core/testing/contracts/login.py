"""
What is kept of who logs in.
"""

from datetime import timedelta
from hashlib import sha256

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.app.ports import Storage
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.model import (
    Attempts,
    Credentials,
    LinkId,
    Password,
    PasswordLink,
    Purpose,
    Session,
    SessionId,
)
from fieldops_core.testing import strategies
from fieldops_core.testing.builders import fresh
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.round_trips import comes_back, revealed, two_versions
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded, given_up

HOUR = timedelta(hours=1)
LEASE = 300


def a_session(user: UserId) -> Session:
    id = fresh()
    return Session(
        id=SessionId(id),
        user=user,
        hash=sha256(id.bytes).hexdigest(),
        device="Firefox",
        opened_at=NOW,
        seen_at=NOW,
        ends_at=NOW + HOUR,
    )


def a_password_link(user: UserId) -> PasswordLink:
    id = fresh()
    return PasswordLink(
        id=LinkId(id),
        user=user,
        purpose=Purpose.RESET,
        hash=sha256(id.bytes).hexdigest(),
        expires_at=NOW + HOUR,
        secret=Secret("MARKER-a-link"),
        due_at=NOW,
    )


def claimed(storage: Storage, seconds: int = 0, *, limit: int = 10) -> list[LinkId]:
    """
    What is due so long after NOW.
    """
    due = storage.claim_links(limit, now=NOW + timedelta(seconds=seconds), lease_seconds=LEASE)
    return [each.link for each in due]


def a_password(user: UserId) -> Password:
    return Password(id=user, hash="slow", set_at=NOW)


class LoginContract(Suite):
    """
    Sessions, passwords, links and attempts.
    """

    @pytest.fixture
    def idle(self, world: World) -> World:
        """
        A company, while nothing else is due: what other tests left is put off.
        """
        while world.storage.claim_links(500, now=NOW + timedelta(days=900_000), lease_seconds=1_000_000_000):
            pass
        return world

    @EXAMPLES
    @given(data=st.data())
    def test_a_session_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.sessions(world.known))

        comes_back(world, lambda unit: unit.sessions, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_password_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.passwords(world.known))

        comes_back(world, lambda unit: unit.passwords, first.id, first, second)

    @EXAMPLES
    @given(data=st.data())
    def test_a_password_link_is_loaded_as_it_was_saved(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        first, second = two_versions(data, strategies.password_links(world.known))

        comes_back(world, lambda unit: unit.password_links, first.id, first, second)
        with world.reading() as unit:
            assert revealed(unit.password_links.get(first.id).secret) == revealed(second.secret)

    @pytest.mark.rule("API-05")
    def test_a_session_tells_by_its_hash_whose_it_is(self, world: World) -> None:
        session, other = a_session(world.ben.id), a_session(world.ann.id)
        with world.writing() as unit:
            unit.sessions.add(session)
            unit.sessions.add(other)

        with world.reading() as unit:
            found, nobody = unit.sessions.visitor(session.hash), unit.sessions.visitor(a_session(world.ann.id).hash)
            assert unit.sessions.of(world.ben.id) == (session,)
        assert nobody is None
        assert found is not None
        assert (found.slug, found.user, found.session) == (world.company.slug, world.ben, session)
        assert {role.id for role in found.roles} == {world.owners.id, world.dispatchers.id}

    @pytest.mark.rule("API-05")
    def test_that_a_session_was_used_is_no_change_of_it(self, world: World) -> None:
        session = a_session(world.ben.id)
        with world.writing() as unit:
            unit.sessions.add(session)
        with world.writing() as unit:
            unit.sessions.seen(session.id, at=NOW + HOUR)
            unit.sessions.seen(SessionId(fresh()), at=NOW)

        with world.reading() as unit:
            assert unit.sessions.get(session.id) == evolve(session, seen_at=NOW + HOUR)

    @pytest.mark.rule("API-05")
    def test_credentials_are_found_whatever_the_case_of_the_address(self, world: World) -> None:
        with world.writing() as unit:
            unit.passwords.add(a_password(world.ann.id))

        with world.reading() as unit:
            found = unit.passwords.credentials(world.ann.email.address.upper())
            assert found == Credentials(user=world.ann.id, active=True, hash="slow", version=1)
            assert unit.passwords.credentials(world.ben.email.address) == Credentials(user=world.ben.id, active=True)
            assert unit.passwords.credentials("nobody@a.example") is None
            assert unit.passwords.of(world.ben.id) is None

    @pytest.mark.rule("API-05")
    def test_a_second_password_of_a_user_is_a_conflict(self, world: World) -> None:
        with world.writing() as unit:
            unit.passwords.add(a_password(world.ann.id))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.passwords.add(a_password(world.ann.id))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.passwords.save(evolve(a_password(world.ann.id), version=3))

    @pytest.mark.rule("API-08")
    def test_a_link_is_found_by_its_hash_and_by_its_user(self, world: World) -> None:
        first, second, other = (a_password_link(user) for user in (world.ann.id, world.ann.id, world.ben.id))
        with world.writing() as unit:
            for link in (second, other, first):
                unit.password_links.add(link)

        with world.reading() as unit:
            assert unit.password_links.of(world.ann.id) == (first, second)
            assert unit.password_links.hashed(other.hash) == other
            assert unit.password_links.hashed("0" * 64) is None

    @pytest.mark.rule("API-08")
    def test_links_that_are_due_are_claimed_longest_due_first(self, idle: World) -> None:
        first, second, sent = (
            evolve(a_password_link(idle.ann.id), due_at=due) for due in (NOW - timedelta(seconds=1), NOW, None)
        )
        with idle.writing() as unit:
            for link in (sent, second, first):
                unit.password_links.add(link)

        assert claimed(idle.storage, -2) == []
        assert claimed(idle.storage, limit=1) == [first.id]
        assert claimed(idle.storage) == [second.id]

    @pytest.mark.rule("API-08")
    def test_a_link_that_is_claimed_is_nobody_elses_until_its_lease_ends(self, idle: World) -> None:
        link = a_password_link(idle.ann.id)
        with idle.writing() as unit:
            unit.password_links.add(link)

        assert claimed(idle.storage) == [link.id]
        assert claimed(idle.storage, LEASE - 1) == []
        assert claimed(idle.storage, LEASE) == [link.id]

    @pytest.mark.rule("API-08")
    def test_a_link_that_was_sent_or_never_saved_is_not_due(self, idle: World) -> None:
        link = a_password_link(idle.ann.id)
        with idle.writing() as unit:
            unit.password_links.add(link)
        with given_up(idle) as unit:
            unit.password_links.add(a_password_link(idle.ann.id))
        assert claimed(idle.storage) == [link.id]

        with idle.writing() as unit:
            unit.password_links.save(evolve(unit.password_links.get(link.id), secret=None, due_at=None, version=2))

        assert claimed(idle.storage, 10 * LEASE) == []

    @pytest.mark.rule("API-08", "SEC-01")
    def test_links_of_all_companies_are_claimed_together(self, storage: Storage, idle: World) -> None:
        ids = {}
        for world in (idle, founded(storage)):
            link = a_password_link(world.ann.id)
            ids[world.company.id] = link.id
            with world.writing() as unit:
                unit.password_links.add(link)

        due = storage.claim_links(10, now=NOW, lease_seconds=LEASE)

        assert {each.company: each.link for each in due} == ids

    @pytest.mark.rule("API-05")
    def test_attempts_are_counted_under_their_key(self, world: World) -> None:
        once, twice = Attempts(count=1, last_at=NOW), Attempts(count=2, last_at=NOW + HOUR)
        with world.writing() as unit:
            assert unit.attempts.of("a") is None
            unit.attempts.put("a", once, forget_at=NOW)
            unit.attempts.put("b", once, forget_at=NOW)
        with world.writing() as unit:
            assert unit.attempts.of("a") == once
            unit.attempts.put("a", twice, forget_at=NOW)
            unit.attempts.drop("b")
            unit.attempts.drop("c")

        with world.writing() as unit:
            assert unit.attempts.of("a") == twice
            assert unit.attempts.of("b") is None

    @pytest.mark.rule("API-05")
    def test_what_is_over_is_forgotten_in_every_company(self, storage: Storage) -> None:
        worlds, late = (founded(storage), founded(storage)), NOW + HOUR
        kept = [keep(world) for world in worlds]
        storage.forget_logins(now=NOW)
        for world, session in zip(worlds, kept, strict=True):
            with world.reading() as unit:
                assert unit.sessions.of(world.ann.id) == (session,)

        assert storage.forget_logins(now=late) >= 6

        for world in worlds:
            with world.writing() as unit:
                assert unit.sessions.of(world.ann.id) == ()
                assert unit.password_links.of(world.ann.id) == ()
                assert unit.attempts.of("a") is None
                assert unit.passwords.of(world.ann.id) is not None


def keep(world: World) -> Session:
    session = a_session(world.ann.id)
    with world.writing() as unit:
        unit.sessions.add(session)
        unit.password_links.add(a_password_link(world.ann.id))
        unit.attempts.put("a", Attempts(count=1, last_at=NOW), forget_at=NOW + HOUR)
        unit.passwords.add(a_password(world.ann.id))
    return session
