"""
The sections of a record, and single values of it.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import NewType
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import EntryId
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import tidy
from fieldops_core.kernel.time import valid_date

CustomerId = NewType("CustomerId", UUID)


class AccountType(Enum):
    """
    Whether a household or a business is served.
    """

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"


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


def _valid_dates(record: object, *names: str) -> None:
    """
    Raises:
        InvalidValue: where a date lies before 1900 or after 2199.
    """
    for name in names:
        if (day := getattr(record, name)) is not None:
            valid_date(day, field=name)


@frozen(kw_only=True)
class Sale:
    """
    The sale section of a customer (CUS-04). Ids are those of users and of catalog entries.

    Raises:
        InvalidValue: where a text is too long, or a date lies before 1900 or after 2199.
    """

    sale_date: date | None = None
    sold_by: UserId | None = None
    trainee_or_trainer: UserId | None = None
    lead_rep: UserId | None = None
    account_number: str = ""
    monitoring_number: str = ""
    serial_number: str = ""
    system_type: EntryId | None = None
    monthly_rate: EntryId | None = None
    a_la_carte: bool = False
    monitoring_plan: EntryId | None = None
    cancelled: bool = False
    cancelled_on: date | None = None
    cancellation_reason: EntryId | None = None
    discount_affiliate: EntryId | None = None
    discount_member_number: str = ""
    monitored_by: EntryId | None = None
    interactive_provider: EntryId | None = None
    contract_term: EntryId | None = None
    activation_fee: EntryId | None = None
    warranty_term: EntryId | None = None
    dealer_number: EntryId | None = None
    collections_date: date | None = None

    def __attrs_post_init__(self) -> None:
        tidy(self, account_number=100, monitoring_number=100, serial_number=100, discount_member_number=100)
        _valid_dates(self, "sale_date", "cancelled_on", "collections_date")


@frozen(kw_only=True)
class Installation:
    """
    The installation section of a customer (CUS-07), apart from its confidential codes. *appointment* is the install
    appointment chosen among several; *services* are the company's own.
    """

    appointment: UUID | None = None
    installed: bool = False
    two_way_voice: bool = False
    cellular_backup: bool = False
    guard_response: bool = False
    maintenance: bool = False
    invoicing: bool = False
    aarp: bool = False
    tellular: bool = False
    pulse: bool = False
    services: tuple[EntryId, ...] = ()

    def __attrs_post_init__(self) -> None:
        if len(set(self.services)) != len(self.services):
            raise InvalidValue("services.twice", "A service is listed once.", field="services", rule="CUS-07")


@frozen(kw_only=True)
class Lead:
    """
    The section of a lead (CUS-08): when it was entered (UTC), and by whom; when it is to be called back (UTC). A
    converted record keeps it.
    """

    entered_at: datetime | None = None
    call_center_rep: UserId | None = None
    callback_at: datetime | None = None
    disposition: EntryId | None = None
    call_center_comments: str = ""
    status: EntryId | None = None
    lead_rep: UserId | None = None
    comments: str = ""

    def __attrs_post_init__(self) -> None:
        tidy(self, call_center_comments=100_000, comments=100_000)


CustomValue = str | int | float | bool

"""
What a custom field of a record holds: a text, a number, a choice, yes or no, or a date as it is written, 2026-05-27.
"""


def _lasting(values: Mapping[EntryId, CustomValue]) -> Mapping[EntryId, CustomValue]:
    return MappingProxyType(dict(values))


class Verification(Enum):
    """
    Whether an address was found at the very house (CUS-14). UNKNOWN: nobody was asked.
    """

    UNKNOWN = "unknown"
    VERIFIED = "verified"
    NOT_VERIFIED = "not_verified"
