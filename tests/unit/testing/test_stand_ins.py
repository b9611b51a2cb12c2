from datetime import timedelta

import pytest

from fieldops_core.access.ports import Randomness
from fieldops_core.kernel.contact import Phones
from fieldops_core.kernel.geo import DistanceKind, Point
from fieldops_core.kernel.ids import Ids
from fieldops_core.kernel.time import Clock
from fieldops_core.scheduling.ports import Routing, RoutingFailed
from fieldops_core.testing.clock import NOW, FrozenClock
from fieldops_core.testing.ids import CountingIds, counted_id
from fieldops_core.testing.phones import PlainPhones
from fieldops_core.testing.randomness import CountedRandomness
from fieldops_core.testing.routing import FailingRouting, StraightRouting
from tests.unit.kernel.naive import wall_time

PROVO, OREM = Point(40.2338, -111.6585), Point(40.2969, -111.6946)


def test_a_frozen_clock_moves_only_when_it_is_told_to() -> None:
    clock = FrozenClock()

    assert clock() == clock() == NOW
    assert clock.advance(days=1, minutes=30) == clock() == NOW + timedelta(days=1, minutes=30)
    clock.set(NOW)
    assert clock() == NOW


def test_a_frozen_clock_shows_instants_only() -> None:
    with pytest.raises(ValueError, match="which have a zone"):
        FrozenClock(wall_time("2026-05-25T00:00"))


def test_counting_ids_are_of_version_seven_and_sort_as_they_were_made() -> None:
    ids = CountingIds()
    made = [ids() for _ in range(300)]

    assert made == sorted(set(made))
    assert {(each.version, each.variant) for each in made} == {(7, "specified in RFC 4122")}
    assert made[0] == CountingIds()() == counted_id(1)


def test_counted_randomness_is_as_long_as_it_must_be_and_never_the_same() -> None:
    randomness = CountedRandomness()
    made = [randomness() for _ in range(3)]

    assert {len(each) for each in made} == {43}
    assert len(set(made)) == 3


def test_straight_routing_says_that_it_estimates() -> None:
    (distance,) = StraightRouting().driving([(PROVO, OREM)])

    assert distance.kind is DistanceKind.ESTIMATE
    assert distance.meters == pytest.approx(7_650, rel=0.01)
    assert distance.minutes == 8


def test_failing_routing_fails() -> None:
    with pytest.raises(RoutingFailed):
        FailingRouting().driving([(PROVO, OREM)])


def test_the_stand_ins_stand_in() -> None:
    clock: Clock = FrozenClock()
    ids: Ids = CountingIds()
    phones: Phones = PlainPhones()
    randomness: Randomness = CountedRandomness()
    routings: list[Routing] = [StraightRouting(), FailingRouting()]

    assert all([clock, ids, phones, randomness, *routings])
