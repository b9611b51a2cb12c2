"""
Months of a contract.
"""

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from dateutil.relativedelta import relativedelta
from hypothesis import example, given
from hypothesis import strategies as st

from fieldops_core.company.model import Attributes, Catalog
from fieldops_core.customers.calculations import months_remaining, whole_months
from fieldops_core.customers.messages import ChangeCustomer, SaleFields
from fieldops_core.customers.views import CustomerView
from fieldops_core.testing.builders import a_catalog_entry, a_period, a_type, an_appointment
from tests.support.world import World

DATES = st.dates(date(1990, 1, 1), date(2060, 1, 1))


def counted(since: date, until: date) -> int:
    """
    Month by month, as one would on a calendar.
    """
    months = 0
    while since + relativedelta(months=months + 1) <= until:
        months += 1
    return months


@pytest.mark.rule("CUS-22")
@given(since=DATES, until=DATES)
@example(since=date(2026, 1, 31), until=date(2026, 2, 27))
@example(since=date(2026, 1, 31), until=date(2026, 2, 28))
@example(since=date(2028, 2, 29), until=date(2029, 2, 28))
def test_whole_months_are_those_of_a_calendar(since: date, until: date) -> None:
    assert whole_months(since, until) == counted(since, until)


@pytest.mark.rule("CUS-22")
@given(since=DATES, days=st.integers(0, 20_000), term=st.integers(1, 1_200))
def test_what_remains_is_never_negative_and_never_more_than_the_term(since: date, days: int, term: int) -> None:
    until = since + timedelta(days=days)

    assert months_remaining(term, since, until) == max(term - counted(since, until), 0)
    assert months_remaining(term, since, since - timedelta(days=days)) == term


@pytest.mark.rule("CUS-22")
def test_without_a_term_or_a_beginning_there_is_nothing_to_count() -> None:
    today = date(2026, 5, 25)

    assert months_remaining(None, today, today) is None
    assert months_remaining(36, None, today) is None


@pytest.mark.rule("CUS-22")
def test_months_are_counted_from_the_install_date_else_from_the_sale_date() -> None:
    world = World()
    term = a_catalog_entry(catalog=Catalog.CONTRACT_TERMS, attributes=Attributes(months=36))
    install = a_type(install=True)
    world.put(term, install)

    def remaining(**sale: Any) -> int | None:
        view = world.do(ChangeCustomer(customer=world.maria.id, sale=SaleFields(**sale)), CustomerView)
        assert view.sale is not None
        return view.sale.months_remaining

    assert remaining(contract_term=term.id) is None
    assert remaining(sale_date=date(2026, 4, 26)) == 36
    assert remaining(sale_date=date(2026, 4, 25)) == 35
    visit = an_appointment(
        type=install.id,
        customer=world.maria.id,
        user=world.ann.id,
        location=world.provo.id,
        period=a_period(day=date(2026, 3, 25)),
    )
    world.put(visit)
    assert remaining() == 34
    world.replace(visit, period=a_period(day=date(2026, 3, 26)))
    assert remaining(contract_term=term.id) == 35
    world.replace(term, active=False, attributes=evolve(term.attributes, months=12))
    assert remaining() == 11
