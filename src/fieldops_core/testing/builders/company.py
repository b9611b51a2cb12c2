"""
A company, its locations, appointment types and catalog entries.
"""

from typing import Unpack

from attrs import evolve

from fieldops_core.access.model import Kind
from fieldops_core.company.model import (
    AppointmentType,
    Catalog,
    CatalogEntry,
    Company,
    EntryId,
    Location,
    SubType,
    SubTypeId,
    TypeId,
)
from fieldops_core.kernel.ids import CompanyId, LocationId
from fieldops_core.testing import fields
from fieldops_core.testing.builders.defaults import DENVER, PROVO, PROVO_ADDRESS, fresh, numbers


def a_company(**given: Unpack[fields.CompanyFields]) -> Company:
    number = next(numbers)
    return evolve(Company(id=CompanyId(fresh()), slug=f"company-{number}", name=f"Company {number}"), **given)


def a_location(**given: Unpack[fields.LocationFields]) -> Location:
    id = LocationId(fresh())
    return evolve(Location(id=id, name="Provo", zone=DENVER, address=PROVO_ADDRESS, point=PROVO), **given)


def a_sub_type(**given: Unpack[fields.SubTypeFields]) -> SubType:
    return evolve(SubType(id=SubTypeId(fresh()), name="Routine"), **given)


def a_type(**given: Unpack[fields.TypeFields]) -> AppointmentType:
    """
    A type of TECH appointments of two hours.
    """
    return evolve(AppointmentType(id=TypeId(fresh()), kind=Kind.TECH, name="Service"), **given)


def a_catalog_entry(**given: Unpack[fields.CatalogEntryFields]) -> CatalogEntry:
    """
    A reason why a visit could not be done.
    """
    entry = CatalogEntry(id=EntryId(fresh()), catalog=Catalog.UNABLE_REASONS, name="Nobody let us in")
    return evolve(entry, **given)
