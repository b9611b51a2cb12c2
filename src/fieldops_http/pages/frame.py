"""
What every page behind the login stands in: who looks at it, and what refuses them.
"""

import re
from typing import Annotated, Any, TypeVar
from urllib.parse import parse_qs, quote

from attrs import evolve, frozen
from litestar import MediaType, Request, Response
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.exceptions import ValidationException
from litestar.params import FromPath, QueryParameter

from fieldops_core.access.context import Context
from fieldops_core.app.door import Identified, Unauthenticated
from fieldops_core.app.fieldops import Preview
from fieldops_core.app.ports import Receipt
from fieldops_core.company.model import SLUG
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound
from fieldops_core.login.calculations import csrf_token
from fieldops_core.login.messages import ShowSelf
from fieldops_core.login.views import SelfView
from fieldops_core.scheduling.messages import BookAppointment, ListGridChanges
from fieldops_core.staff.messages import ListUsers
from fieldops_core.work_orders.messages import ListWorkOrders
from fieldops_http.engine import Engine, known
from fieldops_http.pages.rendering import HEADERS, page, see_other
from fieldops_http.problems import answer_problem
from fieldops_http.sessions import CrossSite, from_here, of_session, session_of

Answer = Response[Any]
Web = Request[Any, Any, Any]
A = TypeVar("A")

FORM_LIMIT = 100_000
OVER = "Your session is over."
ONCE = re.compile(r"[0-9a-f]{32}(-[a-z])?")
MENU: tuple[tuple[type, str, str, str], ...] = (
    (ListGridChanges, "board", "", "Board"),
    (BookAppointment, "book", "/appointments/new", "Book a visit"),
    (ListWorkOrders, "work_orders", "/work_orders", "Work orders"),
    (ListUsers, "users", "/users", "Users"),
)
"""
The pages that are always within reach: what one has to be able to ask or do for them, and their key, path and name. The
day grid can be asked for a lead alone, too (ACC-06): that is no board.
"""
Next = Annotated[str | None, QueryParameter(name="next", required=False)]


class NotHere(Exception):
    """
    Nobody is logged in, whose page was asked for: *wanted* is its address. *typed* is the form that was sent there.
    """

    def __init__(self, company: str, wanted: str, typed: dict[str, list[str]] | None = None) -> None:
        super().__init__(wanted)
        self.company, self.wanted, self.typed = company, wanted, typed


class Renewed(Forbidden):
    """
    A form of ours that another session was shown: who sent it has logged in again since.
    """

    def __init__(self, name: str) -> None:
        told = f"You have logged in again, as {name}, since this form was shown."
        super().__init__(f"{told} Nothing was saved yet: what you typed is kept, so send it once more.", rule="API-05")


@frozen(kw_only=True)
class Present:
    """
    Who looks at a page: in which session, and who they are. *meant*: what they send is a form that this session was
    shown.
    """

    engine: Engine
    company: str
    who: Identified
    session: str
    me: SelfView
    context: Context
    meant: bool = False

    def ask(self, question: object, answer: type[A]) -> A:
        """
        Raises:
            Forbidden, NotFound, InvalidValue: as the engine's ``ask``.
        """
        return known(self.engine.fieldops.ask(question, self.context), answer)

    def seen(self, question: object, answer: type[A]) -> A | None:
        """
        For a part of a page: None where who looks at it may not see that.
        """
        try:
            return self.ask(question, answer)
        except Forbidden:
            return None

    def tell(self, command: object, *, version: int | None = None) -> Receipt:
        """
        Carry out a command; *version* is the one that it is meant for.

        Raises:
            Renewed: where it comes by a form that another session was shown, or by none.
            Refused, Stale, Forbidden, NotFound, InvalidValue: as the engine's ``execute``.
        """
        self.must_mean()
        return self.engine.fieldops.execute(command, evolve(self.context, expected_version=version))

    def preview(self, command: object, *, version: int | None = None) -> Preview:
        """
        What a command would answer, or what would refuse it. Nothing is changed.

        Raises:
            Stale, Forbidden, NotFound, InvalidValue: as the engine's ``preview``.
        """
        return self.engine.fieldops.preview(command, evolve(self.context, expected_version=version))

    def once(self, told: str, step: str = "") -> "Present":
        """
        Themselves, as they send the form of a secret that was *told* there: pressed twice, its button does once what it
        does (API-03), each *step* of it.
        """
        id = f"{told}{step}" if ONCE.fullmatch(told) else None
        return evolve(self, context=evolve(self.context, command_id=id))

    def hears(self, message: type) -> bool:
        """
        Whether they may ever ask or do this.
        """
        return self.engine.fieldops.hears(message, self.who.actor)

    def page(
        self, template: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: object
    ) -> Answer:
        """
        A page that shows who looks at it.
        """
        menu = [entry for message, *entry in MENU if self.hears(message)]
        me = {"reader": self.me.id, "name": self.me.name, "email": self.me.email}
        shown = {"company": self.company, "menu": menu, "csrf_token": csrf_token(self.session), **me}
        return page(template, status=status, headers=headers, **shown, **values)

    def sending(self, request: Web, token: str | None) -> "Present":
        """
        Themselves, as they send a form that has a session's *token*. With that of another session all can be shown, and
        nothing be changed.

        Raises:
            CrossSite: where a page of another site sent it.
        """
        from_here(request)
        return evolve(self, meant=of_session(self.session, token))

    def must_mean(self) -> None:
        """
        Raises:
            Renewed: where what they send is no form that this session was shown.
        """
        if not self.meant:
            raise Renewed(self.me.name)


