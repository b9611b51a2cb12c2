"""
A drive without a map is an estimate, and says so.
"""

import pytest

from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_core.kernel.geo import DistanceKind, Point

PROVO, SALT_LAKE_CITY = Point(40.2338, -111.6585), Point(40.7608, -111.8910)


@pytest.mark.rule("SCH-19")
def test_a_drive_is_longer_than_the_great_circle_and_takes_its_time() -> None:
    (drive,) = GreatCircleRouting().driving([(PROVO, SALT_LAKE_CITY)])

    assert drive.kind is DistanceKind.ESTIMATE
    assert drive.meters == pytest.approx(1.3 * 61_800, rel=0.01)
    assert drive.minutes == 97


def test_from_a_place_to_itself_is_no_drive() -> None:
    (drive,) = GreatCircleRouting().driving([(PROVO, PROVO)])

    assert (drive.meters, drive.minutes) == (0, 0)
