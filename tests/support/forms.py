"""
Pages without scripts: their forms as a browser fills them in and sends them.
"""

from functools import cache
from html.parser import HTMLParser
from typing import TypeAlias

from httpx import Response
from litestar.testing import TestClient

from fieldops_http.app import Api, create_app
from fieldops_http.sessions import PLAIN
from tests.support.office import Office, Person

Fields: TypeAlias = dict[str, list[str]]
Given: TypeAlias = str | list[str] | None


class Forms(HTMLParser):
    """
    The forms of a page by where they are sent to, each with what is filled in; and the page's text.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self._here: Fields = {}
        self._select: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name"), told.get("value") or ""
        if tag == "form":
            self._here = self.forms.setdefault(str(told.get("action")), {})
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in told:
            self._here[self._select] = [value]
        elif tag == "input" and name and (told.get("type") not in ("checkbox", "radio") or "checked" in told):
            self._here.setdefault(name, []).append(value or ("on" if told.get("type") == "checkbox" else ""))


@cache
def app() -> Api:
    """
    One for all tests: making it takes longer than most of them.
    """
    return create_app(Office().engine)


def browser_of(office: Office, who: Person) -> "TestClient[Api]":
    """
    The browser of somebody who is logged in.
    """
    app().state.engine = office.engine
    client = TestClient(app(), raise_server_exceptions=False)
    client.cookies.set(PLAIN, office.session(who))
    return client


def filled(page: Response, action: str, **given: Given) -> Fields:
    """
    The fields of the form that is sent to *action*, with what somebody types; None empties a field. The last underscore
    in a name stands for a dot, where that is a field's.
    """
    form = Forms(page.text).forms[action]
    for name, value in given.items():
        dotted = ".".join(name.rsplit("_", 1))
        named = dotted if dotted in form else name
        form[named] = [] if value is None else [value] if isinstance(value, str) else value
    return form


def send(browser: "TestClient[Api]", page: Response, action: str, **given: Given) -> Response:
    """
    Fill in a form of a page and send it; what the browser shows then.
    """
    return browser.post(action, data=filled(page, action, **given))
