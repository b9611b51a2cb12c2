"""
A customer's list of appointments, and the time that two of one user never share.
"""

from datetime import datetime, timedelta

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from fieldops_core.access.model import Kind
from fieldops_core.app.ports import Storage
from fieldops_core.kernel.contact import Email
from fieldops_core.kernel.errors import Conflict
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.time import Period
from fieldops_core.scheduling.model import Appointment, SeriesId, Status
from fieldops_core.scheduling.ports import ListPlace
from fieldops_core.testing.builders import a_period, at, fresh
from fieldops_core.testing.contracts.visits import collide, some_visits, visit
from fieldops_core.testing.contracts.world import EXAMPLES, Suite, World, founded


def in_order(appointments: list[Appointment], as_of: datetime) -> list[Appointment]:
    """
    Upcoming ones first, soonest first, then the rest, latest first; ties by id.
    """
    by_id = sorted(appointments, key=lambda each: each.id)
    upcoming = [each for each in by_id if each.status is Status.SCHEDULED and each.period.end > as_of]
    rest = [each for each in by_id if each not in upcoming]
    return sorted(upcoming, key=lambda each: each.period.start) + sorted(
        rest, key=lambda each: each.period.start, reverse=True
    )


def place(appointment: Appointment, as_of: datetime) -> ListPlace:
    return ListPlace(
        as_of=as_of,
        upcoming=appointment.upcoming(as_of),
        start=appointment.period.start,
        id=appointment.id,
    )


def may_be_listed(appointment: Appointment, kinds: list[Kind], only_of: UserId | None) -> bool:
    return appointment.kind in kinds or (appointment.kind is Kind.SALES and appointment.user == only_of)


