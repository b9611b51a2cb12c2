"""
Logging in and out, and what stands in the way.
"""

from contextlib import nullcontext
from datetime import timedelta
from uuid import uuid4

import pytest
from attrs import evolve

from fieldops_core.access.model import Action, Permission
from fieldops_core.app.door import Attempt, Identified, Unauthenticated
from fieldops_core.app.doorstep import Doorstep
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.history import HistoryEntry
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.calculations import Patience, address_key
from fieldops_core.login.messages import EndSession, Invite, ListSessions, ShowSelf, ShowSession
from fieldops_core.login.model import IDLE, LONGEST, SEEN_EVERY, SessionId
from fieldops_core.login.rules import Slowed
from fieldops_core.login.views import LinkView, OpenedView, SelfView, SessionsView, SessionView
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.testing.passwords import QuickPasswords
from tests.support.world import World, denial, refusal

RIGHT = "correct horse battery"
OTHER = "another horse battery"
WRONG = "Tr0ub4dor&3 Tr0ub4dor&3"


def registered(world: World) -> str:
    """
    Ann has a password; her address.
    """
    link = world.ops.door.invite(world.company.id, world.ann.id)
    assert link.secret is not None
    world.ops.door.follow_link(world.company.slug, link.secret.reveal(), Secret(RIGHT))
    return world.ann.email.address


def log_in(world: World, password: str = RIGHT, email: str | None = None, address: str | None = None) -> OpenedView:
    attempt = Attempt(
        email=email or world.ann.email.address, password=Secret(password), address=address, device="Firefox"
    )
    return world.ops.door.log_in(world.company.slug, attempt)


def identified(world: World, opened: OpenedView) -> Identified:
    return world.ops.door.identify(slug=world.company.slug, session=opened.secret.reveal())


def refused_for(world: World, **how: str) -> str:
    with pytest.raises(Unauthenticated) as refused:
        log_in(world, **how)
    return str(refused.value)


@pytest.fixture
def world() -> World:
    made = World()
    registered(made)
    return made


@pytest.mark.rule("API-05")
def test_who_knows_the_password_is_who_they_say(world: World) -> None:
    opened = log_in(world, email=world.ann.email.address.upper())

    who = identified(world, opened)

    assert (who.actor.user, who.company, who.session) == (world.ann.id, world.company.id, opened.id)
    assert who.actor.grants == world.ann.grants


@pytest.mark.rule("API-05")
def test_whoever_is_refused_is_told_the_same(world: World) -> None:
    wrong, nobody, none_set = (
        refused_for(world, password=WRONG),
        refused_for(world, email="no@a.example"),
        refused_for(world, email=world.bob.email.address),
    )
    world.do(ChangeUser(user=world.ann.id, active=False), object)

    assert {wrong, nobody, none_set, refused_for(world)} == {wrong}
    with pytest.raises(Unauthenticated, match=wrong):
        world.ops.door.log_in("nowhere", Attempt(email="a@b.example", password=Secret(RIGHT)))


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("email", ["", "\0", "\ud800@a.example", "a" * 300])
def test_what_is_no_address_is_nobodys(world: World, email: str) -> None:
    assert refused_for(world, email=email or " ")


@pytest.mark.rule("API-05")
def test_a_password_is_compared_for_nobody_too(world: World) -> None:
    asked: list[str | None] = []

    class Watched(QuickPasswords):
        def match(self, password: Secret, hash: str | None) -> bool:
            asked.append(hash)
            return super().match(password, hash)

    world.ops = World.engine(_with_passwords(world, Watched()))
    refused_for(world, email="no@a.example")
    refused_for(world, password=WRONG)

    assert asked[0] is None
    assert asked[1] is not None


def _with_passwords(world: World, passwords: QuickPasswords) -> World:
    world.ports = evolve(world.ports, passwords=passwords)
    return world


@pytest.mark.rule("API-05")
def test_a_hash_of_yesterday_is_made_anew(world: World) -> None:
    world.ops = World.engine(_with_passwords(world, QuickPasswords("slow")))

    log_in(world)

    with world.storage.reading(world.company.id) as unit:
        password = unit.passwords.get(world.ann.id)
    assert password.hash.startswith("slow$")
    assert log_in(world)


