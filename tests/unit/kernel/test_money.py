from decimal import Decimal
from operator import add, sub

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.money import Money
from fieldops_core.testing.strategies import money


@given(one=money("USD"), other=money("USD"))
def test_what_is_added_can_be_taken_away_again(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert one + other == other + one


@given(amount=money(), count=st.integers(-50, 50))
def test_so_many_times_an_amount_is_that_amount_added_so_many_times(amount: Money, count: int) -> None:
    total = Money(Decimal(0), amount.currency)
    for _ in range(abs(count)):
        total = total + amount if count > 0 else total - amount

    assert amount * count == total


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    assert Money.of("0.10") + Money.of("0.20") == Money.of("0.30")


@given(one=money("USD"), other=money("CAD"))
def test_two_currencies_are_not_added(one: Money, other: Money) -> None:
    for mix in (add, sub):
        with pytest.raises(InvalidValue) as refused:
            mix(one, other)
        assert refused.value.code == "currency.mixed"


@pytest.mark.parametrize("text", ["0", "-12.3456", "999999999999999", "1E2"])
def test_an_amount_has_at_most_four_decimals(text: str) -> None:
    assert Money.of(text).amount == Decimal(text)


@pytest.mark.parametrize("text", ["", "abc", "1,5", "0.00001", "NaN", "sNaN", "Infinity", "-Infinity", "1E15"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Money.of(text)

    assert refused.value.code == "money.invalid"


@pytest.mark.parametrize("currency", ["", "usd", "US", "USDX", "ÄÖÜ", "US1", "U D", "$$$"])
def test_what_is_no_currency_is_refused(currency: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        Money.of("1", currency)

    assert refused.value.code == "currency.invalid"
