"""
The pages by which people come in: log in and out, set a password, ask for a link.
"""

from functools import partial
from typing import Annotated, Any

from litestar import get, post
from litestar.background_tasks import BackgroundTask
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, QueryParameter

from fieldops_core.app.door import Attempt, Return, Unauthenticated
from fieldops_core.company.model import SLUG
from fieldops_core.kernel.rules import Refused
from fieldops_core.kernel.secret import Secret
from fieldops_core.login.messages import EndSession
from fieldops_core.login.model import Errand
from fieldops_core.login.ports import SignOnFailed
from fieldops_core.login.rules import Slowed
from fieldops_core.login.views import OpenedView
from fieldops_http.pages.frame import Answer, Next, Web, engine_of, present, read, slug_of, wanted
from fieldops_http.pages.rendering import page, refused, see_other
from fieldops_http.sessions import (
    AWAY,
    address_of,
    device_of,
    from_here,
    give,
    had,
    kept_away,
    send_away,
    take,
)
from fieldops_http.settings import SIGNED_ON

FORM_LIMIT = 10_000
LONGEST_WAY = 1_000
"""
Bytes of an address that a browser keeps while somebody is at a sign-on service: a cookie is short.
"""
DIFFERENT = {"again": ["The two are not the same."]}
SET, ASKED = "Your password is set. Log in with it.", "If you log in with this address, a link is on its way to you."

Asked = Annotated[str | None, QueryParameter(name="company", required=False)]
Done = Annotated[str | None, QueryParameter(name="done", required=False)]


@get("/app", include_in_schema=False, sync_to_thread=False)
def which(company: Asked = None) -> Answer:
    """
    Whose pages are asked for.
    """
    told = (company or "").strip().lower()
    if SLUG.fullmatch(told):
        return see_other(f"/app/{told}/login")
    problems = {"company": ["A short name has lower-case letters, digits and hyphens."]} if told else {}
    return page("company.html", problems=problems, status=422 if told else 200)


@get("/app/{company:str}/login", include_in_schema=False, sync_to_thread=False)
def login_form(request: Web, company: FromPath[str], done: Done = None, next: Next = None) -> Answer:
    """
    The form to log in.
    """
    return _login(request, company, next=wanted(next, company), notice=SET if done == "password" else None)


