"""
What is sealed opens with its key, in its place, unchanged, and in no other case.
"""

import stat
from base64 import b64encode
from pathlib import Path
from uuid import UUID

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_adapters.sql.sealing import AesGcmSealer, BadKey, BrokenSeal, Place, make_key_file

KEY = bytes(range(32))
SEALER = AesGcmSealer(KEY)
HERE = Place(UUID(int=1), "appointments", UUID(int=2), "private_note")


@pytest.mark.rule("STO-06")
@given(clear=st.binary(max_size=300))
def test_what_was_sealed_is_opened_again(clear: bytes) -> None:
    assert SEALER.open(SEALER.seal(clear, HERE), HERE) == clear


@pytest.mark.rule("STO-06")
def test_the_sealed_form_shows_nothing_of_what_is_in_it() -> None:
    sealed = SEALER.seal(b"the gate code is 1234", HERE)

    assert b"gate" not in sealed
    assert len(sealed) == 1 + 4 + 16 + 12 + 21 + 16


@pytest.mark.rule("STO-06")
def test_each_record_has_a_salt_and_a_key_of_its_own() -> None:
    one, other = SEALER.seal(b"1234", HERE), SEALER.seal(b"1234", HERE)

    assert one[5:21] != other[5:21]
    assert one[21:] != other[21:]
    with pytest.raises(BrokenSeal):
        SEALER.open(one[:5] + other[5:21] + one[21:], HERE)


@pytest.mark.rule("STO-06")
@pytest.mark.parametrize(
    "elsewhere",
    [
        evolve(HERE, company=UUID(int=9)),
        evolve(HERE, table="history"),
        evolve(HERE, id=UUID(int=9)),
        evolve(HERE, field="notes"),
    ],
)
def test_copied_to_another_place_it_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(BrokenSeal, match="is not what was sealed"):
        SEALER.open(SEALER.seal(b"1234", HERE), elsewhere)


@pytest.mark.rule("STO-06")
@given(at=st.integers(5, 52), flip=st.integers(1, 255))
def test_changed_anywhere_it_does_not_open(at: int, flip: int) -> None:
    sealed = bytearray(SEALER.seal(b"1234", HERE))
    sealed[at] ^= flip

    with pytest.raises(BrokenSeal):
        SEALER.open(bytes(sealed), HERE)


@given(length=st.integers(0, 52))
def test_cut_short_it_does_not_open(length: int) -> None:
    with pytest.raises(BrokenSeal):
        SEALER.open(SEALER.seal(b"1234", HERE)[:length], HERE)


def test_another_key_does_not_open_it_and_is_told_apart() -> None:
    with pytest.raises(BrokenSeal, match="another key"):
        AesGcmSealer(bytes(32)).open(SEALER.seal(b"1234", HERE), HERE)


def test_the_key_is_not_shown() -> None:
    assert repr(KEY)[2:-1] not in repr(SEALER)
    assert repr(SEALER) == "AesGcmSealer()"


def test_a_new_key_file_is_its_owners_alone_and_holds_a_key(tmp_path: Path) -> None:
    path = tmp_path / "master.key"

    make_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    sealer = AesGcmSealer.of_file(path)
    assert sealer.open(AesGcmSealer.of_file(path).seal(b"1234", HERE), HERE) == b"1234"


def test_a_key_file_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    make_key_file(path)
    before = path.read_bytes()

    with pytest.raises(FileExistsError):
        make_key_file(path)

    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"secret", b"\xff\xfe", b64encode(bytes(16)), bytes(32)])
def test_a_file_without_a_key_is_told_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "master.key"
    path.write_bytes(content)

    with pytest.raises(BadKey):
        AesGcmSealer.of_file(path)
