"""
Monthly rates, to choose from.
"""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from attrs import frozen

from fieldops_core.company.model import CatalogEntry, EntryId, RateLine
from fieldops_core.company.views.parts import MoneyView, money_view
from fieldops_core.kernel.money import Money


@frozen(kw_only=True)
class RateLineView:
    """
    One line item of a monthly rate: the entry of `rate_lines`, and its part of the total.
    """

    line: UUID
    amount: MoneyView


@frozen(kw_only=True)
class MonthlyRateView:
    """
    A monthly rate to choose: its total and its lines. *offered*: whether it can be newly given; in breakout mode one
    whose lines are not the company's cannot.
    """

    id: UUID
    name: str
    amount: MoneyView
    lines: tuple[RateLineView, ...]
    offered: bool


@frozen(kw_only=True)
class MonthlyRatesView:
    """
    Monthly rates to choose from, the cheapest first. *breakout*: whether rates are told by their lines (the setting
    ``rate_breakout``).
    """

    items: tuple[MonthlyRateView, ...]
    breakout: bool
    next: str | None = None


def rate_lines_view(lines: tuple[RateLine, ...]) -> tuple[RateLineView, ...]:
    return tuple(RateLineView(line=each.line, amount=money_view(each.amount)) for each in lines)


def monthly_rates_view(rates: Iterable[CatalogEntry], lines: frozenset[EntryId], *, breakout: bool) -> MonthlyRatesView:
    """
    The rates, beside the *lines* that the company breaks its rates down to.
    """
    cheapest_first = sorted(rates, key=lambda each: (_total(each).amount, each.name, each.id))
    views = (_rate_view(each, offered=not breakout or each.attributes.matches(lines)) for each in cheapest_first)
    return MonthlyRatesView(items=tuple(views), breakout=breakout)


def _rate_view(rate: CatalogEntry, *, offered: bool) -> MonthlyRateView:
    lines = rate_lines_view(rate.attributes.lines)
    return MonthlyRateView(id=rate.id, name=rate.name, amount=money_view(_total(rate)), lines=lines, offered=offered)


def _total(rate: CatalogEntry) -> Money:
    return rate.attributes.amount or Money(Decimal())
