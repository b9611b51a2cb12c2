"""
Telephone numbers as people write them.
"""

import re

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    ValidationResult,
    format_number,
    is_possible_number_with_reason,
    parse,
)

from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.errors import InvalidValue

# Nearly all numbers of the United States and Canada, which the library reads a hundred times more slowly to the same.
_TEN_DIGITS = re.compile(r"\(?([2-9][0-9]{2})\)?[-. ]?([0-9]{3})[-. ]?([0-9]{4})")
_OF_TEN = frozenset({"US", "CA"})


class PhoneNumbersPhones:
    """
    Reads telephone numbers by the numbering plans of all countries. A number of a possible length is taken, whether or
    not its range is in use: plans change, and the numbers for examples (555) are in none.
    """

    def parse(self, text: str, *, country: str) -> Phone:
        if country in _OF_TEN and (plain := _TEN_DIGITS.fullmatch(text)):
            return Phone("+1" + "".join(plain.groups()))
        return _read(text, country)


def _read(text: str, country: str) -> Phone:
    try:
        number = parse(text, country)
    except NumberParseException:
        raise _invalid(text, country) from None
    # E.164 has no room for an extension, and a number without its area code cannot be called from elsewhere.
    if number.extension or is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
        raise _invalid(text, country)
    try:
        return Phone(format_number(number, PhoneNumberFormat.E164))
    except InvalidValue:
        raise _invalid(text, country) from None


def _invalid(text: str, country: str) -> InvalidValue:
    sentence = f"{text[:50]!r} is not a telephone number."
    facts = {"phone": text[:50], "country": country}
    return InvalidValue("phone.invalid", sentence, facts=facts, field="phone", rule="CUS-03")
