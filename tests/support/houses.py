"""
Servers that speak Nominatim's search API (4.x) and Photon's, over a few houses of their own: as these document their
APIs.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from attrs import frozen

from fieldops_core.customers.model import folded
from tests.support.served import Answer, Served, served


@frozen
class House:
    """
    A house, or, without a number, a street.
    """

    number: str
    street: str
    city: str
    state: str
    postcode: str
    country: str
    latitude: float
    longitude: float


HOUSES = (
    House("445", "West Center Street", "Provo", "Utah", "84601", "us", 40.23403, -111.66518),
    House("445", "West Center Street", "Orem", "Utah", "84057", "us", 40.29713, -111.69482),
    House("", "Elm Street", "Provo", "Utah", "84601", "us", 40.241, -111.641),
    House("150", "Elgin Street", "Ottawa", "Ontario", "K2P 1L4", "ca", 45.41891, -75.69232),
    House("1", "Place de la Mairie", "Provins", "Île-de-France", "77160", "fr", 48.559, 3.299),
)
KNOWN = {"street", "city", "state", "postalcode", "countrycodes", "format", "addressdetails", "layer", "limit"}


def nominatim() -> AbstractContextManager[Served]:
    return served(lambda target, _: searched(target))


def photon() -> AbstractContextManager[Served]:
    return served(lambda target, _: completed(target))


def searched(target: str) -> Answer:
    path, query = urlsplit(target).path, parse_qs(urlsplit(target).query, strict_parsing=True)
    told = {name: values[0] for name, values in query.items()}
    if path != "/search" or not told.keys() <= KNOWN or told.get("format") != "jsonv2":
        return 400, {"error": {"code": 400, "message": "Bad request"}}
    found = [place(each) for each in HOUSES if structured(each, told)]
    if not found and "city" in told:
        found = [town(told["city"])]
    return 200, found[: int(told["limit"])]


def structured(house: House, told: dict[str, str]) -> bool:
    """
    Nominatim gives up the house number, and then the street, where it does not know them; not the country.
    """
    words = folded(told.get("street", ""))
    of_the_street = set(folded(house.street)) & set(words) - {"street", "st"}
    of_the_house = not house.number or house.number in words
    return bool(of_the_street) and of_the_house and house.country in told["countrycodes"].split(",")


def place(house: House) -> dict[str, Any]:
    parts = {"road": house.street, "city": house.city, "county": f"{house.city} County", "state": house.state}
    parts |= {"postcode": house.postcode, "country_code": house.country}
    return {
        "place_id": 1,
        "licence": "Data © OpenStreetMap contributors, ODbL 1.0. http://osm.org/copyright",
        "lat": str(house.latitude),
        "lon": str(house.longitude),
        "category": "place" if house.number else "highway",
        "place_rank": 30 if house.number else 26,
        "importance": 0.1,
        "display_name": f"{house.number} {house.street}, {house.city}",
        "address": ({"house_number": house.number} if house.number else {}) | parts,
        "boundingbox": ["40.1", "40.2", "-111.7", "-111.6"],
    }


def town(name: str) -> dict[str, Any]:
    return {"lat": "40.2", "lon": "-111.6", "place_rank": 16, "address": {"city": name, "country_code": "us"}}


def completed(target: str) -> Answer:
    path, query = urlsplit(target).path, parse_qs(urlsplit(target).query, strict_parsing=True)
    if path != "/api" or not query.keys() <= {"q", "limit", "lang"} or "q" not in query:
        return 400, {"message": "missing search term 'q': /?q=berlin"}
    words = folded(query["q"][0])
    found = [feature(each) for each in HOUSES if any(like(each, words))]
    return 200, {"type": "FeatureCollection", "features": [*found, city()][: int(query["limit"][0])]}


def like(house: House, words: tuple[str, ...]) -> Iterator[bool]:
    there = folded(f"{house.number} {house.street}")
    asked = words[:2] if house.number else [word for word in words[:2] if not word.isdecimal()]
    yield all(any(name.startswith(word) for name in there) for word in asked)


def feature(house: House) -> dict[str, Any]:
    its = {"osm_type": "N", "osm_id": 1, "osm_key": "place", "osm_value": "house", "type": "house"}
    its |= {"street": house.street, "housenumber": house.number}
    if not house.number:
        its = {"osm_type": "W", "osm_id": 2, "osm_key": "highway", "type": "street", "name": house.street}
    its |= {"city": house.city, "county": f"{house.city} County", "state": house.state, "postcode": house.postcode}
    its |= {"country": house.country, "countrycode": house.country.upper()}
    geometry = {"type": "Point", "coordinates": [house.longitude, house.latitude]}
    return {"type": "Feature", "properties": its, "geometry": geometry}


def city() -> dict[str, Any]:
    its = {"type": "city", "name": "Provo", "state": "Utah", "countrycode": "US"}
    return {"type": "Feature", "properties": its, "geometry": {"type": "Point", "coordinates": [-111.65, 40.23]}}
