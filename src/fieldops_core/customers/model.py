"""
The customer record.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import NewType
from unicodedata import combining, normalize
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import filled, tidy
from fieldops_core.kernel.time import valid_date

CustomerId = NewType("CustomerId", UUID)


class AccountType(Enum):
    """
    Whether a household or a business is served.
    """

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"


CONTACT_INFORMATION = (
    "account_type",
    "first_name",
    "last_name",
    "business_name",
    "external_id",
    "phone",
    "address",
    "county",
    "cross_street",
    "point",
    "work_phone",
    "cell_phone",
    "other_phone",
    "email",
    "language",
    "best_time",
    "spouse",
    "business_contact",
    "birthdate",
    "ssn",
)
"""
The fields of the record's personal section, which only ``contact_information`` lets change (ACC-13).
"""


MASKED = "***"
"""
What stands for a confidential value that its reader may not see.
"""

INSTALLATION_CODES = ("confirmation_number", "receiver_number", "abort_code")
"""
The confidential codes of the installation section.
"""

_SSN = re.compile(r"([0-9]{3})[- ]?([0-9]{2})[- ]?([0-9]{4})")


def an_ssn(text: str) -> Secret:
    """
    A social security number, written ``123-45-6789``.

    Raises:
        InvalidValue: where the text has not nine digits.
    """
    found = _SSN.fullmatch(text.strip())
    if not found:
        raise InvalidValue("ssn.invalid", "A social security number has nine digits.", field="ssn", rule="CUS-02")
    return Secret("-".join(found.groups()))


def a_birthdate(text: str) -> Secret:
    """
    A date of birth, written ``1980-01-31``.

    Raises:
        InvalidValue: where the text is no date from 1900 on.
    """
    try:
        day = valid_date(date.fromisoformat(text.strip()), field="birthdate")
    except ValueError as error:
        raise InvalidValue("birthdate.invalid", "A birthdate is written 1980-01-31.", field="birthdate") from error
    return Secret(day.isoformat())


class Verification(Enum):
    """
    Whether an address was found at the very house (CUS-14). UNKNOWN: nobody was asked.
    """

    UNKNOWN = "unknown"
    VERIFIED = "verified"
    NOT_VERIFIED = "not_verified"


@frozen(kw_only=True)
class Customer:
    """
    An account record, with the stage LEAD or CUSTOMER and a number per company that is never reused (CUS-01). *point*
    is where its address lies, None while nobody knows; *point_is_estimate* says that it is only somewhere near, in its
    postal code or street.
    """

    id: CustomerId
    number: int
    stage: Stage
    account_type: AccountType | None = None
    first_name: str = ""
    last_name: str = ""
    business_name: str = ""
    external_id: str | None = None
    location: LocationId
    phone: Phone
    address: Address = Address()
    county: str = ""
    cross_street: str = ""
    point: Point | None = None
    point_is_estimate: bool = False
    verification: Verification = Verification.UNKNOWN
    work_phone: Phone | None = None
    cell_phone: Phone | None = None
    other_phone: Phone | None = None
    email: Email | None = None
    language: str = ""
    best_time: str = ""
    spouse: str = ""
    business_contact: str = ""
    birthdate: Secret | None = None
    ssn: Secret | None = None
    confirmation_number: Secret | None = None
    receiver_number: Secret | None = None
    abort_code: Secret | None = None
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, first_name=200, last_name=200, business_name=200, business_contact=200)
        tidy(self, county=100, cross_street=200, language=35, best_time=200, spouse=200)
        if self.external_id is not None:
            object.__setattr__(self, "external_id", filled(self.external_id, field="external_id"))

    @property
    def placed(self) -> bool:
        """
        Whether it is known just where its address lies.
        """
        return self.point is not None and not self.point_is_estimate

    @property
    def name(self) -> str:
        """
        How lists and sentences call the customer: its business name, else its person's.
        """
        return self.business_name or f"{self.first_name} {self.last_name}".strip()


@frozen(kw_only=True)
class CustomerPlace:
    """
    A customer as coverage asks of it.
    """

    id: CustomerId
    number: int
    name: str
    location: LocationId
    point: Point | None


@frozen(kw_only=True)
class Located:
    """
    Where an address lies; *estimate*: only somewhere near, in its postal code or street.
    """

    point: Point
    estimate: bool


@frozen(kw_only=True)
class Suggestion:
    """
    An address that may be meant by what was typed so far, and where it lies. *estimate* as of :class:`Located`; what of
    the address is not known is empty.
    """

    address: Address
    county: str = ""
    point: Point
    estimate: bool


_WORD = re.compile(r"[^\W_]+")  # letters and digits, of whatever alphabet


def folded(text: str) -> tuple[str, ...]:
    """
    The words of a text without case, accents and punctuation.
    """
    bare = text.casefold()
    if not bare.isascii():
        bare = "".join(letter for letter in normalize("NFKD", bare) if not combining(letter))
    return tuple(_WORD.findall(bare))


def search_text(customer: Customer) -> str:
    """
    What a record is found by: its names, city and external id, folded, its number and the digits of its telephones.
    """
    phones = (customer.phone, customer.work_phone, customer.cell_phone, customer.other_phone)
    told = (customer.first_name, customer.last_name, customer.business_name, customer.address.city)
    words = folded(" ".join((*told, customer.external_id or "")))
    return " ".join([*words, str(customer.number), *(phone.number[1:] for phone in phones if phone)])


KEY_LIMIT = 400  # an index takes no longer texts


@frozen(kw_only=True)
class Traits:
    """
    By what two records are taken for the same (CUS-13), each folded: its *names*, without white space; the numbers of
    all its *phones*; its *email*; its *address*, empty where it has no first line.
    """

    names: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    email: str = ""
    address: str = ""

    @classmethod
    def told(
        cls, *, names: Iterable[str], phones: Iterable[Phone | None], email: Email | None, address: Address
    ) -> "Traits":
        """
        The postal code is not asked: some have four digits more, some none.
        """
        lines = (address.line1, address.line2, address.city, address.state) if address.line1 else ()
        return cls(
            names=frozenset("".join(folded(name)) for name in names) - {""},
            phones=frozenset(phone.number for phone in phones if phone),
            email=email.address.casefold() if email else "",
            address=" ".join(folded(" ".join(lines))),
        )

    @property
    def keys(self) -> frozenset[str]:
        """
        What records that may be the same share at least one of.
        """
        return frozenset({*self.phones, self.email, self.address[:KEY_LIMIT]}) - {""}


def traits_of(customer: Customer) -> Traits:
    return Traits.told(
        names=(f"{customer.first_name} {customer.last_name}", customer.business_name),
        phones=(customer.phone, customer.work_phone, customer.cell_phone, customer.other_phone),
        email=customer.email,
        address=customer.address,
    )


class Likeness(Enum):
    """
    Why a record may be the same as another (CUS-13).
    """

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


@frozen(kw_only=True)
class Candidate:
    """
    A record that may be the same as a new one.
    """

    id: CustomerId
    number: int
    stage: Stage
    name: str
    location: LocationId
    traits: Traits


def candidate_of(customer: Customer) -> Candidate:
    return Candidate(
        id=customer.id,
        number=customer.number,
        stage=customer.stage,
        name=customer.name,
        location=customer.location,
        traits=traits_of(customer),
    )
