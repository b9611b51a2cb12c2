"""
The company's appointments, page by page.
"""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.ids import LocationId
from fieldops_core.scheduling.model import Appointment, Block, Status
from fieldops_core.scheduling.ports import Selection, Sight, Span, StartPlace
from fieldops_core.testing.builders import a_period
from fieldops_core.testing.clock import NOW
from fieldops_core.testing.contracts.visits import FIRST, shown, some_visits
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def instants() -> SearchStrategy[datetime]:
    """
    Within the days that these suites look at.
    """
    return st.integers(0, 5 * 96).map(lambda quarter: FIRST + quarter * timedelta(minutes=15))


def places(world: World) -> SearchStrategy[frozenset[LocationId]]:
    return st.frozensets(world.known.locations)


@st.composite
def selections(draw: st.DrawFn, world: World) -> Selection:
    spans = st.lists(st.builds(Span, locations=places(world), start=instants(), end=instants()), max_size=3).map(tuple)
    kinds = st.fixed_dictionaries({kind: places(world) for kind in Kind})
    sights = st.builds(Sight, kinds=kinds, only_of=st.none() | world.known.users, own=places(world))
    return Selection(
        spans=draw(st.none() | spans),
        users=draw(st.none() | st.frozensets(world.known.users)),
        statuses=draw(st.none() | st.frozensets(st.sampled_from(Status))),
        pending_reassignment=draw(st.none() | st.booleans()),
        late_at=draw(st.none() | instants()),
        sight=draw(st.none() | sights),
    )


def selected(visit: Appointment, asked: Selection, world: World) -> bool:
    """
    Whether a selection holds an appointment, asked one thing after the other.
    """
    start = visit.period.start
    at = next(each.location for each in (world.maria, world.jens) if each.id == visit.customer)
    if asked.spans is not None:
        there = [span for span in asked.spans if visit.location in span.locations]
        if not any(span.start <= start < span.end for span in there):
            return False
    if asked.users is not None and visit.user not in asked.users:
        return False
    if asked.statuses is not None and visit.status not in asked.statuses:
        return False
    if asked.pending_reassignment not in (None, visit.pending_reassignment):
        return False
    awaited = visit.status in (Status.SCHEDULED, Status.EN_ROUTE)
    if asked.late_at is not None and not (awaited and start < asked.late_at):
        return False
    if asked.sight is not None and at not in asked.sight.kinds[visit.kind]:
        return visit.kind is Kind.SALES and visit.user == asked.sight.only_of and at in asked.sight.own
    return True


class ListsContract(Suite):
    """
    The company-wide list (APT-26).
    """

    @pytest.mark.rule("APT-26")
    @EXAMPLES
    @given(data=st.data())
    def test_pages_make_up_what_is_selected_by_start(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        asked, limit = data.draw(selections(world)), data.draw(st.integers(1, 4))
        there = sorted(visits, key=lambda each: (each.period.start, each.id))
        expected = [shown(each, world) for each in there if selected(each, asked, world)]

        found: list[Block] = []
        after = None
        with world.reading() as unit:
            while page := unit.times.selected(asked, after=after, limit=limit):
                assert len(page) <= limit
                found += page
                assert len(found) <= len(visits), "a page repeats what another held"
                after = StartPlace(page[-1].start, page[-1].appointment)

        assert found == expected

    @pytest.mark.rule("APT-26", "API-04")
    def test_a_page_goes_on_where_an_appointment_was_that_is_no_longer_there(self, world: World) -> None:
        first, second, third = (world.visit(period=a_period(time)) for time in ("09:00", "10:00", "11:00"))
        world.keep(first, third)

        with world.reading() as unit:
            after = StartPlace(second.period.start, second.id)
            found = unit.times.selected(Selection(), after=after, limit=10)

        assert found == (shown(third, world),)

    @pytest.mark.rule("SEC-01")
    def test_another_companys_appointments_are_not_listed(self, storage: Storage, world: World) -> None:
        world.keep(world.visit())

        with founded(storage).reading() as unit:
            assert unit.times.selected(Selection(late_at=NOW + timedelta(days=9)), after=None, limit=10) == ()
            assert unit.times.selected(Selection(), after=None, limit=10) == ()
