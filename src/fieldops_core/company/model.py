"""
The company, its settings, its locations and its catalogs.
"""

import re
from enum import Enum
from math import isfinite
from typing import NewType
from uuid import UUID

from attrs import Attribute, field, frozen

from fieldops_core.access.model import Kind
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.geo import DistanceUnit, Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.plain import PARTS
from fieldops_core.kernel.text import a_name, filled, tidy
from fieldops_core.kernel.time import DAY_MINUTES, zone_info

TypeId = NewType("TypeId", UUID)
SubTypeId = NewType("SubTypeId", UUID)
EntryId = NewType("EntryId", UUID)

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")
SLOT_MINUTES = {Kind.TECH: 30, Kind.SALES: 30, Kind.PROGRAM: 15}


class ListMode(Enum):
    """
    Which technicians a grid or form offers for a customer.
    """

    IN_OFFICE_LOCATION = "in_office_location"
    IN_COVERAGE_AREA = "in_coverage_area"
    IN_MAX_COVERAGE_AREA = "in_max_coverage_area"


class WorkingHoursRule(Enum):
    """
    Whether a visit must lie on a working day, or inside the working hours.
    """

    DAY = "day"
    HOURS = "hours"


def _in_steps(_: object, edge: "Attribute[int]", minutes: int) -> None:
    if minutes % 30 or not 0 <= minutes <= DAY_MINUTES:
        sentence = "The day grid begins and ends on a half hour between 00:00 and 24:00."
        raise InvalidValue("grid.invalid", sentence, field=edge.name, rule="ACC-19")


def _known_currency(_: object, __: object, currency: str) -> None:
    if not re.fullmatch(r"[A-Z]{3}", currency):
        raise InvalidValue("currency.invalid", f"{currency!r} is not a currency code.", field="currency", rule="ACC-19")


def _radius(_: object, __: object, meters: float) -> None:
    if not 0 <= meters <= 20_040_000:
        sentence = "A radius lies between 0 and half the way around the Earth."
        raise InvalidValue("radius.invalid", sentence, field="max_coverage_radius", rule="ACC-19")


def _no_mode_twice(_: object, __: object, profile: tuple[ListMode, ...] | None) -> None:
    if profile is not None and (not profile or len(set(profile)) != len(profile)):
        sentence = "A scheduling profile offers at least one list mode, and each once."
        raise InvalidValue("scheduling_profile.invalid", sentence, field="scheduling_profile", rule="SCH-16")


@frozen(kw_only=True)
class CreditBand:
    """
    The credit scores from *minimum* up to the next band's, and the letter by which they are told.

    Raises:
        InvalidValue: where the grade is empty or longer than three characters.
    """

    grade: str = field()
    minimum: int

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "grade", filled(self.grade, field="credit_bands", limit=3))


def _from_the_best(bands: tuple[CreditBand, ...]) -> tuple[CreditBand, ...]:
    """
    Raises:
        InvalidValue: where two bands share a grade or a beginning.
    """
    for told in ([each.grade for each in bands], [each.minimum for each in bands]):
        if len(set(told)) != len(bands) or len(bands) > MOST_BANDS:
            sentence = f"Each credit band has a grade and a beginning of its own; there are at most {MOST_BANDS}."
            raise InvalidValue("credit_bands.invalid", sentence, field="credit_bands", rule="ACC-19")
    return tuple(sorted(bands, key=lambda each: -each.minimum))


def _each_once(_: object, __: object, users: tuple[UserId, ...]) -> None:
    if len(set(users)) != len(users) or len(users) > MOST_SELLERS:
        sentence = f"The sold-by list names each user once, at most {MOST_SELLERS}."
        raise InvalidValue("sold_by.invalid", sentence, field="sold_by", rule="ACC-19")


MOST_BANDS, MOST_SELLERS = 26, 10_000


