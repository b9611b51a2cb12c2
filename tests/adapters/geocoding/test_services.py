"""
Address services: what they find, and what becomes of everything that can go wrong with them (CUS-14).
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from attrs import frozen

from fieldops_adapters.geocoding.nominatim import NominatimAddresses
from fieldops_adapters.geocoding.photon import PhotonAddresses
from fieldops_core.customers.model import Located
from fieldops_core.customers.ports import AddressServiceFailed
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point
from tests.support import houses
from tests.support.served import LONG, Fault, Served, never_answers, say, trickles

QUICK = 10_000.0

Service = NominatimAddresses | PhotonAddresses


@frozen
class Kind:
    serving: Callable[[], AbstractContextManager[Served]]
    service: Callable[..., Service]


KINDS = {"nominatim": Kind(houses.nominatim, NominatimAddresses), "photon": Kind(houses.photon, PhotonAddresses)}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def server(kind: Kind) -> Iterator[Served]:
    with kind.serving() as server:
        yield server


@pytest.fixture
def service(kind: Kind, server: Served) -> Iterator[Service]:
    with closing(kind.service(server.url, per_second=QUICK)) as service:
        yield service


@pytest.fixture
def completing() -> Iterator[tuple[PhotonAddresses, Served]]:
    with houses.photon() as server, closing(PhotonAddresses(server.url, per_second=QUICK)) as service:
        yield service, server


def an_address(line1: str = "445 W Center St", city: str = "Provo", code: str | None = "84601", **told: str) -> Address:
    state = told.get("state", "UT")
    return Address(line1=line1, city=city, state=state, postal_code=PostalCode(code) if code else None)


PROVO = Located(point=Point(40.23403, -111.66518), estimate=False)


@pytest.mark.rule("CUS-14")
@pytest.mark.parametrize(
    "address",
    [an_address(), an_address(code=None), an_address(city="PROVO", code="84601-1234"), an_address(city="", state="")],
    ids=["whole", "without a code", "with four digits more", "by its code"],
)
def test_a_house_is_found_just_there(service: Service, address: Address) -> None:
    assert service.look_up(address) == PROVO


@pytest.mark.rule("CUS-14")
def test_of_two_towns_with_the_same_street_the_address_own_counts(service: Service) -> None:
    found = service.look_up(an_address(city="Orem", code="84057"))

    assert found is not None and found.point == Point(40.29713, -111.69482)


@pytest.mark.rule("CUS-14")
def test_a_street_is_an_estimate(service: Service) -> None:
    assert service.look_up(an_address("12 Elm Street")) == Located(point=Point(40.241, -111.641), estimate=True)


@pytest.mark.rule("CUS-14")
def test_what_lies_elsewhere_or_nowhere_is_not_found(service: Service) -> None:
    assert service.look_up(an_address(city="Lehi", code="84043")) is None
    assert service.look_up(an_address("9 Nowhere Lane")) is None
    assert service.look_up(an_address("1 Place de la Mairie", city="Provins", code=None, state="")) is None


@pytest.mark.rule("CUS-14")
def test_canada_is_known(service: Service) -> None:
    found = service.look_up(an_address("150 Elgin St", city="Ottawa", code="K2P1L4", state="ON"))

    assert found == Located(point=Point(45.41891, -75.69232), estimate=False)


@pytest.mark.rule("CUS-14")
def test_it_says_who_asks_and_does_so_once_a_second_at_most(kind: Kind, server: Served) -> None:
    with closing(kind.service(server.url, agent="acme (ops@acme.example)", per_second=10)) as service:
        began = time.monotonic()
        for _ in range(4):
            service.look_up(an_address())

    assert time.monotonic() - began >= 0.3
    assert set(server.agents) == {"acme (ops@acme.example)"}


@pytest.mark.rule("CUS-14")
def test_photon_suggests_houses_and_streets_with_town_state_and_code(
    completing: tuple[PhotonAddresses, Served],
) -> None:
    service, _ = completing

    first, second = service.suggest("445 w", limit=5)
    (street,) = service.suggest("elm", limit=5)
    (ottawa,) = service.suggest("150 elg", limit=5)

    assert first.address == an_address("445 West Center Street")
    assert (first.point, first.estimate, first.county) == (PROVO.point, False, "Provo County")
    assert second.address.city == "Orem"
    assert (street.address.line1, street.estimate) == ("Elm Street", True)
    assert (ottawa.address.state, ottawa.address.postal_code) == ("ON", PostalCode("K2P 1L4"))
    assert service.suggest("1 place", limit=5) == ()


@pytest.mark.rule("CUS-14")
def test_suggestions_do_not_wait_for_their_turn(completing: tuple[PhotonAddresses, Served]) -> None:
    _, server = completing
    with closing(PhotonAddresses(server.url, per_second=1 / LONG)) as service:
        began = time.monotonic()
        first, second = service.suggest("445 w 84601", limit=5), service.suggest("445 w 84601", limit=5)

    assert time.monotonic() - began < LONG / 2
    assert len(server.asked) == 1
    assert [len(first), [str(each.address.state) for each in second]] == [2, ["UT"]]


@pytest.mark.rule("CUS-14")
def test_nominatim_is_not_asked_while_somebody_types() -> None:
    with houses.nominatim() as server, closing(NominatimAddresses(server.url)) as service:
        (found,) = service.suggest("445 W Center St, Provo UT 84601", limit=5)

    assert (found.address, found.estimate) == (Address(state="UT", postal_code=PostalCode("84601")), True)
    assert server.asked == []


def answers(status: int, body: Any) -> Fault:
    return lambda handler: say(handler, status, body)


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


NOWHERE = {"lat": "95", "lon": "0", "place_rank": 30, "address": {"house_number": "445", "postcode": "84601"}}
FAR = {"type": "house", "housenumber": "445", "postcode": "84601", "countrycode": "US"}
FAULTS: dict[str, Fault] = {
    "never answers": never_answers,
    "hangs up": hangs_up,
    "trickles": trickles,
    "500": answers(500, b"Internal Server Error"),
    "429": answers(429, b"Too many requests"),
    "403": answers(403, b"Access blocked"),
    "400": answers(400, {"error": {"code": 400, "message": "Bad request"}}),
    "a redirect": answers(302, b""),
    "nothing": answers(200, b""),
    "no JSON": answers(200, b"<html>Welcome</html>"),
    "no UTF-8": answers(200, b'["\xff"]'),
    "JSON of another kind": answers(200, b"7"),
    "without end": answers(200, b" " * 2_000_000),
    "numbers in words": answers(200, [{**NOWHERE, "lat": "far"}]),
    "a place that is none": answers(200, [NOWHERE]),
    "places that are none": answers(200, {"features": [{"properties": FAR, "geometry": {"coordinates": [0.0, 95.0]}}]}),
}


SLOW = {"never answers", "trickles"}


@pytest.mark.rule("CUS-14")
@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_answer_has_failed(kind: Kind, server: Served, fault: str) -> None:
    server.fault = FAULTS[fault]
    seconds, began = 0.3 if fault in SLOW else LONG, time.monotonic()
    with closing(kind.service(server.url, per_second=QUICK, seconds=seconds, pause=0)) as service:
        with pytest.raises(AddressServiceFailed):
            service.look_up(an_address())

        assert time.monotonic() - began < LONG / 2
        server.fault = None
        assert fault in SLOW or service.look_up(an_address()) == PROVO


@pytest.mark.rule("CUS-14")
def test_where_nobody_listens_it_has_failed_and_is_left_alone_for_a_while(
    kind: Kind, caplog: pytest.LogCaptureFixture
) -> None:
    with kind.serving() as server:
        url = server.url
    with closing(kind.service(url, per_second=QUICK)) as service:
        for why in ("ConnectError", "a moment ago"):
            with pytest.raises(AddressServiceFailed, match=why):
                service.look_up(an_address())

    (warning,) = (each.getMessage() for each in caplog.records if each.name == "fieldops.geocoding")
    assert warning == "The address service does not answer (ConnectError); it is left alone for 60 s."


@pytest.mark.rule("CUS-14")
def test_who_types_while_it_is_down_is_told_zip_codes(completing: tuple[PhotonAddresses, Served]) -> None:
    service, server = completing
    server.fault = FAULTS["500"]

    (found,) = service.suggest("445 W Center St 84601", limit=5)

    assert found.address == Address(state="UT", postal_code=PostalCode("84601"))


@pytest.mark.parametrize("url", ["", "ftp://x", "http://", "http://x:y"])
def test_what_is_no_address_of_a_server_is_refused(kind: Kind, url: str) -> None:
    with pytest.raises(ValueError, match="An address service has an address"):
        kind.service(url)
