"""
Single sign-on, by a real sign-on service on this machine and a browser without scripts.
"""

import json
import logging
import re
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from attrs import evolve
from cryptography.fernet import Fernet
from litestar.testing import TestClient

from fieldops_adapters.identity import asking, oidc
from fieldops_adapters.identity.oidc import Client, OidcSignOn
from fieldops_core.access.context import Context
from fieldops_core.access.model import SYSTEM
from fieldops_core.app.fieldops import FieldOps
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.ids import UserId
from fieldops_core.kernel.secret import Secret
from fieldops_core.staff.messages import ChangeUser
from fieldops_http import examples
from fieldops_http.app import Api, create_app
from fieldops_http.cli.opening import opened
from fieldops_http.composition import compose
from fieldops_http.settings import Misconfigured, Mode, Settings
from tests.http.example_company import PORTS, ExampleCompany
from tests.support.command_line import Run
from tests.support.oidc import CLIENT, SECRET, Claims, Provider, a_key, providing

OLIVE, SITE, KEY = "olive@acme.example", "http://testserver.local", bytes(range(32))
COOKIE = "fieldops_sign_on"
LINK = "Log in with single sign-on"
Browser = TestClient[Api]


@pytest.fixture
def provider() -> Iterator[Provider]:
    with providing() as there:
        yield there


def a_browser(company: ExampleCompany, provider: Provider, *, url: str = SITE, secret: str | None = SECRET) -> Browser:
    """
    A browser at that company, which has that sign-on service.
    """
    client = Client(
        issuer=provider.issuer,
        id=CLIENT,
        secret=None if secret is None else Secret(secret),
        scopes="openid email",
        back=f"{url}/sso/back",
    )
    fieldops = FieldOps(
        storage=company.engine.storage,
        clock=company.clock,
        ids=company.engine.ids,
        ports=evolve(PORTS, sign_on=OidcSignOn(client, key=KEY)),
    )
    company.app.state.engine = evolve(company.engine, fieldops=fieldops, secure=url.startswith("https"))
    return TestClient(company.app, base_url=url, raise_server_exceptions=False)


@pytest.fixture
def browser(company: ExampleCompany, provider: Provider) -> Iterator[Browser]:
    with a_browser(company, provider) as client:
        yield client


def users(company: ExampleCompany) -> int:
    return len(company.client().get("/v1/acme/users").json()["items"])


def away(browser: Browser, by: str = "/app/acme/sso") -> str:
    """
    Go to the service, which lets who is there in; where it sends them back to.
    """
    left = browser.get(by, follow_redirects=False)
    assert left.status_code == 303, left.text
    there = httpx.get(left.headers["location"])
    assert there.status_code == 302
    back = there.headers["location"]
    assert back.startswith(f"{SITE}/sso/back?")
    return str(back)


def log_in(browser: Browser) -> httpx.Response:
    return browser.get(away(browser))


def refused(browser: Browser, sentence: str, status: int = 401) -> None:
    """
    They come back, are told that, and are not logged in.
    """
    response = log_in(browser)
    assert (response.status_code, sentence in response.text) == (status, True), response.text
    assert browser.get("/app/acme").url.path == "/app/acme/login"


@pytest.mark.rule("API-05")
def test_who_signed_on_is_logged_in(browser: Browser) -> None:
    assert LINK in browser.get("/app/acme/login").text

    home = log_in(browser)

    assert (home.status_code, home.url.path) == (200, "/app/acme")
    assert "Olive Owen" in home.text
    assert OLIVE in browser.get("/v1/acme/self").text
    assert COOKIE not in browser.cookies


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("email", ["OLIVE@Acme.Example", "Olive@acme.example"])
def test_the_case_of_an_address_does_not_matter(browser: Browser, provider: Provider, email: str) -> None:
    provider.person |= {"email": email}

    assert log_in(browser).url.path == "/app/acme"


@pytest.mark.rule("API-05")
def test_without_a_service_there_is_no_such_link(company: ExampleCompany) -> None:
    with TestClient(company.app, raise_server_exceptions=False) as client:
        assert LINK not in client.get("/app/acme/login").text
        assert [client.get(path).status_code for path in ("/app/acme/sso", "/sso/back")] == [404, 404]


