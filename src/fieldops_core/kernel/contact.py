"""
How people and places are reached.
"""

import re
from typing import Protocol

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.text import clean, tidy

_E164 = re.compile(r"\+[1-9][0-9]{6,14}")
_EMAIL = re.compile(
    r"[^@\s\x00-\x1f\"(),:;<>\[\]\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]{0,61}[^\W_]"
)
_ZIP = re.compile(r"[0-9]{5}(?:-[0-9]{4})?")
_CANADIAN = re.compile(r"([ABCEGHJ-NPRSTVXY][0-9][A-Z]) ?([0-9][A-Z][0-9])")

CANADIAN_PROVINCES = frozenset(["AB", "BC", "MB", "NB", "NL", "NS", "NT", "NU", "ON", "PE", "QC", "SK", "YT"])
US_STATES = frozenset(
    [
        "AL",
        "AK",
        "AZ",
        "AR",
        "CA",
        "CO",
        "CT",
        "DE",
        "FL",
        "GA",
        "HI",
        "ID",
        "IL",
        "IN",
        "IA",
        "KS",
        "KY",
        "LA",
        "ME",
        "MD",
        "MA",
        "MI",
        "MN",
        "MS",
        "MO",
        "MT",
        "NE",
        "NV",
        "NH",
        "NJ",
        "NM",
        "NY",
        "NC",
        "ND",
        "OH",
        "OK",
        "OR",
        "PA",
        "RI",
        "SC",
        "SD",
        "TN",
        "TX",
        "UT",
        "VT",
        "VA",
        "WA",
        "WV",
        "WI",
        "WY",
        "DC",
        "AS",
        "GU",
        "MP",
        "PR",
        "VI",
    ]
)


@frozen
class Phone:
    """
    A telephone number in E.164: ``+18015550100``.

    Raises:
        InvalidValue: where it is not.
    """

    number: str = field()

    def __attrs_post_init__(self) -> None:
        if not _E164.fullmatch(self.number):
            raise InvalidValue("phone.invalid", f"{self.number!r} is not a telephone number.", field="phone")


class Phones(Protocol):
    """
    Reads telephone numbers as people write them (CUS-03).
    """

    def parse(self, text: str, *, country: str) -> Phone:
        """
        *country* (ISO 3166, two letters) is meant where the text has no ``+``.

        Raises:
            InvalidValue: where the text is no number that can be called.
        """


@frozen
class Email:
    """
    An address of the form ``name@host.domain``, lower case in its host.

    Raises:
        InvalidValue: where it has another form.
    """

    address: str = field()

    def __attrs_post_init__(self) -> None:
        text = clean(self.address, field="email", limit=254)
        if not _EMAIL.fullmatch(text) or ".." in text or text.startswith("."):
            raise InvalidValue("email.invalid", f"{text!r} is not an email address.", field="email")
        name, _, host = text.rpartition("@")
        object.__setattr__(self, "address", f"{name}@{host.lower()}")


@frozen
class PostalCode:
    """
    A US ZIP or ZIP+4, or a Canadian code, written ``84601``, ``84601-1234``, ``K1A 0B1``.

    Raises:
        InvalidValue: where it is neither.
    """

    code: str = field()

    def __attrs_post_init__(self) -> None:
        text = self.code.strip().upper()
        if canadian := _CANADIAN.fullmatch(text):
            text = f"{canadian[1]} {canadian[2]}"
        elif not (text.isascii() and _ZIP.fullmatch(text)):
            sentence = f"{self.code!r} is neither a US ZIP code nor a Canadian postal code."
            raise InvalidValue(
                "postal_code.invalid", sentence, facts={"code": self.code}, field="postal_code", rule="CUS-03"
            )
        object.__setattr__(self, "code", text)

    @property
    def country(self) -> str:
        return "US" if self.code[0].isdigit() else "CA"


@frozen(kw_only=True)
class Address:
    """
    A postal address in the United States or Canada. *state* is the two letters of a state, territory or province.

    Raises:
        InvalidValue: where the state is unknown or the postal code is another country's (CUS-03).
    """

    line1: str = ""
    line2: str = ""
    city: str = ""
    state: str = field(default="")
    postal_code: PostalCode | None = None

    def __attrs_post_init__(self) -> None:
        tidy(self, line1=200, line2=200, city=200, state=200)
        object.__setattr__(self, "state", self.state.upper())
        if self.state and self.country is None:
            sentence = f"{self.state!r} is no state of the United States or province of Canada."
            raise InvalidValue("state.unknown", sentence, facts={"state": self.state}, field="state", rule="CUS-03")
        self._check_code()

    def _check_code(self) -> None:
        code = self.postal_code
        if code is None:
            return
        if self.state and code.country != self.country:
            sentence = f"{code.code} is not a postal code of {self.state}."
            facts = {"code": code.code, "state": self.state}
            raise InvalidValue("postal_code.other_country", sentence, facts=facts, field="postal_code", rule="CUS-03")
        if not self.state and "-" in code.code:
            sentence = "Without a state a postal code is a ZIP code of 5 digits or a Canadian code."
            raise InvalidValue(
                "postal_code.invalid", sentence, facts={"code": code.code}, field="postal_code", rule="CUS-03"
            )

    @property
    def country(self) -> str | None:
        """
        ``US`` or ``CA``, by the state; None without one.
        """
        if self.state in US_STATES:
            return "US"
        return "CA" if self.state in CANADIAN_PROVINCES else None
