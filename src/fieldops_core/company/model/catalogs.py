"""
The catalogs that a company fills with its own entries.
"""

from enum import Enum
from math import isfinite

from attrs import field, frozen

from fieldops_core.company.model.templates import EntryId, WorkOrderTemplate
from fieldops_core.kernel.contact import CANADIAN_PROVINCES, US_STATES
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.plain import PARTS
from fieldops_core.kernel.text import a_name, clean, filled


class Catalog(Enum):
    """
    The catalogs of which a company makes its own entries (ACC-20). RATE_LINES are the line items of monthly rates.
    PRIORITIES have an order of their own.
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
    WORK_ORDER_TYPES = "work_order_types"
    WORK_ORDER_TEMPLATES = "work_order_templates"
    PRIORITIES = "priorities"
    REGULATIONS = "regulations"
    EQUIPMENT = "equipment"
    VENDORS = "vendors"
    WIRE_TYPES = "wire_types"

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
    Catalog.WORK_ORDER_TEMPLATES: frozenset({"template"}),
    Catalog.PRIORITIES: frozenset({"place"}),
    Catalog.REGULATIONS: frozenset({"requirement", "state", "city", "amount", "months"}),
    Catalog.EQUIPMENT: frozenset({"vendor", "cost", "charge", "collection"}),
}

_REQUIRED = {
    Catalog.CAMPAIGNS: frozenset({"source"}),
    Catalog.CONTRACT_TERMS: frozenset({"months"}),
    Catalog.ACTIVATION_FEES: frozenset({"amount"}),
    Catalog.MONTHLY_RATES: frozenset({"amount"}),
    Catalog.CUSTOM_FIELDS: frozenset({"type"}),
    Catalog.WORK_ORDER_TEMPLATES: frozenset({"template"}),
    Catalog.PRIORITIES: frozenset({"place"}),
    Catalog.REGULATIONS: frozenset({"requirement", "state"}),
}


class Requirement(Enum):
    """
    What a government regulation asks for (CUS-24).
    """

    PERMIT = "permit"
    INSPECTION = "inspection"
    FEE = "fee"


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


MOST_LINES, LONGEST_TERM, LONGEST_TEXT, LAST_PLACE = 100, 1_200, 10_000, 1_000


@frozen(kw_only=True)
class Attributes:
    """
    What entries of some catalogs have beside their name; :attr:`Catalog.attributes` says which have what. *source* is
    the source that a campaign belongs to; *adt* marks the monitoring company ADT; *receivers* are the telephone numbers
    that an interactive services provider lists. *minimum* and *maximum* bound the numbers of a custom field, *longest*
    the characters of its texts. *place* is that of a priority among the others, 1 the most urgent; *template* is what a
    work order template fills in. A regulation asks for a *requirement* in a *state*, or in a *city* of it; what was
    fulfilled holds for its *months*. Equipment is bought of its default *vendor* at a *cost*, and sold for a *charge*;
    a *collection* stands for several pieces and is not sold by itself.

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
    place: int | None = None
    template: WorkOrderTemplate | None = None
    requirement: Requirement | None = None
    state: str | None = None
    city: str = ""
    vendor: EntryId | None = None
    cost: Money | None = None
    charge: Money | None = None
    collection: bool = False

    def __attrs_post_init__(self) -> None:
        for name in ("receivers", "choices"):
            told = tuple(filled(each, field=f"attributes.{name}") for each in getattr(self, name))
            _asked(len(set(told)) == len(told) <= MOST_LINES, name, f"Each is listed once, and at most {MOST_LINES}.")
            object.__setattr__(self, name, told)
        for name in ("amount", "cost", "charge"):
            amount = getattr(self, name)
            _asked(amount is None or amount.amount >= 0, name, "An amount is 0 or more.")
        _asked(all(each.amount.amount >= 0 for each in self.lines), "amount", "An amount is 0 or more.")
        lines = {each.line for each in self.lines}
        _asked(len(lines) == len(self.lines) <= MOST_LINES, "lines", "A rate has each line once.")
        _asked(self.months is None or 0 < self.months <= LONGEST_TERM, "months", f"1 to {LONGEST_TERM} months.")
        _asked(self.longest is None or 0 < self.longest <= LONGEST_TEXT, "longest", f"1 to {LONGEST_TEXT} characters.")
        _asked(self.place is None or 0 < self.place <= LAST_PLACE, "place", f"A place is 1 to {LAST_PLACE}.")
        known = self.state is None or self.state in US_STATES | CANADIAN_PROVINCES
        _asked(known, "state", "A state is the two letters of a state, territory or province.")
        object.__setattr__(self, "city", clean(self.city, field="attributes.city", limit=100))
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
