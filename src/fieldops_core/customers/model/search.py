"""
What a record is found by, and where it stands in a list.
"""

import re
from enum import Enum
from typing import NamedTuple
from unicodedata import combining, normalize

from attrs import frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import EntryId
from fieldops_core.customers.model.parts import CustomerId
from fieldops_core.customers.model.record import Customer

HIGHEST = 2**31 - 1

"""
No record has a higher number.
"""


class Sort(Enum):
    """
    The order of a list of records: by number, by name (a business' or last and first), by city, or the highest number
    first.
    """

    NUMBER = "number"
    NAME = "name"
    CITY = "city"
    NEWEST = "newest"


class RecordStatus(Enum):
    """
    What a list of records is narrowed to besides their stage: those at risk, of which a mark stands (CUS-23), or the
    customers whose account is cancelled (CUS-04).
    """

    AT_RISK = "at_risk"
    CANCELLED = "cancelled"


def lead_status(customer: Customer) -> EntryId | None:
    """
    The status of a lead. A converted record keeps the section, and is none any more.
    """
    return customer.lead.status if customer.stage is Stage.LEAD else None


def is_cancelled(customer: Customer) -> bool:
    return customer.stage is Stage.CUSTOMER and customer.sale.cancelled


@frozen(kw_only=True)
class Sought:
    """
    What is searched for: the *text* as typed, its *terms*, each of which must be found in a record, and the *number* of
    a record that it may be.
    """

    text: str
    terms: tuple[str, ...]

    @property
    def number(self) -> int | None:
        number = self.terms[0] if len(self.terms) == 1 else ""
        digits = number.isascii() and number.isdecimal() and len(number) <= len(str(HIGHEST))
        return int(number) if digits and int(number) <= HIGHEST else None


class Place(NamedTuple):
    """
    Where a record stands in a list: how close it comes to what was searched for (0 without a search), what it is sorted
    by, and its number, by which lists are sorted in the end.
    """

    closeness: int
    key: str
    number: int


class Match(NamedTuple):
    """
    A record that was found, as far as it is ranked by that.
    """

    id: CustomerId
    number: int
    external_id: str | None
    name_key: str
    city_key: str


_WORD = re.compile(r"[^\W_]+")  # letters and digits, of whatever alphabet

_KEY = 100


def folded(text: str) -> tuple[str, ...]:
    """
    The words of a text without case, accents and punctuation.
    """
    bare = text.casefold()
    if not bare.isascii():
        # Once more at the end: what a letter stands for may have case where the letter has none.
        bare = "".join(letter for letter in normalize("NFKD", bare) if not combining(letter)).casefold()
    return tuple(_WORD.findall(bare))


def search_text(customer: Customer) -> str:
    """
    What a record is found by: its number, external id, names, email and address, folded, and the digits of its
    telephones. A space stands before each word, also the first. Nothing confidential is in it.
    """
    address, code = customer.address, customer.address.postal_code
    told = (
        customer.last_name,
        customer.first_name,
        customer.business_name,
        customer.external_id or "",
        customer.email.address if customer.email else "",
        address.line1,
        address.city,
        code.code.replace(" ", "") if code else "",
    )
    numbers = (customer.number, *customer.former_numbers)
    phones = (customer.phone, customer.work_phone, customer.cell_phone, customer.other_phone)
    digits = (phone.number[1:] for phone in phones if phone)
    return " " + " ".join(dict.fromkeys((*folded(" ".join(told)), *map(str, numbers), *digits)))


def name_key(customer: Customer) -> str:
    """
    What records are sorted by name by: the business, else last and first name, folded, as far as is needed for that.
    """
    return " ".join(folded(customer.business_name or f"{customer.last_name} {customer.first_name}"))[:_KEY]


def city_key(customer: Customer) -> str:
    """
    Likewise of the city.
    """
    return " ".join(folded(customer.address.city))[:_KEY]


def match_of(customer: Customer) -> Match:
    return Match(customer.id, customer.number, customer.external_id, name_key(customer), city_key(customer))
