"""
Addresses by their ZIP code alone.
"""

import re
from bisect import bisect_left
from functools import cache
from itertools import islice, takewhile

from zip2info import coordinates

from fieldops_adapters.geocoding.zip_states import state_of_zip
from fieldops_core.customers.model import Located, Suggestion
from fieldops_core.kernel.contact import US_STATES, Address, PostalCode
from fieldops_core.kernel.geo import Point

_TYPED = re.compile(r"(?:^|[^0-9])([0-9]{3,5})(?:-[0-9]{0,4})?\s*$", re.ASCII)
_STATE = re.compile(r"\b[A-Z]{2}\b")


class ZipCentroidGeocoder:
    """
    The honest embedded geocoder: the middle of the ZIP code (United States), marked as an estimate. It is off by a mile
    or two in a town and by many in the country, finds nothing in Canada, and asks nobody.

    It is an address service too, which knows no more than that: it suggests the ZIP codes that begin with the digits at
    the end of what was typed, with their states, and knows neither streets nor cities.
    """

    looks_up = False

    def locate(self, address: Address) -> Located | None:
        code = address.postal_code
        if code is None or code.country != "US":
            return None
        found = coordinates(code.code[:5])
        return None if found is None else Located(point=Point(*found), estimate=True)

    def state_of(self, code: PostalCode) -> str | None:
        return state_of_zip(code.code) if code.country == "US" else None

    def look_up(self, address: Address) -> Located | None:
        return self.locate(address)

    def suggest(self, text: str, *, limit: int) -> tuple[Suggestion, ...]:
        typed = _TYPED.search(text)
        if typed is None:
            return ()
        told = US_STATES.intersection(_STATE.findall(text[: typed.start(1)].upper()[-12:]))
        codes = _codes()[bisect_left(_codes(), typed[1]) :]
        within = takewhile(lambda code: code.startswith(typed[1]), codes)
        states = ((code, state) for code in within if (state := state_of_zip(code)) and (not told or state in told))
        return tuple(found for each in islice(states, limit) if (found := _suggestion(*each)))


@cache
def _codes() -> list[str]:
    return [f"{code:05}" for code in range(100_000) if coordinates(code)]


def _suggestion(code: str, state: str) -> Suggestion | None:
    found = coordinates(code)
    if found is None:
        return None
    return Suggestion(address=Address(state=state, postal_code=PostalCode(code)), point=Point(*found), estimate=True)
