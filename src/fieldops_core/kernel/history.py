"""
History: the difference of two frozen values, computed once for all aggregates.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple, cast
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import Plain, fields_of, parts_of, plain
from fieldops_core.kernel.secret import Secret

UPKEEP = frozenset({"id", "version", "changed_by", "changed_at", "created_by", "created_at"})


@frozen(kw_only=True)
class FieldChange:
    """
    One field, before and after, as plain values; those of a secret field are secrets, which storages seal.
    """

    field: str
    old: Plain | Secret
    new: Plain | Secret


@frozen(kw_only=True)
class HistoryEntry:
    """
    Who changed what of which aggregate, when and from where. *record* is the customer's record that the aggregate is or
    belongs to, None where it belongs to none.
    """

    id: UUID
    aggregate: str
    aggregate_id: UUID
    record: UUID | None = None
    at: datetime
    actor: UserId | None
    source: Source
    changes: tuple[FieldChange, ...]


class HistoryPlace(NamedTuple):
    """
    A place in a history, newest first: after the entry *id* of that instant.
    """

    at: datetime
    id: UUID


def difference(before: object | None, after: object | None) -> tuple[FieldChange, ...]:
    """
    The fields that differ, in the order of the record, without the upkeep fields (id, version, by whom and when). Of a
    record that is new, or is no more: the fields that are not empty. What has parts is told by the path of each.
    """
    if before is None:
        return filled(after)
    if after is None:
        return tuple(_change(name, old, None) for name, old in _fields(before) if not _empty(old))
    return tuple(_change(*each) for each in _differing(before, after))


def filled(after: object, *, public: Mapping[str, Plain] = MappingProxyType({})) -> tuple[FieldChange, ...]:
    """
    What a record begins with: its fields that are not empty. Those that are told as *public* (by the event of its
    making) need not be told anew.
    """
    there = ((name, new) for name, new in _fields(after) if not _empty(new))
    return tuple(
        FieldChange(field=name, old=None, new=public[name] if name in public else _told(new)) for name, new in there
    )


def _differing(before: object, after: object) -> Iterator[tuple[str, object, object]]:
    parts = parts_of(cast("type", type(before)))
    for name in fields_of(before):
        if name in UPKEEP or (old := getattr(before, name)) == (new := getattr(after, name)):
            continue
        if name not in parts:
            yield name, old, new
            continue
        was, now = dict(_parts(old)), dict(_parts(new))
        for part in {**was, **now}:
            if was.get(part) != now.get(part):
                yield f"{name}.{part}", was.get(part), now.get(part)


def _fields(record: object) -> Iterator[tuple[str, object]]:
    parts = parts_of(cast("type", type(record)))
    for name in fields_of(record):
        if name in parts:
            yield from ((f"{name}.{part}", value) for part, value in _parts(getattr(record, name)))
        elif name not in UPKEEP:
            yield name, getattr(record, name)


def _parts(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        return ((str(key), each) for key, each in value.items())
    return _fields(value)


def _change(name: str, old: object, new: object) -> FieldChange:
    return FieldChange(field=name, old=_told(old), new=_told(new))


def _empty(value: object) -> bool:
    return value is None or value is False or (not value and isinstance(value, str | tuple | frozenset))


def _told(value: object) -> Plain | Secret:
    return value if value is None or isinstance(value, Secret) else plain(value)
