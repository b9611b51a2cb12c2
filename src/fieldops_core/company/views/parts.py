"""
What several answers tell the same way: addresses, hours, money.
"""

from attrs import frozen

from fieldops_core.kernel.contact import Address
from fieldops_core.kernel.hours import TimeRange, WeeklyHours, time_of_day
from fieldops_core.kernel.money import Money


@frozen(kw_only=True)
class RangeView:
    """
    A range of local time, ``HH:MM`` to ``HH:MM``; where the end is not after the start, it ends on the next day.
    """

    start: str
    end: str


@frozen(kw_only=True)
class AddressView:
    line1: str
    line2: str
    city: str
    state: str
    postal_code: str | None


def range_view(range: TimeRange) -> RangeView:
    return RangeView(start=time_of_day(range.start), end=time_of_day(range.end))


def week_view(hours: WeeklyHours) -> tuple[tuple[RangeView, ...], ...]:
    return tuple(tuple(range_view(each) for each in day) for day in hours.days)


def address_view(address: Address) -> AddressView:
    return AddressView(
        line1=address.line1,
        line2=address.line2,
        city=address.city,
        state=address.state,
        postal_code=address.postal_code.code if address.postal_code else None,
    )


@frozen(kw_only=True)
class MoneyView:
    """
    An exact amount, as decimal digits, and its currency.
    """

    amount: str
    currency: str


def money_view(money: Money) -> MoneyView:
    return MoneyView(amount=f"{money.amount:f}", currency=money.currency)
