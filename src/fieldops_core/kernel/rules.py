"""
Business rules: pure functions that know their number.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Generic, TypeVar

from attrs import frozen

from fieldops_core.kernel.errors import Facts, Forbidden
from fieldops_core.kernel.time import day_in_words

Case = TypeVar("Case", contravariant=True)


@frozen(kw_only=True)
class Violation:
    """
    One rule that a command would break, told to a person (*sentence*) and to a program (*code* and *facts*).
    *field* names the input that caused it, where one did.
    """

    rule: str
    code: str
    sentence: str
    facts: Facts
    field: str | None = None


class Refused(Exception):
    """
    The domain says no. Carries every violation, not only the first. *summary* stands for all their sentences, where
    these are many.
    """

    def __init__(self, violations: tuple[Violation, ...], *, summary: str | None = None) -> None:
        super().__init__(summary or " ".join(each.sentence for each in violations))
        self.violations = violations


@frozen
class Rule(Generic[Case]):
    """
    A named question to a case. Calling it answers None, or how it is violated.
    """

    number: str
    code: str
    sentence: str
    field: str | None
    broken_by: Callable[[Case], Facts | None]

    def __call__(self, case: Case) -> Violation | None:
        facts = self.broken_by(case)
        if facts is None:
            return None
        sentence = self.sentence.format(**{name: _in_words(fact) for name, fact in facts.items()})
        return Violation(rule=self.number, code=self.code, sentence=sentence, facts=facts, field=self.field)


def _in_words(fact: object) -> object:
    return day_in_words(fact) if type(fact) is date else fact


def rule(
    number: str, code: str, sentence: str, *, field: str | None = None
) -> Callable[[Callable[[Case], Facts | None]], Rule[Case]]:
    """
    Mark a function of a case as the business rule *number* of ``docs/rules``. It returns None when the rule is kept,
    and otherwise the facts that its sentence names, a date in words.
    """
    return lambda broken_by: Rule(number, code, sentence, field, broken_by)


def violations(rules: Iterable[Rule[Case]], case: Case) -> tuple[Violation, ...]:
    """
    Ask every rule; answer all that are broken, in the rules' order.
    """
    return tuple(found for each in rules if (found := each(case)) is not None)


def require(rules: Iterable[Rule[Case]], case: Case) -> None:
    """
    Raises:
        Refused: with every rule that the case breaks.
    """
    refuse(violations(rules, case))


def refuse(found: tuple[Violation, ...]) -> None:
    """
    Raises:
        Refused: where anything was found.
    """
    if found:
        raise Refused(found)


def permit(rules: Iterable[Rule[Case]], case: Case) -> None:
    """
    Ask rules about who may do what.

    Raises:
        Forbidden: with the first rule that the case breaks, and no facts: a refusal must not tell what is there.
    """
    for broken in violations(rules, case):
        raise Forbidden(broken.sentence, rule=broken.rule)
