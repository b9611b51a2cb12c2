"""
What the rules of the model choose from: any time and anybody, or what there is.
"""

from datetime import datetime

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from fieldops_core.scheduling.model import TRANSITIONS, AppointmentId, Status
from fieldops_core.testing.stateful.comparing import NAMES, Comparison
from fieldops_core.testing.stateful.naive import ALL, DATES, HALF_HOUR

lengths = st.integers(1, 6).map(lambda halves: 30 * halves)
people = st.integers(0, len(NAMES) - 1)
dates = st.sampled_from(DATES)
mostly = st.sampled_from([True, True, False])
time_of_day = st.integers(0, 47) | st.integers(44, 47)
halves = st.integers(-3, 3)
reasons = st.sampled_from(["On purpose.", "They asked for it.", ""])
shifts = st.tuples(st.integers(0, 47), st.integers(1, 48)).filter(lambda shift: shift[0] < shift[1])
anywhere = st.integers(0, (ALL.end - ALL.start) // HALF_HOUR - 1).map(lambda half: ALL.start + half * HALF_HOUR)
beginnings = st.integers(-24, 40).map(lambda half: ALL.start + half * HALF_HOUR)

some_visit = precondition(lambda model: bool(model.naive.visits))
"""
A rule for when there are visits.
"""

some_pair = precondition(lambda model: bool(model.naive.pairs))


def visits_in(*statuses: Status) -> st.SearchStrategy[AppointmentId]:
    """
    A visit, mostly in one of some statuses: of each that there is as often as of any other.
    """

    def there(model: Comparison) -> st.SearchStrategy[AppointmentId]:
        visits = model.naive.visits
        by_status = {each: [id for id in visits if visits[id].status is each] for each in statuses}
        wanted = [ids for ids in by_status.values() if ids] or [[*visits]]
        return st.sampled_from([*wanted, *wanted, [*visits]]).flatmap(st.sampled_from)

    return st.runner().flatmap(there)


def _paired(model: Comparison) -> st.SearchStrategy[AppointmentId]:
    visits = model.naive.visits
    return st.sampled_from([id for id, visit in visits.items() if visit.beside] or [*visits])


paired = st.runner().flatmap(_paired)
"""
One of a pair, if there is one.
"""


def _near(model: Comparison) -> st.SearchStrategy[datetime]:
    there = [visit.start for visit in model.naive.visits.values()] or [ALL.start]
    return st.builds(apart_from, st.sampled_from(there), halves)


def apart_from(start: datetime, count: int) -> datetime:
    """
    So many half hours later, as far as there are days.
    """
    return min(max(start + count * HALF_HOUR, ALL.start), ALL.end - HALF_HOUR)


starts = anywhere | st.runner().flatmap(_near)
"""
A half hour, as often as not one near the start of a visit.
"""


def _followers(model: Comparison) -> st.SearchStrategy[tuple[AppointmentId, Status]]:
    followers = {id: [*TRANSITIONS[visit.status]] for id, visit in model.naive.visits.items()}
    return visits_in(*Status).flatmap(lambda id: st.tuples(st.just(id), st.sampled_from(followers[id])))


followers = st.runner().flatmap(_followers)
"""
A visit, and a status that may follow its own.
"""
