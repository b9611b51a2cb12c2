"""
Settings, locations and catalogs: load, decide, save.
"""

from decimal import Decimal

from attrs import evolve

from fieldops_core.access.context import Call
from fieldops_core.access.model import Action, Permission
from fieldops_core.access.rules import require_company_wide
from fieldops_core.company import decisions
from fieldops_core.company.messages import (
    AttributeFields,
    ChangeAppointmentType,
    ChangeCatalogEntry,
    ChangeLocation,
    ChangeSettings,
    CreateAppointmentType,
    CreateCatalogEntry,
    CreateLocation,
    ListAppointmentTypes,
    ListCatalogEntries,
    ListLocations,
    ListMonthlyRates,
    ShowAppointmentType,
    ShowCatalogEntry,
    ShowLocation,
    ShowSettings,
)
from fieldops_core.company.model import NOTE_LIMIT, Attributes, Catalog, CatalogEntry, EntryId
from fieldops_core.company.ports import Unit
from fieldops_core.company.rules import CLOSING, TEMPLATE_CATALOGS, Closing, EntrySent
from fieldops_core.company.views import (
    AppointmentTypesView,
    AppointmentTypeView,
    CatalogEntriesView,
    CatalogEntryView,
    LocationsView,
    LocationView,
    MonthlyRatesView,
    SettingsView,
    appointment_type_view,
    catalog_entry_view,
    location_view,
    monthly_rates_view,
    settings_view,
)
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.records import told
from fieldops_core.kernel.repository import Lock
from fieldops_core.kernel.rich_text import NO_MARKUP, Sanitiser, sanitised
from fieldops_core.kernel.rules import require
from fieldops_core.kernel.unset import Unset


def change_settings(command: ChangeSettings, call: Call[Unit]) -> SettingsView:
    require_company_wide(call.actor, Permission.SETTINGS, Action.MODIFY)
    company = call.unit.companies.get(call.context.company, lock=Lock.EXCLUSIVE)
    call.expect(company)
    outcome = decisions.change_settings(command, company, now=call.now)
    for user in set(outcome.state.settings.sold_by) - set(company.settings.sold_by):
        call.unit.users.get(user)
    return settings_view(call.keep(call.unit.companies, outcome))


def show_settings(_: ShowSettings, call: Call[Unit]) -> SettingsView:
    require_company_wide(call.actor, Permission.SETTINGS, Action.VIEW)
    return settings_view(call.unit.companies.get(call.context.company))


def create_location(command: CreateLocation, call: Call[Unit]) -> LocationView:
    require_company_wide(call.actor, Permission.SETTINGS, Action.MODIFY)
    outcome = decisions.create_location(command, new_id=call.new_id, now=call.now)
    return location_view(call.keep(call.unit.locations, outcome))


def change_location(command: ChangeLocation, call: Call[Unit]) -> LocationView:
    require_company_wide(call.actor, Permission.SETTINGS, Action.MODIFY)
    location = call.unit.locations.get(command.location, lock=Lock.EXCLUSIVE)
    call.expect(location)
    if location.active and command.active is False:
        require(CLOSING, Closing(location=location, use=call.unit.location_uses.of(location.id)))
    return location_view(call.keep(call.unit.locations, decisions.change_location(command, location, now=call.now)))


def show_location(question: ShowLocation, call: Call[Unit]) -> LocationView:
    return location_view(call.unit.locations.get(question.location))


def list_locations(_: ListLocations, call: Call[Unit]) -> LocationsView:
    return LocationsView(items=tuple(location_view(each) for each in call.unit.companies.setup().locations))


def create_type(command: CreateAppointmentType, call: Call[Unit]) -> AppointmentTypeView:
    require_company_wide(call.actor, Permission.CATALOGS, Action.MODIFY)
    outcome = decisions.create_type(command, new_id=call.new_id, now=call.now)
    return appointment_type_view(call.keep(call.unit.appointment_types, outcome))


def change_type(command: ChangeAppointmentType, call: Call[Unit]) -> AppointmentTypeView:
    require_company_wide(call.actor, Permission.CATALOGS, Action.MODIFY)
    type = call.unit.appointment_types.get(command.type)
    call.expect(type)
    outcome = decisions.change_type(command, type, new_id=call.new_id, now=call.now)
    return appointment_type_view(call.keep(call.unit.appointment_types, outcome))


def show_type(question: ShowAppointmentType, call: Call[Unit]) -> AppointmentTypeView:
    return appointment_type_view(call.unit.appointment_types.get(question.type))


