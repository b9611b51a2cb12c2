"""
What is due in the outbox.
"""

from threading import Event as Signal

import pytest
from attrs import evolve
from structlog.testing import capture_logs

from fieldops_core.access.context import Call
from fieldops_core.access.messages import RoleCreated
from fieldops_core.app.fieldops import FieldOps, Reaction
from fieldops_core.app.ports import Unit
from fieldops_core.kernel.events import Event
from fieldops_http.server import working
from fieldops_http.settings import Settings
from fieldops_http.worker import BATCH, Worker, deliver
from tests.http.example_company import PORTS, ExampleCompany


def reacting(company: ExampleCompany, reaction: Reaction) -> FieldOps:
    """
    An engine over the company's storage that reacts to each new role.
    """
    return FieldOps(
        storage=company.engine.storage,
        clock=company.clock,
        ids=company.engine.ids,
        ports=PORTS,
        reactions={RoleCreated: (reaction,)},
    )


def make_roles(company: ExampleCompany, number: int) -> None:
    with company.client() as client:
        for each in range(number):
            assert client.post("/v1/acme/roles", json={"name": f"Role {each}"}).status_code == 201


@pytest.mark.rule("EVT-01")
def test_all_that_is_due_is_delivered_however_much_it_is(company: ExampleCompany) -> None:
    seen: list[str] = []

    def note(event: Event, _: Call[Unit]) -> None:
        seen.append(str(event.after["name"]))

    make_roles(company, BATCH + 5)

    assert deliver(reacting(company, note)) == BATCH + 5
    assert seen == [f"Role {each}" for each in range(BATCH + 5)]
    assert deliver(reacting(company, note)) == 0


@pytest.mark.rule("EVT-01", "API-07")
def test_what_fails_is_logged_without_what_it_holds_and_is_due_again(company: ExampleCompany) -> None:
    def fail(event: Event, _: Call[Unit]) -> None:
        raise RuntimeError(f"cannot send {event.after['name']}")

    make_roles(company, 1)
    with capture_logs() as logs:
        assert deliver(reacting(company, fail)) == 0
    company.clock.advance(minutes=5)

    (line,) = logs
    assert (line["event"], line["kind"], line["error"]) == ("delivery failed", "RoleCreated", "RuntimeError")
    assert "Role 0" not in str(logs)
    assert deliver(reacting(company, lambda _, __: None)) == 1


def test_a_worker_goes_on_after_a_round_that_failed(company: ExampleCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds, enough = [], Signal()

    def broken(*_: object) -> object:
        rounds.append(1)
        if len(rounds) > 2:
            enough.set()
        raise OSError("the database went away")

    monkeypatch.setattr(FieldOps, "deliver", broken)
    worker = Worker(company.engine.fieldops, seconds=0.001)
    with capture_logs() as logs:
        worker.start()
        assert enough.wait(60)
        worker.stop()

    assert {(line["event"], line["round"]) for line in logs} == {("round failed", "deliver")}
    assert "went away" not in str(logs)


@pytest.mark.parametrize("deliver", [True, False])
def test_the_server_delivers_unless_that_is_switched_off(company: ExampleCompany, deliver: bool) -> None:
    seen = Signal()
    make_roles(company, 1)
    engine = evolve(company.engine, fieldops=reacting(company, lambda _, __: seen.set()))

    with working(engine.fieldops, Settings(deliver=deliver), seconds=0.01):
        assert seen.wait(60 if deliver else 0.2) is deliver
