"""
Driving distances without a map.
"""

from fieldops_core.kernel.geo import Distance, DistanceKind, Point, great_circle

DETOUR = 1.3
METERS_A_MINUTE = 50_000 / 60


class GreatCircleRouting:
    """
    Estimates a drive as 1.3 times the great circle, at 50 km/h: what roads in and between towns come to on average. It
    knows no rivers and no mountains, and says of each distance that it is an estimate.
    """

    def driving(self, origin: Point, destination: Point) -> Distance:
        meters = great_circle(origin, destination) * DETOUR
        return Distance(meters=meters, kind=DistanceKind.ESTIMATE, minutes=round(meters / METERS_A_MINUTE))