@pytest.mark.rule("API-05")
def test_settings_alone_set_it_up(
    acme: Run, provider: Provider, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(f"{SECRET}\n")
    told = {"ISSUER": provider.issuer, "CLIENT_ID": CLIENT, "CLIENT_SECRET_FILE": str(tmp_path / "secret")}
    for name, value in {"URL": SITE, **{f"OIDC_{name}": value for name, value in told.items()}}.items():
        monkeypatch.setenv(f"FIELDOPS_{name}", value)

    with TestClient(create_app(opened(Settings.of())), base_url=SITE, raise_server_exceptions=False) as client:
        assert OLIVE in log_in(client).text
    assert OLIVE in acme("user", "list").out


def with_claims(**changed: Any) -> Callable[[Claims], Claims]:
    """
    Tokens that say something else; None: nothing of it.
    """
    return lambda claims: {name: each for name, each in (claims | changed).items() if each is not None}


PAST = int(time.time()) - 3_600


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "changed",
    [
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": 5},
        {"aud": "another client"},
        {"aud": None},
        {"aud": [CLIENT, "another client"]},
        {"aud": [CLIENT, "another client"], "azp": "another client"},
        {"azp": "another client"},
        {"iss": "https://id.example"},
        {"iss": None},
        {"exp": PAST + 60, "iat": PAST},
        {"exp": None},
        {"exp": "soon"},
        {"iat": PAST + 7_200},
        {"nbf": PAST + 7_200},
        {"sub": None},
    ],
)
def test_a_token_that_is_not_as_it_should_be_lets_nobody_in(
    browser: Browser, provider: Provider, changed: Claims
) -> None:
    provider.change = with_claims(**changed)
    refused(browser, "Single sign-on did not succeed.")


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("changed", [{"aud": [CLIENT]}, {"aud": [CLIENT, "other"], "azp": CLIENT}, {"azp": CLIENT}])
def test_a_token_may_name_its_audience_in_several_ways(browser: Browser, provider: Provider, changed: Claims) -> None:
    provider.change = with_claims(**changed)

    assert log_in(browser).url.path == "/app/acme"


def by_another(provider: Provider, claims: Claims) -> str:
    return provider.signed(claims, by=a_key("another"))


def by_nobody(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, None, algorithm="none", headers={"kid": provider.key_id})  # type: ignore[arg-type]


def by_the_secret(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, SECRET * 3, algorithm="HS256", headers={"kid": provider.key_id})


def by_what_everybody_knows(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, b"shared" * 8, algorithm="HS256", headers={"kid": "shared"})


def by_a_key_of_no_name(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, provider.key, algorithm="RS256", headers={"kid": "unknown"})


def by_a_weaker_way(provider: Provider, claims: Claims) -> str:
    return jwt.encode(claims, provider.key, algorithm="RS512", headers={"kid": provider.key_id})


def by_hand(provider: Provider, claims: Claims) -> str:
    return "no.token.atall"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "sign",
    [by_another, by_nobody, by_the_secret, by_what_everybody_knows, by_a_key_of_no_name, by_a_weaker_way, by_hand],
)
def test_a_token_that_the_service_did_not_sign_lets_nobody_in(
    browser: Browser, provider: Provider, sign: Callable[[Provider, Claims], str]
) -> None:
    provider.sign = lambda claims: sign(provider, claims)
    refused(browser, "Single sign-on did not succeed.")


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_the_service_did_not_verify_is_not_believed(
    browser: Browser, provider: Provider, verified: object
) -> None:
    provider.person |= {"email_verified": verified}
    refused(browser, "does not say that it verified your email address")


@pytest.mark.rule("API-05", "ACC-24")
def test_who_is_not_known_here_is_told_the_same_as_who_is_deactivated_and_nobody_is_made(
    browser: Browser, provider: Provider, company: ExampleCompany
) -> None:
    many = users(company)
    provider.person |= {"email": "nobody@acme.example"}
    unknown = log_in(browser)
    provider.person |= {"email": "tom@acme.example"}
    tom = Context(company=company.company, actor=SYSTEM, source=Source.SYSTEM)
    company.engine.fieldops.execute(ChangeUser(user=UserId(examples.TOM), active=False), tom)
    gone = log_in(browser)

    assert (unknown.status_code, gone.status_code, users(company)) == (401, 401, many)
    assert unknown.text == gone.text
    assert "it lets nobody in here" in unknown.text
    left = browser.get("/app/nowhere/sso", follow_redirects=False).headers["location"]
    elsewhere = browser.get(httpx.get(left).headers["location"])
    assert (elsewhere.status_code, "it lets nobody in here" in elsewhere.text) == (401, True)