def list_types(question: ListAppointmentTypes, call: Call[Unit]) -> AppointmentTypesView:
    types = call.unit.appointment_types.all(kind=question.kind)
    wanted = (each for each in types if question.active is None or each.active is question.active)
    return AppointmentTypesView(items=tuple(appointment_type_view(each) for each in wanted))


def create_entry(
    command: CreateCatalogEntry, call: Call[Unit], *, sanitiser: Sanitiser = NO_MARKUP
) -> CatalogEntryView:
    require_company_wide(call.actor, Permission.CATALOGS, Action.MODIFY)
    command = evolve(command, attributes=_safe(command.attributes, Attributes(), sanitiser))
    entry = decisions.new_entry(command, call.unit.companies.setup().settings.currency, new_id=call.new_id)
    case = EntrySent(entry=entry, sent=frozenset(told(command.attributes)), refers=_referred(entry, call))
    return catalog_entry_view(call.keep(call.unit.catalog_entries, decisions.create_entry(case, now=call.now)))


def change_entry(
    command: ChangeCatalogEntry, call: Call[Unit], *, sanitiser: Sanitiser = NO_MARKUP
) -> CatalogEntryView:
    require_company_wide(call.actor, Permission.CATALOGS, Action.MODIFY)
    before = _entry(command.catalog, command.entry, call)
    call.expect(before)
    command = evolve(command, attributes=_safe(command.attributes, before.attributes, sanitiser))
    entry = decisions.changed_entry(command, before, call.unit.companies.setup().settings.currency)
    sent = frozenset(told(command.attributes))
    case = EntrySent(entry=entry, before=before, sent=sent, refers=_referred(entry, call))
    return catalog_entry_view(call.keep(call.unit.catalog_entries, decisions.change_entry(case, before, now=call.now)))


def _safe(sent: AttributeFields, before: Attributes, sanitiser: Sanitiser) -> AttributeFields:
    """
    The attributes with the note of a template made safe: one that is sent back as it is, is.
    """
    template = sent.template
    if isinstance(template, Unset) or (before.template and template.note == before.template.note):
        return sent
    note = sanitised(template.note, sanitiser, field="attributes.template.note", limit=NOTE_LIMIT)
    return evolve(sent, template=evolve(template, note=note))


def _referred(entry: CatalogEntry, call: Call[Unit]) -> dict[EntryId, CatalogEntry]:
    """
    The entries that an entry names, as far as they are there.
    """
    attributes = entry.attributes
    named = [
        attributes.source,
        attributes.vendor,
        *(getattr(attributes.template, name, None) for name in TEMPLATE_CATALOGS),
        *(each.line for each in attributes.lines),
    ]
    ids = [each for each in named if each is not None]
    if attributes.template and attributes.template.technician:
        call.unit.users.get(attributes.template.technician)
    return {each.id: each for each in call.unit.catalog_entries.named(ids)} if ids else {}


def show_entry(question: ShowCatalogEntry, call: Call[Unit]) -> CatalogEntryView:
    return catalog_entry_view(_entry(question.catalog, question.entry, call))


def list_entries(question: ListCatalogEntries, call: Call[Unit]) -> CatalogEntriesView:
    entries = call.unit.catalog_entries.all(question.catalog)
    wanted = [each for each in entries if question.active is None or each.active is question.active]
    wanted.sort(key=lambda each: each.attributes.place or 0)  # priorities have an order of their own
    return CatalogEntriesView(items=tuple(catalog_entry_view(each) for each in wanted))


def list_monthly_rates(question: ListMonthlyRates, call: Call[Unit]) -> MonthlyRatesView:
    entries, breakout = call.unit.catalog_entries, call.unit.companies.setup().settings.rate_breakout
    rates = (each for each in entries.all(Catalog.MONTHLY_RATES) if each.active and _wanted(each.attributes, question))
    lines = frozenset(each.id for each in entries.all(Catalog.RATE_LINES) if each.active)
    return monthly_rates_view(rates, lines, breakout=breakout)


def _wanted(rate: Attributes, question: ListMonthlyRates) -> bool:
    total = rate.amount.amount if rate.amount else Decimal()
    if (question.least is not None and total < question.least) or (question.most is not None and total > question.most):
        return False
    return question.line is None or any(each.line == question.line and each.amount.amount for each in rate.lines)


def _entry(catalog: Catalog, id: EntryId, call: Call[Unit]) -> CatalogEntry:
    entry = call.unit.catalog_entries.get(id)
    if entry.catalog is not catalog:
        raise NotFound("catalog_entry", id)
    return entry