@pytest.mark.rule("API-05")
def test_after_some_attempts_in_vain_each_further_one_has_to_wait_longer(world: World) -> None:
    for _ in range(5):
        refused_for(world, password=WRONG)

    with pytest.raises(Slowed) as first:
        log_in(world)
    world.clock.advance(seconds=first.value.seconds)
    refused_for(world, password=WRONG)
    with pytest.raises(Slowed) as second:
        log_in(world)

    assert (first.value.seconds, second.value.seconds) == (5, 10)
    assert [each.code for each in second.value.violations] == ["login.slowed"]
    world.clock.advance(seconds=9)
    with pytest.raises(Slowed):
        log_in(world)
    world.clock.advance(seconds=1)
    assert log_in(world)


@pytest.mark.rule("API-05")
def test_nobody_is_shut_out_for_longer_than_a_quarter_of_an_hour(world: World) -> None:
    for _ in range(40):
        try:
            refused_for(world, password=WRONG)
        except Slowed as slowed:
            assert slowed.seconds <= 900
            world.clock.advance(seconds=slowed.seconds)
            refused_for(world, password=WRONG)


@pytest.mark.rule("API-05")
def test_an_account_that_is_none_is_slowed_alike(world: World) -> None:
    for _ in range(5):
        refused_for(world, email="no@a.example")

    with pytest.raises(Slowed):
        log_in(world, email="NO@a.example ")
    assert log_in(world)


@pytest.mark.rule("API-05")
def test_many_accounts_are_not_tried_from_one_address(world: World) -> None:
    for number in range(30):
        refused_for(world, email=f"user{number}@a.example", address="203.0.113.9")

    with pytest.raises(Slowed):
        log_in(world, address="203.0.113.9")
    assert log_in(world, address="203.0.113.10")


def elsewhere(world: World, slug: str, email: str, address: str | None = None) -> None:
    with pytest.raises(Unauthenticated):
        world.ops.door.log_in(slug, Attempt(email=email, password=Secret(WRONG), address=address))


@pytest.mark.rule("API-05", "SEC-01")
def test_whatever_companies_are_named_it_is_one_address(world: World) -> None:
    for number in range(30):
        elsewhere(world, f"nowhere{number}", "a@b.example", "203.0.113.9")

    for slug in (world.company.slug, "nowhere", "nowhere1"):
        with pytest.raises(Slowed) as slowed:
            world.ops.door.log_in(slug, Attempt(email="a@b.example", password=Secret(WRONG), address="203.0.113.9"))
        assert slowed.value.seconds == 5
    with pytest.raises(Slowed):
        world.ops.door.forgot_password("nowhere", "a@b.example", address="203.0.113.9")
    world.clock.advance(seconds=5)
    assert log_in(world, address="203.0.113.9")


@pytest.mark.rule("API-05")
def test_from_an_address_that_many_share_everybody_may_log_in(world: World) -> None:
    for _ in range(40):
        assert log_in(world, address="203.0.113.9")


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("there", [True, False])
def test_who_comes_too_early_is_not_counted(world: World, there: bool) -> None:
    slug = world.company.slug if there else "nowhere"
    attempt = Attempt(email="no@a.example", password=Secret(WRONG), address="203.0.113.9")
    for number in range(35):
        with pytest.raises(Unauthenticated if number < 5 else Slowed):
            world.ops.door.log_in(slug, attempt)

    assert log_in(world, address="203.0.113.9")


@pytest.mark.rule("API-05", "SEC-01")
def test_how_long_one_waits_does_not_tell_whether_there_is_such_a_company(world: World) -> None:
    def waits(slug: str) -> list[int]:
        found = []
        for _ in range(40):
            try:
                world.ops.door.log_in(slug, Attempt(email="no@a.example", password=Secret(WRONG), address=slug))
            except Slowed as slowed:
                found.append(slowed.seconds)
                world.clock.advance(seconds=slowed.seconds)
            except Unauthenticated:
                found.append(0)
        return found

    assert waits("nowhere") == waits(world.company.slug)


