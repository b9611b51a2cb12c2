"""
The company, its locations and its catalogs.
"""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from fieldops_adapters.memory.repository import MemoryRepository
from fieldops_adapters.memory.tables import Tables
from fieldops_core.access.model import Kind
from fieldops_core.company.model import AppointmentType, Catalog, CatalogEntry, Company, EntryId, LocationUse, Setup
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import CompanyId, LocationId
from fieldops_core.scheduling.model import OPEN, Appointment


class MemoryCompanies(MemoryRepository[Company]):
    """
    *named* answers which company had a short name before this unit of work.
    """

    def __init__(self, company: CompanyId, tables: Tables, named: Callable[[str], CompanyId | None]) -> None:
        super().__init__("company", tables.companies)
        self._company, self._locations, self._named = company, tables.locations, named

    def add(self, state: Company) -> None:
        if state.id != self._company:
            raise ValueError("A unit of work holds no company but its own.")
        super().add(state)

    def setup(self) -> Setup:
        locations = sorted(self._locations.rows.values(), key=lambda location: location.id)
        return Setup(company=self.get(self._company), locations=tuple(locations))

    def slug_taken(self, slug: str) -> bool:
        own = self._table.rows.get(self._company)
        return self._taken_elsewhere(slug) or (own is not None and own.slug == slug)

    def _check(self, state: Company) -> None:
        if self._taken_elsewhere(state.slug):
            raise Conflict(f"There is a company {state.slug} already.")

    def _taken_elsewhere(self, slug: str) -> bool:
        return self._named(slug) not in (None, self._company)


class Using(Protocol):
    """
    Where what belongs to a location is found.
    """

    @property
    def appointments(self) -> Iterable[Appointment]: ...


class MemoryLocationUses:
    def __init__(self, around: Using, tables: Tables) -> None:
        self._around, self._tables = around, tables

    def of(self, location: LocationId) -> LocationUse:
        users = [user for user in self._tables.users.rows.values() if user.active and user.person.of(location)]
        customers = [each for each in self._tables.customers.rows.values() if each.location == location]
        visits = [each for each in self._around.appointments if each.location == location and each.status in OPEN]
        return LocationUse(open_appointments=len(visits), customers=len(customers), users=len(users))


class MemoryAppointmentTypes(MemoryRepository[AppointmentType]):
    def all(self, *, kind: Kind | None = None) -> tuple[AppointmentType, ...]:
        return tuple(each for each in self._sorted() if kind in (None, each.kind))


class MemoryCatalogEntries(MemoryRepository[CatalogEntry]):
    def all(self, catalog: Catalog) -> tuple[CatalogEntry, ...]:
        return tuple(each for each in self._sorted() if each.catalog is catalog)

    def named(self, ids: Collection[EntryId]) -> tuple[CatalogEntry, ...]:
        return tuple(each for each in self._sorted() if each.id in ids)