@pytest.mark.rule("API-05")
def test_an_address_that_only_looks_alike_when_it_is_made_small_is_another(
    browser: Browser, provider: Provider, company: ExampleCompany
) -> None:
    system = Context(company=company.company, actor=SYSTEM, source=Source.SYSTEM)
    company.engine.fieldops.execute(ChangeUser(user=UserId(examples.TOM), email="kim@acme.example"), system)
    provider.person |= {"email": "\N{KELVIN SIGN}im@acme.example"}
    refused(browser, "it lets nobody in here")

    provider.person |= {"email": "kim@acme.example"}
    assert log_in(browser).url.path == "/app/acme"


@pytest.mark.rule("API-05")
def test_what_another_browser_was_told_lets_nobody_in(
    browser: Browser, company: ExampleCompany, provider: Provider
) -> None:
    theirs = away(browser)
    victim = a_browser(company, provider)
    nothing_kept = victim.get(theirs)
    own = away(victim)
    other_state = victim.get(theirs)

    for each in (nothing_kept, other_state):
        assert each.status_code == 401
        assert "begun in another browser, or too long ago" in each.text
    assert victim.get("/app/acme").url.path == "/app/acme/login"
    assert [each.get(back).url.path for each, back in ((victim, own), (browser, theirs))] == ["/app/acme"] * 2


@pytest.mark.rule("API-05")
def test_of_two_tabs_the_later_one_succeeds(browser: Browser) -> None:
    earlier, later = away(browser), away(browser)

    assert browser.get(earlier).status_code == 401
    assert browser.get(later).url.path == "/app/acme"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    ("wanted", "kept"),
    [
        ("/app/acme/users?q=a&page=2", "/app/acme/users?q=a&page=2"),
        ("/app/acme?from=2026-05-27", "/app/acme?from=2026-05-27"),
        ("//evil.example/app/acme/", "/app/acme"),
        ("/app/globex/users", "/app/acme"),
        ("/app/acme/" + "x" * 5_000, "/app/acme"),
    ],
)
def test_who_signed_on_goes_on_where_they_wanted(browser: Browser, wanted: str, kept: str) -> None:
    form = browser.get("/app/acme/login", params={"next": wanted}).text
    found = re.search(r'href="(/app/acme/sso[^"]*)"', form)
    assert found
    back = browser.get(away(browser, unescape(found[1])), follow_redirects=False)

    assert (back.status_code, back.headers["location"]) == (303, kept)


@pytest.mark.rule("API-05")
def test_where_one_wanted_to_go_is_looked_at_on_the_way_back_too(browser: Browser) -> None:
    back, seal = away(browser), Fernet(urlsafe_b64encode(KEY))
    opened = json.loads(seal.decrypt(browser.cookies[COOKIE])) | {"then": "https://evil.example/app/acme/"}
    browser.cookies.clear()
    browser.cookies.set(COOKIE, seal.encrypt(json.dumps(opened).encode()).decode())

    assert browser.get(back, follow_redirects=False).headers["location"] == "/app/acme"


@pytest.mark.rule("API-05")
def test_who_is_refused_tries_again_for_where_they_wanted_to_go(browser: Browser, provider: Provider) -> None:
    provider.person |= {"email": "nobody@acme.example"}
    refused = browser.get(away(browser, "/app/acme/sso?next=/app/acme/users"))

    assert (refused.status_code, 'name="next" value="/app/acme/users"' in refused.text) == (401, True)


@pytest.mark.rule("API-05")
def test_who_signs_on_again_ends_the_session_that_they_had(browser: Browser) -> None:
    log_in(browser)
    had = {"Cookie": f"fieldops_session={browser.cookies['fieldops_session']}"}
    log_in(browser)
    now = browser.get("/v1/acme/self").status_code
    browser.cookies.clear()

    assert (now, browser.get("/v1/acme/self", headers=had).status_code) == (200, 401)