@pytest.mark.rule("API-05")
def test_of_those_who_try_nowhere_only_so_many_are_kept() -> None:
    step, now, patience = Doorstep(most=3), World().clock(), Patience(free=2)
    for key in ("a", "b", "a", "c", "d"):  # b is forgotten first
        step.count(key, patience, now)

    with pytest.raises(Slowed):
        step.count("a", patience, now)
    for _ in range(2):
        step.count("b", patience, now)
    assert len(step) == 3


@pytest.mark.rule("API-05")
def test_who_logs_in_is_forgiven_and_others_from_there_are_not(world: World) -> None:
    for _ in range(4):
        refused_for(world, password=WRONG, address="203.0.113.9")
    log_in(world, address="203.0.113.9")

    with world.storage.writing(world.company.id) as unit:
        there = unit.attempts.of(address_key("203.0.113.9"))
        assert there is not None
        assert there.count == 4
    for _ in range(5):
        refused_for(world, password=WRONG)


@pytest.mark.rule("API-05")
def test_after_a_quiet_hour_it_begins_anew(world: World) -> None:
    for _ in range(5):
        refused_for(world, password=WRONG)
    world.clock.advance(hours=1)

    for _ in range(5):
        refused_for(world, password=WRONG)
    with pytest.raises(Slowed):
        log_in(world)


@pytest.mark.rule("API-05")
def test_addresses_of_ipv6_are_counted_by_their_network() -> None:
    assert address_key("2001:db8::1") == address_key("2001:db8::2:3")
    assert address_key("2001:db8::1") != address_key("2001:db8:0:1::1")
    assert address_key("198.51.100.1") != address_key("198.51.100.2")
    assert address_key("testclient") != address_key("other")


@pytest.mark.rule("API-05")
def test_a_session_ends_when_nobody_uses_it_and_in_any_case_after_two_weeks(world: World) -> None:
    unused, used = log_in(world), log_in(world)
    for _ in range(27):
        world.clock.set(world.clock() + IDLE - timedelta(seconds=1))
        assert identified(world, used)

    with pytest.raises(Unauthenticated):
        identified(world, unused)
    world.clock.set(world.clock() + LONGEST - 27 * (IDLE - timedelta(seconds=1)))
    with pytest.raises(Unauthenticated):
        identified(world, used)


@pytest.mark.rule("API-05")
def test_what_a_browser_asks_by_itself_is_no_use(world: World) -> None:
    opened = log_in(world)
    for hours in range(1, 13):
        world.clock.advance(hours=1)
        with pytest.raises(Unauthenticated) if hours == 12 else nullcontext():
            world.ops.door.identify(slug=world.company.slug, session=opened.secret.reveal(), used=False)


@pytest.mark.rule("API-05")
def test_who_logs_in_again_leaves_no_session_behind_whosever_it_was(world: World) -> None:
    link = world.ops.door.invite(world.company.id, world.bob.id)
    world.ops.door.follow_link(world.company.slug, _secret(link), Secret(OTHER))
    bobs = log_in(world, OTHER, world.bob.email.address)
    anns = [log_in(world) for _ in range(2)]

    for had in (bobs, anns[0], anns[0]):  # the last is over already
        attempt = Attempt(email=world.ann.email.address, password=Secret(RIGHT), had=had.secret)
        assert identified(world, world.ops.door.log_in(world.company.slug, attempt))
        with pytest.raises(Unauthenticated):
            identified(world, had)
    assert identified(world, anns[1])


@pytest.mark.rule("API-05")
def test_when_it_was_last_used_is_written_down_every_few_minutes(world: World) -> None:
    opened = log_in(world)
    seen = _session(world, opened).seen_at
    world.clock.set(world.clock() + SEEN_EVERY - timedelta(seconds=1))
    identified(world, opened)
    assert _session(world, opened).seen_at == seen

    world.clock.advance(seconds=1)
    identified(world, opened)

    assert _session(world, opened).seen_at == seen + SEEN_EVERY


def _session(world: World, opened: OpenedView) -> SessionView:
    (found,) = [each for each in sessions(world, opened) if each.id == opened.id]
    return found


def sessions(world: World, opened: OpenedView) -> tuple[SessionView, ...]:
    who = identified(world, opened)
    return world.ask(ListSessions(current=who.session), SessionsView, by=who.actor).items


