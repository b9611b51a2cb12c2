"""
History: the difference of two frozen values, computed once for all aggregates.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, cast
from uuid import UUID

from attrs import frozen

from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.plain import Plain, blank_of, fields_of, parts_of, plain
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
        return tuple(_change(name, old, None) for name, old in told_fields(before))
    return tuple(_change(*each) for each in _differing(before, after))


def filled(after: object, *, public: Mapping[str, Plain] = MappingProxyType({})) -> tuple[FieldChange, ...]:
    """
    What a record begins with: its fields that are not empty. Those that are told as *public* (by the event of its
    making) need not be told anew.
    """
    return tuple(
        FieldChange(field=name, old=None, new=public[name] if name in public else _told(new))
        for name, new in told_fields(after)
    )


def told_fields(record: object) -> Iterator[tuple[str, object]]:
    """
    The fields of a record that are not empty, without the upkeep fields; those of its parts by their paths.
    """
    parts = parts_of(cast("type", type(record)))
    for name in fields_of(record):
        value = getattr(record, name)
        if name not in parts:
            if name not in UPKEEP and not _empty(value):
                yield name, value
        elif value != _nothing_told(cast("type", type(value))):
            yield from ((f"{name}.{part}", each) for part, each in _parts(value) if not _empty(each))


@lru_cache(maxsize=256)
def _nothing_told(kind: type) -> object | None:
    """
    A part with nothing in it, as most are; None where it cannot be empty.
    """
    blank = blank_of(kind)
    return None if blank is None or any(not _empty(each) for _, each in _fields(blank)) else blank


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
    return not value and (value is None or value is False or isinstance(value, str | tuple | frozenset))


def _told(value: object) -> Plain | Secret:
    return value if value is None or isinstance(value, Secret) else plain(value)
