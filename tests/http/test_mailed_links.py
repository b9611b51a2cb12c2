"""
Links that come by mail, from a real mail server, and are followed in a browser without scripts.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from litestar.testing import TestClient
from structlog.testing import capture_logs

from fieldops_http.app import Api, create_app
from fieldops_http.cli.opening import opened
from fieldops_http.engine import Engine
from fieldops_http.settings import Misconfigured, Mode, Settings
from fieldops_http.worker import post
from tests.support.command_line import Run
from tests.support.mail import Inbox, served
from tests.support.ports import free_port

ANN, SITE = "ann@acme.example", "http://fieldops.acme.example"
FIRST, SECOND = "correct horse battery", "another horse battery"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def engine(acme: Run, inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """
    Acme, with Ann, over a database of its own, which sends mail to that server.
    """
    acme("user", "create", ANN, "--name", "Ann Delgado", "--zone", "America/Boise")
    for server in served(Controller(inbox, hostname="127.0.0.1", port=free_port())):
        monkeypatch.setenv("FIELDOPS_MAIL", f"smtp+plain://127.0.0.1:{server.port}")
        monkeypatch.setenv("FIELDOPS_MAIL_FROM", "dispatch@acme.example")
        monkeypatch.setenv("FIELDOPS_URL", SITE)
        yield opened(Settings.of())


@pytest.fixture
def browser(engine: Engine) -> Iterator["TestClient[Api]"]:
    with TestClient(create_app(engine), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def invite(acme: Run, browser: "TestClient[Api]") -> Callable[[], str]:
    """
    The owner invites Ann; her id.
    """
    ann = str(json.loads(acme("user", "show", ANN, "--json").out)["id"])
    token = acme("token", "create", "--user", "olive@acme.example").out

    def done() -> str:
        headers = {"Authorization": f"Bearer {token}"}
        made = browser.post("/v1/acme/invitations", json={"user": ann}, headers=headers)
        assert made.status_code == 200, made.text
        return ann

    return done


@pytest.fixture
def invited(invite: Callable[[], str]) -> str:
    return invite()


def path(mail: Any) -> str:
    """
    Where the link of a mail leads.
    """
    (found,) = re.findall(rf"{SITE}(/app/acme/link/\S+)", mail.get_content())
    return str(found)


def follow(browser: "TestClient[Api]", link: str, password: str) -> str:
    """
    Set a password by a link, and log in with it.
    """
    assert 'name="again"' in browser.get(link).text
    done = browser.post(link, data={"password": password, "again": password})
    assert (done.status_code, done.url.path) == (200, "/app/acme/login")
    return browser.post("/app/acme/login", data={"email": ANN, "password": password}).text


@pytest.mark.rule("API-08")
@pytest.mark.usefixtures("invited")
def test_who_is_invited_follows_the_link_of_their_mail_and_logs_in(
    browser: "TestClient[Api]", engine: Engine, inbox: Inbox
) -> None:
    assert inbox.mail == []
    assert post(engine.fieldops) == 1

    (mail,) = inbox.mail
    text = mail.get_content()
    (sender,) = mail["from"].addresses
    assert (mail["to"], mail["subject"]) == (ANN, "Your invitation to acme")
    assert (sender.display_name, sender.addr_spec) == ("acme", "dispatch@acme.example")
    assert re.search(r"works once, until \w+, \w+ \d+, \d{4}, \d+:\d\d [AP]M \(M[DS]T\)\.", text)
    assert "If you do not know acme, ignore this mail" in text
    assert "Ann Delgado" in follow(browser, path(mail), FIRST)
    assert browser.get(path(mail)).status_code == 422
    assert post(engine.fieldops) == 0


@pytest.mark.rule("API-08")
@pytest.mark.usefixtures("invited")
def test_who_has_a_password_and_is_sent_a_link_all_the_same_is_not_told_of_an_invitation(
    browser: "TestClient[Api]", engine: Engine, inbox: Inbox, invite: Callable[[], str]
) -> None:
    post(engine.fieldops)
    follow(browser, path(inbox.mail.pop()), FIRST)
    invite()
    post(engine.fieldops)

    (mail,) = inbox.mail
    text = mail.get_content()
    assert mail["subject"] == "A new password for acme"
    assert "acme sends you this link to a new password. Set another password here:" in text
    assert "invit" not in text
    assert "Ann Delgado" in follow(browser, path(mail), SECOND)


@pytest.mark.rule("API-08")
@pytest.mark.usefixtures("invited")
def test_who_forgot_asks_on_the_page_and_follows_the_link_of_their_mail(
    browser: "TestClient[Api]", engine: Engine, inbox: Inbox
) -> None:
    post(engine.fieldops)
    follow(browser, path(inbox.mail.pop()), FIRST)
    for email in (ANN, "nobody@acme.example"):
        assert "on its way" in browser.post("/app/acme/forgotten", data={"email": email}).text
    assert post(engine.fieldops) == 1

    (mail,) = inbox.mail
    assert (mail["to"], mail["subject"]) == (ANN, "A new password for acme")
    assert "your password stays as it is" in mail.get_content()
    assert browser.get("/app/acme").url.path == "/app/acme"
    assert "Ann Delgado" in follow(browser, path(mail), SECOND)
    old = browser.post("/app/acme/login", data={"email": ANN, "password": FIRST})
    assert old.status_code == 401


@pytest.mark.rule("API-08", "STO-06")
@pytest.mark.usefixtures("invited")
def test_while_it_waits_a_link_can_be_read_nowhere(
    browser: "TestClient[Api]", engine: Engine, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.answer = "451 4.3.0 Busy"
    with capture_logs() as logs:
        assert post(engine.fieldops) == 0
    waiting = b"".join(each.read_bytes() for each in tmp_path.glob("fieldops.db*"))
    (line,) = logs
    assert (line["event"], line["given_up"], line["error"]) == ("link not carried", False, "MailFailed")
    assert ANN not in str(logs)

    inbox.answer = "250 taken"
    with capture_logs() as later:
        assert browser.post("/app/acme/forgotten", data={"email": ANN}).status_code == 200
        assert post(engine.fieldops) == 1
    secret = path(inbox.mail[0]).rpartition("/")[2]
    kept = b"".join(each.read_bytes() for each in tmp_path.glob("fieldops.db*"))
    assert b"password_links" in kept
    assert secret.encode() not in kept + waiting
    assert secret not in str(later)


@pytest.mark.rule("API-08")
@pytest.mark.usefixtures("invited")
def test_a_link_that_the_server_refuses_is_given_up_and_what_it_said_is_not_told(engine: Engine, inbox: Inbox) -> None:
    inbox.answer = "554 5.7.1 Spam: https://fieldops.acme.example/app/acme/link/MARKER"
    with capture_logs() as logs:
        post(engine.fieldops)

    (line,) = logs
    assert (line["given_up"], line["error"]) == (True, "Undeliverable")
    assert "MARKER" not in str(logs)
    assert post(engine.fieldops) == 0


@pytest.mark.rule("API-08")
def test_what_is_printed_at_the_command_line_is_mailed_too(
    acme: Run, browser: "TestClient[Api]", engine: Engine, inbox: Inbox
) -> None:
    printed = acme("user", "invite", ANN).out
    post(engine.fieldops)

    (mail,) = inbox.mail
    assert printed == SITE + path(mail)
    assert "Ann Delgado" in follow(browser, path(mail), FIRST)


@pytest.mark.rule("API-08", "SEC-02")
def test_in_production_links_have_to_lead_somewhere(tmp_path: Path) -> None:
    mailing = {"mode": Mode.PRODUCTION, "key_file": tmp_path, "mail": "folder+mail", "mail_from": "a@acme.example"}
    with pytest.raises(Misconfigured, match="FIELDOPS_URL"):
        Settings(**mailing)  # type: ignore[arg-type]
    assert Settings(url="https://fieldops.acme.example", **mailing).address  # type: ignore[arg-type]
