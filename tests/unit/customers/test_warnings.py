"""
The warnings of a record, each for a tab.
"""

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.customers.calculations import Warned, WarningFacts, tab_warnings

pytestmark = pytest.mark.rule("CUS-24")
FACTS = {
    "unfulfilled_regulations": ("home", Warned.UNFULFILLED),
    "overdue_tickets": ("notes_and_tickets", Warned.OVERDUE),
    "pending_reassignments": ("appointments", Warned.PENDING_REASSIGNMENT),
    "late_appointments": ("appointments", Warned.LATE),
    "unscheduled_work_orders": ("work_orders", Warned.UNSCHEDULED),
}


def told(facts: WarningFacts) -> list[tuple[str, Warned, int]]:
    return [(each.tab, each.warned, each.count) for each in tab_warnings(facts)]


def test_every_fact_has_its_warning() -> None:
    assert {each.name for each in fields(WarningFacts)} == set(FACTS)


@pytest.mark.parametrize("name", FACTS)
def test_one_is_warned_of_and_none_is_not(name: str) -> None:
    assert told(evolve(WarningFacts(), **{name: 1})) == [(*FACTS[name], 1)]
    assert told(evolve(WarningFacts(), **{name: 0})) == []
    assert told(WarningFacts()) == []


@given(counts=st.fixed_dictionaries(dict.fromkeys(FACTS, st.none() | st.integers(0, 3))))
def test_warnings_are_what_there_is_in_the_order_of_the_tabs(counts: dict[str, int | None]) -> None:
    assert told(WarningFacts(**counts)) == [(*FACTS[name], count) for name in FACTS if (count := counts[name])]
