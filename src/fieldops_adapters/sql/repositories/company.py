"""
The company, its locations, its catalogs.
"""

from collections.abc import Collection

from sqlalchemy import bindparam, func, or_, select

from fieldops_adapters.sql.columns import Id, Ids, Texts, among, among_texts
from fieldops_adapters.sql.errors import conflicts
from fieldops_adapters.sql.mapping.company import (
    APPOINTMENT_TYPES,
    CATALOG_ENTRIES,
    COMPANIES,
    LOCATIONS,
    company_state,
    location_state,
)
from fieldops_adapters.sql.mapping.form import COMPANY
from fieldops_adapters.sql.repositories.repository import SqlRepository
from fieldops_adapters.sql.tables import (
    appointment_types,
    appointments,
    catalog_entries,
    companies,
    customers,
    locations,
    users,
)
from fieldops_adapters.sql.tenancy import company_named
from fieldops_adapters.sql.work import Work
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
from fieldops_core.kernel.errors import NotFound
from fieldops_core.kernel.ids import CompanyId, LocationId
from fieldops_core.scheduling.model import OPEN

_SETUP = (
    select(*COMPANIES.columns, *LOCATIONS.columns)
    .select_from(companies.outerjoin(locations))
    .where(companies.c.company_id == COMPANY)
    .order_by(locations.c.id)
)
_LOCATION = bindparam("location", type_=Id)
_USES = select(
    *(
        select(func.count()).select_from(table).where(table.c.company_id == COMPANY, *conditions).scalar_subquery()
        for table, *conditions in (
            (
                appointments,
                appointments.c.location_id == _LOCATION,
                among_texts(appointments.c.status, bindparam("open", sorted(each.value for each in OPEN), type_=Texts)),
            ),
            (customers, customers.c.location_id == _LOCATION),
            (users, users.c.active, or_(users.c.home_id == _LOCATION, among(_LOCATION, users.c.further))),
        )
    )
)
_TYPES = APPOINTMENT_TYPES.all.order_by(appointment_types.c.id)
_TYPES_OF_KIND = _TYPES.where(appointment_types.c.kind == bindparam("kind"))
_ENTRIES = CATALOG_ENTRIES.all.where(catalog_entries.c.catalog == bindparam("catalog")).order_by(catalog_entries.c.id)

_NAMED = CATALOG_ENTRIES.all.where(among(catalog_entries.c.id, bindparam("ids", type_=Ids))).order_by(
    catalog_entries.c.id
)


class SqlCompanies(SqlRepository[CompanyId, Company]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, COMPANIES)

    def add(self, state: Company) -> None:
        if state.id != self.work.company:
            raise ValueError("a unit holds no company but its own")
        super().add(state)

    def setup(self) -> Setup:
        rows = self.work.rows(_SETUP)
        if not rows:
            raise NotFound("company", self.work.company)
        of_company = len(COMPANIES.columns)
        return Setup(
            company=company_state(rows[0][:of_company]),
            locations=tuple(location_state(row[of_company:]) for row in rows if row[of_company] is not None),
        )

    def slug_taken(self, slug: str) -> bool:
        with conflicts():
            return company_named(self.work.connection, slug) is not None


class SqlLocations(SqlRepository[LocationId, Location]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, LOCATIONS)


class SqlLocationUses:
    __slots__ = ("work",)

    def __init__(self, work: Work) -> None:
        self.work = work

    def of(self, location: LocationId) -> LocationUse:
        (visits, people, staff) = self.work.rows(_USES, location=location)[0]
        return LocationUse(open_appointments=visits, customers=people, users=staff)


class SqlAppointmentTypes(SqlRepository[TypeId, AppointmentType]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, APPOINTMENT_TYPES)

    def all(self, *, kind: Kind | None = None) -> tuple[AppointmentType, ...]:
        if kind is None:
            return self.work.states(self.form, _TYPES)
        return self.work.states(self.form, _TYPES_OF_KIND, kind=kind.value)


class SqlCatalogEntries(SqlRepository[EntryId, CatalogEntry]):
    __slots__ = ()

    def __init__(self, work: Work) -> None:
        super().__init__(work, CATALOG_ENTRIES)

    def all(self, catalog: Catalog) -> tuple[CatalogEntry, ...]:
        return self.work.states(self.form, _ENTRIES, catalog=catalog.value)

    def named(self, ids: Collection[EntryId]) -> tuple[CatalogEntry, ...]:
        return self.work.states(self.form, _NAMED, ids=sorted(ids))
