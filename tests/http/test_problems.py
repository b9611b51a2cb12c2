"""
How the API says no.
"""

from enum import Enum
from uuid import UUID

import pytest
from attrs import frozen
from litestar.testing import TestClient
from structlog.testing import capture_logs

from fieldops_core.app.door import Unauthenticated
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.kernel.errors import Conflict, Forbidden, InvalidValue, NotFound, Stale, Unavailable
from fieldops_core.kernel.rules import Refused, Violation
from fieldops_core.kernel.secret import Secret
from fieldops_core.testing.clock import NOW
from fieldops_http.app import Api
from fieldops_http.problems import MEDIA_TYPE, Malformed, StaleHeader, VersionMissing, told
from tests.http.example_company import ExampleCompany


class Colour(Enum):
    RED = "red"


@frozen
class Block:
    id: UUID
    note: Secret


REFUSED = Refused((Violation(rule="SCH-06", code="slot.taken", sentence="Taken.", facts={}, field="start"),))


@pytest.mark.rule("API-02")
@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (REFUSED, 422, "slot.taken"),
        (InvalidValue("zip", "No."), 422, "zip"),
        (Malformed("body.invalid", "No."), 400, "body.invalid"),
        (Unauthenticated("No."), 401, "unauthenticated"),
        (Forbidden("No."), 403, "permission.denied"),
        (NotFound("user", "7"), 404, "not_found"),
        (Stale("user", expected=1, actual=2), 409, "version.stale"),
        (StaleHeader(Stale("user", expected=1, actual=2)), 412, "version.stale"),
        (VersionMissing("No."), 428, "version.missing"),
        (Unavailable("No."), 503, "unavailable"),
        (Conflict("No."), 503, "unavailable"),
        (ValueError("No."), 500, "internal"),
    ],
    ids=lambda each: type(each).__name__ if isinstance(each, Exception) else None,
)
def test_each_error_has_its_status_and_its_code(error: Exception, status: int, code: str) -> None:
    assert (told(error).status, told(error).code) == (status, code)


@pytest.mark.rule("API-02")
def test_a_refusal_tells_every_violation(owner: "TestClient[Api]") -> None:
    body = {
        "customer": "0196e000-0000-7000-8000-000000000034",
        "kind": "tech",
        "minutes": 25,
        "start": "2026-05-27T10:10",
    }
    ids = {"type": "0196e000-0000-7000-8000-000000000029", "user": "0196e000-0000-7000-8000-000000000021"}

    response = owner.post("/v1/acme/appointments", json=body | ids)

    problem = response.json()
    assert response.status_code == 422
    assert response.headers["content-type"] == MEDIA_TYPE
    assert len(problem["violations"]) > 1
    assert problem["type"] == f"/problems/{problem['violations'][0]['code']}"
    for violation in problem["violations"]:
        assert set(violation) == {"rule", "code", "sentence", "facts", "field"}
        assert violation["sentence"] in problem["detail"]


@pytest.mark.rule("API-02")
@pytest.mark.parametrize("method", ["GET", "POST", "PATCH", "DELETE"])
def test_an_unknown_address_is_a_problem(owner: "TestClient[Api]", method: str) -> None:
    response = owner.request(method, "/v1/acme/unicorns")

    assert (response.status_code, response.headers["content-type"]) == (404, MEDIA_TYPE)
    assert response.json()["request_id"] == response.headers["x-request-id"]


@pytest.mark.rule("API-02")
def test_an_id_that_is_none_is_an_unknown_address(owner: "TestClient[Api]") -> None:
    assert owner.get("/v1/acme/customers/12").status_code == 404


@pytest.mark.rule("API-02")
def test_a_method_that_an_address_does_not_know_is_a_problem_with_those_that_it_knows(owner: "TestClient[Api]") -> None:
    response = owner.delete("/v1/acme/settings")

    assert (response.status_code, response.headers["content-type"]) == (405, MEDIA_TYPE)
    assert {"GET", "PATCH"} <= set(response.headers["allow"].split(", "))


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic b2xpdmU6MQ==", "Bearer fo_1_2", "Bearer fo_" + "é" * 40]
)
def test_without_a_known_token_nobody_is_heard(company: ExampleCompany, header: str | None) -> None:
    with TestClient(company.app) as client:
        headers = {} if header is None else {b"Authorization": header.encode()}
        response = client.get("/v1/acme/settings", headers=headers)

    assert response.status_code == 401
    assert response.headers["www-authenticate"] == "Bearer"
    assert response.headers["content-type"] == MEDIA_TYPE


