"""
A routing server behind the API.
"""

from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread
from typing import Any
from uuid import uuid4

import pytest
from attrs import evolve

from fieldops_adapters.routing.osrm import OsrmRouting
from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.company.messages import FoundCompany
from fieldops_core.customers.messages import CreateCustomer
from fieldops_core.customers.model import AccountType
from fieldops_core.kernel.contact import Address, PostalCode
from fieldops_core.kernel.geo import Point
from fieldops_core.kernel.ids import CompanyId
from fieldops_core.scheduling.messages import MeasureTravel
from fieldops_core.staff.messages import CreateUser
from fieldops_core.testing.builders import at
from fieldops_http.composition import compose
from fieldops_http.settings import Settings
from tests.http.example_company import PORTS, ExampleCompany
from tests.http.test_examples import BY_ID, send
from tests.support import valhalla
from tests.support.osrm import driven, serving
from tests.support.served import Served

PROVO, OREM = Point(40.2338, -111.6585), Point(40.2969, -111.6946)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving() as server:
        yield server


@pytest.fixture
def routed(company: ExampleCompany, server: Served) -> Iterator[ExampleCompany]:
    """
    The example company, whose engine asks the server.
    """
    with closing(OsrmRouting(server.url)) as routing:
        engine, ports = company.engine, evolve(PORTS, routing=routing)
        fieldops = FieldOps(storage=engine.storage, clock=company.clock, ids=engine.ids, ports=ports)
        company.app.state.engine = evolve(engine, fieldops=fieldops)
        yield company


def measured(company: ExampleCompany) -> Any:
    with company.client() as client:
        return send(client, BY_ID["distance_from_previous"]).json()["from_previous"]


@pytest.mark.rule("SCH-19")
def test_the_way_to_a_visit_is_told_by_road(routed: ExampleCompany) -> None:
    drive = driven(PROVO, OREM)
    assert drive is not None

    found = measured(routed)

    assert (found["kind"], found["from"]) == ("road", "start_location")
    assert (found["meters"], found["minutes"]) == (round(drive[0]), -int(-drive[1] // 60))


@pytest.mark.rule("SCH-19")
def test_where_the_server_fails_an_estimate_is_told(routed: ExampleCompany, server: Served) -> None:
    server.fault = lambda handler: handler.send_error(500)

    assert measured(routed)["kind"] == "estimate"


def test_others_do_not_wait_while_it_takes_its_time(routed: ExampleCompany, server: Served) -> None:
    may_answer = Event()

    def waits(_: object) -> None:
        may_answer.wait(timeout=60)

    server.fault = waits
    with routed.client() as client:
        slow = Thread(target=send, args=(client, BY_ID["distance_from_previous"]))
        slow.start()
        while not server.asked:
            slow.join(0.01)

        assert client.get("/health").status_code == 200

        assert slow.is_alive()
        may_answer.set()
        slow.join()


@pytest.mark.rule("SCH-19")
def test_the_setting_decides_who_is_asked(server: Served) -> None:
    with valhalla.serving() as other:
        settings = (f"osrm+{server.url}", f"valhalla+{other.url}", "estimate")
        kinds = [measured_with(setting) for setting in settings]

    assert kinds == ["road", "road", "estimate"]
    assert [len(each.asked) for each in (server, other)] == [1, 1]


def measured_with(setting: str) -> str:
    """
    The kind of the distance that an engine composed with that setting tells.
    """
    fieldops = compose(Settings(database="memory://", routing=setting)).fieldops
    us = Context(company=CompanyId(uuid4()), actor=SYSTEM)
    owner = {"owner_name": "Olga", "owner_email": "olga@acme.example"}
    founding = FoundCompany(slug="acme", name="Acme", location="Provo", zone="America/Denver", **owner)
    office: Any = fieldops.execute(founding, us).answer
    hire = CreateUser(name="Ann", email="ann@acme.example", home=office.location, technician=True, start=PROVO)
    ann: Any = fieldops.execute(hire, us).answer
    record = CreateCustomer(
        account_type=AccountType.COMMERCIAL,
        business_name="Bakery",
        phone="801-555-0100",
        location=office.location,
        address=Address(city="Orem", state="UT", postal_code=PostalCode("84057")),
        point=OREM,
    )
    bakery: Any = fieldops.execute(record, us).answer
    question = MeasureTravel(user=ann.id, customer=bakery.id, start=at("10:00"))
    answer: Any = fieldops.ask(question, us)
    return str(answer.from_previous["kind"])