@pytest.mark.rule("API-05")
def test_one_sees_and_ends_ones_own_sessions_and_no_others(world: World) -> None:
    first, second = log_in(world), log_in(world)
    who = identified(world, second)

    assert [(each.id, each.current, each.device) for each in sessions(world, second)] == [
        (first.id, False, "Firefox"),
        (second.id, True, "Firefox"),
    ]
    with pytest.raises(NotFound):
        world.do(EndSession(session=SessionId(first.id)), SessionView)
    with pytest.raises(NotFound):
        world.ask(ShowSession(session=SessionId(first.id)), SessionView)
    ended = world.do(EndSession(session=SessionId(first.id)), SessionView, by=who.actor)
    again = world.do(EndSession(session=SessionId(first.id)), SessionView, by=who.actor)

    assert ended == again == world.ask(ShowSession(session=SessionId(first.id)), SessionView, by=who.actor)
    assert ended.ended_at is not None
    with pytest.raises(Unauthenticated):
        identified(world, first)
    assert [each.id for each in sessions(world, second)] == [second.id]


@pytest.mark.rule("API-05")
def test_one_is_told_who_one_is(world: World) -> None:
    who = identified(world, log_in(world))

    assert world.ask(ShowSelf(), SelfView, by=who.actor).email == world.ann.email.address


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("text", ["", "fs_", "fo_" + "0" * 32 + "_" + "x" * 43, "fs_" + "0" * 32 + "_" + "x" * 43])
def test_what_is_no_session_lets_nobody_in(world: World, text: str) -> None:
    with pytest.raises(Unauthenticated):
        world.ops.door.identify(slug=world.company.slug, session=text)


@pytest.mark.rule("API-05", "SEC-01")
def test_a_session_is_of_one_company(world: World) -> None:
    with pytest.raises(NotFound):
        world.ops.door.identify(slug="another", session=log_in(world).secret.reveal())


@pytest.mark.rule("ACC-24")
def test_who_is_deactivated_is_logged_out_at_once_and_for_good(world: World) -> None:
    opened = log_in(world)
    link = world.ops.door.invite(world.company.id, world.ann.id)
    world.do(ChangeUser(user=world.ann.id, active=False), object)

    with pytest.raises(Unauthenticated):
        identified(world, opened)
    world.do(ChangeUser(user=world.ann.id, active=True), object)
    with pytest.raises(Unauthenticated):
        identified(world, opened)
    with pytest.raises(Refused):
        world.ops.door.look_at_link(world.company.slug, _secret(link))


def _secret(link: LinkView) -> str:
    assert link.secret is not None
    return link.secret.reveal()


@pytest.mark.rule("API-05")
def test_who_changes_a_password_knows_the_old_one_and_ends_other_sessions(world: World) -> None:
    here, there = log_in(world), log_in(world)
    who = identified(world, here)
    with pytest.raises(Refused) as wrong:
        world.ops.door.change_password(who, old=Secret(WRONG), new=Secret(OTHER))

    changed = world.ops.door.change_password(who, old=Secret(RIGHT), new=Secret(OTHER))

    assert [(each.code, each.field) for each in wrong.value.violations] == [("password.wrong", "old")]
    assert changed.ended_sessions == 1
    assert identified(world, here)
    with pytest.raises(Unauthenticated):
        identified(world, there)
    refused_for(world)
    assert log_in(world, password=OTHER)


@pytest.mark.rule("API-05")
def test_the_old_password_is_not_guessed_in_a_session_either(world: World) -> None:
    who = identified(world, log_in(world))
    for _ in range(5):
        with pytest.raises(Refused):
            world.ops.door.change_password(who, old=Secret(WRONG), new=Secret(OTHER))

    with pytest.raises(Slowed):
        world.ops.door.change_password(who, old=Secret(RIGHT), new=Secret(OTHER))


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("password", "code"),
    [("x" * 11, "password.too_short"), ("x" * 201, "password.too_long"), ("", "password.too_short")],
)
def test_a_password_is_neither_short_nor_endless(world: World, password: str, code: str) -> None:
    who = identified(world, log_in(world))

    with pytest.raises(Refused) as refused:
        world.ops.door.change_password(who, old=Secret(RIGHT), new=Secret(password))

    assert [each.code for each in refused.value.violations] == [code]
    assert world.ops.door.change_password(who, old=Secret(RIGHT), new=Secret("x" * 12))
    assert world.ops.door.change_password(who, old=Secret("x" * 12), new=Secret("x" * 200))


