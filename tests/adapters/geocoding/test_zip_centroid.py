"""
The embedded geocoder: ZIP codes, and nothing else (CUS-14).
"""

import pytest

from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point, great_circle

GEOCODER = ZipCentroidGeocoder()


def codes(text: str, limit: int = 50) -> list[str]:
    found = [each.address.postal_code for each in GEOCODER.suggest(text, limit=limit)]
    return [code.code for code in found if code]


@pytest.mark.rule("CUS-14")
def test_the_middle_of_a_zip_code_is_an_estimate() -> None:
    found = GEOCODER.locate(Address(postal_code=PostalCode("84601")))

    assert found is not None and found.estimate
    assert great_circle(found.point, Point(40.2338, -111.6585)) < 10_000
    assert GEOCODER.locate(Address(line1="445 W Center St", city="Provo", state="UT")) is None
    assert GEOCODER.locate(Address(postal_code=PostalCode("K2P 1L4"))) is None


@pytest.mark.rule("CUS-14")
def test_the_digits_at_the_end_are_completed_with_their_state() -> None:
    assert codes("100 Center St, Provo UT 8460") == ["84601", "84602", "84603", "84604", "84605", "84606"]
    assert codes("84601") == ["84601"]
    assert codes("84601-12") == ["84601"]
    assert codes("846", limit=2) == codes("846")[:2]
    (suggestion,) = GEOCODER.suggest("84601", limit=5)
    assert (suggestion.address, suggestion.estimate) == (Address(state="UT", postal_code=PostalCode("84601")), True)


@pytest.mark.rule("CUS-14")
def test_a_state_before_them_narrows() -> None:
    assert codes("Provo UT 8460") == codes("8460")
    assert codes("New London CT 063") == codes("063") != []
    assert codes("New London CT 8460") == []


@pytest.mark.rule("CUS-14")
@pytest.mark.parametrize("text", ["", "Provo", "84", "846012", "445 W", "00000", "Pine 12", "\u0668\u0664\u0666"])
def test_what_ends_in_no_zip_code_is_not_completed(text: str) -> None:
    assert codes(text) == []


@pytest.mark.rule("CUS-14")
def test_it_knows_no_more_than_at_once_so_nothing_waits_for_it() -> None:
    address = Address(postal_code=PostalCode("84601"))

    assert not GEOCODER.looks_up
    assert GEOCODER.look_up(address) == GEOCODER.locate(address)
