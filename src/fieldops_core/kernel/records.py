"""
Records made of others.
"""

from collections.abc import Mapping
from typing import Protocol, TypeVar, cast

from attrs import evolve

from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.unset import UNSET

Record = TypeVar("Record")
Made = TypeVar("Made", covariant=True)


class _Evolve(Protocol):
    def __call__(self, record: Record, /, **changes: object) -> Record: ...


class _Made(Protocol[Made]):
    def __call__(self, **values: object) -> Made: ...


_evolve = cast("_Evolve", evolve)


def made(kind: type[Record], values: Mapping[str, object]) -> Record:
    """
    A record of a kind with some values by field name; the others take their defaults.

    Raises:
        TypeError: where there is no such field, or one is missing that has no default.
    """
    return cast("_Made[Record]", kind)(**values)


def replaced(record: Record, changes: Mapping[str, object]) -> Record:
    """
    The record with other values in some fields, by name. Values are checked as where they are given one by one.

    Raises:
        TypeError: where it has no such field.
    """
    return _evolve(record, **changes) if changes else record


def told(command: object, *, apart_from: frozenset[str] = frozenset()) -> dict[str, object]:
    """
    The fields that a command sets, by name: those that it does not leave alone.
    """
    return {
        name: value
        for name in fields_of(command)
        if (value := getattr(command, name)) is not UNSET and name not in apart_from
    }
