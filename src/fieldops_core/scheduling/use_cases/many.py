"""
Many visits at once: what stands against each, from one load for all.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import groupby, pairwise
from operator import attrgetter
from uuid import UUID

from attrs import Factory, frozen

from fieldops_core.access.context import Call
from fieldops_core.company.model import Setup
from fieldops_core.kernel.cells import CELL_SECONDS, Mask, epoch
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.rules import Rule, Violation, violations
from fieldops_core.kernel.time import Period, local_date
from fieldops_core.scheduling.calculations import Frame, Knowledge, by_owner, cells_of, frame, taken_cells, user_time
from fieldops_core.scheduling.model import AppointmentId, Block
from fieldops_core.scheduling.ports import Taken, Unit
from fieldops_core.scheduling.rules import PAST, TIME, Placement, Visit
from fieldops_core.scheduling.rules.bulk import Encounter, named
from fieldops_core.scheduling.use_cases.loading import SLACK, taken_by, visibility
from fieldops_core.staff.model import Absence

WEEK = 7
WEEK_SECONDS = 7 * 86_400


def against_each(
    visits: Sequence[Visit],
    call: Call[Unit],
    setup: Setup,
    *,
    without: Collection[AppointmentId] = (),
    past: bool = False,
    rules: Sequence[Rule[Placement]] = TIME,
) -> tuple[tuple[Violation, ...], ...]:
    """
    What the rules of time (or others, *rules*) say against each of some visits, of the past too where it is asked:
    three queries, however many they are. *without* are appointments that do not stand in the way. The users must be
    locked where the visits are to be saved.
    """
    if not visits:
        return ()
    weeks = _Weeks(visits=visits, call=call, setup=setup, without=frozenset(without), now=call.now if past else None)
    late = [visit for visit in visits if not weeks.offers(visit)]
    blocks = weeks.blocks(late) if late else {}
    may_see = visibility(call.actor)
    asked = (*rules, *PAST) if past else rules
    why = {id(visit): violations(asked, weeks.placement(visit, blocks, may_see)) for visit in late}
    return tuple(why.get(id(visit), ()) for visit in visits)


def against_all(
    visits: Sequence[Visit],
    call: Call[Unit],
    *,
    apart: Sequence[Rule[Encounter]],
    without: Collection[AppointmentId],
    past: bool,
    rules: Sequence[Rule[Placement]] = TIME,
) -> tuple[Violation, ...]:
    """
    The same of visits that are changed together, each user and date named, and, by the rules of *apart*, where those
    of one user would come to stand in each other.
    """
    found: tuple[Violation, ...] = ()
    in_order = sorted((each for each in visits if each.start), key=lambda each: (each.person.id, each.start))
    for _, theirs in groupby(in_order, key=lambda each: each.person.id):
        for one, other in pairwise(theirs):
            found += violations(apart, Encounter(first=one, second=other))
    setup = call.unit.companies.setup()
    against = against_each(visits, call, setup, without=without, past=past, rules=rules)
    return found + tuple(
        named(each, visit.person, visit.told.date()) for visit, why in zip(visits, against, strict=True) for each in why
    )


@frozen(kw_only=True)
class _Weeks:
    """
    The time of the users of some visits, in all the weeks that these lie in.
    """

    visits: Sequence[Visit]
    call: Call[Unit]
    setup: Setup
    without: frozenset[AppointmentId]
    now: datetime | None
    _offered: dict[tuple[UserId, Frame, int], Mask] = Factory(dict)
    _known: dict[Frame, Knowledge] = Factory(dict)

    def offers(self, visit: Visit) -> bool:
        """
        Whether the visit's start is among those that fit: the fitting itself.
        """
        if visit.start is None or visit.minutes < 1:
            return False
        week = self._week(visit)
        key = (visit.person.id, week, visit.minutes)
        offered = self._offered.get(key)
        if offered is None:
            time = user_time(visit.person, week, self._knowledge(week))
            offered = self._offered[key] = time.starts(cells_of(visit.minutes), cells_of(visit.length.step))
        on_a_cell = epoch(visit.start) % CELL_SECONDS == 0 and visit.start.microsecond == 0
        return on_a_cell and offered >> week.cells.cell(visit.start) & 1 == 1

    def blocks(self, visits: Iterable[Visit]) -> Mapping[UserId, list[Block]]:
        """
        What stands in the time of the users of some visits.
        """
        found: defaultdict[UserId, list[Block]] = defaultdict(list)
        users = {visit.person.id for visit in visits}
        for each in self.call.unit.times.blocks(self._period, users=users, occupying=True):
            if each.appointment not in self.without:
                found[each.user].append(each)
        return found

    def placement(
        self, visit: Visit, blocks: Mapping[UserId, Sequence[Block]], may_see: Callable[[Block], bool]
    ) -> Placement:
        """
        The case of the rules of time, on the visit's own local day.
        """
        if visit.start is None or visit.minutes < 1:
            return Placement(visit=visit, period=None, time=None, may_see=may_see)
        period = Period(start=visit.start, end=visit.start + timedelta(minutes=visit.minutes))
        day = self._frame(visit, local_date(visit.start, visit.zone), 1)
        around = day.cells.period
        there = tuple(
            each
            for each in blocks.get(visit.person.id, ())
            if each.occupied is not None and each.occupied.overlaps(around)
        )
        held = [each for each in self._near(day) if each.hold is not None]
        known = self._knowing(day, [*taken_by(there), *held])
        return Placement(
            visit=visit, period=period, time=user_time(visit.person, day, known), blocks=there, may_see=may_see
        )

    @cached_property
    def _period(self) -> Period:
        edges = [week.cells.period for week in {self._week(visit) for visit in self.visits}]
        return Period(start=min(each.start for each in edges), end=max(each.end for each in edges))

    @cached_property
    def _users(self) -> frozenset[UserId]:
        return frozenset(visit.person.id for visit in self.visits)

    @cached_property
    def _absences(self) -> Mapping[UUID, tuple[Absence, ...]]:
        first, last = (local_date(edge, "UTC") for edge in (self._period.start, self._period.end))
        return by_owner(self.call.unit.absences.between(first - SLACK, last + SLACK, users=self._users))

    @cached_property
    def _taken(self) -> Mapping[int, Sequence[Taken]]:
        """
        What takes users' time, appointments and holds, by each UTC week (counted from 1970) that it touches.
        """
        found: defaultdict[int, list[Taken]] = defaultdict(list)
        for each in self.call.unit.times.taken(self._period, users=self._users, now=self.call.now):
            if each.appointment not in self.without:
                for week in {each.start // WEEK_SECONDS, (each.until - 1) // WEEK_SECONDS}:
                    found[week].append(each)
        return found

    def _knowledge(self, week: Frame) -> Knowledge:
        known = self._known.get(week)
        if known is None:
            known = self._known[week] = self._knowing(week, sorted(self._near(week), key=attrgetter("user")))
        return known

    def _near(self, within: Frame) -> set[Taken]:
        period = within.cells.period
        first, last = epoch(period.start) // WEEK_SECONDS, epoch(period.end) // WEEK_SECONDS
        return {each for number in range(first, last + 1) for each in self._taken.get(number, ())}

    def _knowing(self, within: Frame, taken: Collection[Taken]) -> Knowledge:
        return Knowledge(
            zones={location.id: location.zone for location in self.setup.locations},
            absences=self._absences,
            taken=taken_cells(within, (each for each in taken if each.hold is None)),
            held=taken_cells(within, (each for each in taken if each.hold is not None)),
            rule=self.setup.settings.working_hours_rule,
            now=self.now,
        )

    def _week(self, visit: Visit) -> Frame:
        day = visit.told.date() if visit.start is None else local_date(visit.start, visit.zone)
        return self._frame(visit, day - timedelta(days=day.weekday()), WEEK)

    def _frame(self, visit: Visit, first: date, days: int) -> Frame:
        return frame(visit.zone, first, days, visit.settings.grid_start, visit.settings.grid_end)
