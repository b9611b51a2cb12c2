"""
A change of somebody's time or coverage is shown before it is made: the visits that it would strand (APT-14), and those
that it would put out of coverage.
"""

from datetime import datetime
from hashlib import sha256
from typing import TypeVar

from attrs import frozen

from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.time import day_in_words
from fieldops_core.scheduling.model import Lack
from fieldops_core.scheduling.views import OutOfCoverageView, StrandedView, UncoveredLine, VisitLine
from fieldops_http.pages.frame import Present
from fieldops_http.pages.wording import MODES

V = TypeVar("V")

WHY = {
    Lack.NOT_WORKING: "not at work then",
    Lack.ABSENT: "absent then",
    Lack.DEACTIVATED: "deactivated",
}


@frozen(kw_only=True)
class Line:
    """
    A visit as a review lists it.
    """

    id: str
    customer: str
    type: str
    when: str
    why: str


@frozen(kw_only=True)
class Review:
    """
    What a change would come to. *stranded* and *uncovered* count all such visits; the *lines* of those that the reader
    may see tell which. *seen* stands for all of that, and for the change itself: who sends it has read this.
    """

    stranded: int
    uncovered: int
    stranded_lines: tuple[Line, ...]
    uncovered_lines: tuple[Line, ...]
    seen: str

    @property
    def harmless(self) -> bool:
        return not (self.stranded or self.uncovered)


def reviewed(here: Present, command: object, *, version: int | None, seen: str, always: bool) -> Review | None:
    """
    Carry out a command whose review its sender has *seen*, or one that comes to nothing and need not be shown
    (not *always*). Answers what is to be shown first; None, where it is done.

    Raises:
        Refused, Stale, Forbidden, NotFound, InvalidValue: as the command.
    """
    review = _review(here, command, version)
    if review.seen != seen and (always or not review.harmless):
        return review
    here.tell(command, version=version)
    return None


def _review(here: Present, command: object, version: int | None) -> Review:
    preview = here.preview(command, version=version)
    if preview.receipt is None:
        raise Refused(preview.violations)
    stranded = _added(preview.receipt.added, StrandedView, StrandedView())
    uncovered = _added(preview.receipt.added, OutOfCoverageView, OutOfCoverageView())
    ids = [(each.id, each.version) for each in (*stranded.appointments, *uncovered.appointments)]
    told = repr((command, version, stranded.count, uncovered.count, ids))
    return Review(
        stranded=stranded.count,
        uncovered=uncovered.count,
        stranded_lines=tuple(_line(each, ", ".join(WHY[lack] for lack in each.why)) for each in stranded.appointments),
        uncovered_lines=tuple(_line(each, _far(each)) for each in uncovered.appointments),
        seen=sha256(told.encode()).hexdigest(),
    )


def _added(added: tuple[object, ...], kind: type[V], otherwise: V) -> V:
    return next((each for each in added if isinstance(each, kind)), otherwise)


def _line(line: VisitLine, why: str) -> Line:
    return Line(
        id=str(line.id),
        customer=line.customer.name,
        type=line.type,
        when=when(line.start, line.end),
        why=why,
    )


def _far(line: UncoveredLine) -> str:
    distance = line.distance["text"] + " away" if line.distance else "too far away"
    return f"{distance}, no longer among {' or '.join(MODES[mode] for mode in line.modes).lower()}"


def when(start: datetime, end: datetime) -> str:
    """
    When a visit is, as its place tells it: ``Wed 27 May 2026, 13:00–15:00 MDT``.
    """
    return f"{day_in_words(start)}, {start:%H:%M}–{end:%H:%M} {start:%Z}"
