"""
The company and its settings.
"""

import re
from enum import Enum

from attrs import Attribute, field, frozen

from fieldops_core.company.model.locations import Location
from fieldops_core.kernel.errors import InvalidValue, NotFound
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import TimeRange, WeeklyHours
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.text import a_name, filled, tidy
from fieldops_core.kernel.time import DAY_MINUTES

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?")


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


class SheetPart(Enum):
    """
    What a company may leave out of its appointment sheets.
    """

    ADDRESS = "address"
    PHONES = "phones"
    SCOPE = "scope"
    PUBLIC_NOTE = "public_note"
    NOTES = "notes"
    ON_SITE_NOTES = "on_site_notes"
    EQUIPMENT = "equipment"
    NOTE_LINES = "note_lines"
    TIMES = "times"
    SIGNATURES = "signatures"


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


def _no_part_twice(_: object, __: object, parts: tuple[SheetPart, ...]) -> None:
    if len(set(parts)) != len(parts):
        sentence = "What a sheet leaves out is named once."
        raise InvalidValue("sheet_leaves_out.invalid", sentence, field="sheet_leaves_out", rule="PDF-01")


MOST_BANDS, MOST_SELLERS = 26, 10_000


@frozen(kw_only=True)
class Settings:
    """
    What a company decides, with the defaults of ACC-19. Grid and quiet hours are minutes after local midnight; the
    radius is meters (100 miles). *sold_by* lists the users who may be told to have made a sale; while it is empty,
    every active user may. *sheet_footer* and *sheet_leaves_out* make the template of appointment sheets (PDF-01).

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
    sheet_footer: str = ""
    sheet_leaves_out: tuple[SheetPart, ...] = field(default=(), validator=_no_part_twice)

    def __attrs_post_init__(self) -> None:
        tidy(self, default_on_site_note=100_000, sheet_footer=500)
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
