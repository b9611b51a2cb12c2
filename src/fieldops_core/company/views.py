"""
What questions about the company answer.
"""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    AppointmentType,
    Attributes,
    Catalog,
    CatalogEntry,
    Company,
    EntryId,
    FieldType,
    JobLine,
    LineKind,
    ListMode,
    Location,
    RateLine,
    Requirement,
    Settings,
    SheetPart,
    WorkingHoursRule,
    WorkOrderTemplate,
)
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.geo import DistanceUnit, Point
from fieldops_core.kernel.hours import TimeRange, WeeklyHours, time_of_day
from fieldops_core.kernel.money import Money
from fieldops_core.kernel.records import made, told


@frozen(kw_only=True)
class RangeView:
    """
    A range of local time, ``HH:MM`` to ``HH:MM``; where the end is not after the start, it ends on the next day.
    """

    start: str
    end: str


@frozen(kw_only=True)
class AddressView:
    line1: str
    line2: str
    city: str
    state: str
    postal_code: str | None


@frozen(kw_only=True)
class LocationView:
    id: UUID
    name: str
    zone: str
    address: AddressView
    coordinates: Point | None
    tech_minutes: int | None
    active: bool
    version: int


@frozen(kw_only=True)
class SubTypeView:
    id: UUID
    name: str
    minutes: int | None
    active: bool


@frozen(kw_only=True)
class AppointmentTypeView:
    id: UUID
    kind: Kind
    name: str
    minutes: int
    active: bool
    sub_types: tuple[SubTypeView, ...]
    install: bool
    version: int


@frozen(kw_only=True)
class CreditBandView:
    """
    The credit scores from *minimum* up to the next band's, and their letter.
    """

    grade: str
    minimum: int


@frozen(kw_only=True)
class SettingsView:
    """
    The company's settings (ACC-19). *max_coverage_radius* is meters; times of day are ``HH:MM``;
    *default_working_hours* has seven days, Monday first. *credit_bands* begin with the best; while *sold_by* is empty,
    every active user may be told to have made a sale. Appointment sheets end in *sheet_footer*, by default the
    company's name, and have all parts but those that *sheet_leaves_out* names.
    """

    sales_scheduler_on_customers: bool
    work_order_required_for_tech_appointments: bool
    show_previous_appointment_travel: bool
    reschedule_tracking: bool
    parent_child_billing: bool
    address_verification: bool
    duplicate_check: bool
    credit_checks: bool
    edocs: bool
    government_regulations: bool
    lead_rep_locked: bool
    rate_breakout: bool
    default_on_site_note: str
    grid_start: str
    grid_end: str
    max_coverage_radius: float
    distance_unit: DistanceUnit
    working_hours_rule: WorkingHoursRule
    scheduling_profile: tuple[ListMode, ...] | None
    default_working_hours: tuple[tuple[RangeView, ...], ...]
    quiet_hours: RangeView
    currency: str
    credit_bands: tuple[CreditBandView, ...]
    sold_by: tuple[UUID, ...]
    sheet_footer: str
    sheet_leaves_out: tuple[SheetPart, ...]
    version: int


def range_view(range: TimeRange) -> RangeView:
    return RangeView(start=time_of_day(range.start), end=time_of_day(range.end))


def week_view(hours: WeeklyHours) -> tuple[tuple[RangeView, ...], ...]:
    return tuple(tuple(range_view(each) for each in day) for day in hours.days)


def address_view(address: Address) -> AddressView:
    return AddressView(
        line1=address.line1,
        line2=address.line2,
        city=address.city,
        state=address.state,
        postal_code=address.postal_code.code if address.postal_code else None,
    )


def location_view(location: Location) -> LocationView:
    return LocationView(
        id=location.id,
        name=location.name,
        zone=location.zone,
        address=address_view(location.address),
        coordinates=location.point,
        tech_minutes=location.tech_minutes,
        active=location.active,
        version=location.version,
    )


def appointment_type_view(type: AppointmentType) -> AppointmentTypeView:
    return AppointmentTypeView(
        id=type.id,
        kind=type.kind,
        name=type.name,
        minutes=type.minutes,
        active=type.active,
        sub_types=tuple(
            SubTypeView(id=sub.id, name=sub.name, minutes=sub.minutes, active=sub.active) for sub in type.sub_types
        ),
        install=type.install,
        version=type.version,
    )


