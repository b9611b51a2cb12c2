"""
Settings, locations and catalogs.
"""

from litestar import Response
from litestar.params import FromPath, FromQuery, JSONBody

from fieldops_core.access.model import Kind
from fieldops_core.company.messages import (
    ListAppointmentTypes,
    ListCatalogEntries,
    ListLocations,
    ListMonthlyRates,
    ShowAppointmentType,
    ShowCatalogEntry,
    ShowLocation,
    ShowSettings,
)
from fieldops_core.company.model import Catalog, EntryId, TypeId
from fieldops_core.company.views import (
    AppointmentTypesView,
    AppointmentTypeView,
    CatalogEntriesView,
    CatalogEntryView,
    LocationsView,
    LocationView,
    MonthlyRatesView,
    SettingsView,
)
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.messages import Diagnose
from fieldops_core.scheduling.views import DiagnosisView, ZoneChangeView
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.routes.parameters import AmountAsked
from fieldops_http.wire.changes import SettingsChangeView, SettingsPreview, ZonePreview
from fieldops_http.wire.company import (
    ChangeAppointmentTypeBody,
    ChangeCatalogEntryBody,
    ChangeLocationBody,
    ChangeLocationZoneBody,
    ChangeSettingsBody,
    CreateAppointmentTypeBody,
    CreateCatalogEntryBody,
    CreateLocationBody,
)
from fieldops_http.wire.values import amount

TYPES = "catalogs/appointment_types"


@operation("GET", "/settings", summary="Show the settings", tag="company", rules="ACC-19 ACC-25")
def show_settings(caller: TheCaller) -> Response[SettingsView]:
    """
    What the company decides, defaults included.
    """
    return caller.ask(ShowSettings(), SettingsView)


@operation("PATCH", "/settings", summary="Change settings", tag="company", rules="ACC-19 ACC-25 APT-14", versioned=True)
def change_settings(caller: TheCaller, data: JSONBody[ChangeSettingsBody]) -> Response[SettingsChangeView]:
    """
    New values for the settings that are named. Visits that another `working_hours_rule` puts outside are `stranded`:
    they become pending reassignment; those that a smaller `max_coverage_radius` leaves `out_of_coverage` are told.
    """
    return caller.tell(data.command(), SettingsChangeView.of, version=data.version)


@operation("POST", "/settings/preview", summary="Preview a change of settings", tag="company", rules="ACC-19 APT-14")
def preview_settings(caller: TheCaller, data: JSONBody[ChangeSettingsBody]) -> Response[SettingsPreview]:
    """
    What the same change would answer, computed by carrying it out and rolling it back.
    """
    return Response(SettingsPreview.of(caller.preview(data.command(), version=data.version)))


@operation("GET", "/locations", summary="List the locations", tag="company", rules="ACC-22")
def list_locations(caller: TheCaller) -> Response[LocationsView]:
    """
    The company's offices. Open to every user of the company.
    """
    return caller.ask(ListLocations(), LocationsView)


@operation("POST", "/locations", summary="Create a location", tag="company", rules="ACC-22 APT-21", creates=True)
def create_location(caller: TheCaller, data: JSONBody[CreateLocationBody]) -> Response[LocationView]:
    """
    An office with its time zone.
    """
    return caller.create(data.command(), LocationView, at="locations")


@operation("GET", "/locations/{id:uuid}", summary="Show a location", tag="company", rules="ACC-22")
def show_location(caller: TheCaller, id: FromPath[LocationId]) -> Response[LocationView]:
    """
    One office. Open to every user of the company.
    """
    return caller.ask(ShowLocation(location=id), LocationView)


@operation(
    "PATCH",
    "/locations/{id:uuid}",
    summary="Change a location",
    tag="company",
    rules="ACC-22 APT-21 SCH-26",
    versioned=True,
)
def change_location(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[ChangeLocationBody]
) -> Response[LocationView]:
    """
    New values for some fields; the zone is changed apart. A location with open appointments, customers or users stays
    active.
    """
    return caller.execute(data.command(id), LocationView, version=data.version)


@operation(
    "POST",
    "/locations/{id:uuid}/zone",
    summary="Change a location's time zone",
    tag="company",
    rules="SCH-26 APT-14",
    versioned=True,
)
def change_location_zone(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[ChangeLocationZoneBody]
) -> Response[ZoneChangeView]:
    """
    With open appointments it must say whether they keep their local times or their instants; the answer lists them in
    `open`. It is refused as a whole where a local time would not exist, or a user would have two visits at once. Visits
    that it puts outside of working hours are `stranded`.
    """
    return caller.execute(data.command(id), ZoneChangeView, version=data.version)


@operation(
    "POST",
    "/locations/{id:uuid}/zone/preview",
    summary="Preview a change of a location's time zone",
    tag="company",
    rules="SCH-26 APT-14",
)
def preview_location_zone(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[ChangeLocationZoneBody]
) -> Response[ZonePreview]:
    """
    What the same change would answer, or what would refuse it, computed by carrying it out and rolling it back.
    """
    return Response(ZonePreview.of(caller.preview(data.command(id), version=data.version)))


