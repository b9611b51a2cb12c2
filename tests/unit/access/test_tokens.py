"""
Bearer tokens: who hands them out, what they allow, and whom they speak for.
"""

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from attrs import evolve

from fieldops_core.access.calculations import token_company, token_hash, token_text
from fieldops_core.access.messages import CreateToken, ListTokens, RevokeToken
from fieldops_core.access.model import EVERYTHING, Action, Actor, Grant, Grants, Permission, TokenId
from fieldops_core.access.views import TokensView, TokenView
from fieldops_core.app.door import Unauthenticated
from fieldops_core.kernel.errors import InvalidValue, NotFound, Stale
from fieldops_core.kernel.ids import CompanyId, UserId
from fieldops_core.staff.messages import ChangeUser
from fieldops_core.testing.builders import a_role, a_user
from fieldops_core.testing.clock import NOW
from tests.support.world import World, denial, hidden, refusal

VIEW, MODIFY = Action.VIEW, Action.MODIFY
TOKENS = (Permission.TOKENS, MODIFY)
READ = frozenset({Grant(Permission.CUSTOMERS, VIEW)})
LATER = NOW + timedelta(days=30)


def create(user: UserId, scopes: Grants | None = None, **given: object) -> CreateToken:
    command = CreateToken(user=user, name="Dispatch desk", expires_at=LATER, scopes=scopes)
    return evolve(command, **given)  # type: ignore[arg-type]


def a_token(world: World, user: UserId, scopes: Grants | None = None, **given: object) -> tuple[TokenId, str]:
    made = world.do(create(user, scopes, **given), TokenView)
    assert made.secret is not None
    return TokenId(made.id), made.secret


def identified(world: World, secret: str) -> Actor:
    return world.ops.identify(slug=world.company.slug, token=secret).actor


def is_unknown(world: World, secret: str) -> bool:
    try:
        identified(world, secret)
    except Unauthenticated:
        return True
    return False


# --- the text of a token ----------------------------------------------------------------------------


@pytest.mark.rule("API-05")
def test_a_token_names_its_company_and_only_its_hash_is_kept() -> None:
    world = World()
    id, secret = a_token(world, world.ann.id)

    with world.storage.reading(world.company.id) as unit:
        kept = unit.tokens.get(id)

    assert token_company(secret) == world.company.id
    assert kept.hash == token_hash(secret)
    assert secret.rpartition("_")[2] not in repr(kept)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "fo_",
        "Bearer x",
        "fo_zz",
        f"fo_{'0' * 32}_short",
        f"fo_{'G' * 32}_{'a' * 43}",
        f"fo_{'0' * 32}_{'a' * 129}",
        f"fo_{'0' * 32}_{'é' * 43}",
        f"fo_{'0' * 32}_{'a' * 43}\n",
        f"fo_{'0' * 32}_{'a' * 42}\0",
        f"fo_{'0' * 32}_{'a' * 42}\ud800",
        "\ud800",
        "x" * 1_000_000,
    ],
)
@pytest.mark.rule("API-05")
def test_what_does_not_look_like_a_token_is_unknown(text: str) -> None:
    world = World()

    assert token_company(text) is None
    assert is_unknown(world, text)


# --- whom a token speaks for (API-05, ACC-01) -------------------------------------------------------


@pytest.mark.rule("API-05", "ACC-01")
def test_a_token_speaks_for_its_user_with_all_that_they_hold_directly_and_through_roles() -> None:
    world = World()
    role, other = a_role(grants=READ), a_role(grants=frozenset({Grant(Permission.LEADS, VIEW)}))
    direct = frozenset({Grant(Permission.CUSTOMERS, MODIFY, world.provo.id)})
    user = a_user(home=world.provo.id, zone="America/New_York", roles=(role.id,), grants=direct)
    world.put(role, other, user)

    found = world.ops.identify(slug=world.company.slug, token=a_token(world, user.id)[1])

    assert found.company == world.company.id
    assert found.actor == Actor(user=user.id, home=world.provo.id, zone="America/New_York", grants=direct | READ)


@pytest.mark.rule("API-05", "ACC-01")
def test_the_token_of_an_owner_allows_everything() -> None:
    world = World()

    assert identified(world, a_token(world, world.boss.id)[1]).grants == EVERYTHING


@pytest.mark.rule("API-05")
def test_what_a_user_is_given_and_loses_later_holds_for_their_token_at_once() -> None:
    world = World()
    _, secret = a_token(world, world.ann.id)

    world.execute(ChangeUser(user=world.ann.id, grants=READ))
    assert identified(world, secret).grants == READ
    world.execute(ChangeUser(user=world.ann.id, grants=frozenset()))
    assert identified(world, secret).grants == frozenset()


@pytest.mark.rule("API-05")
def test_scopes_narrow_what_a_token_allows_and_widen_nothing() -> None:
    world = World()
    local = frozenset({Grant(Permission.CUSTOMERS, VIEW, world.provo.id)})
    world.execute(ChangeUser(user=world.ann.id, grants=READ))

    def allowed(scopes: Grants) -> Grants:
        return identified(world, a_token(world, world.ann.id, scopes)[1]).grants

    assert allowed(local) == local
    assert allowed(READ | frozenset({Grant(Permission.LEADS, VIEW)})) == READ
    assert allowed(frozenset()) == frozenset()


