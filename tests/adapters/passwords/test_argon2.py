"""
Passwords by Argon2id.
"""

import unicodedata

import pytest

from fieldops_adapters.passwords.argon2 import STRONG, TRIAL, Argon2Passwords, Cost
from fieldops_core.kernel.secret import Secret

QUICK = Argon2Passwords(TRIAL)
PASSWORD = Secret("Größe ist nicht alles")


@pytest.mark.rule("API-05")
def test_a_password_matches_its_own_hash_and_no_other() -> None:
    hash = QUICK.hashed(PASSWORD)

    assert hash.startswith("$argon2id$")
    assert "Gr" not in hash
    assert QUICK.match(PASSWORD, hash)
    assert not QUICK.match(Secret("Größe ist nicht alles."), hash)
    assert hash != QUICK.hashed(PASSWORD)


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("hash", [None, "", "quick$abc"])
def test_nothing_matches_what_is_no_hash(hash: str | None) -> None:
    assert not QUICK.match(PASSWORD, hash)
    assert not QUICK.match(Secret("nobody's password"), hash)


@pytest.mark.rule("API-05")
def test_a_letter_is_the_same_however_it_is_typed() -> None:
    typed = Secret(unicodedata.normalize("NFD", PASSWORD.reveal()))

    assert QUICK.match(typed, QUICK.hashed(PASSWORD))


def test_half_a_sign_is_a_password_too() -> None:
    assert QUICK.match(Secret("\ud800" * 12), QUICK.hashed(Secret("\ud800" * 12)))


@pytest.mark.rule("API-05")
def test_a_hash_made_at_less_cost_is_outdated() -> None:
    better = Argon2Passwords(Cost(time=2, memory=8, threads=1))
    hash = QUICK.hashed(PASSWORD)

    assert better.outdated(hash)
    assert better.match(PASSWORD, hash)
    assert not better.outdated(better.hashed(PASSWORD))


@pytest.mark.rule("API-05")
def test_what_protects_passwords_takes_memory() -> None:
    assert (STRONG.memory, STRONG.time, STRONG.threads) == (65_536, 3, 4)