@frozen(kw_only=True)
class Settings:
    """
    What a company decides, with the defaults of ACC-19. Grid and quiet hours are minutes after local midnight; the
    radius is meters (100 miles). *sold_by* lists the users who may be told to have made a sale; while it is empty,
    every active user may.

    Raises:
        InvalidValue: where a value is out of its range.
    """

    sales_scheduler_on_customers: bool = False
    work_order_required_for_tech_appointments: bool = False
    show_previous_appointment_travel: bool = True
    reschedule_tracking: bool = False
    parent_child_billing: bool = False
    address_verification: bool = False
    duplicate_check: bool = True
    credit_checks: bool = False
    edocs: bool = False
    government_regulations: bool = False
    lead_rep_locked: bool = False
    rate_breakout: bool = False
    default_on_site_note: str = ""
    grid_start: int = field(default=6 * 60, validator=_in_steps)
    grid_end: int = field(default=22 * 60, validator=_in_steps)
    max_coverage_radius: float = field(default=160_934.4, validator=_radius)
    distance_unit: DistanceUnit = DistanceUnit.MILE
    working_hours_rule: WorkingHoursRule = WorkingHoursRule.DAY
    scheduling_profile: tuple[ListMode, ...] | None = field(default=None, validator=_no_mode_twice)
    default_working_hours: WeeklyHours = WeeklyHours.every("08:00", "17:00")
    quiet_hours: TimeRange = TimeRange.parse("21:00", "08:00")
    currency: str = field(default="USD", validator=_known_currency)
    credit_bands: tuple[CreditBand, ...] = field(default=(), converter=_from_the_best)
    sold_by: tuple[UserId, ...] = field(default=(), validator=_each_once)

    def __attrs_post_init__(self) -> None:
        tidy(self, default_on_site_note=100_000)
        if self.grid_end <= self.grid_start:
            raise InvalidValue("grid.invalid", "The day grid ends after it begins.", field="grid_end", rule="ACC-19")

    @property
    def modes(self) -> tuple[ListMode, ...]:
        """
        The list modes offered, the first one first (SCH-16, SCH-23).
        """
        return self.scheduling_profile or tuple(ListMode)

    def credit_grade(self, score: int | None) -> str | None:
        """
        The letter of a credit score; None below every band.
        """
        if score is None:
            return None
        return next((band.grade for band in self.credit_bands if band.minimum <= score), None)


def _slug(_: object, __: object, slug: str) -> None:
    if not SLUG.fullmatch(slug):
        sentence = "A company's short name has lower-case letters, digits and hyphens, at most 40."
        raise InvalidValue("slug.invalid", sentence, facts={"slug": slug}, field="slug")


@frozen(kw_only=True)
class Company:
    """
    The tenant. *slug* is its short name in addresses.
    """

    id: CompanyId
    slug: str = field(validator=_slug)
    name: str = field(converter=a_name)
    settings: Settings = Settings()
    version: int = 1


def _known_zone(_: object, __: object, zone: str) -> None:
    zone_info(zone)


def minutes_in_steps(minutes: int | None, kind: Kind) -> int | None:
    """
    Raises:
        InvalidValue: where a catalog duration is no multiple of the kind's slot, or longer than a day (APT-21).
    """
    step = SLOT_MINUTES[kind]
    if minutes is not None and (minutes % step or not step <= minutes <= DAY_MINUTES):
        sentence = f"A duration is a multiple of {step} minutes, at least {step}."
        raise InvalidValue(
            "duration.step", sentence, facts={"minutes": minutes, "step": step}, field="minutes", rule="APT-21"
        )
    return minutes


def _tech_minutes(_: object, __: object, minutes: int | None) -> None:
    minutes_in_steps(minutes, Kind.TECH)


@frozen(kw_only=True)
class Location:
    """
    An office. *tech_minutes* is its default duration of tech appointments.

    Raises:
        InvalidValue: where the zone is unknown or the duration off the half hour.
    """

    id: LocationId
    name: str = field(converter=a_name)
    zone: str = field(validator=_known_zone)
    address: Address = Address()
    point: Point | None = None
    tech_minutes: int | None = field(default=None, validator=_tech_minutes)
    active: bool = True
    version: int = 1

    @property
    def country(self) -> str:
        """
        In which telephone numbers without ``+`` are read: its address's, ``US`` without one.
        """
        return self.address.country or "US"


