"""
What the customers subdomain needs of the world.
"""

from fieldops_core.customers.ports.addresses import (
    AddressService,
    AddressServiceFailed,
    Geocoder,
    Lookups,
    NoAddressService,
    NoGeocoder,
)
from fieldops_core.customers.ports.belongings import Belongings, Contacts, Fulfilments, Taggings
from fieldops_core.customers.ports.connections import ByHand, Connections, Connector, ConnectorFailed
from fieldops_core.customers.ports.credit import CreditBureaus, CreditFailed, NoCreditBureaus
from fieldops_core.customers.ports.files import FileRows, Files, FilesFailed, NoFiles
from fieldops_core.customers.ports.record import Customers, Found, InstallVisits, RecordHistory, Selection, Tombstones
from fieldops_core.customers.ports.unit import Unit

__all__ = [
    "AddressService",
    "AddressServiceFailed",
    "Belongings",
    "ByHand",
    "Connections",
    "Connector",
    "ConnectorFailed",
    "Contacts",
    "CreditBureaus",
    "CreditFailed",
    "Customers",
    "FileRows",
    "Files",
    "FilesFailed",
    "Found",
    "Fulfilments",
    "Geocoder",
    "InstallVisits",
    "Lookups",
    "NoAddressService",
    "NoCreditBureaus",
    "NoFiles",
    "NoGeocoder",
    "RecordHistory",
    "Selection",
    "Taggings",
    "Tombstones",
    "Unit",
]
