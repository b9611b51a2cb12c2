"""
Addresses by their ZIP code alone.
"""

from zip2info import coordinates

from fieldops_adapters.geocoding.zip_states import state_of_zip
from fieldops_core.customers.model import Located
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point


class ZipCentroidGeocoder:
    """
    The honest embedded geocoder: the middle of the ZIP code (United States), marked as an estimate. It is off by a mile
    or two in a town and by many in the country, finds nothing in Canada, and asks nobody.
    """

    def locate(self, address: Address) -> Located | None:
        code = address.postal_code
        if code is None or code.country != "US":
            return None
        found = coordinates(code.code[:5])
        return None if found is None else Located(point=Point(*found), estimate=True)

    def state_of(self, code: PostalCode) -> str | None:
        return state_of_zip(code.code) if code.country == "US" else None
