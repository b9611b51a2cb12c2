"""
Addresses from Nominatim.
"""

import msgspec

from fieldops_adapters.geocoding.hits import Hit, located, point_of, postal_code_of
from fieldops_adapters.geocoding.service import AGENT, PAUSE, PER_SECOND, SECONDS, Service
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_core.customers.model import Located, Suggestion
from fieldops_core.kernel.contact import Address

STREET = 26
"""
Of this rank and above are streets and houses; below are towns and counties, which say too little.
"""


class _Parts(msgspec.Struct):
    house_number: str = ""
    road: str = ""
    city: str = ""
    town: str = ""
    village: str = ""
    hamlet: str = ""
    suburb: str = ""
    municipality: str = ""
    county: str = ""
    postcode: str | None = None

    @property
    def towns(self) -> tuple[str, ...]:
        names = (self.city, self.town, self.village, self.hamlet, self.suburb, self.municipality)
        return tuple(name for name in names if name)


class _Place(msgspec.Struct):
    lat: str
    lon: str
    place_rank: int
    address: _Parts


class NominatimAddresses:
    """
    Looks addresses up at a server at *url* that speaks Nominatim's search API (4.x): a house exactly, a street as an
    estimate, and nothing less. It suggests ZIP codes, as the embedded one does: Nominatim does not complete what is
    typed, and its public server forbids to try.

    Raises:
        ValueError: where the url is no address of a server.
    """

    looks_up = True

    def __init__(
        self,
        url: str,
        *,
        agent: str = AGENT,
        per_second: float = PER_SECOND,
        seconds: float = SECONDS,
        pause: float = PAUSE,
    ) -> None:
        self._service = Service(url, agent=agent, per_second=per_second, seconds=seconds, pause=pause)
        self._zip_codes = ZipCentroidGeocoder()

    def close(self) -> None:
        self._service.close()

    def look_up(self, address: Address) -> Located | None:
        told = {
            "street": address.line1,
            "city": address.city,
            "state": address.state,
            "postalcode": address.postal_code.code if address.postal_code else "",
            "countrycodes": (address.country or "us,ca").lower(),
        }
        asked = {name: text for name, text in told.items() if text}
        options = {"format": "jsonv2", "addressdetails": "1", "layer": "address", "limit": "5"}
        found = self._service.ask("search", list[_Place], asked | options, patient=True)
        return located(address, [_hit(each) for each in found if each.place_rank >= STREET])

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        return self._zip_codes.suggest(text, limit=limit)


def _hit(place: _Place) -> Hit:
    parts = place.address
    return Hit(
        point=point_of(place.lat, place.lon),
        number=parts.house_number,
        street=parts.road,
        towns=parts.towns,
        county=parts.county,
        postal_code=postal_code_of(parts.postcode),
    )