@pytest.mark.rule("API-05")
def test_ones_address_is_no_password(world: World) -> None:
    who = identified(world, log_in(world))
    world.replace(world.ann, email=evolve(world.ann.email, address="ann.long.name@a.example"))

    with pytest.raises(Refused) as refused:
        world.ops.door.change_password(who, old=Secret(RIGHT), new=Secret("Ann.Long.Name@a.example"))

    assert [each.code for each in refused.value.violations] == ["password.known"]


@pytest.mark.rule("API-08")
def test_a_link_sets_one_password_and_ends_all_sessions(world: World) -> None:
    opened, link = log_in(world), world.ops.door.invite(world.company.id, world.ann.id)

    done = world.ops.door.follow_link(world.company.slug, _secret(link), Secret(OTHER))

    assert done.ended_sessions == 1
    with pytest.raises(Unauthenticated):
        identified(world, opened)
    with pytest.raises(Refused) as refused:
        world.ops.door.follow_link(world.company.slug, _secret(link), Secret(RIGHT))
    assert [each.code for each in refused.value.violations] == ["link.ended"]
    assert log_in(world, password=OTHER)


@pytest.mark.rule("API-08")
def test_a_bad_password_does_not_use_the_link_up(world: World) -> None:
    link = world.ops.door.invite(world.company.id, world.ann.id)
    with pytest.raises(Refused):
        world.ops.door.follow_link(world.company.slug, _secret(link), Secret("short"))

    assert world.ops.door.follow_link(world.company.slug, _secret(link), Secret(OTHER))


@pytest.mark.rule("API-08")
@pytest.mark.parametrize(("reset", "lasts"), [(False, timedelta(days=7)), (True, timedelta(hours=2))])
def test_a_link_expires(world: World, reset: bool, lasts: timedelta) -> None:
    link = world.ops.door.invite(world.company.id, world.ann.id, reset=reset)
    world.clock.set(world.clock() + lasts - timedelta(seconds=1))
    assert world.ops.door.look_at_link(world.company.slug, _secret(link)).user == world.ann.id
    world.clock.advance(seconds=1)

    with pytest.raises(Refused):
        world.ops.door.look_at_link(world.company.slug, _secret(link))


@pytest.mark.rule("API-08")
def test_a_new_invitation_replaces_those_before(world: World) -> None:
    first, second = (world.ops.door.invite(world.company.id, world.ann.id) for _ in range(2))

    assert world.ops.door.look_at_link(world.company.slug, _secret(second))
    with pytest.raises(Refused):
        world.ops.door.look_at_link(world.company.slug, _secret(first))


@pytest.mark.rule("API-08")
def test_a_link_that_went_to_another_address_leads_nowhere(world: World) -> None:
    link = world.ops.door.invite(world.company.id, world.ann.id)
    world.do(ChangeUser(user=world.ann.id, email="new@a.example"), object)

    with pytest.raises(Refused):
        world.ops.door.look_at_link(world.company.slug, _secret(link))


@pytest.mark.rule("API-08", "ACC-24")
def test_who_is_deactivated_is_sent_no_link(world: World) -> None:
    world.do(ChangeUser(user=world.ann.id, active=False), object)

    assert "user.cannot_log_in" in refusal(world, Invite(user=world.ann.id))
    world.ops.door.forgot_password(world.company.slug, world.ann.email.address)()
    world.ops.post_links()
    assert world.post.letters == []


@pytest.mark.rule("API-08", "ACC-25")
def test_who_invites_may_change_users_and_is_not_told_the_link(world: World) -> None:
    manager = world.actor((Permission.USERS, Action.MODIFY))

    assert world.do(Invite(user=world.bob.id), LinkView, by=manager).secret is None
    assert denial(world, Invite(user=world.bob.id), world.actor((Permission.USERS, Action.VIEW))) == "ACC-18"


