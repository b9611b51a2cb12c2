"""
Rules of another time zone for visits that are booked already.
"""

from attrs import frozen

from fieldops_core.kernel.errors import Facts
from fieldops_core.kernel.rules import rule
from fieldops_core.kernel.time import Period, local, local_day
from fieldops_core.scheduling.calculations import Timing
from fieldops_core.scheduling.model import Appointment, AppointmentId, Keeping


@frozen(kw_only=True)
class Rezoning:
    """
    Another zone of a location with so many *open* appointments, and what they are to *keep*.
    """

    open: int
    keep: Keeping | None


@rule(
    "SCH-26",
    "zone.keep_required",
    "The location has open appointments ({open}): say whether they keep their local times or their instants.",
    field="keep",
)
def keeping_is_said(case: Rezoning) -> Facts | None:
    """
    What was agreed, the clock's time or the moment, nobody but the company knows.
    """
    return {"open": case.open} if case.open and case.keep is None else None


@frozen(kw_only=True)
class Retiming:
    """
    A visit of a *user* as it would be timed in a *zone*; None where its local time does not exist there. *seen*:
    whether the reader may see which visit it is.
    """

    appointment: Appointment
    user: str
    zone: str
    time: Timing | None
    seen: bool


@rule("SCH-26", "zone.time_nonexistent", "{user}'s visit at {time} on {date}: the clocks skip that time in {zone}.")
def local_time_exists_there(case: Retiming) -> Facts | None:
    """
    A visit whose local time is skipped has to be moved before.
    """
    return _named(case) if case.time is None else None


@rule("SCH-26", "zone.past_midnight", "{user}'s visit at {time} on {date} would cross midnight in {zone}.")
def visit_stays_in_one_day(case: Retiming) -> Facts | None:
    """
    No visit crosses local midnight (SCH-02).
    """
    if case.time is None:
        return None
    day = local_day(case.zone, case.time.agreed.date())
    return _named(case) if day is None or case.time.period.end > day.end else None


def _named(case: Retiming) -> dict[str, object]:
    visit = case.appointment
    told = {"time": f"{visit.agreed:%H:%M}", "date": visit.agreed.date()}
    which = {"appointment": visit.id} if case.seen else {}
    return {"user": case.user, "zone": case.zone, **told, **which}


@frozen(kw_only=True)
class Meeting:
    """
    Two visits of a *user*, the earlier one first, at their instants after a change; told in a *zone*. *seen* are those
    that the reader may see.
    """

    user: str
    zone: str
    first: Period
    second: Period
    seen: tuple[AppointmentId, ...] = ()


@rule("SCH-26", "zone.overlap", "{user}'s visits at {first} and {second} on {date} would overlap.")
def visits_stay_apart(case: Meeting) -> Facts | None:
    """
    Nobody comes to have two visits at once because clocks are read otherwise.
    """
    if not case.first.overlaps(case.second):
        return None
    first, second = (local(each.start, case.zone) for each in (case.first, case.second))
    return {
        "user": case.user,
        "first": f"{first:%H:%M}",
        "second": f"{second:%H:%M}",
        "date": first.date(),
        "appointments": case.seen,
    }


REZONING = (keeping_is_said,)
RETIMING = (local_time_exists_there, visit_stays_in_one_day)
MEETING = (visits_stay_apart,)
