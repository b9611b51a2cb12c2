"""
Sessions, passwords, links and attempts.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.company.model import SLUG
from fieldops_core.login.model import (
    Attempts,
    Credentials,
    Departure,
    Errand,
    Letter,
    LinkId,
    Password,
    PasswordLink,
    Purpose,
    Session,
    SessionId,
    Visitor,
)
from fieldops_core.testing.strategies.access import roles, versions
from fieldops_core.testing.strategies.kernel import emails, ids, instants, names, secrets, texts, zones
from fieldops_core.testing.strategies.known import ANY, Known
from fieldops_core.testing.strategies.staff import users


def hashes() -> SearchStrategy[str]:
    return st.binary(min_size=32, max_size=32).map(bytes.hex)


def sessions(known: Known = ANY) -> SearchStrategy[Session]:
    return st.builds(
        Session,
        id=ids().map(SessionId),
        user=known.users,
        hash=hashes(),
        device=texts(),
        opened_at=instants(),
        seen_at=instants(),
        ends_at=instants(),
        ended_at=st.none() | instants(),
        version=versions(),
    )


def passwords(known: Known = ANY) -> SearchStrategy[Password]:
    return st.builds(Password, id=known.users, hash=hashes(), set_at=instants(), version=versions())


def password_links(known: Known = ANY) -> SearchStrategy[PasswordLink]:
    return st.builds(
        PasswordLink,
        id=ids().map(LinkId),
        user=known.users,
        purpose=st.sampled_from(Purpose),
        hash=hashes(),
        expires_at=instants(),
        ended_at=st.none() | instants(),
        secret=st.none() | secrets(),
        due_at=st.none() | instants(),
        attempts=st.integers(0, 8),
        version=versions(),
    )


def attempts() -> SearchStrategy[Attempts]:
    return st.builds(Attempts, count=st.integers(0, 1_000), last_at=instants())


def credentials(known: Known = ANY) -> SearchStrategy[Credentials]:
    none_set = st.builds(Credentials, user=known.users, active=st.booleans())
    return none_set | st.builds(Credentials, user=known.users, active=st.booleans(), hash=hashes(), version=versions())


def departures() -> SearchStrategy[Departure]:
    return st.builds(Departure, to=st.just("https://id.example/authorize"), kept=secrets())


def errands() -> SearchStrategy[Errand]:
    return st.builds(Errand, slug=st.from_regex(SLUG, fullmatch=True), then=st.sampled_from(["", "/app/acme/users"]))


@st.composite
def visitors(draw: st.DrawFn, known: Known = ANY) -> Visitor:
    held = draw(st.lists(roles(known), max_size=3, unique_by=lambda role: role.id))
    user = draw(users(Known(roles=st.sampled_from([role.id for role in held])) if held else known))
    session = draw(sessions(Known(users=st.just(user.id))))
    slug = draw(st.from_regex(SLUG, fullmatch=True))
    return Visitor(slug=slug, user=user, session=session, roles=tuple(sorted(held, key=lambda role: role.id)))


def letters() -> SearchStrategy[Letter]:
    return st.builds(
        Letter,
        id=ids().map(LinkId),
        company=names(),
        slug=st.from_regex(SLUG, fullmatch=True),
        purpose=st.sampled_from(Purpose),
        email=emails().map(lambda email: email.address),
        name=names(),
        language=st.sampled_from(["en", "es"]),
        zone=zones(),
        secret=secrets(),
        expires_at=instants(),
    )
