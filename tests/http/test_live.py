"""
The day grid, live.
"""

import json
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Condition
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from attrs import evolve
from litestar.testing import TestClient

from fieldops_core.access.context import Context
from fieldops_core.access.messages import RevokeToken
from fieldops_core.access.model import EVERYTHING, SYSTEM, Action, Grant, Permission
from fieldops_core.app.door import Attempt
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.scheduling.messages import CancelAppointment, ReinstateAppointment
from fieldops_core.scheduling.model import AppointmentId
from fieldops_core.staff.messages import ChangeUser
from fieldops_http import examples
from fieldops_http.app import Api, create_app
from fieldops_http.streams import Listening, Streams
from tests.http.example_company import ExampleCompany
from tests.http.test_grammar import APPOINTMENTS, BOOKING

EVENTS = "/v1/acme/grid/events"
DAY: dict[str, Any] = {"from": "2026-05-27", "days": 1}
QUICK = 0.05


def read(text: str) -> list[dict[str, str]]:
    """
    The events of a stream, as a browser reads them: those without data tell a place alone.
    """
    found = []
    for block in text.split("\n\n"):
        lines = [line.split(": ", 1) for line in block.split("\n") if ": " in line and not line.startswith(":")]
        if lines:
            found.append(dict(lines))
    return found


def changes(text: str) -> list[dict[str, Any]]:
    return [json.loads(each["data"]) for each in read(text) if each.get("event") == "change"]


def place(text: str) -> str:
    return [each["id"] for each in read(text) if "id" in each][-1]


@pytest.fixture(params=[False, True], ids=["inline", "threads"])
def company(request: pytest.FixtureRequest, kept: ExampleCompany) -> ExampleCompany:
    engine = evolve(kept.engine, threads=request.param)
    app = create_app(engine)
    app.state.streams = Streams(seconds=QUICK)
    return evolve(kept, app=app, engine=engine)


@pytest.fixture
def owner(company: ExampleCompany) -> Iterator["TestClient[Api]"]:
    with company.client() as client:
        yield client


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """
    Waits until the reader of a stream has been told something.
    """
    events, seen, heard = Listening.events, list[bytes](), Condition()

    async def watched(listening: Listening) -> AsyncIterator[bytes]:
        async for each in events(listening):
            yield each
            with heard:
                seen.append(each)
                heard.notify_all()

    def wait(text: bytes) -> None:
        with heard:
            assert heard.wait_for(lambda: any(text in each for each in seen), 60)

    monkeypatch.setattr(Listening, "events", watched)
    return wait


def meanwhile(
    company: ExampleCompany, act: Callable[[], object], token: str | None = None, headers: dict[str, str] | None = None
) -> tuple[str, float]:
    """
    What a stream of up to two minutes tells while something is done, and how long it took.
    """
    began = monotonic()

    def listen() -> httpx.Response:
        with company.client(token) as client:
            return client.get(EVENTS, params=DAY | {"seconds": 120}, headers=headers)

    with ThreadPoolExecutor(1) as pool:
        stream = pool.submit(listen)
        while not company.app.state.streams._open:
            sleep(QUICK)
        sleep(4 * QUICK)
        act()
        return stream.result(200).text, monotonic() - began


@pytest.mark.rule("API-06")
def test_a_reader_goes_on_where_they_were(owner: "TestClient[Api]") -> None:
    first = owner.get(EVENTS, params=DAY | {"seconds": 0})
    booked = [owner.post(APPOINTMENTS, json=BOOKING | {"start": f"2026-05-27T{hour}:00"}) for hour in ("08", "09")]
    resumed = owner.get(EVENTS, params=DAY | {"seconds": 0}, headers={"Last-Event-ID": place(first.text)})
    by_query = owner.get(EVENTS, params=DAY | {"seconds": 0, "after": place(first.text)})

    assert first.headers["content-type"].startswith("text/event-stream")
    assert first.headers["cache-control"] == "no-store"
    assert changes(first.text) == []
    assert [each["appointment"] for each in changes(resumed.text)] == [each.json()["id"] for each in booked]
    assert by_query.text == resumed.text
    again = owner.get(EVENTS, params=DAY | {"seconds": 0}, headers={"Last-Event-ID": place(resumed.text)})
    assert changes(again.text) == []


@pytest.mark.rule("API-06")
def test_anothers_change_appears_by_itself(company: ExampleCompany, told: Callable[[bytes], None]) -> None:
    def cancel_and_leave() -> None:
        context = Context(company=company.company, actor=SYSTEM)
        company.engine.fieldops.execute(CancelAppointment(appointment=AppointmentId(examples.VISIT)), context)
        told(b"AppointmentCancelled")
        _deactivate(company, listener)

    token = company.token_with(EVERYTHING)
    listener = company.engine.fieldops.identify(slug="acme", token=token).actor.user
    text, took = meanwhile(company, cancel_and_leave, token)

    assert [each["event"] for each in changes(text)] == ["AppointmentCancelled"]
    assert changes(text)[0]["days"] == ["2026-05-27"]
    assert took < 100