def settings_view(company: Company) -> SettingsView:
    settings: Settings = company.settings
    return SettingsView(
        sales_scheduler_on_customers=settings.sales_scheduler_on_customers,
        work_order_required_for_tech_appointments=settings.work_order_required_for_tech_appointments,
        show_previous_appointment_travel=settings.show_previous_appointment_travel,
        reschedule_tracking=settings.reschedule_tracking,
        parent_child_billing=settings.parent_child_billing,
        address_verification=settings.address_verification,
        duplicate_check=settings.duplicate_check,
        credit_checks=settings.credit_checks,
        edocs=settings.edocs,
        government_regulations=settings.government_regulations,
        lead_rep_locked=settings.lead_rep_locked,
        rate_breakout=settings.rate_breakout,
        default_on_site_note=settings.default_on_site_note,
        grid_start=time_of_day(settings.grid_start),
        grid_end=time_of_day(settings.grid_end),
        max_coverage_radius=settings.max_coverage_radius,
        distance_unit=settings.distance_unit,
        working_hours_rule=settings.working_hours_rule,
        scheduling_profile=settings.scheduling_profile,
        default_working_hours=week_view(settings.default_working_hours),
        quiet_hours=range_view(settings.quiet_hours),
        currency=settings.currency,
        credit_bands=tuple(CreditBandView(grade=each.grade, minimum=each.minimum) for each in settings.credit_bands),
        sold_by=settings.sold_by,
        sheet_footer=settings.sheet_footer,
        sheet_leaves_out=settings.sheet_leaves_out,
        version=company.version,
    )


@frozen(kw_only=True)
class CompanyView:
    """
    A company with the ids of its first location, its owner role and its first owner.
    """

    id: UUID
    slug: str
    name: str
    location: UUID
    owner_role: UUID
    owner: UUID


@frozen(kw_only=True)
class LocationsView:
    """
    Every location.
    """

    items: tuple[LocationView, ...]
    next: str | None = None


@frozen(kw_only=True)
class AppointmentTypesView:
    """
    The entries of the catalog of appointment types.
    """

    items: tuple[AppointmentTypeView, ...]
    next: str | None = None


@frozen(kw_only=True)
class MoneyView:
    """
    An exact amount, as decimal digits, and its currency.
    """

    amount: str
    currency: str


@frozen(kw_only=True)
class RateLineView:
    """
    One line item of a monthly rate: the entry of `rate_lines`, and its part of the total.
    """

    line: UUID
    amount: MoneyView


@frozen(kw_only=True)
class JobLineView:
    """
    A line of labor or parts: *quantity* is exact, as decimal digits.
    """

    kind: LineKind
    description: str
    quantity: str
    unit_price: MoneyView
    billable: bool


@frozen(kw_only=True)
class TemplateView:
    """
    What a work order template fills in; *note* is safe HTML. What is null or empty fills nothing.
    """

    note_type: UUID | None
    type: UUID | None
    technician: UUID | None
    subject: str
    note: str
    priority: UUID | None
    lines: tuple[JobLineView, ...]


@frozen(kw_only=True)
class AttributesView:
    """
    What an entry has beside its name, as far as its catalog knows it; the rest is null. `sources`: *sells_leads*,
    *sells_customers*; `campaigns`: *source*; `lead_statuses`: *allows_lead_rep*; `monitoring_companies`: *adt*;
    `interactive_providers`: *receivers*; `contract_terms` and `warranty_terms`: *months*; `activation_fees`: *amount*;
    `monthly_rates`: *amount*, *lines*; `custom_fields`: *type*, *required*, *choices*, *minimum*, *maximum*, *longest*;
    `priorities`: *place*, 1 the most urgent; `work_order_templates`: *template*;
    `regulations`: *requirement*, *state*, *city*, *amount*, *months*; `equipment`: *vendor* (the default one), *cost*,
    *charge*, *collection*.
    """

    source: UUID | None = None
    sells_leads: bool | None = None
    sells_customers: bool | None = None
    allows_lead_rep: bool | None = None
    adt: bool | None = None
    receivers: tuple[str, ...] | None = None
    months: int | None = None
    amount: MoneyView | None = None
    lines: tuple[RateLineView, ...] | None = None
    type: FieldType | None = None
    required: bool | None = None
    choices: tuple[str, ...] | None = None
    minimum: float | None = None
    maximum: float | None = None
    longest: int | None = None
    place: int | None = None
    template: TemplateView | None = None
    requirement: Requirement | None = None
    state: str | None = None
    city: str | None = None
    vendor: UUID | None = None
    cost: MoneyView | None = None
    charge: MoneyView | None = None
    collection: bool | None = None