@pytest.mark.rule("API-05")
def test_a_code_is_good_once(browser: Browser, provider: Provider) -> None:
    back = away(browser)
    kept = browser.cookies[COOKIE]
    assert browser.get(back).url.path == "/app/acme"
    browser.cookies.clear()

    assert browser.get(back).status_code == 401
    browser.cookies.set(COOKIE, kept)
    again = browser.get(back)

    assert (again.status_code, "Single sign-on did not succeed." in again.text) == (401, True)
    assert provider.asked.count("/token") == 2


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(("seconds", "status"), [(300, 200), (605, 401)])
def test_who_takes_too_long_begins_again(browser: Browser, seconds: int, status: int) -> None:
    back = away(browser)
    seal = Fernet(urlsafe_b64encode(KEY))
    opened = seal.decrypt(browser.cookies[COOKIE])
    browser.cookies.clear()
    browser.cookies.set(COOKIE, seal.encrypt_at_time(opened, int(time.time()) - seconds).decode())

    assert browser.get(back).status_code == status


@pytest.mark.rule("API-05")
@pytest.mark.parametrize("kept", ["", "x", "gAAAAA", "é", "of another version"])
@pytest.mark.parametrize("query", ["code=x&state=y", "", "state=%ff&state=%00", "code=x&state=%ED%A0%80"])
def test_a_cookie_that_is_none_lets_nobody_in(browser: Browser, kept: str, query: str) -> None:
    if kept == "of another version":
        kept = Fernet(urlsafe_b64encode(KEY)).encrypt(b'{"state":"y"}').decode()
    headers = {"Cookie": f"{COOKIE}={kept}".encode()}

    assert browser.get(f"/sso/back?{query}", headers=headers).status_code == 401  # type: ignore[arg-type]


@pytest.mark.rule("API-05")
def test_what_the_browser_keeps_says_nothing_and_is_out_of_reach(company: ExampleCompany, provider: Provider) -> None:
    with a_browser(company, provider, url="https://fieldops.acme.example") as client:
        left = client.get("/app/acme/sso", follow_redirects=False)

    kept = left.headers["set-cookie"]
    assert kept.startswith(f"__Host-{COOKIE}=")
    assert all(part in kept.lower() for part in ("httponly", "samesite=lax", "secure", "max-age=600", "path=/"))
    asked = httpx.URL(left.headers["location"]).params
    assert (asked["tenant"], asked["redirect_uri"]) == ("1", "https://fieldops.acme.example/sso/back")
    assert all(asked[name] not in kept for name in ("state", "nonce"))
    assert left.headers["cache-control"] == "no-store"


@pytest.mark.rule("API-05")
def test_who_was_not_let_in_there_is_told_so(browser: Browser, provider: Provider) -> None:
    state = httpx.URL(away(browser)).params["state"]
    denied = browser.get(f"/sso/back?error=access_denied&state={state}&iss={provider.issuer}")

    assert browser.get("/sso/back?error=access_denied&state=another").status_code == 401
    assert (denied.status_code, "Single sign-on did not succeed." in denied.text) == (401, True)
    assert "access_denied" not in denied.text


@pytest.mark.rule("API-05")
def test_what_another_service_answers_is_not_heard(browser: Browser, provider: Provider) -> None:
    provider.answers_of_itself = {"authorization_response_iss_parameter_supported": True}
    other = httpx.URL(away(browser)).copy_set_param("iss", "https://id.example")
    assert browser.get(str(other)).status_code == 401
    unsaid = httpx.URL(away(browser)).copy_remove_param("iss")
    assert browser.get(str(unsaid)).status_code == 401
    assert "/token" not in provider.asked


@pytest.mark.rule("API-05")
def test_a_service_may_tell_the_address_where_it_tells_who_somebody_is(browser: Browser, provider: Provider) -> None:
    provider.in_token = ["sub"]
    assert log_in(browser).url.path == "/app/acme"
    browser.cookies.clear()

    provider.known = provider.person | {"sub": "somebody else"}
    refused(browser, "does not say that it verified")


