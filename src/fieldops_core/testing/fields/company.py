"""
The fields of a company, its locations, appointment types and catalog entries.
"""

from typing import TypedDict

from fieldops_core.access.model import Kind
from fieldops_core.company.model import Attributes, Catalog, EntryId, Settings, SubType, SubTypeId, TypeId
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import CompanyId, LocationId


class CompanyFields(TypedDict, total=False):
    id: CompanyId
    slug: str
    name: str
    settings: Settings
    version: int


class LocationFields(TypedDict, total=False):
    id: LocationId
    name: str
    zone: str
    address: Address
    point: Point | None
    tech_minutes: int | None
    active: bool
    version: int


class SubTypeFields(TypedDict, total=False):
    id: SubTypeId
    name: str
    minutes: int | None
    active: bool


class TypeFields(TypedDict, total=False):
    id: TypeId
    kind: Kind
    name: str
    minutes: int
    active: bool
    sub_types: tuple[SubType, ...]
    install: bool
    version: int


class CatalogEntryFields(TypedDict, total=False):
    id: EntryId
    catalog: Catalog
    name: str
    active: bool
    attributes: Attributes
    version: int
