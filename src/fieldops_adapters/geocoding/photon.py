"""
Addresses from Photon.
"""

from collections.abc import Iterator

import msgspec

from fieldops_adapters.geocoding.hits import Hit, located, point_of, postal_code_of
from fieldops_adapters.geocoding.service import AGENT, PAUSE, PER_SECOND, SECONDS, Service
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_core.customers.model import Located, Suggestion
from fieldops_core.customers.ports import AddressServiceFailed
from fieldops_core.kernel.contact import Address

COUNTRIES = frozenset({"US", "CA"})


class _Properties(msgspec.Struct):
    type: str = ""
    name: str = ""
    housenumber: str = ""
    street: str = ""
    district: str = ""
    city: str = ""
    county: str = ""
    postcode: str | None = None
    countrycode: str = ""


class _Geometry(msgspec.Struct):
    coordinates: tuple[float, float]


class _Feature(msgspec.Struct):
    geometry: _Geometry
    properties: _Properties


class _Features(msgspec.Struct):
    features: list[_Feature]


class PhotonAddresses:
    """
    Looks addresses up, and suggests them while they are typed, at a server at *url* that speaks Photon's API: a house
    exactly, a street as an estimate, and nothing less; in the United States and Canada. Where the server does not
    answer at once, ZIP codes are suggested, as the embedded one does.

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
        code = address.postal_code.code if address.postal_code else ""
        parts = (address.line1, address.city, f"{address.state} {code}".strip())
        return located(address, self._hits(", ".join(part for part in parts if part), limit=5, patient=True))

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        try:
            hits = list(self._hits(text, limit=limit, patient=False))
        except AddressServiceFailed:
            return self._zip_codes.suggest(text, limit=limit)
        found = (hit.suggestion() for hit in hits)
        return tuple(each for each in found if each is not None)

    def _hits(self, text: str, *, limit: int, patient: bool) -> Iterator[Hit]:
        asked = {"q": text, "limit": str(limit), "lang": "en"}
        for feature in self._service.ask("api", _Features, asked, patient=patient).features:
            its = feature.properties
            if its.type in ("house", "street") and its.countrycode.upper() in COUNTRIES:
                longitude, latitude = feature.geometry.coordinates
                yield Hit(
                    point=point_of(latitude, longitude),
                    number=its.housenumber,
                    street=its.street or (its.name if its.type == "street" else ""),
                    towns=tuple(name for name in (its.city, its.district) if name),
                    county=its.county,
                    postal_code=postal_code_of(its.postcode),
                )