@pytest.mark.rule("API-05")
def test_a_new_key_of_the_service_is_asked_for_but_not_again_and_again(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(browser)
    provider.rotate()
    browser.cookies.clear()
    refused(browser, "Single sign-on did not succeed.")
    asked = provider.asked.count("/keys")

    monkeypatch.setattr(oidc, "KEYS_AT_MOST_EVERY", 0.0)
    assert log_in(browser).url.path == "/app/acme"
    assert (asked, provider.asked.count("/keys")) == (1, 2)
    assert provider.asked.count("/.well-known/openid-configuration") == 1


@pytest.mark.rule("API-05")
def test_a_service_that_is_down_is_said_to_be(browser: Browser, provider: Provider) -> None:
    provider.down = True
    left = browser.get("/app/acme/sso", follow_redirects=False)
    assert (left.status_code, "does not answer as it should" in left.text) == (503, True)
    provider.down = False
    back = away(browser)
    provider.down = True

    assert browser.get(back).status_code == 503
    provider.down = False
    assert log_in(browser).url.path == "/app/acme"


@pytest.mark.rule("API-05")
@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://id.example"},
        {"token_endpoint": "http://id.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "https://[x/keys"},
        {"token_endpoint": "https://a:b@id.example/token"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_a_service_that_says_strange_things_of_itself_is_not_trusted(
    browser: Browser, provider: Provider, told: Claims
) -> None:
    provider.answers_of_itself = told

    assert browser.get("/app/acme/sso", follow_redirects=False).status_code == 503


@pytest.mark.rule("API-05")
def test_a_service_whose_answer_does_not_end_is_left(
    browser: Browser, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "LARGEST", 10)

    assert browser.get("/app/acme/sso", follow_redirects=False).status_code == 503


@pytest.mark.rule("API-05")
def test_the_client_shows_its_secret_as_the_service_wants_it(browser: Browser, provider: Provider) -> None:
    provider.answers_of_itself = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
    assert log_in(browser).url.path == "/app/acme"


@pytest.mark.rule("API-05")
def test_a_client_without_a_secret_proves_itself_by_pkce_alone(company: ExampleCompany, provider: Provider) -> None:
    provider.secret = None
    with a_browser(company, provider, secret=None) as client:
        assert log_in(client).url.path == "/app/acme"


@pytest.mark.rule("API-05")
def test_who_comes_back_in_vain_again_and_again_waits(browser: Browser, provider: Provider) -> None:
    provider.person |= {"email": "nobody@acme.example"}
    for _ in range(30):
        assert log_in(browser).status_code == 401
    asked = provider.asked.count("/token")
    slowed = log_in(browser)

    assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "5")
    assert provider.asked.count("/token") == asked


@pytest.mark.rule("API-05", "API-07")
def test_what_is_logged_names_nobody(browser: Browser, provider: Provider, caplog: pytest.LogCaptureFixture) -> None:
    provider.change = with_claims(nonce="another")
    with caplog.at_level(logging.INFO, logger="fieldops"):
        refused(browser, "Single sign-on did not succeed.")

    assert "it was meant for another log-in" in caplog.text
    assert all(each not in caplog.text for each in (OLIVE, SECRET, "code="))


@pytest.mark.rule("API-05", "SEC-02")
@pytest.mark.parametrize(
    ("told", "mend"),
    [
        ({"oidc_client_id": ""}, "FIELDOPS_OIDC_CLIENT_ID"),
        ({"oidc_scopes": "email"}, "FIELDOPS_OIDC_SCOPES"),
        ({"oidc_issuer": "http://id.example"}, "FIELDOPS_OIDC_ISSUER names no sign-on service"),
        ({"oidc_issuer": "id.example"}, "FIELDOPS_OIDC_ISSUER names no sign-on service"),
        ({"oidc_issuer": "https://id.example?x=1"}, "FIELDOPS_OIDC_ISSUER names no sign-on service"),
        ({"oidc_issuer": "https://a@id.example"}, "FIELDOPS_OIDC_ISSUER names no sign-on service"),
        ({"oidc_issuer": "https://[x"}, "FIELDOPS_OIDC_ISSUER names no sign-on service"),
        ({"oidc_client_secret_file": Path("none")}, "FIELDOPS_OIDC_CLIENT_SECRET_FILE names 'none'"),
        ({"mode": Mode.PRODUCTION, "key_file": Path("none")}, "FIELDOPS_URL"),
    ],
)
def test_a_service_that_is_not_set_up_is_told_with_its_mend(told: Claims, mend: str) -> None:
    right = {"database": "memory://", "oidc_issuer": "https://id.example", "oidc_client_id": "fieldops"}
    assert compose(Settings(**right)).fieldops.door.signs_on  # type: ignore[arg-type]
    with pytest.raises(Misconfigured, match=mend):
        compose(Settings(**right | told))  # type: ignore[arg-type]
