"""
Text that people type.
"""

import re

from fieldops_core.kernel.errors import InvalidValue

_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def is_text(text: str) -> bool:
    """
    Whether every character of a text is one: no NUL, and no half of a surrogate pair, which databases do not take.
    """
    return not _NO_TEXT.search(text)


def clean(text: str, *, field: str, limit: int = 100_000) -> str:
    """
    The text, stripped of outer white space.

    Raises:
        InvalidValue: where it is longer than *limit* code points, or holds a NUL or half of a surrogate pair.
    """
    if not is_text(text):
        raise InvalidValue("text.invalid", f"The {_name(field)} holds a character that is not text.", field=field)
    text = text.strip()
    if len(text) > limit:
        sentence = f"At most {limit} characters fit into the {_name(field)}: there are {len(text)}."
        raise InvalidValue("text.too_long", sentence, facts={"length": len(text), "limit": limit}, field=field)
    return text


def filled(text: str, *, field: str, limit: int = 200) -> str:
    """
    As :func:`clean`, and not empty.

    Raises:
        InvalidValue: likewise, or where nothing is left.
    """
    text = clean(text, field=field, limit=limit)
    if not text:
        raise InvalidValue("text.empty", f"The {_name(field)} is empty.", field=field)
    return text


def tidy(record: object, **limits: int) -> None:
    """
    Clean the named text fields of a record in the making, each to its limit; for ``__attrs_post_init__``.

    Raises:
        InvalidValue: as :func:`clean`.
    """
    for field, limit in limits.items():
        # Most fields of most records are empty.
        if (text := getattr(record, field)) and (cleaned := clean(text, field=field, limit=limit)) is not text:
            object.__setattr__(record, field, cleaned)


def a_name(text: str) -> str:
    """
    As :func:`filled`, for the name of something.
    """
    return filled(text, field="name")


def within_edits(one: str, other: str, most: int) -> bool:
    """
    Whether at most so many letters, put in, left out or replaced, make one text the other.
    """
    if one == other:
        return True
    if most == 0 or abs(len(one) - len(other)) > most:
        return False
    at = next((at for at, (mine, its) in enumerate(zip(one, other, strict=False)) if mine != its), None)
    at = min(len(one), len(other)) if at is None else at
    one, other = one[at:], other[at:]
    nexts = ((one[1:], other), (one, other[1:]), (one[1:], other[1:]))
    return any(within_edits(mine, its, most - 1) for mine, its in nexts)


LINES = {"line1": "first line", "line2": "second line"}


def _name(field: str) -> str:
    name = field.rpartition(".")[2]
    return LINES.get(name, name.replace("_", " "))
