"""
Draws the pages: each in light, in dark and on a phone, as the machine's Chromium shows them.

    python -m tools.screenshots                        the pictures that docs/ shows
    python -m tools.screenshots --out FOLDER           every page, from its top to its end
    python -m tools.screenshots --out FOLDER board     those whose names begin so
    python -m tools.screenshots --size full            of the large demo

They show the made-up company of `fieldops demo` on a certain Wednesday, at 10:20: what does not change looks the same
again. A page that tells an error, or asks somebody else for something, is drawn all the same, and the answer is 1.
"""

import argparse
import logging
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from attrs import frozen
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from fieldops_core.access.model import Kind, Stage
from fieldops_core.company.messages import ListAppointmentTypes
from fieldops_core.company.views import AppointmentTypesView
from fieldops_core.customers.messages import ListCustomers
from fieldops_core.customers.views import CustomersView
from fieldops_http.demo import SIZES, company
from fieldops_http.logs import configure
from fieldops_http.sessions import PLAIN
from fieldops_http.settings import Logs
from tools.chromium import DESK, PHONE, launched, watch
from tools.pictured import NOW, Demo, served

FOLDER = Path(__file__).parents[1] / "docs" / "pages" / "pictures"
LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light", "is_mobile": True, "has_touch": True},
}


def as_it_is(page: Page) -> None:
    pass


@frozen(kw_only=True)
class Drawn:
    """
    A page to be drawn: its *path* after /app/wasatch, or what finds it in the demo; *who* looks at it, by name, None
    for a stranger; what has to be done on it before (to *prepare* is also to wait for what scripts draw); whether
    *docs* show it.
    """

    name: str
    path: str | Callable[[Demo], str]
    who: str | None = company.DISPATCHER
    prepare: Callable[[Page], None] = as_it_is
    docs: bool = False

    def address(self, demo: Demo) -> str:
        path = self.path if isinstance(self.path, str) else self.path(demo)
        return f"{demo.site.url}/app/{company.SLUG}{path}"


def refused(page: Page) -> None:
    page.get_by_label("Email address").fill(company.email(company.DISPATCHER))
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Log in").click()
    page.get_by_role("alert").wait_for()


def booking(demo: Demo) -> str:
    """
    The form, for the first type of tech visits at the first customer.
    """
    (customer,) = demo.ask(ListCustomers(stage=Stage.CUSTOMER, limit=1), CustomersView).items
    type = demo.ask(ListAppointmentTypes(kind=Kind.TECH, active=True), AppointmentTypesView).items[0]
    return f"/appointments/new?customer={customer.id}&type={type.id}"


def suggested(page: Page) -> None:
    page.locator("button[name=take]").first.click()
    page.locator(".ec-event.draft").wait_for()
    page.locator("#fit .ways").wait_for()


def many(page: Page) -> None:
    page.get_by_role("button", name="Schedule many visits").click()
    people = page.get_by_role("group", name="Technicians").get_by_role("checkbox")
    people.first.wait_for()
    page.get_by_label("Type", exact=True).select_option(index=1)
    page.get_by_label("Start", exact=True).select_option("10:00")
    page.get_by_label("Leave out dates").check()
    for each in people.all()[:3]:
        each.check()
    page.locator("#bulk-count").filter(has_text=re.compile(r"\d visits")).wait_for()


def a_work_order(demo: Demo) -> str:
    return f"/work_orders/{demo.work_order()}"


def elena(demo: Demo) -> str:
    return f"/users/{demo.user('Elena Marsh')}"


def with_visits(page: Page) -> None:
    page.locator(".ec-event.visit:visible, #list article:visible").first.wait_for()


def with_a_map(page: Page) -> None:
    page.locator(".ring").first.wait_for()


def hours_reviewed(page: Page) -> None:
    page.get_by_role("link", name="Change the hours").click()
    for edge in ("from", "until"):
        page.get_by_label(f"Thursday, {edge}", exact=True).fill("")
    page.get_by_role("button", name="See what this changes").click()
    page.get_by_text("would be stranded").wait_for()


