"""
Rules of companies and their catalogs.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from attrs import frozen

from fieldops_core.company.model import Catalog, CatalogEntry, EntryId, FieldType, Location, LocationUse
from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.hours import Ranges, WeeklyHours, overlapping
from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.rules import Violation, rule, violations

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@frozen(kw_only=True)
class Founding:
    """
    A company in the making: its short name, and whether another company has it.
    """

    slug: str
    taken: bool


@rule("API-01", "company.slug_taken", "There is a company with the short name {slug} already.", field="slug")
def slug_is_free(case: Founding) -> Facts | None:
    """
    Addresses begin with the company's short name, so that no two share one.
    """
    return {"slug": case.slug} if case.taken else None


@frozen(kw_only=True)
class TypeSent:
    """
    An appointment type as it is sent: its *minutes*, and the ids of sub-types that it does not have.
    """

    minutes: int | None
    strangers: tuple[str, ...] = ()


@rule("ACC-20", "type.duration_required", "An appointment type needs a duration.", field="minutes")
def type_has_a_duration(case: TypeSent) -> Facts | None:
    """
    An appointment type without a duration is refused on save.
    """
    return {} if case.minutes is None else None


@rule("APT-02", "sub_type.unknown", "This appointment type has no such sub-type: {ids}.", field="sub_types")
def sub_types_are_its_own(case: TypeSent) -> Facts | None:
    """
    A sub-type belongs to its type, and moves to no other.
    """
    return {"ids": ", ".join(case.strangers)} if case.strangers else None


@frozen(kw_only=True)
class Shift:
    """
    The working hours of a *day*, a weekday or a date, and of the day before it.
    """

    day: str
    yesterday: Ranges
    today: Ranges

    @classmethod
    def of_week(cls, hours: WeeklyHours) -> "tuple[Shift, ...]":
        """
        Those of each weekday; Monday comes after Sunday.
        """
        days = hours.days
        return tuple(cls(day=WEEKDAYS[each], yesterday=days[each - 1], today=days[each]) for each in range(7))


@rule("SCH-21", "working_hours.overlap", "Working hours on {day} overlap: {which}.")
def hours_do_not_overlap(case: Shift) -> Facts | None:
    """
    A range may cross midnight, but nobody works two at once.
    """
    found = overlapping(case.yesterday, case.today)
    which = ", ".join(f"{first} and {second}" for first, second in found)
    return {"day": case.day, "which": which} if found else None


def overlaps(shifts: Iterable[Shift]) -> tuple[Violation, ...]:
    """
    What overlaps on any of some days.
    """
    return tuple(found for each in shifts for found in violations((hours_do_not_overlap,), each))


@frozen(kw_only=True)
class Closing:
    """
    A location that is to be no longer in use, and what still belongs to it.
    """

    location: Location
    use: LocationUse


@rule("SCH-26", "location.in_use", "{location} still has {what}.", field="active")
def closed_location_is_empty(case: Closing) -> Facts | None:
    """
    A location with open appointments, customers or users stays active.
    """
    counts = {name: getattr(case.use, name) for name in fields_of(case.use)}
    told = [f"{count} {_counted(name, count)}" for name, count in counts.items() if count]
    return {"location": case.location.name, "what": ", ".join(told), **counts} if told else None


def _counted(name: str, count: int) -> str:
    return name.replace("_", " ").removesuffix("s" if count == 1 else "")


@rule("SCH-26", "location.inactive", "{location} is no longer in use.", field="location")
def location_is_in_use(location: Location) -> Facts | None:
    """
    Nothing new comes to a location that was made inactive.
    """
    return None if location.active else {"location": location.name}


@frozen(kw_only=True)
class EntrySent:
    """
    A catalog entry as it would be saved, and *before*; the names of the attributes that were *sent*; the entries that
    it *refers* to, by id.
    """

    entry: CatalogEntry
    before: CatalogEntry | None = None
    sent: frozenset[str] = frozenset()
    refers: Mapping[EntryId, CatalogEntry] = MappingProxyType({})

    def refers_to(self, id: EntryId | None, catalog: Catalog) -> bool:
        """
        Whether there is such an entry of a catalog.
        """
        found = None if id is None else self.refers.get(id)
        return found is not None and found.catalog is catalog


TEMPLATE_CATALOGS = {
    "note_type": Catalog.NOTE_TYPES,
    "type": Catalog.WORK_ORDER_TYPES,
    "priority": Catalog.PRIORITIES,
}


@rule("ACC-20", "attribute.unknown", "Entries of {catalog} have no {names}.", field="attributes")
def attributes_are_the_catalogs(case: EntrySent) -> Facts | None:
    """
    Each catalog has its own attributes; most have none.
    """
    strange = sorted(case.sent - case.entry.catalog.attributes)
    return {"catalog": case.entry.catalog.value, "names": ", ".join(strange)} if strange else None


@rule("ACC-20", "attribute.required", "An entry of {catalog} needs: {names}.", field="attributes")
def attributes_are_complete(case: EntrySent) -> Facts | None:
    """
    A contract term without months, or a fee without an amount, would say nothing.
    """
    entry = case.entry
    missing = sorted(name for name in entry.catalog.required if getattr(entry.attributes, name) is None)
    return {"catalog": entry.catalog.value, "names": ", ".join(missing)} if missing else None


@rule("CUS-02", "campaign.source_unknown", "A campaign belongs to one of the sources.", field="attributes.source")
def campaign_has_a_source(case: EntrySent) -> Facts | None:
    """
    The source is an entry of its catalog.
    """
    source = case.entry.attributes.source
    return {} if source is not None and not case.refers_to(source, Catalog.SOURCES) else None


@rule("ACC-20", "equipment.vendor_unknown", "There is no such vendor.", field="attributes.vendor")
def equipment_has_a_known_vendor(case: EntrySent) -> Facts | None:
    """
    The default vendor is an entry of its catalog.
    """
    vendor = case.entry.attributes.vendor
    return {} if vendor is not None and not case.refers_to(vendor, Catalog.VENDORS) else None


@rule("CUS-05", "rate.line_unknown", "There are no such line items of rates: {lines}.", field="attributes.lines")
def rate_has_known_lines(case: EntrySent) -> Facts | None:
    """
    Line items are entries of their catalog.
    """
    lines = case.entry.attributes.lines
    strange = [str(each.line) for each in lines if not case.refers_to(each.line, Catalog.RATE_LINES)]
    return {"lines": ", ".join(strange)} if strange else None


@rule("CUS-05", "rate.total", "The lines of this rate come to {sum}, not to {amount}.", field="attributes.amount")
def lines_add_up(case: EntrySent) -> Facts | None:
    """
    The total of a rate is the sum of its lines.
    """
    rate = case.entry.attributes
    total = sum((each.amount.amount for each in rate.lines), Decimal())
    if not rate.lines or rate.amount is None or rate.amount.amount == total:
        return None
    return {"sum": total, "amount": rate.amount.amount}


@rule("WOR-02", "template.unknown", "There are no such choices: {fields}.", field="attributes.template")
def template_fills_with_what_there_is(case: EntrySent) -> Facts | None:
    """
    What a template fills in are entries of their catalogs.
    """
    template = case.entry.attributes.template
    chosen = {name: getattr(template, name, None) for name in TEMPLATE_CATALOGS}
    strange = [name for name, id in chosen.items() if id and not case.refers_to(id, TEMPLATE_CATALOGS[name])]
    return {"fields": ", ".join(strange)} if strange else None


@rule("CUS-06", "custom_field.type_fixed", "{name} holds a {type}, and records may have one.", field="attributes.type")
def custom_field_keeps_its_type(case: EntrySent) -> Facts | None:
    """
    What records hold already would not be of another type.
    """
    was = case.before.attributes.type if case.before else None
    changed = was is not None and was is not case.entry.attributes.type
    return {"name": case.entry.name, "type": was.value} if was and changed else None


@rule(
    "CUS-06",
    "custom_field.choices",
    "A custom field of choices lists them, and no other does.",
    field="attributes.choices",
)
def choices_are_listed(case: EntrySent) -> Facts | None:
    """
    There is something to choose from.
    """
    asked = case.entry.attributes
    return None if asked.type is None or (asked.type is FieldType.CHOICE) is bool(asked.choices) else {}


CLOSING = (closed_location_is_empty,)
IN_USE = (location_is_in_use,)
ENTRY = (
    attributes_are_the_catalogs,
    attributes_are_complete,
    campaign_has_a_source,
    equipment_has_a_known_vendor,
    rate_has_known_lines,
    lines_add_up,
    template_fills_with_what_there_is,
    custom_field_keeps_its_type,
    choices_are_listed,
)
FOUNDING = (slug_is_free,)
TYPE = (type_has_a_duration, sub_types_are_its_own)
