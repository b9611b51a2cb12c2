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
    SettingsView,
)
from fieldops_core.kernel.ids import LocationId
from fieldops_http.auth import TheCaller
from fieldops_http.operations import operation
from fieldops_http.wire.company import (
    ChangeAppointmentTypeBody,
    ChangeCatalogEntryBody,
    ChangeLocationBody,
    ChangeSettingsBody,
    CreateAppointmentTypeBody,
    CreateCatalogEntryBody,
    CreateLocationBody,
)

TYPES = "catalogs/appointment_types"


@operation("GET", "/settings", summary="Show the settings", tag="company", rules="ACC-19 ACC-25")
def show_settings(caller: TheCaller) -> Response[SettingsView]:
    """
    What the company decides, defaults included.
    """
    return caller.ask(ShowSettings(), SettingsView)


@operation("PATCH", "/settings", summary="Change settings", tag="company", rules="ACC-19 ACC-25", versioned=True)
def change_settings(caller: TheCaller, data: JSONBody[ChangeSettingsBody]) -> Response[SettingsView]:
    """
    New values for the settings that are named.
    """
    return caller.execute(data.command(), SettingsView, version=data.version)


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
    "PATCH", "/locations/{id:uuid}", summary="Change a location", tag="company", rules="ACC-22 APT-21", versioned=True
)
def change_location(
    caller: TheCaller, id: FromPath[LocationId], data: JSONBody[ChangeLocationBody]
) -> Response[LocationView]:
    """
    New values for some fields. The zone is not among them: correcting it moves, or keeps, the local times of visits.
    """
    return caller.execute(data.command(id), LocationView, version=data.version)


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


OPERATIONS = (
    show_settings,
    change_settings,
    list_locations,
    create_location,
    show_location,
    change_location,
    list_appointment_types,
    create_appointment_type,
    show_appointment_type,
    change_appointment_type,
    list_catalog_entries,
    create_catalog_entry,
    show_catalog_entry,
    change_catalog_entry,
)
