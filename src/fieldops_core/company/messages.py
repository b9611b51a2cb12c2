"""
What can be done and asked about the company, and what happens then.
"""

from collections.abc import Mapping
from decimal import Decimal

from attrs import frozen

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    Catalog,
    EntryId,
    FieldType,
    LineKind,
    Requirement,
    SubTypeId,
    TypeId,
)
from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.events import Event
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import LocationId, UserId
from fieldops_core.kernel.unset import UNSET, Keep


@frozen(kw_only=True)
class FoundCompany:
    """
    A new company with its first location, its owner role and its first owner. The context names the company's new id.
    """

    slug: str
    name: str
    location: str
    zone: str
    owner_name: str
    owner_email: str


@frozen(kw_only=True)
class ChangeSettings:
    """
    New values for some of the fields of :class:`~fieldops_core.company.model.Settings`, by name.
    """

    changes: Mapping[str, object]


@frozen(kw_only=True)
class ShowSettings:
    pass


@frozen(kw_only=True)
class CreateLocation:
    name: str
    zone: str
    address: Address = Address()
    point: Point | None = None
    tech_minutes: int | None = None


@frozen(kw_only=True)
class ChangeLocation:
    """
    A location's zone is not among the changes: correcting one moves or keeps the local times of visits, and is a
    command of scheduling.
    """

    location: LocationId
    name: str | Keep = UNSET
    address: Address | Keep = UNSET
    point: Point | None | Keep = UNSET
    tech_minutes: int | None | Keep = UNSET
    active: bool | Keep = UNSET


@frozen(kw_only=True)
class ShowLocation:
    location: LocationId


@frozen(kw_only=True)
class ListLocations:
    pass


@frozen(kw_only=True)
class SubTypeEntry:
    """
    A sub-type as it is sent: with the *id* of the one that it changes, or without, a new one.
    """

    name: str
    minutes: int | None = None
    active: bool = True
    id: SubTypeId | None = None


@frozen(kw_only=True)
class CreateAppointmentType:
    """
    *minutes* is the duration proposed; None is refused (ACC-20). Sub-types without an id are new.
    """

    kind: Kind
    name: str
    minutes: int | None = None
    sub_types: tuple[SubTypeEntry, ...] = ()
    install: bool = False


@frozen(kw_only=True)
class ChangeAppointmentType:
    """
    *sub_types* replaces the list; one that is left out is made inactive, never deleted.
    """

    type: TypeId
    name: str | Keep = UNSET
    minutes: int | Keep = UNSET
    active: bool | Keep = UNSET
    sub_types: tuple[SubTypeEntry, ...] | Keep = UNSET
    install: bool | Keep = UNSET


@frozen(kw_only=True)
class ShowAppointmentType:
    type: TypeId


@frozen(kw_only=True)
class ListAppointmentTypes:
    """
    *active*: only such entries, or only the others; None: all.
    """

    kind: Kind | None = None
    active: bool | None = None


@frozen(kw_only=True)
class LineAmount:
    """
    A line item of a monthly rate as it is sent, in the company's currency.
    """

    line: EntryId
    amount: Decimal


@frozen(kw_only=True)
class JobLineFields:
    """
    A line of labor or parts as it is sent, its price in the company's currency.
    """

    kind: LineKind
    description: str
    quantity: Decimal
    unit_price: Decimal
    billable: bool = True


@frozen(kw_only=True)
class TemplateFields:
    """
    What a work order template fills in, as it is sent. *note* is rich text.
    """

    note_type: EntryId | None = None
    type: EntryId | None = None
    technician: UserId | None = None
    subject: str = ""
    note: str = ""
    priority: EntryId | None = None
    lines: tuple[JobLineFields, ...] = ()


@frozen(kw_only=True)
class AttributeFields:
    """
    Attributes as they are sent: those of :class:`~fieldops_core.company.model.Attributes` that the catalog has. Amounts
    are in the company's currency; that of a monthly rate with lines is their sum, and may be left out.
    """

    source: EntryId | Keep = UNSET
    sells_leads: bool | Keep = UNSET
    sells_customers: bool | Keep = UNSET
    allows_lead_rep: bool | Keep = UNSET
    adt: bool | Keep = UNSET
    receivers: tuple[str, ...] | Keep = UNSET
    months: int | None | Keep = UNSET
    amount: Decimal | None | Keep = UNSET
    lines: tuple[LineAmount, ...] | Keep = UNSET
    type: FieldType | Keep = UNSET
    required: bool | Keep = UNSET
    choices: tuple[str, ...] | Keep = UNSET
    minimum: float | None | Keep = UNSET
    maximum: float | None | Keep = UNSET
    longest: int | None | Keep = UNSET
    place: int | Keep = UNSET
    template: TemplateFields | Keep = UNSET
    requirement: Requirement | Keep = UNSET
    state: str | Keep = UNSET
    city: str | Keep = UNSET
    vendor: EntryId | None | Keep = UNSET
    cost: Decimal | None | Keep = UNSET
    charge: Decimal | None | Keep = UNSET
    collection: bool | Keep = UNSET


@frozen(kw_only=True)
class CreateCatalogEntry:
    catalog: Catalog
    name: str
    attributes: AttributeFields = AttributeFields()


@frozen(kw_only=True)
class ChangeCatalogEntry:
    """
    An entry that is no longer *active* is offered to nothing new. Attributes that are left out stay as they are.
    """

    catalog: Catalog
    entry: EntryId
    name: str | Keep = UNSET
    active: bool | Keep = UNSET
    attributes: AttributeFields = AttributeFields()


@frozen(kw_only=True)
class ShowCatalogEntry:
    catalog: Catalog
    entry: EntryId


@frozen(kw_only=True)
class ListCatalogEntries:
    """
    Priorities in their own order, others in that of their ids.

    *active*: only such entries, or only the others; None: all.
    """

    catalog: Catalog
    active: bool | None = None


@frozen(kw_only=True)
class ListMonthlyRates:
    """
    Active monthly rates (CUS-05) whose total is *least* or more and *most* or less, and that have something of a
    *line*; None: any.
    """

    least: Decimal | None = None
    most: Decimal | None = None
    line: EntryId | None = None


class CompanyFounded(Event):
    pass


class SettingsChanged(Event):
    pass


class LocationCreated(Event):
    pass


class LocationChanged(Event):
    pass


class AppointmentTypeCreated(Event):
    pass


class AppointmentTypeChanged(Event):
    pass


class CatalogEntryCreated(Event):
    pass


class CatalogEntryChanged(Event):
    pass
