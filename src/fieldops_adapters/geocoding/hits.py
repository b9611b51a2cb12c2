"""
What address services find.
"""

from collections.abc import Iterable

from attrs import frozen

from fieldops_adapters.geocoding.zip_states import state_of_zip
from fieldops_core.customers.model import Located, Suggestion, folded
from fieldops_core.customers.ports import AddressServiceFailed
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.geo import Point

_LETTERS = {
    "AB": "T",
    "BC": "V",
    "MB": "R",
    "NB": "E",
    "NL": "A",
    "NS": "B",
    "ON": "KLMNP",
    "PE": "C",
    "QC": "GHJ",
    "SK": "S",
    "YT": "Y",
}
PROVINCES = {letter: province for province, letters in _LETTERS.items() for letter in letters}
"""
By the first letter of a Canadian postal code; X are two territories.
"""


@frozen(kw_only=True)
class Hit:
    """
    A house, or a street without *number*, as a service tells it. *towns* are the names by which its place is known.
    """

    point: Point
    number: str = ""
    street: str = ""
    towns: tuple[str, ...] = ()
    county: str = ""
    postal_code: PostalCode | None = None

    def lies_in(self, address: Address) -> bool:
        """
        Whether it is of the same postal code, or the same town, where the address says so.
        """
        told, its = address.postal_code, self.postal_code
        if told is not None and its is not None and told.code[:5] == its.code[:5]:
            return True
        if address.city:
            return folded(address.city) in map(folded, self.towns)
        return told is None

    def is_of(self, address: Address) -> bool:
        """
        Whether it is the very house.
        """
        return bool(self.number) and folded(address.line1)[:1] == folded(self.number)[:1]

    @property
    def state(self) -> str:
        code = self.postal_code
        if code is None:
            return ""
        return (state_of_zip(code.code) if code.country == "US" else PROVINCES.get(code.code[0])) or ""

    def suggestion(self) -> Suggestion | None:
        """
        None where it makes no address.
        """
        line, town = f"{self.number} {self.street}".strip(), next(iter(self.towns), "")
        try:
            address = Address(line1=line, city=town, state=self.state, postal_code=self.postal_code)
        except InvalidValue:
            return None
        return Suggestion(address=address, county=self.county, point=self.point, estimate=not self.number)


def located(address: Address, hits: Iterable[Hit]) -> Located | None:
    """
    Where an address lies by what was found for it: at its house, or else somewhere in its street.
    """
    there = [each for each in hits if each.lies_in(address)]
    for house in (each for each in there if each.is_of(address)):
        return Located(point=house.point, estimate=False)
    return Located(point=there[0].point, estimate=True) if there else None


def point_of(latitude: float | str, longitude: float | str) -> Point:
    """
    Raises:
        AddressServiceFailed: where these are no coordinates.
    """
    try:
        return Point(float(latitude), float(longitude))
    except ValueError:
        raise AddressServiceFailed("The address service answered a place that is none.") from None


def postal_code_of(text: str | None) -> PostalCode | None:
    """
    The postal code that a service tells, where it is one.
    """
    try:
        return PostalCode(text) if text else None
    except InvalidValue:
        return None