PAGES: tuple[Drawn, ...] = (
    Drawn(name="login", path="/login", who=None),
    Drawn(name="login-refused", path="/login", who=None, prepare=refused),
    Drawn(name="forgotten", path="/forgotten", who=None),
    Drawn(name="board", path="", prepare=with_visits, docs=True),
    Drawn(name="appointment-customer", path="/appointments/new"),
    Drawn(name="appointment-form", path=booking, prepare=suggested, docs=True),
    Drawn(name="customer", path=lambda demo: f"/customers/{demo.customer()}"),
    Drawn(name="work-orders", path="/work_orders"),
    Drawn(name="backlog", path="/work_orders/backlog"),
    Drawn(name="work-order", path=a_work_order),
    Drawn(name="bulk-schedule", path=a_work_order, prepare=many, docs=True),
    Drawn(name="password", path="/password"),
    Drawn(name="users", path="/users", prepare=with_a_map),
    Drawn(name="user-new", path="/users/new", who=company.OWNER),
    Drawn(name="user-profile", path=lambda demo: f"{elena(demo)}?edit=profile", who=company.OWNER),
    Drawn(name="user", path=elena, who=company.OWNER, prepare=with_a_map, docs=True),
    Drawn(name="user-hours", path=elena, prepare=hours_reviewed),
)


def draw(demo: Demo, chromium: Browser, pages: tuple[Drawn, ...], folder: Path, *, whole: bool) -> list[str]:
    """
    A picture of each page in each look, of its first screen or of the *whole* page. Answers what went wrong.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sessions = {who: demo.session(who) for who in {each.who for each in pages} if who is not None}
    faults: list[str] = []
    for look, options in LOOKS.items():
        for each in pages:
            file = folder / f"{each.name}-{look}.png"
            with _visiting(demo, chromium, sessions.get(each.who or ""), options, faults) as context:
                page = context.new_page()
                page.goto(each.address(demo))
                each.prepare(page)
                page.screenshot(path=file, full_page=whole, animations="disabled", caret="hide")
            _lighten(file)
            print(f"{file} ({file.stat().st_size // 1000} KB)")
    return faults


def _lighten(file: Path) -> None:
    """
    Pages have few colours: 256 are as good as all, in a third of the bytes.
    """
    with Image.open(file) as picture:
        few = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    few.save(file, optimize=True)


@contextmanager
def _visiting(
    demo: Demo, chromium: Browser, session: str | None, options: dict[str, Any], faults: list[str]
) -> Iterator[BrowserContext]:
    here: dict[str, Any] = {"timezone_id": company.ZONE, "locale": "en-US", "reduced_motion": "reduce"}
    context = chromium.new_context(**here, **options)
    watch(context, demo.site.url, faults)
    context.clock.set_fixed_time(NOW)
    if session is not None:
        context.add_cookies([{"name": PLAIN, "value": session, "url": demo.site.url}])
    try:
        yield context
    finally:
        context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Draws the pages, in light, in dark and on a phone.")
    parser.add_argument("names", nargs="*", help="draw the pages whose names begin so; by default all")
    parser.add_argument("--out", type=Path, help="the folder for every page; by default those of docs/ are drawn")
    parser.add_argument("--size", choices=sorted(SIZES), default="small", help="of the demo")
    told = parser.parse_args()
    configure(Logs.CONSOLE)
    logging.disable(logging.INFO)  # each request
    pages = tuple(
        each
        for each in PAGES
        if (told.out or each.docs) and (not told.names or each.name.startswith(tuple(told.names)))
    )
    with sync_playwright() as playwright, served(told.size) as demo:
        chromium = launched(playwright)
        faults = draw(demo, chromium, pages, told.out or FOLDER, whole=told.out is not None)
        chromium.close()
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