@frozen(kw_only=True)
class LocationUse:
    """
    What still belongs to a location: open appointments, customers and leads, and active users, at home or further.
    """

    open_appointments: int = 0
    customers: int = 0
    users: int = 0


@frozen(kw_only=True)
class SubType:
    """
    A finer entry below an appointment type, possibly with a duration of its own.
    """

    id: SubTypeId
    name: str = field(converter=a_name)
    minutes: int | None = None
    active: bool = True


@frozen(kw_only=True)
class AppointmentType:
    """
    A catalog entry for appointments of one kind, with the duration (minutes) it proposes. Appointments of a type that
    is marked *install* are those of installations (CUS-07).

    Raises:
        InvalidValue: where a duration is missing or off the kind's slot (ACC-20, APT-21), or a sub-type is listed
        twice.
    """

    id: TypeId
    kind: Kind
    name: str = field(converter=a_name)
    minutes: int = field(default=120)
    active: bool = True
    sub_types: tuple[SubType, ...] = ()
    install: bool = False
    version: int = 1

    def __attrs_post_init__(self) -> None:
        for minutes in (self.minutes, *(sub.minutes for sub in self.sub_types)):
            minutes_in_steps(minutes, self.kind)
        if len({sub.id for sub in self.sub_types}) != len(self.sub_types):
            raise InvalidValue("sub_type.twice", "A sub-type is listed once.", field="sub_types", rule="APT-02")

    def sub_type(self, id: SubTypeId) -> SubType | None:
        return next((sub for sub in self.sub_types if sub.id == id), None)


class Catalog(Enum):
    """
    The catalogs of which a company makes its own entries (ACC-20). RATE_LINES are the line items of monthly rates.
    """

    UNABLE_REASONS = "unable_reasons"
    RESCHEDULE_REASONS = "reschedule_reasons"
    CANCELLATION_REASONS = "cancellation_reasons"
    NOTE_TYPES = "note_types"
    TAGS = "tags"
    SOURCES = "sources"
    CAMPAIGNS = "campaigns"
    ACCOUNT_CLASSES = "account_classes"
    LEAD_STATUSES = "lead_statuses"
    LEAD_DISPOSITIONS = "lead_dispositions"
    DISCOUNT_AFFILIATES = "discount_affiliates"
    MONITORING_COMPANIES = "monitoring_companies"
    MONITORING_PLANS = "monitoring_plans"
    MONITORING_SERVICES = "monitoring_services"
    INTERACTIVE_PROVIDERS = "interactive_providers"
    SYSTEM_TYPES = "system_types"
    DEALER_NUMBERS = "dealer_numbers"
    CONTRACT_TERMS = "contract_terms"
    WARRANTY_TERMS = "warranty_terms"
    ACTIVATION_FEES = "activation_fees"
    MONTHLY_RATES = "monthly_rates"
    RATE_LINES = "rate_lines"
    CUSTOM_FIELDS = "custom_fields"

    @property
    def attributes(self) -> frozenset[str]:
        """
        The names of the :class:`Attributes` that its entries have beside their name.
        """
        return _ATTRIBUTES.get(self, frozenset())

    @property
    def required(self) -> frozenset[str]:
        """
        Those of them that no entry is without.
        """
        return _REQUIRED.get(self, frozenset())


_ATTRIBUTES = {
    Catalog.SOURCES: frozenset({"sells_leads", "sells_customers"}),
    Catalog.CAMPAIGNS: frozenset({"source"}),
    Catalog.LEAD_STATUSES: frozenset({"allows_lead_rep"}),
    Catalog.MONITORING_COMPANIES: frozenset({"adt"}),
    Catalog.INTERACTIVE_PROVIDERS: frozenset({"receivers"}),
    Catalog.CONTRACT_TERMS: frozenset({"months"}),
    Catalog.WARRANTY_TERMS: frozenset({"months"}),
    Catalog.ACTIVATION_FEES: frozenset({"amount"}),
    Catalog.MONTHLY_RATES: frozenset({"amount", "lines"}),
    Catalog.CUSTOM_FIELDS: frozenset({"type", "required", "choices", "minimum", "maximum", "longest"}),
}
_REQUIRED = {
    Catalog.CAMPAIGNS: frozenset({"source"}),
    Catalog.CONTRACT_TERMS: frozenset({"months"}),
    Catalog.ACTIVATION_FEES: frozenset({"amount"}),
    Catalog.MONTHLY_RATES: frozenset({"amount"}),
    Catalog.CUSTOM_FIELDS: frozenset({"type"}),
}


