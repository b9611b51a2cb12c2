"""
What a routing engine promises, kept by each of ours.

FIELDOPS_TEST_OSRM, the URL of an OSRM server that knows the roads around Provo, is tried too.
"""

import os
from collections.abc import Iterator
from contextlib import closing

import pytest

from fieldops_adapters.routing.great_circle import GreatCircleRouting
from fieldops_adapters.routing.osrm import OsrmRouting
from fieldops_core.scheduling.ports import Routing
from fieldops_core.testing.contracts import RoutingContract
from fieldops_core.testing.routing import StraightRouting
from tests.support.osrm import serving


@pytest.mark.rule("SCH-19")
class TestGreatCircle(RoutingContract):
    @pytest.fixture
    def routing(self) -> Routing:
        return GreatCircleRouting()


@pytest.mark.rule("SCH-19")
class TestStraight(RoutingContract):
    @pytest.fixture
    def routing(self) -> Routing:
        return StraightRouting()


@pytest.fixture(scope="module")
def osrm() -> Iterator[Routing]:
    with serving() as server, closing(OsrmRouting(server.url)) as routing:
        yield routing


@pytest.mark.rule("SCH-19")
class TestOsrm(RoutingContract):
    @pytest.fixture
    def routing(self, osrm: Routing) -> Routing:
        return osrm


if "FIELDOPS_TEST_OSRM" in os.environ:

    @pytest.fixture(scope="module")
    def real_osrm() -> Iterator[Routing]:
        with closing(OsrmRouting(os.environ["FIELDOPS_TEST_OSRM"])) as routing:
            yield routing

    @pytest.mark.rule("SCH-19")
    class TestRealOsrm(RoutingContract):
        @pytest.fixture
        def routing(self, real_osrm: Routing) -> Routing:
            return real_osrm
