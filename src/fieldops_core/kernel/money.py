"""
Exact money.
"""

import re
from decimal import Decimal, InvalidOperation

from attrs import field, frozen

from fieldops_core.kernel.errors import InvalidValue


@frozen
class Money:
    """
    An exact *amount* in a *currency* (ISO 4217), to at most four decimals.

    Raises:
        InvalidValue: where the amount is no finite number of that precision, or the currency no code.
    """

    amount: Decimal = field()
    currency: str = field(default="USD")

    @classmethod
    def of(cls, text: str, currency: str = "USD") -> "Money":
        try:
            return cls(Decimal(text), currency)
        except InvalidOperation:
            raise InvalidValue("money.invalid", f"{text!r} is not an amount.") from None

    def __attrs_post_init__(self) -> None:
        exponent = self.amount.as_tuple().exponent
        if not isinstance(exponent, int) or exponent < -4 or self.amount.adjusted() > 14:
            raise InvalidValue("money.invalid", "An amount is a number with at most four decimals.")
        if not re.fullmatch("[A-Z]{3}", self.currency):
            raise InvalidValue("currency.invalid", f"{self.currency!r} is not a currency code.")

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __mul__(self, count: int) -> "Money":
        return Money(self.amount * count, self.currency)

    def _same(self, other: "Money") -> None:
        if other.currency != self.currency:
            raise InvalidValue("currency.mixed", f"{self.currency} and {other.currency} cannot be added.")