@pytest.mark.rule("API-08")
def test_without_mail_nobody_is_invited_but_at_the_command_line(world: World) -> None:
    world.ports = evolve(world.ports, post=None)
    world.ops = world.engine()

    assert "mail.missing" in refusal(world, Invite(user=world.bob.id))
    assert world.ops.door.invite(world.company.id, world.bob.id).secret
    world.ops.door.forgot_password(world.company.slug, world.ann.email.address)()
    with world.storage.reading(world.company.id) as unit:
        assert [link for link in unit.password_links.of(world.ann.id) if link.ended_at is None] == []


@pytest.mark.rule("API-08")
def test_a_link_is_carried_to_its_user_and_its_secret_forgotten(world: World) -> None:
    world.do(Invite(user=world.bob.id), LinkView)
    world.ops.door.forgot_password(world.company.slug, world.ann.email.address)()

    assert world.ops.post_links().done == 2
    assert world.ops.post_links().done == 0
    assert [(each.email, each.purpose.value, each.slug) for each in world.post.letters] == [
        (world.bob.email.address, "invitation", world.company.slug),
        (world.ann.email.address, "reset", world.company.slug),
    ]
    with world.storage.reading(world.company.id) as unit:
        links = (*unit.password_links.of(world.bob.id), *unit.password_links.of(world.ann.id))
    assert all(link.secret is None for link in links)
    for letter in world.post.letters:
        assert world.ops.door.follow_link(world.company.slug, letter.secret.reveal(), Secret(OTHER))


@pytest.mark.rule("API-08")
def test_who_forgot_is_answered_the_same_whoever_they_are_and_slowed_alike(world: World) -> None:
    for email in (world.ann.email.address, "no@a.example"):
        for _ in range(5):
            world.ops.door.forgot_password(world.company.slug, email)
        with pytest.raises(Slowed):
            world.ops.door.forgot_password(world.company.slug, email)
    world.ops.door.forgot_password("nowhere", "no@a.example")()

    assert log_in(world)


@pytest.mark.rule("API-05", "API-08")
def test_neither_events_nor_history_tell_a_secret(world: World) -> None:
    opened, told = log_in(world), []
    world.do(Invite(user=world.bob.id), LinkView)
    due = world.storage.claim(1_000, now=world.clock(), lease_seconds=1)
    with world.storage.reading(world.company.id) as unit:
        links = unit.password_links.of(world.bob.id)
        hashes = [unit.passwords.get(world.ann.id).hash, *(each.hash for each in links)]
        for aggregate, id in (("session", opened.id), ("password", world.ann.id), ("password_link", links[0].id)):
            entries: tuple[HistoryEntry, ...] = unit.history.of(aggregate, id)
            assert entries
            told.append(str(entries))
    told.append(str(due))

    assert links[0].secret is not None
    for secret in (*hashes, opened.secret.reveal(), links[0].secret.reveal(), RIGHT):
        assert all(secret not in each for each in told)


@pytest.mark.rule("API-05")
def test_what_is_over_is_forgotten(world: World) -> None:
    kept = log_in(world)
    world.ops.door.invite(world.company.id, world.bob.id)
    refused_for(world, password=WRONG)
    assert world.ops.forget_logins() == 0
    world.clock.advance(days=8)
    with pytest.raises(Unauthenticated):
        identified(world, kept)

    assert world.ops.forget_logins() == 3  # the two invitations, the attempts
    world.clock.advance(days=7)
    assert world.ops.forget_logins() == 1
    with world.storage.reading(world.company.id) as unit:
        assert unit.sessions.of(world.ann.id) == ()


def test_a_session_of_nobody_is_not_ended(world: World) -> None:
    with pytest.raises(NotFound):
        world.do(EndSession(session=SessionId(uuid4())), SessionView)


@pytest.mark.rule("API-08", "ACC-01")
def test_who_changes_an_address_holds_what_its_user_holds(world: World) -> None:
    """
    Else they would have a link sent to themselves, and be that user.
    """
    manager = world.actor((Permission.USERS, Action.MODIFY))
    taken_over = ChangeUser(user=world.boss.id, email="mine@a.example")

    assert "grants.not_held" in refusal(world, taken_over, by=manager)
    assert world.do(ChangeUser(user=world.bob.id, email="bob2@a.example"), object, by=manager)
    assert world.do(ChangeUser(user=world.boss.id, name="Olga O."), object, by=manager)
    assert world.do(evolve(taken_over, email="olga2@a.example"), object)
