"""
Single grants, beside what roles hold: as a form offers them, and as it tells them (ACC-01).
"""

from collections.abc import Iterable
from uuid import UUID

from attrs import frozen

from fieldops_core.access.model import Action, Grant, Grants, Permission
from fieldops_core.access.views import GrantView
from fieldops_core.company.views import LocationView
from fieldops_core.kernel.errors import InvalidValue
from fieldops_core.kernel.ids import LocationId
from fieldops_http.pages.typed import Typed

FIELD = "grants"
ROWS = 3


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()


GROUPS = tuple(
    (_words(permission.value), tuple((f"{permission.value}:{each.value}", each.value) for each in permission.actions))
    for permission in sorted(Permission, key=lambda each: each.value)
)
"""
What can be granted, by permission: each as a form sends it, and its action.
"""


@frozen(kw_only=True)
class Box:
    """
    A grant that stands, to be kept or taken.
    """

    value: str
    label: str
    kept: bool


@frozen(kw_only=True)
class Offer:
    """
    What a form shows: those that stand, and *rows* for more, each with what was chosen and where.
    """

    boxes: tuple[Box, ...]
    rows: tuple[tuple[str, str], ...]
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = GROUPS

    @property
    def begun(self) -> bool:
        return bool(self.boxes) or any(what for what, _ in self.rows)


def offer(typed: Typed, standing: Iterable[GrantView], locations: Iterable[LocationView]) -> Offer:
    there = tuple(locations)
    boxes = (
        Box(value=(value := value_of(each)), label=words(each, there), kept=value in typed.all(FIELD))
        for each in standing
    )
    chosen = _rows(typed)
    return Offer(boxes=tuple(boxes), rows=(*chosen, *[("", "")] * max(1, ROWS - len(chosen))))


def grants(typed: Typed) -> Grants:
    """
    Those that are kept, and those that were added.

    Raises:
        InvalidValue: where one of them is none.
    """
    return frozenset(map(_grant, (*typed.all(FIELD), *(f"{what}:{at}" for what, at in _rows(typed)))))


def value_of(grant: GrantView) -> str:
    """
    As a form sends it.
    """
    return f"{grant.permission.value}:{grant.action.value}:{grant.at or ''}"


def words(grant: GrantView, locations: Iterable[LocationView]) -> str:
    at = next((each.name for each in locations if each.id == grant.at), None)
    told = f"{_words(grant.permission.value)}: {grant.action.value}"
    return f"{told}, in {at}" if at else told


def _rows(typed: Typed) -> tuple[tuple[str, str], ...]:
    pairs = zip(typed.all("more"), typed.all("where"), strict=False)
    return tuple((what, at) for what, at in pairs if what)


def _grant(text: str) -> Grant:
    try:
        permission, action, at = text.split(":")
        return Grant(Permission(permission), Action(action), LocationId(UUID(at)) if at else None)
    except ValueError:
        raise InvalidValue("reference.invalid", "Choose one of those that there are.", field=FIELD) from None
