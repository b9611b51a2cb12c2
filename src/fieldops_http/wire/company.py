"""
Requests about settings, locations and catalogs.
"""

from collections.abc import Callable
from typing import Annotated

import msgspec
from msgspec import Meta, UnsetType

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeAppointmentType,
    ChangeCatalogEntry,
    ChangeLocation,
    ChangeSettings,
    CreateAppointmentType,
    CreateCatalogEntry,
    CreateLocation,
    JobLineFields,
    LineAmount,
    SubTypeEntry,
    TemplateFields,
)
from fieldops_core.company.model import (
    Catalog,
    CreditBand,
    EntryId,
    FieldType,
    LineKind,
    ListMode,
    Requirement,
    SheetPart,
    SubTypeId,
    TypeId,
    WorkingHoursRule,
)
from fieldops_core.kernel.errors import below
from fieldops_core.kernel.geo import DistanceUnit
from fieldops_core.kernel.hours import minutes_of
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.records import made
from fieldops_core.scheduling.messages import ChangeLocationZone
from fieldops_core.scheduling.model import Keeping
from fieldops_http.wire.values import (
    AddressBody,
    Amount,
    Body,
    Change,
    Coordinates,
    RangeBody,
    Texts,
    TimeOfDay,
    Week,
    Whole,
    address,
    amount,
    given,
    keep,
    keep_as,
    point,
    week,
)


class CreditBandBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    The credit scores from *minimum* up to the next band's, and their letter.
    """

    grade: str
    minimum: Whole

    def band(self) -> CreditBand:
        return CreditBand(grade=self.grade, minimum=self.minimum)


class ChangeSettingsBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some settings (ACC-19); *max_coverage_radius* is meters.
    """

    sales_scheduler_on_customers: bool | UnsetType = msgspec.UNSET
    work_order_required_for_tech_appointments: bool | UnsetType = msgspec.UNSET
    show_previous_appointment_travel: bool | UnsetType = msgspec.UNSET
    reschedule_tracking: bool | UnsetType = msgspec.UNSET
    parent_child_billing: bool | UnsetType = msgspec.UNSET
    address_verification: bool | UnsetType = msgspec.UNSET
    duplicate_check: bool | UnsetType = msgspec.UNSET
    credit_checks: bool | UnsetType = msgspec.UNSET
    edocs: bool | UnsetType = msgspec.UNSET
    government_regulations: bool | UnsetType = msgspec.UNSET
    lead_rep_locked: bool | UnsetType = msgspec.UNSET
    rate_breakout: bool | UnsetType = msgspec.UNSET
    default_on_site_note: str | UnsetType = msgspec.UNSET
    grid_start: TimeOfDay | UnsetType = msgspec.UNSET
    grid_end: TimeOfDay | UnsetType = msgspec.UNSET
    max_coverage_radius: float | UnsetType = msgspec.UNSET
    distance_unit: DistanceUnit | UnsetType = msgspec.UNSET
    working_hours_rule: WorkingHoursRule | UnsetType = msgspec.UNSET
    scheduling_profile: tuple[ListMode, ...] | None | UnsetType = msgspec.UNSET
    default_working_hours: Week | UnsetType = msgspec.UNSET
    quiet_hours: RangeBody | UnsetType = msgspec.UNSET
    currency: str | UnsetType = msgspec.UNSET
    credit_bands: Annotated[tuple[CreditBandBody, ...], Meta(max_length=26)] | UnsetType = msgspec.UNSET
    sold_by: Annotated[tuple[UserId, ...], Meta(max_length=10_000)] | UnsetType = msgspec.UNSET
    sheet_footer: str | UnsetType = msgspec.UNSET
    sheet_leaves_out: tuple[SheetPart, ...] | UnsetType = msgspec.UNSET

    def command(self) -> ChangeSettings:
        said = given(self)
        said.pop("version", None)
        changes = {}
        for name, value in said.items():
            with below(name):
                changes[name] = _MADE[name](value) if name in _MADE else value
        return ChangeSettings(changes=changes)


# The settings that the core tells otherwise than a request.
_MADE: dict[str, Callable[..., object]] = {
    "grid_start": minutes_of,
    "grid_end": minutes_of,
    "default_working_hours": week,
    "quiet_hours": RangeBody.range,
    "credit_bands": lambda bodies: tuple(each.band() for each in bodies),
}


class CreateLocationBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    An office. *tech_minutes* is its default duration of tech appointments.
    """

    name: str
    zone: str
    address: AddressBody | UnsetType = msgspec.UNSET
    coordinates: Coordinates | None = None
    tech_minutes: Whole | None = None

    def command(self) -> CreateLocation:
        return CreateLocation(
            name=self.name,
            zone=self.zone,
            address=address(self.address),
            point=point(self.coordinates),
            tech_minutes=self.tech_minutes,
        )


class ChangeLocationBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    New values for some fields of a location; its zone is changed apart.
    """

    name: str | UnsetType = msgspec.UNSET
    address: AddressBody | UnsetType = msgspec.UNSET
    coordinates: Coordinates | None | UnsetType = msgspec.UNSET
    tech_minutes: Whole | None | UnsetType = msgspec.UNSET
    active: bool | UnsetType = msgspec.UNSET

    def command(self, location: LocationId) -> ChangeLocation:
        return ChangeLocation(
            location=location,
            name=keep(self.name),
            address=keep_as(self.address, address),
            point=keep_as(self.coordinates, point),
            tech_minutes=keep(self.tech_minutes),
            active=keep(self.active),
        )


class ChangeLocationZoneBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    Another time zone. *keep* says what open appointments keep; without any it may be left out.
    """

    zone: str
    keep: Keeping | None = None

    def command(self, location: LocationId) -> ChangeLocationZone:
        return ChangeLocationZone(location=location, zone=self.zone, keep=self.keep)


class SubTypeBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A sub-type: with the *id* of the one that it changes, or without, a new one.
    """

    name: str
    minutes: Whole | None = None
    active: bool = True
    id: SubTypeId | None = None

    def entry(self) -> SubTypeEntry:
        return SubTypeEntry(name=self.name, minutes=self.minutes, active=self.active, id=self.id)


SubTypes = Annotated[tuple[SubTypeBody, ...], Meta(max_length=500)]


def entries(sub_types: tuple[SubTypeBody, ...]) -> tuple[SubTypeEntry, ...]:
    return tuple(each.entry() for each in sub_types)


class CreateAppointmentTypeBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A catalog entry for appointments of one kind. *minutes* is the duration that it proposes; *install* marks the types
    of installations.
    """

    kind: Kind
    name: str
    minutes: Whole | None = None
    sub_types: SubTypes = ()
    install: bool = False

    def command(self) -> CreateAppointmentType:
        return CreateAppointmentType(
            kind=self.kind,
            name=self.name,
            minutes=self.minutes,
            sub_types=entries(self.sub_types),
            install=self.install,
        )


class ChangeAppointmentTypeBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    *sub_types* replaces the list; one that is left out becomes inactive.
    """

    name: str | UnsetType = msgspec.UNSET
    minutes: Whole | UnsetType = msgspec.UNSET
    active: bool | UnsetType = msgspec.UNSET
    sub_types: SubTypes | UnsetType = msgspec.UNSET
    install: bool | UnsetType = msgspec.UNSET

    def command(self, type: TypeId) -> ChangeAppointmentType:
        return ChangeAppointmentType(
            type=type,
            name=keep(self.name),
            minutes=keep(self.minutes),
            active=keep(self.active),
            sub_types=keep_as(self.sub_types, entries),
            install=keep(self.install),
        )


class RateLineBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A line item of a monthly rate: an entry of `rate_lines`, and its part of the total.
    """

    line: EntryId
    amount: Amount


class JobLineBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    A line of labor or parts: an exact *quantity* above 0 at a *unit_price* in the company's currency.
    """

    kind: LineKind
    description: str
    quantity: Amount
    unit_price: Amount
    billable: bool = True

    def line(self) -> JobLineFields:
        return JobLineFields(
            kind=self.kind,
            description=self.description,
            quantity=amount(self.quantity, "quantity"),
            unit_price=amount(self.unit_price, "unit_price"),
            billable=self.billable,
        )


JobLines = Annotated[tuple[JobLineBody, ...], Meta(max_length=200)]


def job_lines(bodies: tuple[JobLineBody, ...]) -> tuple[JobLineFields, ...]:
    """
    Raises:
        InvalidValue: naming the line, where one has no amount.
    """
    found = []
    for at, each in enumerate(bodies):
        with below(f"lines.{at}"):
            found.append(each.line())
    return tuple(found)


class TemplateBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What a new work order is filled with in advance; *note* is rich text. What is left out fills nothing.
    """

    note_type: EntryId | None = None
    type: EntryId | None = None
    technician: UserId | None = None
    subject: str = ""
    note: str = ""
    priority: EntryId | None = None
    lines: JobLines = ()

    def fields(self) -> TemplateFields:
        with below("attributes.template"):
            return made(TemplateFields, {**given(self), "lines": job_lines(self.lines)})


class AttributesBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What an entry has beside its name: each catalog has its own. `sources`: *sells_leads*, *sells_customers*;
    `campaigns`: *source*; `lead_statuses`: *allows_lead_rep*; `monitoring_companies`: *adt*; `interactive_providers`:
    *receivers*; `contract_terms`, `warranty_terms`: *months*; `activation_fees`: *amount*; `monthly_rates`: *amount*,
    *lines*; `custom_fields`: *type*, *required*, *choices*, *minimum*, *maximum*, *longest*; `priorities`: *place*, 1
    the most urgent; `work_order_templates`: *template*, replaced as a whole; `regulations`: *requirement*, *state*,
    *city*, *amount*, *months*; `equipment`: *vendor* (the default one), *cost*, *charge*, *collection*. Amounts are in
    the company's currency; that of a rate with lines is their sum, and may be left out.
    """

    source: EntryId | UnsetType = msgspec.UNSET
    sells_leads: bool | UnsetType = msgspec.UNSET
    sells_customers: bool | UnsetType = msgspec.UNSET
    allows_lead_rep: bool | UnsetType = msgspec.UNSET
    adt: bool | UnsetType = msgspec.UNSET
    receivers: Texts | UnsetType = msgspec.UNSET
    months: Whole | None | UnsetType = msgspec.UNSET
    amount: Amount | None | UnsetType = msgspec.UNSET
    lines: Annotated[tuple[RateLineBody, ...], Meta(max_length=100)] | UnsetType = msgspec.UNSET
    type: FieldType | UnsetType = msgspec.UNSET
    required: bool | UnsetType = msgspec.UNSET
    choices: Texts | UnsetType = msgspec.UNSET
    minimum: float | None | UnsetType = msgspec.UNSET
    maximum: float | None | UnsetType = msgspec.UNSET
    longest: Whole | None | UnsetType = msgspec.UNSET
    place: Whole | UnsetType = msgspec.UNSET
    template: TemplateBody | UnsetType = msgspec.UNSET
    requirement: Requirement | UnsetType = msgspec.UNSET
    state: str | UnsetType = msgspec.UNSET
    city: str | UnsetType = msgspec.UNSET
    vendor: EntryId | None | UnsetType = msgspec.UNSET
    cost: Amount | None | UnsetType = msgspec.UNSET
    charge: Amount | None | UnsetType = msgspec.UNSET
    collection: bool | UnsetType = msgspec.UNSET

    def fields(self) -> AttributeFields:
        sent: dict[str, object] = given(self)
        for name in ("amount", "cost", "charge"):
            if isinstance(told := sent.get(name), str):
                sent[name] = amount(told, f"attributes.{name}")
        if not isinstance(self.lines, UnsetType):
            sent["lines"] = tuple(
                LineAmount(line=each.line, amount=amount(each.amount, "attributes.lines")) for each in self.lines
            )
        if isinstance(self.template, TemplateBody):
            sent["template"] = self.template.fields()
        return made(AttributeFields, sent)


def attributes(body: AttributesBody | UnsetType) -> AttributeFields:
    return AttributeFields() if isinstance(body, UnsetType) else body.fields()


class CreateCatalogEntryBody(Body, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    What can be chosen from now on.
    """

    name: str
    attributes: AttributesBody | UnsetType = msgspec.UNSET

    def command(self, catalog: Catalog) -> CreateCatalogEntry:
        return CreateCatalogEntry(catalog=catalog, name=self.name, attributes=attributes(self.attributes))


class ChangeCatalogEntryBody(Change, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """
    An entry that is not *active* is offered to nothing new. Attributes that are left out stay as they are.
    """

    name: str | UnsetType = msgspec.UNSET
    active: bool | UnsetType = msgspec.UNSET
    attributes: AttributesBody | UnsetType = msgspec.UNSET

    def command(self, catalog: Catalog, entry: EntryId) -> ChangeCatalogEntry:
        return ChangeCatalogEntry(
            catalog=catalog,
            entry=entry,
            name=keep(self.name),
            active=keep(self.active),
            attributes=attributes(self.attributes),
        )
