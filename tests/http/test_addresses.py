"""
An address service behind the API.
"""

import time
from collections.abc import Iterator
from contextlib import closing

import pytest
from attrs import evolve

from fieldops_adapters.geocoding.photon import PhotonAddresses
from fieldops_adapters.geocoding.zip_centroid import ZipCentroidGeocoder
from fieldops_core.app.fieldops import FieldOps
from fieldops_http.composition import compose
from fieldops_http.examples import PROVO
from fieldops_http.server import working
from fieldops_http.settings import Misconfigured, Settings
from tests.http.example_company import PORTS, ExampleCompany
from tests.support import houses
from tests.support.command_line import Run
from tests.support.served import Served

SHOP = {
    "location": str(PROVO),
    "account_type": "commercial",
    "business_name": "Canyon Books",
    "phone": "801-555-0140",
    "address": {"line1": "445 W Center St", "city": "Provo", "state": "UT", "postal_code": "84601"},
}


@pytest.fixture
def server() -> Iterator[Served]:
    with houses.photon() as server:
        yield server


@pytest.fixture
def served(company: ExampleCompany, server: Served) -> Iterator[ExampleCompany]:
    """
    The example company, whose engine asks the server.
    """
    with closing(PhotonAddresses(server.url, per_second=1_000)) as addresses:
        ports = evolve(PORTS, addresses=addresses, geocoder=ZipCentroidGeocoder())
        engine = company.engine
        fieldops = FieldOps(storage=engine.storage, clock=company.clock, ids=engine.ids, ports=ports)
        engine = evolve(engine, fieldops=fieldops)
        company.app.state.engine = engine
        yield evolve(company, engine=engine)


@pytest.mark.rule("CUS-14")
def test_an_address_is_estimated_at_once_and_known_a_moment_later(served: ExampleCompany) -> None:
    with served.client() as client, working(served.engine.fieldops, Settings(), seconds=0.01):
        client.patch("/v1/acme/settings", json={"version": 1, "address_verification": True})
        made = client.post("/v1/acme/customers", json=SHOP).json()
        path = f"/v1/acme/customers/{made['id']}"
        until = time.monotonic() + 10
        while (found := client.get(path).json())["version"] == 1 and time.monotonic() < until:
            time.sleep(0.01)

    assert (made["coordinates_are_estimate"], made["address_verification"]) == (True, "unknown")
    assert (found["coordinates_are_estimate"], found["address_verification"]) == (False, "verified")
    assert found["coordinates"] == {"latitude": 40.23403, "longitude": -111.66518}


@pytest.mark.rule("CUS-14")
def test_a_service_that_is_down_delays_no_record(served: ExampleCompany, server: Served) -> None:
    server.fault = lambda handler: handler.send_error(500)
    with served.client() as client:
        made = client.post("/v1/acme/customers", json=SHOP)
        assert served.engine.fieldops.look_up() == 1
        found = client.get(f"/v1/acme/customers/{made.json()['id']}").json()

    assert (made.status_code, found["version"], found["coordinates_are_estimate"]) == (201, 1, True)


@pytest.mark.rule("CUS-14")
def test_addresses_are_suggested_while_somebody_types(served: ExampleCompany) -> None:
    with served.client() as client:
        (first, *_) = client.get("/v1/acme/address_suggestions", params={"text": "445 w"}).json()["items"]
        none = client.get("/v1/acme/address_suggestions", params={"text": ""})
        too_many = client.get("/v1/acme/address_suggestions", params={"text": "445", "limit": 11})

    assert first["address"] == {
        "line1": "445 West Center Street",
        "line2": "",
        "city": "Provo",
        "state": "UT",
        "postal_code": "84601",
    }
    assert (none.json(), too_many.status_code) == ({"items": []}, 400)


@pytest.mark.rule("CUS-14")
def test_the_setting_decides_who_is_asked(server: Served) -> None:
    for setting, asks in (("zip", False), (f"photon+{server.url}", True), (f"nominatim+{server.url}", True)):
        fieldops = compose(Settings(database="memory://", geocoding=setting)).fieldops
        assert fieldops._addresses.looks_up is asks


@pytest.mark.parametrize("geocoding", ["", "photon", "photon+", "photon+ftp://x", "google+http://x", "http://x"])
def test_a_service_of_no_known_kind_is_refused(geocoding: str) -> None:
    with pytest.raises(Misconfigured, match="FIELDOPS_GEOCODING does not name an address service"):
        compose(Settings(database="memory://", geocoding=geocoding))


@pytest.mark.parametrize("rate", ["often", "0", "-1", "nan", "inf", "1001"])
def test_a_rate_that_is_none_is_told_with_its_mend(rate: str) -> None:
    with pytest.raises(Misconfigured, match=rf"FIELDOPS_GEOCODING_RATE is '{rate}'. Set it to how often"):
        Settings.of({"FIELDOPS_GEOCODING_RATE": rate})


@pytest.mark.rule("CUS-14", "OPS-01")
def test_an_operator_has_the_addresses_of_before_looked_up(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    run("company", "create", "acme", "--owner-email", "olga@acme.example", "--zone", "America/Denver")

    refused = run("addresses", "look-up", "--company", "acme")
    monkeypatch.setenv("FIELDOPS_GEOCODING", "nominatim+http://127.0.0.1:9")
    done = run("addresses", "look-up", "--company", "acme", "--estimates")

    assert (refused.code, refused.err) == (1, "There is no address service that could be asked.")
    assert done.out == "0 to be looked up."
