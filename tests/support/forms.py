"""
Pages without scripts: their forms as a browser fills them in and sends them.
"""

from functools import cache
from html.parser import HTMLParser
from typing import TypeAlias

from httpx import Response
from litestar.testing import TestClient

from fieldops_http.app import Api, create_app
from fieldops_http.pages.typed import of_lines
from fieldops_http.sessions import PLAIN
from tests.support.office import Office, Person

Fields: TypeAlias = dict[str, list[str]]
Given: TypeAlias = str | list[str] | None


NO_FIELDS = {"submit", "button", "image", "reset", "file"}


class Forms(HTMLParser):
    """
    The forms of a page by where they are sent to, each with what a browser sends of it when nobody types: of two that
    are sent to one place the first. What a button says is not among it.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: dict[str, Fields] = {}
        self._here: Fields = {}
        self._select: str | None = None
        self._options: list[tuple[str, bool]] = []
        self._written: tuple[str, list[str]] | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value, kind = told.get("name"), told.get("value"), told.get("type")
        if tag == "form":
            self._here = {}
            self.forms.setdefault(str(told.get("action")), self._here)
        elif tag == "option" and self._select and "disabled" not in told:
            self._options.append((value or "", "selected" in told))
        elif name is None or "disabled" in told:
            return
        elif tag == "select":
            self._select, self._options = name, []
        elif tag == "textarea":
            self._written = (name, [])
        elif tag == "input" and kind in {"checkbox", "radio"}:
            if "checked" in told:
                self._here.setdefault(name, []).append("on" if value is None else value)
        elif tag == "input" and kind not in NO_FIELDS:
            self._here.setdefault(name, []).append(value or "")

    def handle_data(self, data: str) -> None:
        if self._written:
            self._written[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._here = {}
        elif tag == "select" and self._select:
            chosen = [value for value, selected in self._options if selected] or [
                value for value, _ in self._options[:1]
            ]
            self._here.setdefault(self._select, []).extend(chosen[-1:])
            self._select = None
        elif tag == "textarea" and self._written:
            name, parts = self._written
            text = of_lines("".join(parts)).removeprefix("\n")
            self._here.setdefault(name, []).append(text.replace("\n", "\r\n"))
            self._written = None


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
