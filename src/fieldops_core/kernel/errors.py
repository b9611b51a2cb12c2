"""
How the domain says no, besides :class:`~fieldops_core.kernel.rules.Refused`. Anything else that is raised is a bug.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

Facts = Mapping[str, object]


class NotFound(Exception):
    """
    There is nothing of that kind and id in this company (another company's is not there either).
    """

    def __init__(self, kind: str, id: UUID | str) -> None:
        super().__init__(f"There is no {kind.replace('_', ' ')} {id}.")
        self.kind, self.id = kind, id


class Stale(Exception):
    """
    The change was meant for a version that is no longer the newest. *changes* tells, where it is known, what was
    changed since: field, old, new, by, at.
    """

    def __init__(self, kind: str, *, expected: int, actual: int, changes: tuple[Facts, ...] = ()) -> None:
        super().__init__(
            f"This {kind.replace('_', ' ')} was changed meanwhile: you read version {expected}, it is now {actual}."
        )
        self.kind, self.expected, self.actual, self.changes = kind, expected, actual, changes


class PreviewChanged(Exception):
    """
    What was consented to is not what there is now: *preview* is. Nothing was changed.
    """

    def __init__(self, code: str, sentence: str, *, rule: str, preview: object) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.rule, self.preview = code, sentence, rule, preview


class Forbidden(Exception):
    """
    The actor may not do this, or not here. Tells nothing of what is there.
    """

    code = "permission.denied"

    def __init__(self, sentence: str, *, rule: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence, self.rule = sentence, rule


class InvalidValue(ValueError):
    """
    A single value cannot be what it claims to be: a latitude of 91 degrees, a ZIP code of two digits.
    """

    def __init__(
        self, code: str, sentence: str, *, facts: Facts | None = None, field: str | None = None, rule: str | None = None
    ) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.facts, self.field, self.rule = code, sentence, facts or {}, field, rule


@contextmanager
def below(field: str) -> Iterator[None]:
    """
    Names the input that a value which is refused was part of.
    """
    try:
        yield
    except InvalidValue as error:
        error.field = f"{field}.{error.field}" if error.field else field
        raise


class Conflict(Exception):
    """
    Another writer was first (a constraint, a lock, a version). Raised by storages only; the command is run again.
    """


class Unavailable(Exception):
    """
    The command met other writers three times in a row. Nothing was changed; try again a little later.
    """
