"""
Times, distances and statuses, in the words of who reads them.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol
from uuid import UUID

from fieldops_core.company.model import ListMode
from fieldops_core.kernel.time import repeated, zone_info
from fieldops_core.scheduling.views.parts import DistanceView
from fieldops_http.pages.wording import MODES

SOURCES = {"app": "in the app", "web": "on the pages", "api": "by a program", "link": "by a link", "import": "imported"}
ORIGINS = {
    "start_location": "the start location",
    "previous_completed": "the visit completed before",
    "previous_booked": "the visit before",
}
EXACTNESS = {"road": "by road", "estimate": "estimated", "straight_line": "as the crow flies"}


def day(time: datetime) -> str:
    """
    "Tue 24 Nov".
    """
    return f"{time:%a} {time.day} {time:%b}"


def moment(time: datetime) -> str:
    """
    "Tue 24 Nov, 09:00".
    """
    return f"{day(time)}, {time:%H:%M}"


def window(start: datetime, end: datetime) -> str:
    """
    "Tue 24 Nov, 09:00 to 10:30".
    """
    return f"{moment(start)} to {end:%H:%M}"


def length(minutes: int) -> str:
    """
    "1 h 30 min".
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


def way(distance: DistanceView) -> str:
    """
    "7.7 mi, 14 min, by road".
    """
    minutes = distance["minutes"]
    parts = [distance["text"], "" if minutes is None else f"{minutes} min", EXACTNESS[distance["kind"]]]
    return ", ".join(part for part in parts if part)


def local_text(time: datetime) -> str:
    """
    As a field of a local time has it: "2026-05-27T09:00".
    """
    return f"{time:%Y-%m-%dT%H:%M}"


def taken(user: UUID, start: datetime) -> str:
    """
    Who comes and when, as the button of a suggestion says it: *start* is a local time.
    """
    return f"{user} {local_text(start)} {start.fold}"


def twice(start: datetime | None, zone: str) -> list[tuple[str, str]]:
    """
    What there is to choose from where clocks show a naive time twice: pairs of fold and text, "Second 01:30 (MST)".
    """
    if start is None or start.tzinfo or not repeated(start, zone):
        return []
    both = [start.replace(fold=fold, tzinfo=zone_info(zone)) for fold in (0, 1)]
    return [(f"{at.fold}", f"{name} {at:%H:%M} ({at:%Z})") for name, at in zip(("First", "Second"), both, strict=True)]


class Named(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...


def named(entries: Iterable[Named]) -> list[tuple[UUID, str]]:
    """
    What a field offers to choose from.
    """
    return [(each.id, each.name) for each in entries]


def modes(offered: Iterable[ListMode]) -> list[tuple[str, str]]:
    return [(each.value, MODES[each]) for each in offered]
