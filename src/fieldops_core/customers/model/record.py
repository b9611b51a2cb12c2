"""
The customer record.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from typing import NamedTuple, NewType
from unicodedata import combining, normalize
from uuid import UUID

from attrs import field, frozen

from fieldops_core.access.model import Stage
from fieldops_core.company.model import Catalog, EntryId
from fieldops_core.kernel.contact import Address, Email, Phone
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.plain import PARTS
from fieldops_core.kernel.secret import Secret
from fieldops_core.kernel.text import filled, tidy
from fieldops_core.kernel.time import local_date, valid_date

CustomerId = NewType("CustomerId", UUID)


class AccountType(Enum):
    """
    Whether a household or a business is served.
    """

    RESIDENTIAL = "residential"
    COMMERCIAL = "commercial"


class ArchiveStatus(Enum):
    """
    Which records a list holds (CUS-15).
    """

    ALL = "all"
    ARCHIVED = "archived"
    ACTIVE = "active"

    @property
    def archived(self) -> bool | None:
        """
        Whether those are archived; None where it does not matter.
        """
        return None if self is ArchiveStatus.ALL else self is ArchiveStatus.ARCHIVED


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
    "account_class",
    "credit_score",
    "credit_tracking_number",
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


CHOICES: Mapping[str, Catalog] = MappingProxyType(
    {
        "account_class": Catalog.ACCOUNT_CLASSES,
        "source": Catalog.SOURCES,
        "campaign": Catalog.CAMPAIGNS,
        "sale.system_type": Catalog.SYSTEM_TYPES,
        "sale.monthly_rate": Catalog.MONTHLY_RATES,
        "sale.monitoring_plan": Catalog.MONITORING_PLANS,
        "sale.cancellation_reason": Catalog.CANCELLATION_REASONS,
        "sale.discount_affiliate": Catalog.DISCOUNT_AFFILIATES,
        "sale.monitored_by": Catalog.MONITORING_COMPANIES,
        "sale.interactive_provider": Catalog.INTERACTIVE_PROVIDERS,
        "sale.contract_term": Catalog.CONTRACT_TERMS,
        "sale.activation_fee": Catalog.ACTIVATION_FEES,
        "sale.warranty_term": Catalog.WARRANTY_TERMS,
        "sale.dealer_number": Catalog.DEALER_NUMBERS,
        "lead.status": Catalog.LEAD_STATUSES,
        "lead.disposition": Catalog.LEAD_DISPOSITIONS,
    }
)
"""
The fields of a record that hold an entry of a catalog.
"""

REPRESENTATIVES = ("sale.sold_by", "sale.trainee_or_trainer", "sale.lead_rep", "lead.lead_rep")
"""
The fields of a record that hold a user.
"""


def at_path(record: object, path: str) -> object:
    """
    The value of a field, or of one of a section: ``sale.sold_by``.
    """
    for name in path.split("."):
        record = getattr(record, name)
    return record


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
    postal code or street. *source* and *campaign* belong to the personal section of a lead, and to the sale section of
    a customer;
    *custom* holds the values of the company's custom fields, by their ids. *parent* is the customer that its billing
    rolls up to (FAM-01). It is read-only from *archived_at* on (ARC-06).
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
    parent: CustomerId | None = None
    archived_at: datetime | None = None
    archived_by: UserId | None = None
    account_class: EntryId | None = None
    credit_score: int | None = None
    credit_tracking_number: str = ""
    source: EntryId | None = None
    campaign: EntryId | None = None
    sale: Sale = field(default=Sale(), metadata=PARTS)
    installation: Installation = field(default=Installation(), metadata=PARTS)
    lead: Lead = field(default=Lead(), metadata=PARTS)
    custom: Mapping[EntryId, CustomValue] = field(
        default=MappingProxyType({}), converter=_lasting, hash=False, metadata=PARTS
    )
    version: int = 1

    def __attrs_post_init__(self) -> None:
        tidy(self, first_name=200, last_name=200, business_name=200, business_contact=200, credit_tracking_number=100)
        if self.credit_score is not None and not 0 <= self.credit_score <= 999:
            sentence = "A credit score is a number from 0 to 999."
            raise InvalidValue("credit_score.invalid", sentence, field="credit_score", rule="CUS-02")
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

    @property
    def archived(self) -> bool:
        return self.archived_at is not None


@frozen(kw_only=True)
class InstallVisit:
    """
    An appointment of a *customer* whose type is marked ``install``, and that was neither cancelled nor missed: when it
    starts, in which zone, whose it is, and whom that user reports to.
    """

    appointment: UUID
    customer: CustomerId
    start: datetime
    zone: str
    user: UserId
    reports_to: UserId | None = None

    @property
    def date(self) -> date:
        """
        The local date of the install.
        """
        return local_date(self.start, self.zone)


def installed_by(customer: Customer, visits: tuple[InstallVisit, ...]) -> InstallVisit | None:
    """
    The install appointment of a record: the one chosen, else the only one there is (CUS-07).
    """
    chosen = next((each for each in visits if each.appointment == customer.installation.appointment), None)
    return chosen or (visits[0] if len(visits) == 1 else None)


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
    phones = (customer.phone, customer.work_phone, customer.cell_phone, customer.other_phone)
    digits = (phone.number[1:] for phone in phones if phone)
    return " " + " ".join(dict.fromkeys((*folded(" ".join(told)), str(customer.number), *digits)))


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