@pytest.mark.rule("API-05")
def test_a_token_is_refused_once_it_expired(company: ExampleCompany) -> None:
    with company.client() as client:
        assert client.get("/v1/acme/settings").status_code == 200
        company.clock.advance(days=31)
        assert client.get("/v1/acme/settings").status_code == 401


@pytest.mark.rule("API-05")
def test_a_token_is_refused_once_it_was_revoked(company: ExampleCompany) -> None:
    with company.client() as client:
        token = next(each for each in client.get("/v1/acme/tokens").json()["items"] if each["name"] == "test")
        assert client.delete(f"/v1/acme/tokens/{token['id']}", params={"version": 1}).status_code == 200
        assert client.get("/v1/acme/settings").status_code == 401


def test_the_body_of_somebody_unknown_is_not_even_read(company: ExampleCompany) -> None:
    with TestClient(company.app) as client:
        assert client.post("/v1/acme/roles", content=b"x" * 2_000_000).status_code == 401


@pytest.mark.rule("API-02")
def test_what_nobody_expected_tells_an_id_and_nothing_else(
    company: ExampleCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(FieldOps, "ask", broken)
    with company.client() as client, capture_logs() as logs:
        response = client.get("/v1/acme/settings")

    assert response.status_code == 500
    assert set(response.json()) == {"type", "title", "status", "detail", "request_id"}
    assert "secret" not in response.text
    failed = next(line for line in logs if line["event"] == "failed")
    assert failed["request_id"] == response.json()["request_id"]
    assert failed["error"] == "RuntimeError"
    assert "secret" not in str(logs)


@pytest.mark.rule("API-02")
def test_who_comes_when_others_are_in_the_way_may_try_again(
    company: ExampleCompany, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> object:
        raise Unavailable("Others are changing the same things just now.")

    monkeypatch.setattr(FieldOps, "ask", busy)
    with company.client() as client:
        response = client.get("/v1/acme/settings")

    assert (response.status_code, response.headers["retry-after"]) == (503, "1")


@pytest.mark.rule("API-02")
def test_facts_of_every_kind_are_json(company: ExampleCompany, monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {
        "id": UUID(int=1),
        "at": NOW,
        "day": NOW.date(),
        "colour": Colour.RED,
        "blocks": (Block(UUID(int=2), Secret("hidden")),),
        "names": frozenset({"a"}),
        "far": float("inf"),
    }

    def refuse(*_: object) -> object:
        raise Refused((Violation(rule="SCH-06", code="slot.taken", sentence="Taken.", facts=facts),))

    monkeypatch.setattr(FieldOps, "ask", refuse)
    with company.client() as client:
        response = client.get("/v1/acme/settings")

    assert response.json()["violations"][0]["facts"] == {
        "id": str(UUID(int=1)),
        "at": "2026-05-25T12:00:00Z",
        "day": "2026-05-25",
        "colour": "red",
        "blocks": [{"id": str(UUID(int=2)), "note": "***"}],
        "names": ["a"],
        "far": None,
    }


def test_each_request_has_an_id_of_its_own(owner: "TestClient[Api]") -> None:
    assert len({owner.get("/health").headers["x-request-id"] for _ in range(3)}) == 3


def test_a_sane_request_id_is_taken_over(owner: "TestClient[Api]") -> None:
    response = owner.get("/health", headers={"X-Request-Id": "trace-0123456789"})

    assert response.headers["x-request-id"] == "trace-0123456789"


@pytest.mark.parametrize("id", ["short", "x" * 200, "with space in it", "semi;colon;and;more"])
def test_an_insane_request_id_is_not(owner: "TestClient[Api]", id: str) -> None:
    assert owner.get("/health", headers={"X-Request-Id": id}).headers["x-request-id"] != id
