"""
What a bulk schedule answers, told from its plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from fieldops_core.kernel.time import day_in_words, local
from fieldops_core.scheduling.model import Appointment
from fieldops_core.scheduling.rules.bulk import Occurrence, Plan, Share
from fieldops_core.scheduling.views import (
    BulkDate,
    BulkPreview,
    BulkShare,
    BulkView,
    SeriesView,
    SeriesVisit,
    UserRef,
)


def bulk_preview(plan: Plan, *, now: datetime) -> BulkPreview:
    shares = tuple(
        BulkShare(
            user=UserRef(id=share.person.id, name=share.person.name),
            count=len(plan.created(share)),
            why_not=share.why_not,
            dates=tuple(_bulk_date(plan, share, each) for each in share.occurrences),
        )
        for share in plan.shares
    )
    over = [each.start for share in plan.shares for each in plan.created(share) if each.start and each.start < now]
    return BulkPreview(
        summary=_bulk_summary(plan, "will be"),
        total=plan.total,
        minutes=plan.minutes,
        zone=plan.zone,
        violations=plan.refusals,
        warnings=_bulk_warnings(over, plan.zone),
        technicians=shares,
    )


def bulk_view(plan: Plan, created: Iterable[Appointment]) -> BulkView:
    by_user: defaultdict[UUID, list[Appointment]] = defaultdict(list)
    for each in created:
        by_user[each.user].append(each)
    return BulkView(
        summary=_bulk_summary(plan, "were"),
        total=plan.total,
        zone=plan.zone,
        series=tuple(
            _series(plan, share, by_user[share.person.id]) for share in plan.shares if by_user[share.person.id]
        ),
    )


def _series(plan: Plan, share: Share, visits: Sequence[Appointment]) -> SeriesView:
    series = visits[0].series
    if series is None:
        raise ValueError("a visit of a bulk schedule is of no series")
    return SeriesView(
        series=series,
        user=UserRef(id=share.person.id, name=share.person.name),
        appointments=tuple(series_visit(each) for each in visits),
        skipped=tuple(_bulk_date(plan, share, each) for each in share.occurrences if each.why_not),
    )


def series_visit(visit: Appointment) -> SeriesVisit:
    return SeriesVisit(
        id=visit.id,
        version=visit.version,
        status=visit.status,
        start=local(visit.period.start, visit.zone),
        end=local(visit.period.end, visit.zone),
    )


def _bulk_date(plan: Plan, share: Share, occurrence: Occurrence) -> BulkDate:
    start = occurrence.start
    return BulkDate(
        date=occurrence.date,
        start=start and local(start, plan.zone),
        end=start and local(start + timedelta(minutes=plan.minutes), plan.zone),
        verdict=plan.verdict(share, occurrence),
        why_not=occurrence.why_not,
    )


def _bulk_summary(plan: Plan, tense: str) -> str:
    """
    "3 appointments will be created for each selected technician (6 total)." (BLK-03); where the technicians get
    different numbers, each is named.
    """
    counts = [len(plan.created(share)) for share in plan.shares]
    if len(set(counts)) > 1:
        each = ", ".join(f"{share.person.name} {count}" for share, count in zip(plan.shares, counts, strict=True))
        return f"{_some(plan.total, tense)} created: {each}."
    return f"{_some(counts[0] if counts else 0, tense)} created for each selected technician ({plan.total} total)."


def _some(count: int, tense: str) -> str:
    past = {"were": "was"}.get(tense, tense)
    return f"{count} appointment {past}" if count == 1 else f"{count} appointments {tense}"


def _bulk_warnings(over: Sequence[datetime], zone: str) -> tuple[str, ...]:
    """
    A start that is already past today is warned of (BLK-01).
    """
    if not over:
        return ()
    start = local(over[0], zone)
    return (f"{start:%H:%M} on {day_in_words(start)} is over: {_some(len(over), 'will be')} entered for the record.",)