@operation("GET", f"/{TYPES}", summary="List the appointment types", tag="catalogs", rules="ACC-20")
def list_appointment_types(
    caller: TheCaller, kind: FromQuery[Kind | None] = None, active: FromQuery[bool | None] = None
) -> Response[AppointmentTypesView]:
    """
    The catalog of appointment types, with their sub-types. Open to every user of the company.
    """
    return caller.ask(ListAppointmentTypes(kind=kind, active=active), AppointmentTypesView)


@operation(
    "POST", f"/{TYPES}", summary="Create an appointment type", tag="catalogs", rules="ACC-20 APT-21", creates=True
)
def create_appointment_type(
    caller: TheCaller, data: JSONBody[CreateAppointmentTypeBody]
) -> Response[AppointmentTypeView]:
    """
    An entry for appointments of one kind. Without a duration it is refused.
    """
    return caller.create(data.command(), AppointmentTypeView, at=TYPES)


@operation("GET", f"/{TYPES}/{{id:uuid}}", summary="Show an appointment type", tag="catalogs", rules="ACC-20")
def show_appointment_type(caller: TheCaller, id: FromPath[TypeId]) -> Response[AppointmentTypeView]:
    """
    One entry. Open to every user of the company.
    """
    return caller.ask(ShowAppointmentType(type=id), AppointmentTypeView)


@operation(
    "PATCH",
    f"/{TYPES}/{{id:uuid}}",
    summary="Change an appointment type",
    tag="catalogs",
    rules="ACC-20 APT-21",
    versioned=True,
)
def change_appointment_type(
    caller: TheCaller, id: FromPath[TypeId], data: JSONBody[ChangeAppointmentTypeBody]
) -> Response[AppointmentTypeView]:
    """
    New values for some fields. An inactive entry is no longer offered; visits that have it keep it.
    """
    return caller.execute(data.command(id), AppointmentTypeView, version=data.version)


@operation("GET", "/catalogs/{name:str}", summary="List the entries of a catalog", tag="catalogs", rules="ACC-20")
def list_catalog_entries(
    caller: TheCaller, name: FromPath[Catalog], active: FromQuery[bool | None] = None
) -> Response[CatalogEntriesView]:
    """
    What can be chosen from one of the catalogs whose entries are a name. Open to every user of the company.
    """
    return caller.ask(ListCatalogEntries(catalog=name, active=active), CatalogEntriesView)


@operation(
    "POST", "/catalogs/{name:str}", summary="Create an entry of a catalog", tag="catalogs", rules="ACC-20", creates=True
)
def create_catalog_entry(
    caller: TheCaller, name: FromPath[Catalog], data: JSONBody[CreateCatalogEntryBody]
) -> Response[CatalogEntryView]:
    """
    It can be chosen from now on.
    """
    return caller.create(data.command(name), CatalogEntryView, at=f"catalogs/{name.value}")


@operation(
    "GET", "/catalogs/{name:str}/{id:uuid}", summary="Show an entry of a catalog", tag="catalogs", rules="ACC-20"
)
def show_catalog_entry(caller: TheCaller, name: FromPath[Catalog], id: FromPath[EntryId]) -> Response[CatalogEntryView]:
    """
    One entry. Open to every user of the company.
    """
    return caller.ask(ShowCatalogEntry(catalog=name, entry=id), CatalogEntryView)


@operation(
    "PATCH",
    "/catalogs/{name:str}/{id:uuid}",
    summary="Change an entry of a catalog",
    tag="catalogs",
    rules="ACC-20",
    versioned=True,
)
def change_catalog_entry(
    caller: TheCaller, name: FromPath[Catalog], id: FromPath[EntryId], data: JSONBody[ChangeCatalogEntryBody]
) -> Response[CatalogEntryView]:
    """
    Another name, or no longer active. An inactive entry is no longer offered; what has it keeps it.
    """
    return caller.execute(data.command(name, id), CatalogEntryView, version=data.version)


@operation("GET", "/monthly_rates", summary="List monthly rates to choose from", tag="catalogs", rules="CUS-05 ACC-20")
def list_monthly_rates(
    caller: TheCaller,
    least: AmountAsked = None,
    most: AmountAsked = None,
    line: FromQuery[EntryId | None] = None,
) -> Response[MonthlyRatesView]:
    """
    Active rates, the cheapest first: of a total from `least` to `most`, with something of a `line`. Open to every user
    of the company.
    """
    question = ListMonthlyRates(
        least=None if least is None else amount(least, "least"),
        most=None if most is None else amount(most, "most"),
        line=line,
    )
    return caller.ask(question, MonthlyRatesView)


@operation("GET", "/diagnosis", summary="Find what breaks scheduling", tag="company", rules="ACC-28 ACC-25")
def show_diagnosis(caller: TheCaller) -> Response[DiagnosisView]:
    """
    Settings that quietly break scheduling, each with its mend: technicians without working hours, start location or
    radius, appointment types that nobody can do, locations without users, customers that no technician covers.
    """
    return caller.ask(Diagnose(), DiagnosisView)


OPERATIONS = (
    show_settings,
    change_settings,
    preview_settings,
    list_locations,
    create_location,
    show_location,
    change_location,
    change_location_zone,
    preview_location_zone,
    list_appointment_types,
    create_appointment_type,
    show_appointment_type,
    change_appointment_type,
    list_catalog_entries,
    create_catalog_entry,
    show_catalog_entry,
    change_catalog_entry,
    list_monthly_rates,
    show_diagnosis,
)
