"""
Grants, roles, tokens, actors.
"""

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.context import Context
from fieldops_core.access.model import EVERYTHING, Actor, Grant, Grants, Role, RoleId, Token, TokenId
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.testing.strategies.kernel import ids, instants, names, sources, zones
from fieldops_core.testing.strategies.known import ANY, Known

_EVERYWHERE = sorted(EVERYTHING, key=lambda grant: (grant.permission.value, grant.action.value))


@st.composite
def single_grants(draw: st.DrawFn, known: Known = ANY) -> Grant:
    """
    One grant, for the whole company or at a location.
    """
    grant = draw(st.sampled_from(_EVERYWHERE))
    return Grant(grant.permission, grant.action, draw(st.none() | known.locations))


def grants(known: Known = ANY) -> SearchStrategy[Grants]:
    return st.frozensets(single_grants(known), max_size=6)


def roles(known: Known = ANY, *, owner: bool | None = None) -> SearchStrategy[Role]:
    """
    *owner*: only owner roles, or only others; None: both.
    """
    return st.builds(
        Role,
        id=ids().map(RoleId),
        name=names(),
        grants=grants(known),
        owner=st.booleans() if owner is None else st.just(owner),
        version=versions(),
    )


def tokens(known: Known = ANY) -> SearchStrategy[Token]:
    return st.builds(
        Token,
        id=ids().map(TokenId),
        user=known.users,
        name=names(),
        hash=st.binary(min_size=32, max_size=32).map(bytes.hex),
        scopes=st.none() | grants(known),
        expires_at=instants(),
        revoked_at=st.none() | instants(),
        version=versions(),
    )


def actors(known: Known = ANY) -> SearchStrategy[Actor]:
    """
    Users, and the system itself.
    """
    return st.builds(
        Actor,
        user=st.none() | known.users,
        home=st.none() | known.locations,
        zone=st.none() | zones(),
        grants=grants(known) | st.just(EVERYTHING),
    )


def contexts(known: Known = ANY) -> SearchStrategy[Context]:
    return st.builds(
        Context,
        company=ids().map(CompanyId),
        actor=actors(known),
        source=sources(),
        command_id=st.none() | names(),
        occurred_at=st.none() | instants(),
        expected_version=st.none() | versions(),
        zone=st.none() | zones(),
        language=st.sampled_from(["en", "es", "fr-CA"]),
    )


def versions() -> SearchStrategy[int]:
    return st.integers(1, 1_000_000)