@post("/app/{company:str}/login", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def log_in(request: Web, company: FromPath[str]) -> Answer:
    """
    Logs in, or says why not.
    """
    from_here(request)
    form, engine = await read(request), engine_of(request)
    email, then = form.get("email", ""), wanted(form.get("next"), slug_of(company))
    show = partial(_login, request, company, email=email, next=then)
    attempt = Attempt(
        email=email,
        password=Secret(form.get("password", "")),
        address=address_of(request),
        device=device_of(request),
        had=had(request),
    )
    try:
        opened: OpenedView = await sync_to_thread(engine.fieldops.door.log_in, company, attempt)
    except Unauthenticated as error:
        return show(status=401, problems={"": [str(error)]})
    except Slowed as slowed:
        return show(**_slowed(slowed))
    response = see_other(then)
    give(response, opened, secure=engine.secure)
    return response


@get("/app/{company:str}/sso", include_in_schema=False)
async def sign_on(request: Web, company: FromPath[str], next: Next = None) -> Answer:
    """
    Sends somebody to the sign-on service.
    """
    engine, then = engine_of(request), wanted(next, slug_of(company))
    errand = Errand(slug=company, then=then if len(then.encode()) <= LONGEST_WAY else "")
    try:
        departure = await sync_to_thread(engine.fieldops.door.depart, errand)
    except SignOnFailed as failed:
        return _login(request, company, next=then, status=503, problems={"": [str(failed)]})
    response = see_other(departure.to)
    send_away(response, departure.kept, secure=engine.secure)
    return response


@get(SIGNED_ON, include_in_schema=False)
async def signed_on(request: Web) -> Answer:
    """
    Logs in who comes back from there, or says why not. What their browser kept is good for one return; that of another
    tab, or of another's browser, does not use it up.
    """
    engine, asked = engine_of(request), request.query_params
    told = {name: str(asked.get(name)) for name in asked}
    back = Return(
        kept=kept_away(request), told=told, address=address_of(request), device=device_of(request), had=had(request)
    )
    try:
        errand = engine.fieldops.door.whose_return(back)
    except SignOnFailed as failed:
        return page("problem.html", status=401, problems={"": [str(failed)]})
    response = await _arrived(request, errand, back)
    take(response, AWAY, secure=engine.secure)
    return response


async def _arrived(request: Web, errand: Errand, back: Return) -> Answer:
    engine, then = engine_of(request), wanted(errand.then, errand.slug)
    show = partial(_login, request, errand.slug, next=then)
    try:
        opened: OpenedView = await sync_to_thread(engine.fieldops.door.arrive, back)
    except Unauthenticated as error:
        return show(status=401, problems={"": [str(error)]})
    except SignOnFailed as failed:
        return show(status=503 if failed.unavailable else 401, problems={"": [str(failed)]})
    except Slowed as slowed:
        return show(**_slowed(slowed))
    response = see_other(then)
    give(response, opened, secure=engine.secure)
    return response


def _login(request: Web, company: str, **told: Any) -> Answer:
    signs_on = engine_of(request).fieldops.door.signs_on
    return page(
        "login.html", company=slug_of(company), **{"email": "", "next": _of(company), "signs_on": signs_on, **told}
    )


@post("/app/{company:str}/logout", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def log_out(request: Web, company: FromPath[str]) -> Answer:
    """
    Ends the session, and lets the browser forget it. One that is another company's stays as it is.
    """
    # First: with a form of another site no cookie comes, and to take it would log out who is still logged in.
    from_here(request)
    form, here = await read(request), await present(request, company)
    response = see_other(f"{_of(company)}/login")
    if here is not None and here.who.session is not None:
        ending = EndSession(session=here.who.session)
        await sync_to_thread(here.sending(request, form.get("csrf_token")).tell, ending)
        take(response, secure=here.engine.secure)
    return response


@get("/app/{company:str}/forgotten", include_in_schema=False, sync_to_thread=False)
def forgotten_form(company: FromPath[str]) -> Answer:
    """
    The form to ask for a link.
    """
    return page("forgotten.html", company=slug_of(company), email="", asked=False)


@post("/app/{company:str}/forgotten", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def forgotten(request: Web, company: FromPath[str]) -> Answer:
    """
    Says the same whoever asks; a link is made after that.
    """
    from_here(request)
    email = (await read(request)).get("email", "")
    ask = partial(engine_of(request).fieldops.door.forgot_password, company, email, address=address_of(request))
    try:
        rest = await sync_to_thread(ask)
    except Slowed as slowed:
        return page("forgotten.html", company=slug_of(company), email=email, asked=False, **_slowed(slowed))
    response = page("forgotten.html", company=slug_of(company), email="", asked=True, notice=ASKED)
    response.background = BackgroundTask(sync_to_thread, rest)
    return response


@get("/app/{company:str}/link/{link:str}", include_in_schema=False)
async def link_form(request: Web, company: FromPath[str], link: FromPath[str]) -> Answer:
    """
    The form to set a password by a link. To look at it does not use it up: mail is looked through by machines.
    """
    try:
        await sync_to_thread(engine_of(request).fieldops.door.look_at_link, company, link)
    except Refused as error:
        return page("link.html", status=422, company=slug_of(company), open=False, problems=refused(error, ()))
    return page("link.html", company=slug_of(company), open=True)


@post("/app/{company:str}/link/{link:str}", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def follow_link(request: Web, company: FromPath[str], link: FromPath[str]) -> Answer:
    """
    Sets the password.
    """
    from_here(request)
    form = await read(request)
    show = partial(page, "link.html", status=422, company=slug_of(company))
    if form.get("password", "") != form.get("again", ""):
        return show(open=True, problems=DIFFERENT)
    door, chosen = engine_of(request).fieldops.door, Secret(form.get("password", ""))
    try:
        await sync_to_thread(door.follow_link, company, link, chosen)
    except Refused as error:
        over = any(each.code == "link.ended" for each in error.violations)
        return show(open=not over, problems=refused(error, ("password",)))
    return see_other(f"{_of(company)}/login?done=password")


@get("/app/{company:str}/password", include_in_schema=False)
async def password_form(request: Web, company: FromPath[str]) -> Answer:
    """
    The form to change a password.
    """
    here = await present(request, company)
    return see_other(f"{_of(company)}/login") if here is None else here.page("password.html")


@post("/app/{company:str}/password", include_in_schema=False, status_code=200, request_max_body_size=FORM_LIMIT)
async def change_password(request: Web, company: FromPath[str]) -> Answer:
    """
    Changes it, for who knows the old one.
    """
    here, form = await present(request, company), await read(request)
    if here is None:
        return see_other(f"{_of(company)}/login")
    here = here.sending(request, form.get("csrf_token"))
    here.must_mean()
    show = partial(here.page, "password.html")
    if form.get("password", "") != form.get("again", ""):
        return show(status=422, problems=DIFFERENT)
    old, new = Secret(form.get("old", "")), Secret(form.get("password", ""))
    try:
        await sync_to_thread(partial(here.engine.fieldops.door.change_password, here.who, old=old, new=new))
    except Slowed as slowed:
        return show(**_slowed(slowed))
    except Refused as error:
        return show(status=422, problems=refused(error, ("old", "password")))
    return show(notice="Your password is changed.")


def _slowed(slowed: Slowed) -> dict[str, Any]:
    headers = {"Retry-After": str(slowed.seconds)}
    return {"status": 429, "headers": headers, "problems": {"": [str(slowed)]}}


def _of(company: str) -> str:
    return f"/app/{slug_of(company)}"


HANDLERS = (
    which,
    login_form,
    log_in,
    sign_on,
    signed_on,
    log_out,
    forgotten_form,
    forgotten,
    link_form,
    follow_link,
    password_form,
    change_password,
)
