"""
Records made of others.
"""

from collections.abc import Mapping
from typing import Protocol, TypeVar, cast

from attrs import evolve

from fieldops_core.kernel.plain import fields_of
from fieldops_core.kernel.unset import Unset

Record = TypeVar("Record")


class _Evolve(Protocol):
    def __call__(self, record: Record, /, **changes: object) -> Record: ...


_evolve = cast("_Evolve", evolve)


def replaced(record: Record, changes: Mapping[str, object]) -> Record:
    """
    The record with other values in some fields, by name. Values are checked as where they are given one by one.

    Raises:
        TypeError: where it has no such field.
    """
    return _evolve(record, **changes)


def told(command: object, *, apart_from: frozenset[str] = frozenset()) -> dict[str, object]:
    """
    The fields that a command sets, by name: those that it does not leave alone.
    """
    fields = {name: getattr(command, name) for name in fields_of(command) if name not in apart_from}
    return {name: value for name, value in fields.items() if not isinstance(value, Unset)}
