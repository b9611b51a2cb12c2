"""
The pages by which people come in, as a browser without scripts sees them.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from litestar.testing import TestClient

from fieldops_http import examples
from fieldops_http.app import Api
from tests.http.example_company import ExampleCompany, example_company, other_company

EMAIL, PASSWORD, NEW = "olive@acme.example", examples.PASSWORD, "another horse battery"
LINK = f"/app/acme/link/{examples.LINK}"


@pytest.fixture
def company() -> ExampleCompany:
    return example_company()


@pytest.fixture
def browser(company: ExampleCompany) -> Iterator["TestClient[Api]"]:
    with TestClient(company.app, raise_server_exceptions=False) as client:
        yield client


def log_in(browser: "TestClient[Api]", password: str = PASSWORD, email: str = EMAIL) -> str:
    response = browser.post("/app/acme/login", data={"email": email, "password": password})
    assert response.status_code == 200, response.text
    return response.text


def csrf(text: str) -> str:
    found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', text)
    assert found
    return found[1]


class Form(HTMLParser):
    """
    The fields of a page, and what labels and describes them.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.fields: dict[str, dict[str, str | None]] = {}
        self.labels: set[str | None] = set()
        self.ids: set[str | None] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.ids.add(told.get("id"))
        if tag == "label":
            self.labels.add(told.get("for"))
        if tag == "input" and told.get("type") != "hidden":
            self.fields[str(told["name"])] = told


@pytest.mark.rule("WEB-07", "API-05")
def test_somebody_logs_in_and_out(browser: "TestClient[Api]") -> None:
    home = log_in(browser)

    assert "Olive Owen" in home
    assert EMAIL in home
    assert "Olive Owen" in browser.get("/app/acme").text
    out = browser.post("/app/acme/logout", data={"csrf_token": csrf(home)})
    assert out.url.path == "/app/acme/login"
    assert browser.get("/app/acme").url.path == "/app/acme/login"


@pytest.mark.rule("WEB-07", "API-05")
def test_who_is_refused_keeps_what_they_typed_but_the_password(browser: "TestClient[Api]") -> None:
    response = browser.post("/app/acme/login", data={"email": '"><b>x', "password": "wrong horse battery"})

    assert response.status_code == 401
    assert 'value="&#34;&gt;&lt;b&gt;x"' in response.text
    assert "<b>" not in response.text
    assert "wrong horse" not in response.text
    assert 'role="alert"' in response.text


@pytest.mark.rule("API-05")
def test_who_tries_again_and_again_waits(browser: "TestClient[Api]") -> None:
    form = {"email": EMAIL, "password": "wrong horse battery"}
    for _ in range(5):
        assert browser.post("/app/acme/login", data=form).status_code == 401
    slowed = browser.post("/app/acme/login", data=form)

    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "5")
    assert "Please try again in 5 seconds." in slowed.text


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("company_named", ["acme", "nowhere"])
@pytest.mark.parametrize("path", ["login", "forgotten"])
def test_who_tries_where_there_is_no_company_waits_alike(
    browser: "TestClient[Api]", path: str, company_named: str
) -> None:
    form = {"email": "no@acme.example", "password": "wrong horse battery"}
    at = f"/app/{company_named}/{path}"
    for _ in range(5):
        assert browser.post(at, data=form).status_code == {"login": 401, "forgotten": 200}[path]
    slowed = browser.post(at, data=form)

    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "5")


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("path", ["login", "logout", "forgotten", "password", f"link/{examples.LINK}"])
def test_a_form_of_another_site_is_not_heard(browser: "TestClient[Api]", path: str) -> None:
    log_in(browser)
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    response = browser.post(f"/app/acme/{path}", data={"email": EMAIL, "password": NEW, "again": NEW}, headers=evil)

    assert response.status_code == 403
    assert browser.get("/app/acme").url.path == "/app/acme"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("path", ["login", "logout", "forgotten", f"link/{examples.LINK}"])