class CustomersListContract(Suite):
    """
    A customer's list (APT-09).
    """

    @EXAMPLES
    @given(data=st.data())
    def test_pages_make_up_the_whole_list_in_its_order(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        visits = data.draw(some_visits(world))
        world.keep(*visits)
        kinds = data.draw(st.lists(st.sampled_from(Kind), unique=True))
        only_of = data.draw(st.none() | world.known.users)
        edges = [edge for each in visits for edge in (each.period.start, each.period.end)]
        as_of = data.draw(st.sampled_from([at("09:00"), *edges]))
        limit = data.draw(st.integers(1, 4))
        listed = [each for each in visits if each.customer == world.maria.id and may_be_listed(each, kinds, only_of)]

        pages: list[Appointment] = []
        with world.reading() as unit:
            while found := unit.appointments.of_customer(
                world.maria.id,
                kinds=kinds,
                only_of=only_of,
                as_of=as_of,
                after=place(pages[-1], as_of) if pages else None,
                limit=limit,
            ):
                assert len(found) <= limit
                pages += found
                assert len(pages) <= len(visits), "a page repeats what another held"
            count = unit.appointments.upcoming(world.maria.id, kinds=kinds, only_of=only_of, as_of=as_of)

        assert pages == in_order(listed, as_of)
        assert count == sum(each.upcoming(as_of) for each in listed)

    def test_a_page_goes_on_where_an_appointment_was_that_is_no_longer_there(self, world: World) -> None:
        first, second, third = (world.visit(period=a_period(time)) for time in ("09:00", "10:00", "11:00"))
        world.keep(first, third)

        with world.reading() as unit:
            found = unit.appointments.of_customer(
                world.maria.id,
                kinds=list(Kind),
                only_of=None,
                as_of=at("08:00"),
                after=place(second, at("08:00")),
                limit=10,
            )

        assert found == (third,)

    def test_an_appointment_is_upcoming_until_its_end(self, world: World) -> None:
        visit = world.visit()
        world.keep(visit)

        with world.reading() as unit:
            counts = [
                unit.appointments.upcoming(world.maria.id, kinds=[Kind.TECH], only_of=None, as_of=as_of)
                for as_of in (visit.period.end - timedelta(seconds=1), visit.period.end)
            ]

        assert counts == [1, 0]


class ExclusionContract(Suite):
    """
    Two appointments that take time of the same user do not overlap, unless one is a double booking.
    """

    @pytest.mark.rule("STO-05", "SCH-06")
    @pytest.mark.parametrize("minutes", [-45, -15, 0, 15, 45])
    def test_an_appointment_that_overlaps_another_of_its_user_is_a_conflict(self, world: World, minutes: int) -> None:
        visit = world.visit()
        world.keep(visit)

        with pytest.raises(Conflict):
            world.keep(world.visit(period=shifted(visit, minutes)))

        with world.reading() as unit:
            assert len(unit.times.blocks(visit.period)) == 1

    @pytest.mark.rule("SCH-06")
    @pytest.mark.parametrize("minutes", [-60, 60])
    def test_appointments_that_only_touch_are_no_conflict(self, world: World, minutes: int) -> None:
        visit = world.visit()

        world.keep(visit, world.visit(period=shifted(visit, minutes)))

        with world.reading() as unit:
            assert len(unit.times.blocks(a_period("08:00", 180))) == 2

    @pytest.mark.parametrize("status", [Status.CANCELLED, Status.NO_SHOW])
    def test_what_takes_no_time_is_no_conflict(self, world: World, status: Status) -> None:
        world.keep(world.visit(), world.visit(status=status), world.visit(status=status))

    @pytest.mark.rule("STO-05")
    @pytest.mark.parametrize("status", [Status.EN_ROUTE, Status.ON_SITE, Status.COMPLETED])
    def test_what_takes_time_is_a_conflict_in_every_status(self, world: World, status: Status) -> None:
        world.keep(world.visit())

        with pytest.raises(Conflict):
            world.keep(world.visit(status=status))

    def test_a_double_booking_is_no_conflict(self, world: World) -> None:
        world.keep(world.visit(), world.visit(double_booked=True), world.visit(double_booked=True))

    @pytest.mark.rule("SCH-27", "STO-05")
    def test_what_is_no_longer_a_double_booking_is_kept_apart_again(self, world: World) -> None:
        one, other = world.visit(double_booked=True), world.visit(double_booked=True)
        world.keep(one, other)

        with world.writing() as unit:
            unit.appointments.save(evolve(one, double_booked=False, version=2))
        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save(evolve(other, double_booked=False, version=2))
        with pytest.raises(Conflict):
            world.keep(world.visit())

        with world.reading() as unit:
            assert [unit.appointments.get(each.id).double_booked for each in (one, other)] == [False, True]

    @pytest.mark.rule("SCH-27", "STO-05")
    def test_a_pair_parts_within_one_unit(self, world: World) -> None:
        one, other = world.visit(double_booked=True), world.visit(double_booked=True)
        world.keep(one, other)

        with world.writing() as unit:
            unit.appointments.save(evolve(one, double_booked=False, period=shifted(one, 60), version=2))
            unit.appointments.save(evolve(other, double_booked=False, version=2))

        with pytest.raises(Conflict):
            world.keep(world.visit())

    def test_another_users_time_is_no_conflict(self, world: World) -> None:
        world.keep(world.visit(), world.visit(user=world.ben.id))

    @pytest.mark.rule("SEC-01")
    def test_another_companys_time_is_no_conflict(self, storage: Storage, world: World) -> None:
        other = founded(storage)
        with other.writing() as unit:
            unit.users.add(evolve(world.ann, home=other.provo.id, roles=(), email=Email("another@example.com")))

        world.keep(world.visit())
        other.keep(other.visit(user=world.ann.id))

    @pytest.mark.rule("STO-05")
    def test_moving_onto_another_is_a_conflict_and_changes_nothing(self, world: World) -> None:
        visit, other = world.visit(), world.visit(period=a_period("11:00"))
        world.keep(visit, other)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save(evolve(other, period=shifted(visit, 30), version=2))

        with world.reading() as unit:
            assert unit.appointments.get(other.id) == other

    @pytest.mark.rule("STO-05")
    def test_reassigning_to_a_user_whose_time_is_taken_is_a_conflict(self, world: World) -> None:
        visit, other = world.visit(), world.visit(user=world.ben.id)
        world.keep(visit, other)

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save(evolve(other, user=world.ann.id, version=2))

    @pytest.mark.rule("STO-05")
    def test_taking_up_what_was_cancelled_is_a_conflict_where_its_time_was_given_away(self, world: World) -> None:
        cancelled = world.visit(status=Status.CANCELLED)
        world.keep(cancelled, world.visit())

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save(evolve(cancelled, status=Status.SCHEDULED, version=2))

    @pytest.mark.rule("STO-05")
    def test_cancelling_frees_the_time_within_the_same_unit(self, world: World) -> None:
        visit, instead = world.visit(), world.visit()
        world.keep(visit)

        with world.writing() as unit:
            unit.appointments.save(evolve(visit, status=Status.CANCELLED, version=2))
            unit.appointments.add(instead)

        with world.reading() as unit:
            assert unit.appointments.get(instead.id) == instead

    def test_moving_by_less_than_its_length_is_no_conflict_with_itself(self, world: World) -> None:
        visit = world.visit()
        world.keep(visit)

        with world.writing() as unit:
            unit.appointments.save(evolve(visit, period=shifted(visit, 15), version=2))

    @pytest.mark.rule("STO-05")
    @EXAMPLES
    @given(data=st.data())
    def test_what_is_refused_overlaps_what_stands(self, storage: Storage, data: st.DataObject) -> None:
        world = founded(storage)
        stand: list[Appointment] = []
        for each in data.draw(st.lists(visit(world), max_size=8)):
            refused = any(collide(each, other) for other in stand)
            try:
                world.keep(each)
            except Conflict:
                assert refused, "nothing stood against it"
            else:
                assert not refused, "its time was taken"
                stand.append(each)


class SeriesContract(Suite):
    """
    Many appointments at once (BLK-04, BLK-11).
    """

    def test_those_of_a_series_are_answered_from_an_instant_on_by_start(self, world: World) -> None:
        series, other = SeriesId(fresh()), SeriesId(fresh())
        visits = [
            world.visit(period=a_period(time), series=each)
            for time, each in (("13:00", series), ("09:00", series), ("11:00", series), ("15:00", other))
        ]
        self.keep_all(world, visits)
        third, first, second, _ = visits

        with world.reading() as unit:
            assert unit.appointments.of_series(series, since=first.period.start) == (first, second, third)
            assert unit.appointments.of_series(series, since=second.period.start) == (second, third)
            assert unit.appointments.of_series(series, since=third.period.end) == ()

    def test_each_is_saved_in_its_turn(self, world: World) -> None:
        first, second = world.visit(period=a_period("09:00")), world.visit(period=a_period("10:00"))
        self.keep_all(world, [first, second])
        later = [evolve(each, period=shifted(each, 60), version=2) for each in (first, second)]

        with world.writing() as unit:
            unit.appointments.save_all(later[::-1])

        with world.reading() as unit:
            assert [unit.appointments.get(each.id) for each in later] == later

    @pytest.mark.rule("STO-05")
    def test_where_one_of_many_is_taken_none_is_added(self, world: World) -> None:
        world.keep(world.visit(period=a_period("11:00")))
        visits = [world.visit(period=a_period(time)) for time in ("09:00", "11:30")]

        with pytest.raises(Conflict):
            self.keep_all(world, visits)

        with world.reading() as unit:
            assert len(unit.times.blocks(a_period("00:00", 1440))) == 1

    @pytest.mark.rule("STO-04")
    def test_where_one_of_many_has_another_version_none_is_saved(self, world: World) -> None:
        visits = [world.visit(period=a_period(time)) for time in ("09:00", "11:00")]
        self.keep_all(world, visits)
        first, second = (
            evolve(each, notes="Later.", version=version) for each, version in zip(visits, (2, 3), strict=True)
        )

        with pytest.raises(Conflict), world.writing() as unit:
            unit.appointments.save_all([first, second])

        with world.reading() as unit:
            assert [unit.appointments.get(each.id) for each in visits] == visits

    def test_no_appointments_at_all_are_no_statement(self, world: World) -> None:
        with world.writing() as unit:
            unit.appointments.add_all([])
            unit.appointments.save_all([])

    def keep_all(self, world: World, visits: list[Appointment]) -> None:
        with world.writing() as unit:
            unit.appointments.add_all(visits)


def shifted(visit: Appointment, minutes: int) -> Period:
    """
    Its window, so much later.
    """
    by = timedelta(minutes=minutes)
    return Period(start=visit.period.start + by, end=visit.period.end + by)