@pytest.mark.rule("API-06")
def test_a_stream_begins_where_it_was_opened(
    company: ExampleCompany, owner: "TestClient[Api]", monkeypatch: pytest.MonkeyPatch
) -> None:
    events = Listening.events

    async def after_a_cancellation(listening: Listening) -> AsyncIterator[bytes]:
        context = Context(company=company.company, actor=SYSTEM)
        company.engine.fieldops.execute(CancelAppointment(appointment=AppointmentId(examples.VISIT)), context)
        async for each in events(listening):
            yield each

    monkeypatch.setattr(Listening, "events", after_a_cancellation)
    told = owner.get(EVENTS, params=DAY | {"seconds": 0}).text

    assert [each["event"] for each in changes(told)] == ["AppointmentCancelled"]


def _deactivate(company: ExampleCompany, user: UserId | None) -> None:
    assert user is not None
    context = Context(company=company.company, actor=SYSTEM)
    company.engine.fieldops.execute(ChangeUser(user=user, active=False), context)


@pytest.mark.rule("API-06", "ACC-24")
def test_the_stream_ends_with_the_user(company: ExampleCompany) -> None:
    token = company.token_with(EVERYTHING)
    user = company.engine.fieldops.identify(slug="acme", token=token).actor.user
    text, took = meanwhile(company, lambda: _deactivate(company, user), token)

    assert read(text)[-1]["event"] == "end"
    assert took < 100
    assert company.app.state.streams._open == {}


@pytest.mark.rule("API-06")
def test_the_stream_ends_with_the_token(company: ExampleCompany) -> None:
    token = company.token_with(EVERYTHING)
    with company.engine.storage.reading(company.company) as unit:
        id = unit.tokens.all()[-1].id
    context = Context(company=company.company, actor=SYSTEM)
    text, took = meanwhile(company, lambda: company.engine.fieldops.execute(RevokeToken(token=id), context), token)

    assert read(text)[-1]["event"] == "end"
    assert took < 100


@pytest.mark.rule("API-05", "API-06")
def test_the_stream_ends_with_a_session_that_nobody_uses(
    company: ExampleCompany, told: Callable[[bytes], None]
) -> None:
    visit, context = AppointmentId(examples.VISIT), Context(company=company.company, actor=SYSTEM)

    def others_go_on() -> None:
        company.clock.set(company.clock() + timedelta(hours=11))
        company.engine.fieldops.execute(CancelAppointment(appointment=visit), context)
        told(b"AppointmentCancelled")
        company.clock.set(company.clock() + timedelta(hours=1))
        company.engine.fieldops.execute(ReinstateAppointment(appointment=visit), context)

    attempt = Attempt(email="olive@acme.example", password=Secret(examples.PASSWORD))
    session = company.engine.fieldops.door.log_in("acme", attempt).secret.reveal()
    headers = {"Authorization": "", "Cookie": f"fieldops_session={session}"}
    text, took = meanwhile(company, others_go_on, headers=headers)

    assert [each["event"] for each in changes(text)] == ["AppointmentCancelled"]
    assert read(text)[-1]["event"] == "end"
    assert took < 100


@pytest.mark.rule("API-06", "ACC-27")
def test_who_may_not_see_it_learns_the_day_and_no_more(company: ExampleCompany, owner: "TestClient[Api]") -> None:
    token = company.token_with([Grant(Permission.SALES_SCHEDULER, Action.VIEW)])
    sales = {"Authorization": f"Bearer {token}"}
    start = place(owner.get(EVENTS, params=DAY | {"seconds": 0}, headers=sales).text)
    owner.post(APPOINTMENTS, json=BOOKING)
    told = changes(owner.get(EVENTS, params=DAY | {"seconds": 0, "after": start}, headers=sales).text)

    bare = {"event": "changed", "appointment": None, "version": None}
    assert told == [{"user": str(examples.TINA), "days": ["2026-05-27"], **bare}]


@pytest.mark.rule("API-06")
def test_so_many_streams_are_open_at_once(company: ExampleCompany) -> None:
    company.app.state.streams = Streams(each=1)
    slot = company.app.state.streams.enter(UserId(examples.OLIVE))
    with company.client() as client:
        refused = client.get(EVENTS, params=DAY | {"seconds": 0})
        del slot
        allowed = client.get(EVENTS, params=DAY | {"seconds": 0})

    assert (refused.status_code, refused.headers["retry-after"]) == (429, "10")
    assert allowed.status_code == 200


@pytest.mark.rule("API-06")
def test_whoever_comes_from_nowhere_is_told_to_ask_anew(owner: "TestClient[Api]") -> None:
    text = owner.get(EVENTS, params=DAY | {"seconds": 0}, headers={"Last-Event-ID": "77." + "0" * 32}).text

    assert read(text)[1]["event"] == "reset"
    assert place(text) != "77." + "0" * 32


@pytest.mark.parametrize("asked", [{"days": 8}, {"zone": "Mars/Base"}, {"seconds": -1}, {"users": "x"}])
def test_what_cannot_be_listened_to_is_refused_before_anything_is_sent(
    owner: "TestClient[Api]", asked: dict[str, Any]
) -> None:
    start = place(owner.get(EVENTS, params=DAY | {"seconds": 0}).text)
    owner.post(APPOINTMENTS, json=BOOKING)

    assert owner.get(EVENTS, params=DAY | {"seconds": 0, "after": start} | asked).status_code in (400, 422)