def test_nor_is_one_that_comes_without_our_cookie(browser: "TestClient[Api]", path: str) -> None:
    evil = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}

    response = browser.post(f"/app/acme/{path}", headers=evil, follow_redirects=False)

    assert (response.status_code, "set-cookie" in response.headers) == (403, False)


@pytest.mark.rule("API-05", "SEC-01")
def test_who_logs_out_elsewhere_stays_logged_in_here(browser: "TestClient[Api]", company: ExampleCompany) -> None:
    other_company(company)
    form = {"csrf_token": csrf(log_in(browser))}

    for elsewhere in ("globex", "nowhere"):
        left = browser.post(f"/app/{elsewhere}/logout", data=form, follow_redirects=False)
        assert (left.status_code, left.headers["location"]) == (303, f"/app/{elsewhere}/login")
    assert browser.get("/app/acme").url.path == "/app/acme"


@pytest.mark.rule("API-05")
def test_who_logs_in_again_ends_the_session_that_they_had(browser: "TestClient[Api]") -> None:
    log_in(browser)
    had = {"Cookie": f"fieldops_session={browser.cookies['fieldops_session']}"}
    wrong = {"email": EMAIL, "password": "wrong horse battery"}
    assert browser.post("/app/acme/login", data=wrong).status_code == 401
    assert browser.get("/v1/acme/self").status_code == 200
    log_in(browser)
    now = browser.get("/v1/acme/self").status_code
    browser.cookies.clear()

    assert (now, browser.get("/v1/acme/self", headers=had).status_code) == (200, 401)


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("path", ["logout", "password"])
def test_a_form_without_the_sessions_token_is_not_heard(browser: "TestClient[Api]", path: str) -> None:
    log_in(browser)

    assert browser.post(f"/app/acme/{path}", data={"old": PASSWORD, "password": NEW, "again": NEW}).status_code == 403


@pytest.mark.rule("API-08")
def test_an_invited_user_sets_a_password_and_logs_in(browser: "TestClient[Api]") -> None:
    assert 'name="again"' in browser.get(LINK).text
    different = browser.post(LINK, data={"password": NEW, "again": PASSWORD})
    short = browser.post(LINK, data={"password": "short", "again": "short"})
    done = browser.post(LINK, data={"password": NEW, "again": NEW})

    assert (different.status_code, "not the same" in different.text) == (422, True)
    assert (short.status_code, "at least 12 characters" in short.text) == (422, True)
    assert done.url.path == "/app/acme/login"
    assert "Your password is set" in done.text
    again = browser.get(LINK)
    assert (again.status_code, "expired" in again.text, "<form" in again.text) == (422, True, False)
    assert browser.post(LINK, data={"password": NEW, "again": NEW}).status_code == 422
    assert "Tom Tanner" in log_in(browser, NEW, "tom@acme.example")


@pytest.mark.rule("API-08")
def test_who_forgot_is_told_the_same_whoever_they_are(browser: "TestClient[Api]") -> None:
    known, nobody = (browser.post("/app/acme/forgotten", data={"email": e}) for e in (EMAIL, "no@acme.example"))

    assert known.text == nobody.text
    assert "on its way" in known.text


@pytest.mark.rule("API-05")
def test_a_password_is_changed(browser: "TestClient[Api]") -> None:
    token = csrf(log_in(browser))
    form = {"csrf_token": token, "old": "wrong horse battery", "password": NEW, "again": NEW}
    wrong = browser.post("/app/acme/password", data=form)
    done = browser.post("/app/acme/password", data=form | {"old": PASSWORD})

    assert wrong.status_code == 422
    assert Form(wrong.text).fields["old"]["aria-invalid"] == "true"
    assert "Your password is changed." in done.text
    assert "Olive Owen" in log_in(browser, NEW)


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize("path", ["/app", "/app/acme/login", "/app/acme/forgotten", LINK, "/app/acme/password"])
def test_a_page_is_for_everybody_and_loads_nothing_from_elsewhere(browser: "TestClient[Api]", path: str) -> None:
    log_in(browser)
    response = browser.get(path)
    form = Form(response.text)

    assert response.status_code == 200
    assert '<html lang="en">' in response.text
    assert response.text.count("<h1>") == 1
    assert form.fields
    assert set(form.fields) <= form.labels
    for told in form.fields.values():
        assert told["autocomplete"]
        assert set((told.get("aria-describedby") or "").split()) <= form.ids
    for address in re.findall(r'(?:src|href|action)="([^"]*)"', response.text):
        assert address.startswith(("/", "#", "data:,"))
    assert not re.search(r"<script(?! type=\"module\" src=)|<style|\sstyle=|\son\w+=", response.text)


