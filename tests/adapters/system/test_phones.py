"""
Telephone numbers as people write them.
"""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_adapters.system import phones
from fieldops_adapters.system.phones import PhoneNumbersPhones
from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.errors import InvalidValue

PHONES = PhoneNumbersPhones()


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("801 555 0100", "US", "+18015550100"),
        ("(801) 555-0100", "US", "+18015550100"),
        ("801.555.0100", "CA", "+18015550100"),
        ("1-801-555-0100", "US", "+18015550100"),
        ("+1 801 555 0100", "CA", "+18015550100"),
        ("+44 20 7946 0958", "US", "+442079460958"),
        ("020 7946 0958", "GB", "+442079460958"),
        ("1-800-FLOWERS", "US", "+18003569377"),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, country: str, number: str) -> None:
    assert PHONES.parse(text, country=country) == Phone(number)


DIGITS = st.text("0123456789", min_size=1, max_size=5)
WRITTEN = st.tuples(
    st.sampled_from(["", "(", "1", "+1", " ", "0"]),
    st.text("0123456789", min_size=3, max_size=3) | DIGITS,
    st.sampled_from(["", ")", ") ", "-", ".", " ", "/", "  "]),
    st.text("0123456789", min_size=3, max_size=3) | DIGITS,
    st.sampled_from(["", "-", ".", " ", "x"]),
    st.text("0123456789", min_size=4, max_size=4) | DIGITS,
    st.sampled_from(["", " ", " x5", "\n", "٣"]),
)


@given(WRITTEN.map("".join), st.sampled_from(["US", "CA", "PR", "MX", "GB"]))
def test_what_is_read_quickly_is_what_the_library_reads(text: str, country: str) -> None:
    assert read(PHONES.parse, text, country) == read(phones._read, text, country)


def read(parse: Callable[..., Phone], text: str, country: str) -> str:
    try:
        return parse(text, country=country).number
    except InvalidValue as invalid:
        return invalid.code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "911",
        "555-0100",
        "801 555 010",
        "801 555 01000",
        "801-555-0100 ext. 5",
        "+999 123456",
        "\ud800",
        "9" * 400,
    ],
)
def test_what_cannot_be_called_is_refused_with_what_was_given(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        PHONES.parse(text, country="US")

    assert (refused.value.code, refused.value.field) == ("phone.invalid", "phone")
    assert refused.value.facts == {"phone": text[:50], "country": "US"}
