"""
Drives between visits.
"""

from math import ceil

from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle


def estimate(origin: Point, destination: Point) -> Distance:
    """
    A driving distance when no engine tells one: the great circle and three tenths, at 50 km an hour. Marked as an
    estimate.
    """
    meters = great_circle(origin, destination) * 1.3
    return Distance(meters=meters, kind=DistanceKind.ESTIMATE, minutes=ceil(meters / 50_000 * 60))