@frozen(kw_only=True)
class CatalogEntryView:
    """
    What can be chosen from a catalog, while it is *active*. *attributes* is null where its catalog has none.
    """

    id: UUID
    catalog: Catalog
    name: str
    active: bool
    attributes: AttributesView | None
    version: int


@frozen(kw_only=True)
class MonthlyRateView:
    """
    A monthly rate to choose: its total and its lines. *offered*: whether it can be newly given; in breakout mode one
    whose lines are not the company's cannot.
    """

    id: UUID
    name: str
    amount: MoneyView
    lines: tuple[RateLineView, ...]
    offered: bool


@frozen(kw_only=True)
class MonthlyRatesView:
    """
    Monthly rates to choose from, the cheapest first. *breakout*: whether rates are told by their lines (the setting
    ``rate_breakout``).
    """

    items: tuple[MonthlyRateView, ...]
    breakout: bool
    next: str | None = None


@frozen(kw_only=True)
class CatalogEntriesView:
    """
    The entries of one catalog.
    """

    items: tuple[CatalogEntryView, ...]
    next: str | None = None


def money_view(money: Money) -> MoneyView:
    return MoneyView(amount=f"{money.amount:f}", currency=money.currency)


def rate_lines_view(lines: tuple[RateLine, ...]) -> tuple[RateLineView, ...]:
    return tuple(RateLineView(line=each.line, amount=money_view(each.amount)) for each in lines)


def catalog_entry_view(entry: CatalogEntry) -> CatalogEntryView:
    known = entry.catalog.attributes
    return CatalogEntryView(
        id=entry.id,
        catalog=entry.catalog,
        name=entry.name,
        active=entry.active,
        attributes=_attributes_view(entry.attributes, known) if known else None,
        version=entry.version,
    )


def monthly_rates_view(rates: Iterable[CatalogEntry], lines: frozenset[EntryId], *, breakout: bool) -> MonthlyRatesView:
    """
    The rates, beside the *lines* that the company breaks its rates down to.
    """
    cheapest_first = sorted(rates, key=lambda each: (_total(each).amount, each.name, each.id))
    views = (_rate_view(each, offered=not breakout or each.attributes.matches(lines)) for each in cheapest_first)
    return MonthlyRatesView(items=tuple(views), breakout=breakout)


def _rate_view(rate: CatalogEntry, *, offered: bool) -> MonthlyRateView:
    lines = rate_lines_view(rate.attributes.lines)
    return MonthlyRateView(id=rate.id, name=rate.name, amount=money_view(_total(rate)), lines=lines, offered=offered)


def _total(rate: CatalogEntry) -> Money:
    return rate.attributes.amount or Money(Decimal())


def job_lines_view(lines: Iterable[JobLine]) -> tuple[JobLineView, ...]:
    return tuple(
        JobLineView(
            kind=each.kind,
            description=each.description,
            quantity=f"{each.quantity:f}",
            unit_price=money_view(each.unit_price),
            billable=each.billable,
        )
        for each in lines
    )


def _template_view(template: WorkOrderTemplate) -> TemplateView:
    return made(TemplateView, {**told(template), "lines": job_lines_view(template.lines)})


def _attributes_view(attributes: Attributes, known: frozenset[str]) -> AttributesView:
    shown: dict[str, object] = {name: getattr(attributes, name) for name in known}
    for name in ("amount", "cost", "charge"):
        if isinstance(amount := shown.get(name), Money):
            shown[name] = money_view(amount)
    if "lines" in known:
        shown["lines"] = rate_lines_view(attributes.lines)
    if attributes.template is not None:
        shown["template"] = _template_view(attributes.template)
    return made(AttributesView, shown)