@pytest.mark.rule("API-05")
def test_a_token_that_nobody_was_given_is_unknown() -> None:
    world = World()

    assert is_unknown(world, token_text(world.company.id, "a" * 43))
    assert is_unknown(world, token_text(CompanyId(UUID(int=0)), "a" * 43))


@pytest.mark.rule("API-05")
def test_a_token_is_known_until_the_instant_at_which_it_expires() -> None:
    world = World()
    _, secret = a_token(world, world.ann.id)

    world.clock.set(LATER - timedelta(microseconds=1))
    assert not is_unknown(world, secret)
    world.clock.set(LATER)
    assert is_unknown(world, secret)


@pytest.mark.rule("API-05")
def test_a_revoked_token_is_unknown_at_once_and_the_users_other_tokens_stay() -> None:
    world = World()
    (id, secret), (_, other) = a_token(world, world.ann.id), a_token(world, world.ann.id)

    revoked = world.do(RevokeToken(token=id), TokenView)

    assert (revoked.revoked_at, revoked.version) == (NOW, 2)
    assert is_unknown(world, secret)
    assert not is_unknown(world, other)


@pytest.mark.rule("API-05")
def test_revoking_twice_changes_nothing() -> None:
    world = World()
    id, _ = a_token(world, world.ann.id)
    world.execute(RevokeToken(token=id))
    world.clock.advance(hours=1)

    again = world.do(RevokeToken(token=id), TokenView)

    assert (again.revoked_at, again.version) == (NOW, 2)


@pytest.mark.rule("STO-04")
def test_a_token_is_revoked_at_the_version_that_was_read() -> None:
    world = World()
    id, secret = a_token(world, world.ann.id)

    with pytest.raises(Stale):
        world.execute(RevokeToken(token=id), expected_version=2)

    assert not is_unknown(world, secret)


@pytest.mark.rule("API-05", "ACC-24")
def test_the_token_of_a_deactivated_user_is_unknown() -> None:
    world = World()
    _, secret = a_token(world, world.ann.id)

    world.execute(ChangeUser(user=world.ann.id, active=False))

    assert is_unknown(world, secret)


@pytest.mark.rule("ACC-24")
def test_a_deactivation_ends_tokens_for_good() -> None:
    world = World()
    (id, secret), (_, sams) = a_token(world, world.ann.id), a_token(world, world.sam.id)
    spent, _ = a_token(world, world.ann.id)
    earlier = world.do(RevokeToken(token=spent), TokenView).revoked_at
    world.clock.advance(minutes=5)

    world.execute(ChangeUser(user=world.ann.id, active=False))
    world.execute(ChangeUser(user=world.ann.id, active=True))

    assert is_unknown(world, secret) and not is_unknown(world, sams)
    by_id = {each.id: each for each in world.ask(ListTokens(), TokensView).items}
    assert (by_id[id].revoked_at, by_id[spent].revoked_at) == (world.clock(), earlier)
    with world.storage.reading(world.company.id) as unit:
        assert [each.field for each in unit.history.of("token", id)[0].changes] == ["revoked_at"]


@pytest.mark.rule("ACC-24")
def test_a_deactivated_user_is_given_no_token() -> None:
    world = World()
    world.execute(ChangeUser(user=world.ann.id, active=False))

    refused = refusal(world, create(world.ann.id))["user.deactivated"]

    assert refused.sentence == "Ann is deactivated and is given no token."
    world.execute(ChangeUser(user=world.ann.id, active=True))
    assert a_token(world, world.ann.id)


@pytest.mark.rule("ACC-24")
def test_who_stays_active_keeps_their_tokens() -> None:
    world = World()
    _, secret = a_token(world, world.ann.id)

    world.execute(ChangeUser(user=world.ann.id, name="Anna", active=True))

    assert not is_unknown(world, secret)


@pytest.mark.rule("SEC-01")
def test_in_another_company_a_token_finds_what_a_company_that_is_not_there_would_show() -> None:
    world = World()
    other = World(storage=world.storage)
    _, secret = a_token(world, world.ann.id)

    for slug in (other.company.slug, "nobody"):
        with pytest.raises(NotFound) as missing:
            world.ops.identify(slug=slug, token=secret)
        assert (missing.value.kind, missing.value.id) == ("company", slug)


@pytest.mark.rule("SEC-01")
def test_the_secret_of_one_company_is_unknown_under_the_name_of_another() -> None:
    world = World()
    other = World(storage=world.storage)
    _, secret = a_token(world, world.ann.id)

    forged = token_text(other.company.id, secret.rpartition("_")[2])

    with pytest.raises(Unauthenticated):
        world.ops.identify(slug=other.company.slug, token=forged)


# --- who hands them out (ACC-01, ACC-25) ------------------------------------------------------------


