from datetime import date

import pytest

from fieldops_core.kernel.errors import Facts, Forbidden
from fieldops_core.kernel.rules import Refused, Violation, permit, require, violations
from fieldops_core.kernel.rules import rule as marked


@marked("AAA-01", "number.odd", "{number} is odd.", field="number")
def is_even(number: int) -> Facts | None:
    return {"number": number} if number % 2 else None


@marked("AAA-02", "number.small", "{number} is below {limit}.")
def is_large(number: int) -> Facts | None:
    return {"number": number, "limit": 10} if number < 10 else None


@marked("AAA-03", "number.any", "No number will do.")
def is_nothing(number: int) -> Facts | None:
    return {}


@marked("AAA-04", "day.over", "{day} is over.")
def is_to_come(day: date) -> Facts | None:
    return {"day": day}


ODD = Violation(rule="AAA-01", code="number.odd", sentence="3 is odd.", facts={"number": 3}, field="number")
SMALL = Violation(rule="AAA-02", code="number.small", sentence="3 is below 10.", facts={"number": 3, "limit": 10})


def test_a_rule_that_is_kept_says_nothing() -> None:
    assert is_even(4) is None


def test_a_rule_that_is_broken_tells_its_number_and_the_facts() -> None:
    assert is_even(3) == ODD


def test_a_date_is_told_in_words_and_kept_as_it_is() -> None:
    day = date(2026, 5, 7)
    told = Violation(rule="AAA-04", code="day.over", sentence="Thu 7 May 2026 is over.", facts={"day": day})

    assert is_to_come(day) == told


def test_a_rule_without_facts_is_broken_all_the_same() -> None:
    assert is_nothing(3) == Violation(rule="AAA-03", code="number.any", sentence="No number will do.", facts={})


def test_every_rule_is_asked_and_all_that_are_broken_are_told_in_order() -> None:
    assert violations((is_even, is_large), 3) == (ODD, SMALL)
    assert violations((is_large, is_even), 3) == (SMALL, ODD)
    assert violations((is_even, is_large), 12) == ()


def test_a_refusal_carries_every_violation() -> None:
    require((is_even, is_large), 12)
    with pytest.raises(Refused, match=r"^3 is odd\. 3 is below 10\.$") as refused:
        require((is_even, is_large), 3)

    assert refused.value.violations == (ODD, SMALL)


def test_what_is_forbidden_tells_the_first_rule_alone() -> None:
    permit((is_even, is_large), 12)
    with pytest.raises(Forbidden) as refused:
        permit((is_even, is_large), 3)

    assert (refused.value.sentence, refused.value.rule, refused.value.code) == (
        "3 is odd.",
        "AAA-01",
        "permission.denied",
    )
    assert not hasattr(refused.value, "facts")