class FieldType(Enum):
    """
    What a custom field holds (CUS-06).
    """

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"


@frozen(kw_only=True)
class RateLine:
    """
    One line item of a monthly rate: the entry of RATE_LINES, and its part of the total.
    """

    line: EntryId
    amount: Money


MOST_LINES, LONGEST_TERM, LONGEST_TEXT = 100, 1_200, 10_000


@frozen(kw_only=True)
class Attributes:
    """
    What entries of some catalogs have beside their name; :attr:`Catalog.attributes` says which have what. *source* is
    the source that a campaign belongs to; *adt* marks the monitoring company ADT; *receivers* are the telephone numbers
    that an interactive services provider lists. *minimum* and *maximum* bound the numbers of a custom field, *longest*
    the characters of its texts.

    Raises:
        InvalidValue: where a value is out of its range.
    """

    source: EntryId | None = None
    sells_leads: bool = False
    sells_customers: bool = False
    allows_lead_rep: bool = False
    adt: bool = False
    receivers: tuple[str, ...] = ()
    months: int | None = None
    amount: Money | None = None
    lines: tuple[RateLine, ...] = ()
    type: FieldType | None = None
    required: bool = False
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    longest: int | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("receivers", "choices"):
            told = tuple(filled(each, field=f"attributes.{name}") for each in getattr(self, name))
            _asked(len(set(told)) == len(told) <= MOST_LINES, name, f"Each is listed once, and at most {MOST_LINES}.")
            object.__setattr__(self, name, told)
        amounts = [each.amount for each in self.lines] + ([self.amount] if self.amount else [])
        _asked(all(each.amount >= 0 for each in amounts), "amount", "An amount is 0 or more.")
        lines = {each.line for each in self.lines}
        _asked(len(lines) == len(self.lines) <= MOST_LINES, "lines", "A rate has each line once.")
        _asked(self.months is None or 0 < self.months <= LONGEST_TERM, "months", f"1 to {LONGEST_TERM} months.")
        _asked(self.longest is None or 0 < self.longest <= LONGEST_TEXT, "longest", f"1 to {LONGEST_TEXT} characters.")
        bounds = self.minimum, self.maximum
        _asked(all(each is None or isfinite(each) for each in bounds), "minimum", "A bound is a finite number.")
        crossed = self.minimum is not None and self.maximum is not None and self.maximum < self.minimum
        _asked(not crossed, "maximum", "The greatest value is not below the least.")

    def matches(self, lines: frozenset[EntryId]) -> bool:
        """
        Whether the lines of a rate are these: those that the company breaks its rates down to (CUS-05).
        """
        return {each.line for each in self.lines} == lines


def _asked(kept: bool, name: str, sentence: str) -> None:
    if not kept:
        raise InvalidValue("attribute.invalid", sentence, field=f"attributes.{name}", rule="ACC-20")


@frozen(kw_only=True)
class CatalogEntry:
    """
    What can be chosen from a catalog. None is ever deleted: what was chosen keeps and shows it when it is no longer
    *active*, and new choices are of active ones.
    """

    id: EntryId
    catalog: Catalog
    name: str = field(converter=a_name)
    active: bool = True
    attributes: Attributes = field(default=Attributes(), metadata=PARTS)
    version: int = 1


@frozen(kw_only=True)
class Setup:
    """
    The company with all its locations: what nearly every use case asks first.
    """

    company: Company
    locations: tuple[Location, ...] = ()

    @property
    def settings(self) -> Settings:
        return self.company.settings

    def location(self, id: LocationId) -> Location:
        """
        Raises:
            NotFound: where the company has no such location.
        """
        found = next((each for each in self.locations if each.id == id), None)
        if found is None:
            raise NotFound("location", id)
        return found
