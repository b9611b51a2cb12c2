"""
The company, its locations, its catalogs.
"""

from fieldops_adapters.sql.mapping.form import Form, Row, Values
from fieldops_adapters.sql.mapping.values import (
    address_of,
    address_text,
    attributes_of,
    attributes_text,
    latitude,
    longitude,
    settings_of,
    settings_text,
    sub_types_of,
    sub_types_text,
)
from fieldops_adapters.sql.tables import appointment_types, catalog_entries, companies, locations
from fieldops_core.access.model import Kind
from fieldops_core.company.model import AppointmentType, Catalog, CatalogEntry, Company, Location
from fieldops_core.kernel.geo import point_of


def company_row(company: Company) -> Values:
    return {
        "slug": company.slug,
        "name": company.name,
        "settings": settings_text(company.settings),
        "version": company.version,
    }


def company_state(row: Row) -> Company:
    id, slug, name, settings, version = row
    return Company(id=id, slug=slug, name=name, settings=settings_of(settings), version=version)


COMPANIES = Form(
    kind="company",
    table=companies,
    columns=(companies.c.company_id, companies.c.slug, companies.c.name, companies.c.settings, companies.c.version),
    row=company_row,
    state=company_state,
)


def location_row(location: Location) -> Values:
    return {
        "id": location.id,
        "name": location.name,
        "zone": location.zone,
        "address": address_text(location.address),
        "latitude": latitude(location.point),
        "longitude": longitude(location.point),
        "tech_minutes": location.tech_minutes,
        "active": location.active,
        "version": location.version,
    }


def location_state(row: Row) -> Location:
    id, name, zone, address, latitude, longitude, tech_minutes, active, version = row
    return Location(
        id=id,
        name=name,
        zone=zone,
        address=address_of(address),
        point=point_of(latitude, longitude),
        tech_minutes=tech_minutes,
        active=active,
        version=version,
    )


LOCATIONS = Form(
    kind="location",
    table=locations,
    columns=(
        locations.c.id,
        locations.c.name,
        locations.c.zone,
        locations.c.address,
        locations.c.latitude,
        locations.c.longitude,
        locations.c.tech_minutes,
        locations.c.active,
        locations.c.version,
    ),
    row=location_row,
    state=location_state,
)


def appointment_type_row(type: AppointmentType) -> Values:
    return {
        "id": type.id,
        "kind": type.kind.value,
        "name": type.name,
        "minutes": type.minutes,
        "active": type.active,
        "sub_types": sub_types_text(type.sub_types),
        "install": type.install,
        "version": type.version,
    }


def appointment_type_state(row: Row) -> AppointmentType:
    id, kind, name, minutes, active, sub_types, install, version = row
    return AppointmentType(
        id=id,
        kind=Kind(kind),
        name=name,
        minutes=minutes,
        active=active,
        sub_types=sub_types_of(sub_types),
        install=install,
        version=version,
    )


APPOINTMENT_TYPES = Form(
    kind="appointment_type",
    table=appointment_types,
    columns=(
        appointment_types.c.id,
        appointment_types.c.kind,
        appointment_types.c.name,
        appointment_types.c.minutes,
        appointment_types.c.active,
        appointment_types.c.sub_types,
        appointment_types.c.install,
        appointment_types.c.version,
    ),
    row=appointment_type_row,
    state=appointment_type_state,
)


def catalog_entry_row(entry: CatalogEntry) -> Values:
    return {
        "id": entry.id,
        "catalog": entry.catalog.value,
        "name": entry.name,
        "active": entry.active,
        "attributes": attributes_text(entry.attributes),
        "version": entry.version,
    }


def catalog_entry_state(row: Row) -> CatalogEntry:
    id, catalog, name, active, attributes, version = row
    return CatalogEntry(
        id=id,
        catalog=Catalog(catalog),
        name=name,
        active=active,
        attributes=attributes_of(attributes),
        version=version,
    )


CATALOG_ENTRIES = Form(
    kind="catalog_entry",
    table=catalog_entries,
    columns=(
        catalog_entries.c.id,
        catalog_entries.c.catalog,
        catalog_entries.c.name,
        catalog_entries.c.active,
        catalog_entries.c.attributes,
        catalog_entries.c.version,
    ),
    row=catalog_entry_row,
    state=catalog_entry_state,
)
