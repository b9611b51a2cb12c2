"""
Browser sessions: their cookie, their token, and who is slowed.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from attrs import evolve
from litestar.testing import TestClient

from fieldops_http import examples
from fieldops_http.app import Api
from tests.http.example_company import POST, ExampleCompany, other_company

RIGHT = {"email": "olive@acme.example", "password": examples.PASSWORD}
WRONG = RIGHT | {"password": "wrong horse battery"}
SESSION, SELF = "/v1/acme/session", "/v1/acme/self"
NOTE = f"/v1/acme/customers/{examples.BAKERY}/notes"


@pytest.fixture
def browser(kept: ExampleCompany) -> Iterator["TestClient[Api]"]:
    with TestClient(kept.app, raise_server_exceptions=False) as client:
        yield client


def logged_in(browser: "TestClient[Api]") -> str:
    """
    The token that changes carry.
    """
    response = browser.put(SESSION, json=RIGHT)
    assert response.status_code == 200, response.text
    return str(response.json()["csrf_token"])


@pytest.mark.rule("API-05")
def test_a_session_is_as_good_as_a_token(browser: "TestClient[Api]") -> None:
    token = logged_in(browser)

    me = browser.get(SELF).json()
    made = browser.put("/v1/acme/grid/choice", json={"days": 3}, headers={"X-CSRF-Token": token})

    assert (me["email"], me["csrf_token"]) == ("olive@acme.example", token)
    assert made.status_code == 200
    assert [each["current"] for each in browser.get("/v1/acme/sessions").json()["items"]] == [False, True]


@pytest.mark.rule("API-05")
def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser: "TestClient[Api]") -> None:
    response = browser.put(SESSION, json=RIGHT)
    told = response.headers["set-cookie"].lower()

    assert told.startswith("fieldops_session=fs_")
    assert all(part in told for part in ("httponly", "samesite=lax", "path=/"))
    assert "secure" not in told
    assert "fs_" not in response.text


@pytest.mark.rule("API-05")
def test_over_tls_the_cookie_is_this_hosts_alone(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    kept.app.state.engine = evolve(kept.engine, secure=True)
    told = browser.put(SESSION, json=RIGHT).headers["set-cookie"]

    assert told.startswith("__Host-fieldops_session=fs_")
    assert "; Secure" in told
    assert "domain" not in told.lower()
    cookie = told.partition(";")[0]
    assert browser.get(SELF, headers={"Cookie": cookie}).status_code == 200
    assert browser.get(SELF, headers={"Cookie": cookie.removeprefix("__Host-")}).status_code == 401


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("token", [None, "", "0" * 64, "é"])
def test_a_change_in_a_session_carries_its_token(browser: "TestClient[Api]", token: str | None) -> None:
    logged_in(browser)
    headers = {} if token is None else {"X-CSRF-Token": token.encode("latin-1")}

    refused = browser.put("/v1/acme/grid/choice", json={"days": 3}, headers=headers)  # type: ignore[arg-type]

    assert refused.status_code == 403
    assert refused.json()["type"] == "/problems/csrf.refused"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind.a.proxy"}, 200),
        ({"Origin": "http://testserver.local"}, 200),
        ({}, 200),
    ],
)
def test_what_another_site_sends_is_not_heard(browser: "TestClient[Api]", headers: Any, status: int) -> None:
    assert browser.put(SESSION, json=RIGHT, headers=headers).status_code == status
    token = logged_in(browser)
    changed = browser.put("/v1/acme/grid/choice", json={"days": 3}, headers=headers | {"X-CSRF-Token": token})
    assert changed.status_code == status


@pytest.mark.rule("API-05")
def test_a_bearer_token_needs_no_other(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    logged_in(browser)
    bearer = {"Authorization": f"Bearer {kept.token_with([])}"}

    response = browser.put("/v1/acme/grid/choice", json={"days": 3}, headers=bearer)

    assert response.status_code == 200
    assert browser.get(SELF, headers=bearer).json()["name"] == "Ona"


@pytest.mark.rule("API-05")
def test_who_logs_out_is_out(browser: "TestClient[Api]") -> None:
    token = logged_in(browser)
    cookie = {"Cookie": f"fieldops_session={browser.cookies['fieldops_session']}"}
    id = browser.get(SELF).json()["session"]

    ended = browser.delete(f"/v1/acme/sessions/{id}", headers={"X-CSRF-Token": token})

    assert ended.json()["ended_at"] is not None
    assert "Max-Age=0" in ended.headers["set-cookie"]
    assert browser.get(SELF, headers=cookie).status_code == 401


@pytest.mark.rule("API-05")
def test_the_same_is_said_of_an_address_that_nobody_has(browser: "TestClient[Api]") -> None:
    wrong, nobody = (browser.put(SESSION, json=body) for body in (WRONG, WRONG | {"email": "no@acme.example"}))
    nowhere = browser.put("/v1/nowhere/session", json=RIGHT)

    for each in (wrong, nobody, nowhere):
        assert each.status_code == 401
        assert "set-cookie" not in each.headers
    assert wrong.json()["detail"] == nobody.json()["detail"] == nowhere.json()["detail"]


@pytest.mark.rule("API-05")
def test_who_tries_again_and_again_is_told_when_to_come_back(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    for _ in range(5):
        assert browser.put(SESSION, json=WRONG).status_code == 401
    slowed = browser.put(SESSION, json=RIGHT)

    assert slowed.status_code == 429
    assert slowed.headers["retry-after"] == "5"
    assert slowed.json()["violations"][0]["code"] == "login.slowed"
    kept.clock.set(kept.clock() + timedelta(seconds=5))
    assert browser.put(SESSION, json=RIGHT).status_code == 200


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("company", ["acme", "nowhere"])
def test_who_tries_where_there_is_no_company_waits_alike(browser: "TestClient[Api]", company: str) -> None:
    for path, body in (("session", WRONG), ("password_reset", {"email": WRONG["email"]})):
        first = [browser.put(f"/v1/{company}/{path}", json=body).status_code for _ in range(5)]
        slowed = browser.put(f"/v1/{company}/{path}", json=body)
        assert len(set(first)) == 1
        assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "5")


@pytest.mark.rule("API-05")
def test_who_logs_in_again_ends_the_session_that_they_had(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    logged_in(browser)
    cookie = {"Cookie": f"fieldops_session={browser.cookies['fieldops_session']}"}
    other_company(kept)
    assert browser.put("/v1/globex/session", json=WRONG).status_code == 401
    assert browser.get(SELF).status_code == 200

    logged_in(browser)
    assert browser.get(SELF).status_code == 200
    browser.cookies.clear()
    assert browser.get(SELF, headers=cookie).status_code == 401


@pytest.mark.rule("API-05")
def test_a_board_that_nobody_sits_at_keeps_nobody_logged_in(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    logged_in(browser)
    listening: dict[str, Any] = {"from": "2026-05-27", "days": 1, "seconds": 0}
    for _ in range(11):
        kept.clock.set(kept.clock() + timedelta(hours=1))
        assert browser.get("/v1/acme/grid/events", params=listening).status_code == 200
    kept.clock.set(kept.clock() + timedelta(hours=1))

    assert browser.get("/v1/acme/grid/events", params=listening).status_code == 401
    assert browser.get(SELF).status_code == 401


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/acme/self"),
        ("GET", "/v1/acme/customers"),
        ("GET", f"/v1/acme/appointments/{examples.VISIT}"),
        ("GET", "/v1/acme/customers/x"),
        ("PUT", "/v1/acme/session"),
        ("GET", "/v1/globex/self"),
    ],
)
def test_what_somebody_is_answered_is_kept_nowhere(browser: "TestClient[Api]", method: str, path: str) -> None:
    logged_in(browser)
    response = browser.request(method, path, json=RIGHT if method == "PUT" else None)

    assert response.headers.get_list("cache-control") == ["private, no-store"]
    etag = response.headers.get("etag")
    if etag is not None:  # names what is changed, and not what one saw of it
        assert browser.get(path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.rule("SEC-01", "API-05")
def test_a_session_is_of_one_company(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    logged_in(browser)
    other_company(kept)

    assert browser.get("/v1/globex/self").status_code == 404


@pytest.mark.rule("API-05")
def test_history_says_that_it_was_done_on_the_web(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    token = logged_in(browser)
    change = {"version": 1, "notes": "Ring twice."}
    done = browser.patch(f"/v1/acme/appointments/{examples.VISIT}", json=change, headers={"X-CSRF-Token": token})
    assert done.status_code == 200, done.text

    with kept.engine.storage.reading(kept.company) as unit:
        assert unit.history.of("appointment", examples.VISIT)[0].source.value == "web"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "cookie", ["", "x", "fs_", "fs_" + "0" * 32 + "_" + "é" * 40, "fo_" + "0" * 32 + "_" + "x" * 43]
)
def test_a_cookie_that_is_none_lets_nobody_in(browser: "TestClient[Api]", cookie: str) -> None:
    headers = {"Cookie": f"fieldops_session={cookie}".encode()}

    assert browser.get(SELF, headers=headers).status_code == 401  # type: ignore[arg-type]


@pytest.mark.rule("API-08")
def test_who_forgot_is_sent_a_link_that_works(browser: "TestClient[Api]", kept: ExampleCompany) -> None:
    known = browser.put("/v1/acme/password_reset", json={"email": "dan@acme.example"})
    nobody = browser.put("/v1/acme/password_reset", json={"email": "no@acme.example"})
    assert (known.status_code, known.json()) == (nobody.status_code, nobody.json()) == (200, {"status": "asked"})
    kept.engine.fieldops.post_links()
    link = POST.letters[-1].secret.reveal()

    body = {"link": link, "password": "another horse battery"}
    short = browser.put("/v1/acme/password/by_link", json=body | {"password": "short"})
    first, second = (browser.put("/v1/acme/password/by_link", json=body) for _ in range(2))

    assert (short.status_code, first.status_code, second.status_code) == (422, 200, 422)
    assert second.json()["violations"][0]["code"] == "link.ended"
    dan = {"email": "dan@acme.example", "password": "another horse battery"}
    assert browser.put(SESSION, json=dan).status_code == 200
