"""
Logging in and out, passwords, invitations.
"""

from litestar import Response
from litestar.background_tasks import BackgroundTask
from litestar.concurrency import sync_to_thread
from litestar.params import FromPath, JSONBody

from fieldops_core.kernel.secret import Secret
from fieldops_core.login.calculations import csrf_token
from fieldops_core.login.messages import EndSession, ListSessions, ShowSelf, ShowSession
from fieldops_core.login.model import SessionId
from fieldops_core.login.views import LinkView, PasswordView, SelfView, SessionsView, SessionView
from fieldops_http.auth import TheCaller
from fieldops_http.engine import Engine, known
from fieldops_http.operations import COMPANY, operation
from fieldops_http.requests import ApiRequest
from fieldops_http.sessions import address_of, device_of, from_here, give, had, session_of, take
from fieldops_http.wire.login import (
    AskedView,
    ChangePasswordBody,
    FollowLinkBody,
    ForgottenBody,
    InvitationView,
    InviteBody,
    LoggedInView,
    LogInBody,
    WhoView,
    invitation_view,
)

TAG = "login"
AT_THE_DOOR = (400, 403, 413, 422, 429, 503)


@operation(
    "PUT",
    f"{COMPANY}/session",
    summary="Log in",
    tag=TAG,
    rules="API-05",
    public=True,
    outside=True,
    problems=(401, *AT_THE_DOOR),
)
def log_in(request: ApiRequest, company: FromPath[str], data: JSONBody[LogInBody]) -> Response[LoggedInView]:
    """
    Opens a session, whose cookie comes with the answer. An address that nobody has and a wrong password are answered
    alike. After some attempts in vain each further one has to wait. A session that the request carries ends.
    """
    from_here(request)
    engine: Engine = request.app.state.engine
    attempt = data.attempt(address=address_of(request), device=device_of(request), had=had(request))
    opened = engine.fieldops.door.log_in(company, attempt)
    token = csrf_token(opened.secret.reveal())
    response = Response(LoggedInView(id=opened.id, user=opened.user, ends_at=opened.ends_at, csrf_token=token))
    give(response, opened, secure=engine.secure)
    return response


@operation("GET", "/self", summary="Show who you are", tag=TAG, rules="API-05")
def show_self(request: ApiRequest, caller: TheCaller) -> Response[WhoView]:
    """
    The user of the token or session that asks. Open to every user of the company.
    """
    me = known(caller.fieldops.ask(ShowSelf(), caller.context), SelfView)
    cookie = session_of(request) if caller.session else None
    return Response(
        WhoView(
            id=me.id,
            name=me.name,
            email=me.email,
            language=me.language,
            zone=me.zone,
            home=me.home,
            session=caller.session,
            csrf_token=None if cookie is None else csrf_token(cookie),
        )
    )


@operation("GET", "/sessions", summary="List your sessions", tag=TAG, rules="API-05")
def list_sessions(caller: TheCaller) -> Response[SessionsView]:
    """
    Your own that are open, in the order in which they were opened. Open to every user of the company.
    """
    return caller.ask(ListSessions(current=caller.session), SessionsView)


@operation("GET", "/sessions/{id:uuid}", summary="Show one of your sessions", tag=TAG, rules="API-05")
def show_session(caller: TheCaller, id: FromPath[SessionId]) -> Response[SessionView]:
    """
    Also one that has ended. Open to every user of the company.
    """
    return caller.ask(ShowSession(session=id, current=caller.session), SessionView)


@operation("DELETE", "/sessions/{id:uuid}", summary="Log out", tag=TAG, rules="API-05")
def end_session(request: ApiRequest, caller: TheCaller, id: FromPath[SessionId]) -> Response[SessionView]:
    """
    Ends one of your sessions, at once; the one that asks, or another. Open to every user of the company.
    """
    response = caller.execute(EndSession(session=id), SessionView)
    if id == caller.session:
        take(response, secure=request.app.state.engine.secure)
    return response


@operation(
    "PUT", "/password", summary="Change your password", tag=TAG, rules="API-05", outside=True, problems=(413, 429, 503)
)
def change_password(
    request: ApiRequest, caller: TheCaller, data: JSONBody[ChangePasswordBody]
) -> Response[PasswordView]:
    """
    For who knows the old one. Your other sessions end. Open to every user of the company.
    """
    changed = caller.fieldops.door.change_password(request.auth, old=Secret(data.old), new=Secret(data.password))
    return Response(changed)


@operation("POST", "/invitations", summary="Invite a user", tag=TAG, rules="API-08 ACC-25")
def invite(caller: TheCaller, data: JSONBody[InviteBody]) -> Response[InvitationView]:
    """
    Sends a user a link, by which they set a password: once, within seven days. Links that they were sent before end.
    Without mail, `fieldops user invite` prints it instead.
    """
    return caller.tell(data.command(), lambda receipt: invitation_view(known(receipt.answer, LinkView)))


@operation(
    "PUT",
    f"{COMPANY}/password_reset",
    summary="Ask for a link to set a password",
    tag=TAG,
    rules="API-08",
    public=True,
    outside=True,
    problems=AT_THE_DOOR,
)
def forgot_password(request: ApiRequest, company: FromPath[str], data: JSONBody[ForgottenBody]) -> Response[AskedView]:
    """
    Who has forgotten theirs is sent a link, which leads for two hours. The answer is the same whoever asks.
    """
    from_here(request)
    rest = request.app.state.engine.fieldops.door.forgot_password(company, data.address, address=address_of(request))
    return Response(AskedView(), background=BackgroundTask(sync_to_thread, rest))


@operation(
    "PUT",
    f"{COMPANY}/password/by_link",
    summary="Set a password by a link",
    tag=TAG,
    rules="API-08",
    public=True,
    outside=True,
    problems=AT_THE_DOOR,
)
def follow_link(request: ApiRequest, company: FromPath[str], data: JSONBody[FollowLinkBody]) -> Response[PasswordView]:
    """
    The link leads nowhere from then on, and all sessions of its user end.
    """
    from_here(request)
    door = request.app.state.engine.fieldops.door
    done: PasswordView = door.follow_link(company, data.link, Secret(data.password))
    return Response(done)


OPERATIONS = (
    log_in,
    show_self,
    list_sessions,
    show_session,
    end_session,
    change_password,
    invite,
    forgot_password,
    follow_link,
)
