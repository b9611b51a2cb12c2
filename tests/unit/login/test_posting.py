"""
Links on their way to their users.
"""

from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve

from fieldops_core.app.posting import Unposted
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.messages import Invite
from fieldops_core.login.model import LinkId, PasswordLink, Purpose
from fieldops_core.login.ports import Undeliverable
from fieldops_core.login.views import LinkView
from fieldops_core.staff.messages import ChangeUser
from tests.support.world import World

NEW = Secret("another horse battery")


def invited(world: World) -> LinkId:
    return LinkId(world.do(Invite(user=world.bob.id), LinkView).id)


def there(world: World, id: LinkId) -> PasswordLink:
    with world.storage.reading(world.company.id) as unit:
        return unit.password_links.get(id)


def posted(world: World) -> tuple[Unposted, ...]:
    return world.ops.post_links().failed


@pytest.mark.rule("API-08")
def test_a_letter_says_all_that_its_user_has_to_know(world: World) -> None:
    id = invited(world)
    posted(world)

    (letter,) = world.post.letters
    link = there(world, id)
    assert (letter.id, letter.company, letter.slug) == (id, world.company.name, world.company.slug)
    assert (letter.purpose, letter.email, letter.name) == (Purpose.INVITATION, world.bob.email.address, world.bob.name)
    assert (letter.expires_at, letter.zone) == (link.expires_at, "America/Phoenix")
    assert not letter.known
    assert world.ops.door.follow_link(letter.slug, letter.secret.reveal(), NEW)


@pytest.mark.rule("API-08")
def test_a_letter_is_read_in_the_users_own_zone(world: World) -> None:
    world.replace(world.bob, zone="America/Boise")
    invited(world)
    posted(world)

    assert world.post.letters[0].zone == "America/Boise"


@pytest.mark.rule("API-08")
def test_what_is_not_taken_is_tried_again_later_and_longer(world: World) -> None:
    id = invited(world)
    world.post.failure = OSError("no mail server")

    waits = []
    for _ in range(3):
        began = world.clock()
        (failed,) = posted(world)
        assert (failed.due.link, failed.given_up) == (id, False)
        due = there(world, id).due_at
        assert due is not None
        waits.append((due - began) // timedelta(minutes=1))
        world.clock.set(due - timedelta(seconds=1))
        assert posted(world) == ()
        world.clock.set(due)
    world.post.failure = None
    assert posted(world) == ()

    assert waits == [1, 3, 9]
    assert (len(world.post.letters), there(world, id).secret, there(world, id).attempts) == (1, None, 4)


@pytest.mark.rule("API-08")
def test_after_the_last_try_the_secret_is_forgotten(world: World) -> None:
    id = invited(world)
    world.post.failure = OSError("no mail server")
    tries = []
    for _ in range(60):
        tries += [each.given_up for each in posted(world)]
        world.clock.advance(hours=1)

    assert tries == [False] * 7 + [True]
    assert (there(world, id).secret, there(world, id).due_at) == (None, None)


@pytest.mark.rule("API-08")
def test_a_link_that_would_have_ended_by_then_is_not_tried_again(world: World) -> None:
    world.ops.door.forgot_password(world.company.slug, world.bob.email.address)()
    world.post.failure = OSError("no mail server")
    given_up = []
    for _ in range(120):
        given_up += [each.given_up for each in posted(world)]
        world.clock.advance(minutes=1)

    assert given_up == [False] * 4 + [True]  # at once, after 1, 4, 13 and 40 minutes; the next was at 121


@pytest.mark.rule("API-08")
def test_what_nobody_wants_is_given_up_at_once(world: World) -> None:
    id = invited(world)
    world.post.failure = Undeliverable()

    assert [each.given_up for each in posted(world)] == [True]
    assert there(world, id).secret is None


@pytest.mark.rule("API-08")
def test_one_letter_that_fails_keeps_no_other(world: World) -> None:
    invited(world)
    world.post.failure = OSError("no mail server")
    posted(world)
    world.post.failure = None
    world.do(Invite(user=world.ann.id), LinkView)

    assert world.ops.post_links().done == 1
    assert [each.email for each in world.post.letters] == [world.ann.email.address]


@pytest.mark.rule("API-08", "ACC-24")
@pytest.mark.parametrize("change", [{"active": False}, {"email": "bob2@a.example"}])
def test_a_link_that_ended_meanwhile_is_not_sent(world: World, change: dict[str, Any]) -> None:
    id = invited(world)
    world.do(evolve(ChangeUser(user=world.bob.id), **change), object)

    assert there(world, id).secret is None
    posted(world)
    assert world.post.letters == []


@pytest.mark.rule("API-08")
def test_a_link_that_expired_while_it_waited_is_not_sent(world: World) -> None:
    id = invited(world)
    world.clock.advance(days=7)

    assert posted(world) == ()
    assert (world.post.letters, there(world, id).secret) == ([], None)


@pytest.mark.rule("API-08")
def test_who_dies_between_sending_and_noting_sends_the_same_letter_again(world: World) -> None:
    invited(world)
    due = world.storage.claim_links(1, now=world.clock(), lease_seconds=60)
    assert due
    assert world.ops.post_links().done == 0
    world.clock.advance(minutes=1)

    assert world.ops.post_links().done == 1
    assert world.ops.post_links().done == 0


@pytest.mark.rule("API-08")
def test_neither_what_is_logged_nor_history_tells_a_letters_secret(world: World) -> None:
    id = invited(world)
    link = there(world, id)
    assert link.secret is not None
    world.post.failure = OSError("no mail server")
    failed = posted(world)
    with world.storage.reading(world.company.id) as unit:
        told = repr((failed, unit.history.of("password_link", id), link))

    assert link.secret.reveal() not in told
    assert world.bob.email.address not in told


@pytest.fixture
def world() -> World:
    return World()