@pytest.mark.rule("WEB-07")
def test_a_page_tells_browsers_to_be_careful(browser: "TestClient[Api]") -> None:
    headers = browser.get("/app/acme/login").headers

    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert browser.get("/pages/pages.css").headers["content-type"].startswith("text/css")


@pytest.mark.rule("SEC-01", "API-05")
def test_only_what_is_the_same_for_everybody_is_compressed(browser: "TestClient[Api]") -> None:
    home = log_in(browser)
    grid = browser.get("/v1/acme/grid", params={"from": "2026-05-27"})

    assert browser.get("/pages/pages.css").headers["content-encoding"] == "gzip"
    for answered in (browser.get("/app/acme"), grid):
        assert len(answered.content) > 2_000
        assert "content-encoding" not in answered.headers
    assert csrf(home)


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/app/acme/users?q=a", "/app/acme/users?q=a"),
        ("/app/acme?from=2026-05-27", "/app/acme?from=2026-05-27"),
        ("/app/acme.evil.example", "/app/acme"),
        ("/app/acmeplus/users", "/app/acme"),
        ("//evil.example/app/acme/", "/app/acme"),
        ("https://evil.example/app/acme/", "/app/acme"),
        ("/app/acme/\\evil.example", "/app/acme"),
        ("/app/acme/\t/evil.example", "/app/acme"),
        ("", "/app/acme"),
    ],
)
def test_who_logs_in_goes_on_where_they_wanted_in_their_company_alone(
    browser: "TestClient[Api]", wanted: str, kept: str
) -> None:
    form = {"email": EMAIL, "password": PASSWORD, "next": wanted}
    response = browser.post("/app/acme/login", data=form, follow_redirects=False)

    assert (response.status_code, response.headers["location"]) == (303, kept)


@pytest.mark.rule("WEB-07")
@pytest.mark.parametrize(
    ("named", "status", "path"), [("acme", 200, "/app/acme/login"), ("A cme!", 422, "/app"), ("", 200, "/app")]
)
def test_somebody_names_their_company(browser: "TestClient[Api]", named: str, status: int, path: str) -> None:
    response = browser.get("/app", params={"company": named})

    assert (response.status_code, response.url.path) == (status, path)


@pytest.mark.rule("SEC-01")
def test_what_is_no_short_name_has_no_pages(browser: "TestClient[Api]") -> None:
    for path in ("login", "forgotten", "password", "link/x"):
        assert browser.get(f"/app/A..%3Cb%3E/{path}").status_code in (404, 422)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=1&" * 50, b"email", b""])
def test_a_form_that_is_none_is_answered(browser: "TestClient[Api]", body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}

    assert browser.post("/app/acme/login", content=body, headers=headers).status_code == 401


def test_a_form_is_short(browser: "TestClient[Api]") -> None:
    assert browser.post("/app/acme/login", data={"email": "x" * 20_000}).status_code == 413


@pytest.mark.parametrize(
    "path", ["/app/acme/nope", "/app/acme/users/zzz", "/app/acme/appointments/zzz", "/app/acme/work_orders/1"]
)
def test_a_page_that_is_not_there_says_so_as_a_page(browser: "TestClient[Api]", path: str) -> None:
    log_in(browser)
    response = browser.get(path)

    assert response.status_code == 404
    assert "There is nothing here" in response.text
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["cache-control"] == "no-store"