Here = NamedDependency[Present]
"""
How a page takes who looks at it: its parameter is called `here`.
"""


async def present(request: Web, company: str) -> Present | None:
    """
    Who is logged in, if anybody is, in that company.
    """
    session, engine = session_of(request), engine_of(request)
    if session is None:
        return None

    def look() -> Present | None:
        try:
            who = engine.fieldops.door.identify(slug=company, session=session)
        except (Unauthenticated, NotFound):
            return None
        context = Context(company=who.company, actor=who.actor, source=Source.WEB)
        me = known(engine.fieldops.ask(ShowSelf(), context), SelfView)
        return Present(engine=engine, company=company, who=who, session=session, me=me, context=context)

    return await sync_to_thread(look)


async def needed(request: Web, company: FromPath[str]) -> Present:
    """
    Raises:
        NotHere: where nobody is logged in.
        CrossSite: and a page of another site sent a form.
    """
    here = await present(request, slug_of(company))
    if here is None and request.method != "GET":
        from_here(request)
        raise NotHere(company, request.url.path, await read_all(request))
    if here is None:
        query = request.scope.get("query_string", b"").decode("latin-1")
        raise NotHere(company, request.url.path + (f"?{query}" if query else ""))
    return here


async def read(request: Web) -> dict[str, str]:
    """
    The fields of a form. Of a field that is there twice the first counts.
    """
    return {name: values[0] for name, values in (await read_all(request)).items()}


async def read_all(request: Web) -> dict[str, list[str]]:
    """
    The fields of a form, each with all its values.
    """
    text = (await request.body()).decode("utf-8", "replace")
    try:
        return parse_qs(text, keep_blank_values=True, max_num_fields=2_000)
    except ValueError:
        return {}


def wanted(told: str | None, company: str) -> str:
    """
    Where one goes on after logging in: a page of that company's, and no other place.
    """
    home = f"/app/{company}"
    fine = told is not None and told.startswith((f"{home}/", f"{home}?")) and told.isprintable() and "\\" not in told
    return told if fine and told is not None else home


def answer_not_here(request: Web, error: NotHere) -> Answer:
    """
    To the login, and back from there. What was typed is kept: as a form that waits until one has logged in beside it; a
    page's script is told alone, and its page stays.
    """
    if request.headers.get("hx-request"):
        return Response(OVER, status_code=401, media_type=MediaType.TEXT, headers=HEADERS)
    if error.typed is not None:
        fields = [(name, value) for name, values in error.typed.items() if name != "csrf_token" for value in values]
        told: dict[str, object] = {"company": error.company, "action": error.wanted, "fields": fields}
        return page("over.html", status=401, headers=None, problems={"": [OVER]}, **told)
    return see_other(f"/app/{error.company}/login?next={quote(error.wanted, safe='/')}")


def answer_cross_site(_: Web, __: CrossSite) -> Answer:
    """
    A form of ours that is too old, or one of others.
    """
    told = ["This form can no longer be sent. Load its page again."]
    return page("problem.html", status=403, problems={"": told})


def answer_forbidden(request: Web, error: Forbidden) -> Answer:
    return _problem(request, 403, str(error))


def answer_not_found(request: Web, _: NotFound) -> Answer:
    return _problem(request, 404, "There is nothing here, or nothing that you may see.")


def answer_invalid(request: Web, error: InvalidValue) -> Answer:
    return _problem(request, 422, str(error))


def answer_unreadable(request: Web, _: ValidationException) -> Answer:
    """
    An address that somebody changed by hand.
    """
    return _problem(request, 422, "A part of this address cannot be read.")


def answer_any(request: Web, error: Exception) -> Answer:
    """
    What no page answers: to a browser as a page, to a program as the API tells it.
    """
    answer = answer_problem(request, error)
    if not request.url.path.startswith("/app/"):
        return answer
    if answer.status_code == 404:
        return answer_not_found(request, NotFound("page", ""))
    return _problem(request, answer.status_code or 500, answer.content.detail, dict(answer.headers))


def _problem(request: Web, status: int, sentence: str, headers: dict[str, str] | None = None) -> Answer:
    company = request.path_params.get("company")
    known_name = company if isinstance(company, str) and SLUG.fullmatch(company) else None
    return page("problem.html", status=status, headers=headers, company=known_name, problems={"": [sentence]})


def engine_of(request: Web) -> Engine:
    engine: Engine = request.app.state.engine
    return engine


def slug_of(company: str) -> str:
    """
    Raises:
        NotFound: where no company can have this short name.
    """
    if not SLUG.fullmatch(company):
        raise NotFound("company", company[:40])
    return company
