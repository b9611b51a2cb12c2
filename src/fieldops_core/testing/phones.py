"""
Telephone numbers without a library.
"""

import re

from fieldops_core.kernel.contact import Phone
from fieldops_core.kernel.errors import InvalidValue

_SIGNS = str.maketrans("", "", " .-()/")


class PlainPhones:
    """
    The :class:`~fieldops_core.kernel.contact.Phones` of tests: ten digits in the United States and Canada, and else
    what begins with ``+``.
    """

    def parse(self, text: str, *, country: str) -> Phone:
        """
        Raises:
            InvalidValue: where the text is neither.
        """
        number = text.translate(_SIGNS)
        if country in ("US", "CA") and re.fullmatch("[0-9]{10}", number):
            number = f"+1{number}"
        if not number.startswith("+"):
            raise InvalidValue("phone.invalid", f"{text!r} is not a telephone number.", field="phone")
        return Phone(number)
