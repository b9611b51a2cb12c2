"""
A form that somebody else overtook: what was typed in it stays, and all else becomes what stands now.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode

from fieldops_http.pages import granting
from fieldops_http.pages.typed import ADDRESS, Fields, Typed, of_lines

SETS = frozenset({"further", "program", "role", granting.FIELD})
"""
Fields each of whose values is chosen by itself.
"""
TOGETHER = {
    **dict.fromkeys(ADDRESS, "address"),
    **dict.fromkeys(("latitude", "longitude"), "point"),
    **dict.fromkeys(("more", "where"), "more"),
}
"""
Fields that say one thing.
"""


def marked(texts: Mapping[str, str]) -> str:
    """
    What a form began with, in few letters for each text: so that later it is known where somebody typed.
    """
    return urlencode({name: _mark(text) for name, text in texts.items()})


def touched(texts: Mapping[str, str], was: str) -> frozenset[str]:
    """
    The names of those that are another text than what the form began with, or were not there, or are no more.
    """
    before, now = dict(parse_qsl(was)), {name: _mark(text) for name, text in texts.items()}
    return frozenset(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _mark(text: str) -> str:
    return sha256(of_lines(text).encode("utf-8", "replace")).hexdigest()[:12]


def began(fields: Fields) -> str:
    """
    What a user's form began with, as :func:`marked` says it.
    """
    return marked(_texts(_parts(Typed(fields))))


def merged(standing: Fields, typed: Typed, was: str) -> Typed:
    """
    What was typed in a user's form over what stands now. Without *was* nobody knows what that is: then it is all.
    """
    if not was:
        return typed
    now, mine = _parts(Typed(standing)), _parts(typed)
    changed = touched(_texts(mine), was)
    kept = [part for name, part in now.items() if name not in changed]
    return _joined([*kept, *(part for name, part in mine.items() if name in changed)])


def _parts(typed: Typed) -> dict[str, dict[str, list[str]]]:
    """
    The fields of a form, by the one thing that they say: a day's hours, an address, a role that is chosen. What is
    empty is none.
    """
    found: dict[str, dict[str, list[str]]] = {}
    for placed, values in typed.fields.items():
        name, day = _of_a_date(typed, placed)
        for value in values:
            part = f"{name} {value}" if name in SETS else day or TOGETHER.get(name) or name.replace("end.", "start.")
            found.setdefault(part, {}).setdefault(name, []).append(value)
    return {part: fields for part, fields in found.items() if any(map(str.strip, _flat(fields)))}


def _of_a_date(typed: Typed, name: str) -> tuple[str, str]:
    """
    The name of a date's field without its place, which others may take, and the date.
    """
    kind, _, place = name.partition(".")
    if kind == "date":
        return kind, typed.one(name)
    return (f"{kind}.d", typed.one(f"date.{place[1:]}")) if place.startswith("d") else (name, "")


def _joined(parts: Iterable[Mapping[str, list[str]]]) -> Typed:
    fields: dict[str, list[str]] = {}
    dates = 0
    for part in parts:
        for name, values in part.items():
            placed = f"{name}{'' if name.endswith('.d') else '.'}{dates}" if "date" in part else name
            fields.setdefault(placed, []).extend(values)
        dates += "date" in part
    return Typed(fields | {"dates": [str(dates)]})


def _texts(parts: Mapping[str, Mapping[str, list[str]]]) -> dict[str, str]:
    return {name: "\n".join(text for text in map(str.strip, _flat(fields)) if text) for name, fields in parts.items()}


def _flat(fields: Mapping[str, list[str]]) -> list[str]:
    return [text for name in sorted(fields) for text in fields[name]]
