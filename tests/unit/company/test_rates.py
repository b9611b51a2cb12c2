"""
Monthly rates to choose from.
"""

from decimal import Decimal
from typing import Any

import pytest

from fieldops_core.company.messages import ListMonthlyRates
from fieldops_core.company.model import Attributes, Catalog, CatalogEntry, RateLine
from fieldops_core.company.views import MonthlyRatesView
from fieldops_core.kernel.money import Money
from fieldops_core.testing.builders import a_catalog_entry
from tests.support.world import World


class Rates:
    """
    A company with two line items, and rates of one, the other and both.
    """

    def __init__(self, **settings: Any) -> None:
        self.world = World(**settings)
        self.monitoring, self.warranty = (a_catalog_entry(catalog=Catalog.RATE_LINES) for _ in range(2))
        self.world.put(self.monitoring, self.warranty)
        self.rate("Both", (self.monitoring, "30"), (self.warranty, "10"))
        self.rate("Monitoring", (self.monitoring, "30"), (self.warranty, "0"))
        self.rate("Bare")
        self.rate("Old", active=False)

    def rate(self, name: str, *lines: tuple[CatalogEntry, str], active: bool = True) -> None:
        parts = tuple(RateLine(line=line.id, amount=Money.of(amount)) for line, amount in lines)
        total = sum((each.amount.amount for each in parts), Decimal())
        attributes = Attributes(amount=Money(total), lines=parts)
        entry = a_catalog_entry(catalog=Catalog.MONTHLY_RATES, name=name, active=active, attributes=attributes)
        self.world.put(entry)

    def named(self, **asked: Any) -> list[str]:
        return [each.name for each in self.listed(**asked).items]

    def listed(self, **asked: Any) -> MonthlyRatesView:
        return self.world.ask(ListMonthlyRates(**asked), MonthlyRatesView, by=self.world.actor())


@pytest.mark.rule("CUS-05")
def test_rates_are_found_by_their_total_and_by_their_lines() -> None:
    rates = Rates()

    assert rates.named() == ["Bare", "Monitoring", "Both"]
    assert rates.named(least=Decimal(30)) == ["Monitoring", "Both"]
    assert rates.named(least=Decimal("30.01")) == ["Both"]
    assert rates.named(most=Decimal(30)) == ["Bare", "Monitoring"]
    assert rates.named(most=Decimal("29.99")) == ["Bare"]
    assert rates.named(line=rates.monitoring.id) == ["Monitoring", "Both"]
    assert rates.named(line=rates.warranty.id) == ["Both"]
    assert rates.named(line=rates.warranty.id, most=Decimal(30)) == []


@pytest.mark.rule("CUS-05", "ACC-20")
def test_in_breakout_mode_a_rate_is_offered_while_its_lines_are_the_active_ones() -> None:
    simple, breakout = Rates(), Rates(rate_breakout=True)

    assert [each.offered for each in simple.listed().items] == [True, True, True]
    assert (simple.listed().breakout, breakout.listed().breakout) == (False, True)
    assert [each.offered for each in breakout.listed().items] == [False, True, True]
    breakout.world.replace(breakout.warranty, active=False)
    assert [each.offered for each in breakout.listed().items] == [False, False, False]
