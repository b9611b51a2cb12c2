"""
What the company subdomain needs of the world.
"""

from collections.abc import Collection
from typing import Protocol

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    AppointmentType,
    Catalog,
    CatalogEntry,
    Company,
    EntryId,
    Location,
    LocationUse,
    Setup,
    TypeId,
)
from fieldops_core.kernel.ids import CompanyId, LocationId, UserId
from fieldops_core.kernel.repository import Repository


class Companies(Repository[CompanyId, Company], Protocol):
    """
    Holds one company at most: the unit's own.
    """

    def setup(self) -> Setup:
        """
        The company with all its locations, in the order of their ids, in one query.
        """

    def slug_taken(self, slug: str) -> bool:
        """
        Whether any company, of whatever unit, has that short name.
        """


class AppointmentTypes(Repository[TypeId, AppointmentType], Protocol):
    def all(self, *, kind: Kind | None = None) -> tuple[AppointmentType, ...]:
        """
        Every entry, in the order of their ids.
        """


class CatalogEntries(Repository[EntryId, CatalogEntry], Protocol):
    """
    The entries of all catalogs; each belongs to one.
    """

    def all(self, catalog: Catalog) -> tuple[CatalogEntry, ...]:
        """
        Every entry of a catalog, in the order of their ids.
        """

    def named(self, ids: Collection[EntryId]) -> tuple[CatalogEntry, ...]:
        """
        Those of these that the company has, of whatever catalog, in the order of their ids.
        """


class LocationUses(Protocol):
    """
    What the later subdomains know of a location.
    """

    def of(self, location: LocationId) -> LocationUse: ...


class Users(Protocol):
    """
    The people of the company, as far as its settings name them.
    """

    def get(self, id: UserId, /) -> object:
        """
        Raises:
            NotFound: where the company has none of that id.
        """


class Unit(Protocol):
    @property
    def companies(self) -> Companies: ...
    @property
    def locations(self) -> Repository[LocationId, Location]: ...
    @property
    def appointment_types(self) -> AppointmentTypes: ...
    @property
    def catalog_entries(self) -> CatalogEntries: ...
    @property
    def location_uses(self) -> LocationUses: ...
    @property
    def users(self) -> Users: ...