@pytest.mark.rule("ACC-25")
def test_tokens_are_handed_out_and_revoked_with_tokens_modify_in_the_whole_company() -> None:
    world = World()
    id, _ = a_token(world, world.ann.id)
    wide, local, reader = (
        world.actor(TOKENS),
        world.actor(TOKENS, at=world.provo.id),
        world.actor((Permission.TOKENS, VIEW)),
    )

    for command in (create(world.ann.id), RevokeToken(token=id)):
        assert denial(world, command, reader) == "ACC-18"
        assert denial(world, command, local) == "ACC-25"
        assert world.do(command, TokenView, by=wide)


@pytest.mark.rule("ACC-25", "API-05")
def test_tokens_are_listed_with_tokens_view_in_the_whole_company_and_never_with_their_secrets() -> None:
    world = World()
    id, secret = a_token(world, world.ann.id)
    reader, local = (world.actor((Permission.TOKENS, VIEW), at=place) for place in (None, world.provo.id))

    (listed,) = world.ask(ListTokens(), TokensView, by=reader).items

    assert (listed.id, listed.secret) == (id, None)
    assert secret.rpartition("_")[2] not in repr(listed)
    assert token_hash(secret) not in repr(listed)
    assert hidden(world, ListTokens(), local) == "ACC-25"
    assert hidden(world, ListTokens(), world.actor(TOKENS)) == "ACC-18"


@pytest.mark.rule("ACC-01")
def test_a_token_for_somebody_who_holds_more_is_not_handed_out() -> None:
    world = World()
    giver = world.actor(TOKENS)

    assert list(refusal(world, create(world.boss.id), by=giver)) == ["grants.not_held"]
    assert world.do(create(world.boss.id, frozenset()), TokenView, by=giver).scopes == ()
    assert world.do(create(world.sam.id), TokenView, by=giver).scopes is None


@pytest.mark.rule("ACC-01")
def test_the_scopes_of_a_token_are_held_by_who_hands_it_out() -> None:
    world = World()
    giver = world.actor(TOKENS)
    reading = Actor(user=giver.user, grants=giver.grants | READ)

    for user in (world.boss.id, world.ann.id):
        assert list(refusal(world, create(user, READ), by=giver)) == ["grants.not_held"]
        assert world.do(create(user, READ), TokenView, by=reading).scopes


@pytest.mark.rule("ACC-01")
def test_who_came_with_a_narrow_token_does_not_leave_with_a_wide_one() -> None:
    world = World()
    narrow = frozenset({Grant(*TOKENS)})
    owner = identified(world, a_token(world, world.boss.id, narrow)[1])

    assert owner.user == world.boss.id
    assert list(refusal(world, create(world.boss.id), by=owner)) == ["grants.not_held"]
    assert list(refusal(world, create(world.boss.id, READ), by=owner)) == ["grants.not_held"]
    assert world.do(create(world.boss.id, narrow), TokenView, by=owner)


@pytest.mark.rule("ACC-01")
def test_ones_own_token_without_scopes_is_handed_out_to_whom_all_is_held() -> None:
    world = World()
    held = frozenset({Grant(*TOKENS), *READ})
    world.execute(ChangeUser(user=world.ann.id, grants=held))

    assert world.do(create(world.ann.id), TokenView, by=Actor(user=world.ann.id, grants=held)).secret


@pytest.mark.rule("SEC-01")
def test_a_token_is_for_a_user_and_of_locations_that_the_company_has() -> None:
    world, other = World(), World()
    elsewhere = frozenset({Grant(Permission.CUSTOMERS, VIEW, other.provo.id)})

    for command in (create(other.ann.id), create(world.ann.id, elsewhere), RevokeToken(token=TokenId(world.ids()))):
        with pytest.raises(NotFound):
            world.execute(command)


# --- their values -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expires_at", "code"),
    [
        (NOW, "token.expired"),
        (NOW - timedelta(days=1), "token.expired"),
        (datetime(2026, 6, 1), "time.naive"),
        (datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))), "date.out_of_range"),
        (datetime.min.replace(tzinfo=timezone(timedelta(hours=14))), "date.out_of_range"),
    ],
)
@pytest.mark.rule("API-05")
def test_a_token_expires_at_an_instant_to_come(expires_at: datetime, code: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(create(world.ann.id, expires_at=expires_at))

    assert (refused.value.code, refused.value.field) == (code, "expires_at")


@pytest.mark.rule("API-05")
def test_the_expiry_of_a_token_is_told_in_utc() -> None:
    world = World()
    told = LATER.astimezone(timezone(timedelta(hours=9)))

    made = world.do(create(world.ann.id, expires_at=told), TokenView)

    assert (made.expires_at, made.expires_at.tzinfo) == (LATER, UTC)


@pytest.mark.parametrize(
    ("name", "code"), [(" ", "text.empty"), ("a" * 201, "text.too_long"), ("\ud800", "text.invalid")]
)
def test_a_token_has_a_name(name: str, code: str) -> None:
    world = World()

    with pytest.raises(InvalidValue) as refused:
        world.execute(create(world.ann.id, name=name))

    assert (refused.value.code, refused.value.field) == (code, "name")
