"""
Secrets at rest (STO-06): what may not lie readable in a database is sealed before it is written.
"""

import os
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from hashlib import sha256
from pathlib import Path
from typing import Protocol, Self
from uuid import UUID

from attrs import field, frozen
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES, KEY_ID_BYTES, SALT_BYTES, NONCE_BYTES = 32, 4, 16, 12
FORMAT = b"\x01"


@frozen
class Place:
    """
    Where a sealed value stands. It opens there only.
    """

    company: UUID
    table: str
    id: UUID | str
    field: str

    @property
    def told(self) -> bytes:
        return "/".join((str(self.company), self.table, str(self.id), self.field)).encode()


class Sealer(Protocol):
    """
    Seals what must not be read from a copy of the database.
    """

    def seal(self, clear: bytes, place: Place) -> bytes:
        """
        The sealed form, another one each time.
        """

    def open(self, sealed: bytes, place: Place) -> bytes:
        """
        Raises:
            BrokenSeal: where it was sealed with another key or for another place, or was changed since.
        """


class BrokenSeal(Exception):
    """
    A sealed value does not open: another key, another place, or not as it was written.
    """


class BadKey(Exception):
    """
    A key file that holds no key.
    """


@frozen
class AesGcmSealer:
    """
    AES-256-GCM under a key per record, which HKDF-SHA256 derives from the *master* key (32 bytes) and the record's own
    random salt. The sealed form is: a byte for the format, 4 bytes that name the master key, salt, nonce, ciphertext
    with its tag; the place is authenticated with it.
    """

    master: bytes = field(repr=False)
    key_id: bytes = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self.master) != KEY_BYTES:
            raise BadKey(f"A master key has {KEY_BYTES} bytes, not {len(self.master)}.")
        object.__setattr__(self, "key_id", sha256(b"fieldops key id" + self.master).digest()[:KEY_ID_BYTES])

    @classmethod
    def of_file(cls, path: Path) -> Self:
        """
        With the master key that a file holds in base64.

        Raises:
            BadKey: where it holds none.
        """
        try:
            return cls(b64decode(path.read_text(encoding="ascii").strip(), validate=True))
        except (NotBase64, UnicodeDecodeError):
            raise BadKey(f"{path} does not hold a key in base64.") from None

    def seal(self, clear: bytes, place: Place) -> bytes:
        salt, nonce = os.urandom(SALT_BYTES), os.urandom(NONCE_BYTES)
        return FORMAT + self.key_id + salt + nonce + self._key(salt).encrypt(nonce, clear, place.told)

    def open(self, sealed: bytes, place: Place) -> bytes:
        head, salted = len(FORMAT) + KEY_ID_BYTES, len(FORMAT) + KEY_ID_BYTES + SALT_BYTES
        if sealed[:head] != FORMAT + self.key_id:
            raise BrokenSeal(f"The {place.field} of {place.table} {place.id} is sealed with another key.")
        salt, nonce, rest = sealed[head:salted], sealed[salted : salted + NONCE_BYTES], sealed[salted + NONCE_BYTES :]
        try:
            return self._key(salt).decrypt(nonce, rest, place.told)
        except (InvalidTag, ValueError):
            raise BrokenSeal(f"The {place.field} of {place.table} {place.id} is not what was sealed.") from None

    def _key(self, salt: bytes) -> AESGCM:
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=b"fieldops record").derive(self.master)
        return AESGCM(derived)


def make_key_file(path: Path) -> None:
    """
    Write a new random master key to a new file that only its owner can read.

    Raises:
        FileExistsError: where there is one already: what it sealed could never be opened again.
    """
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(b64encode(os.urandom(KEY_BYTES)) + b"\n")
        file.flush()
        os.fsync(file.fileno())
