"""
Who asks, and under which conditions: from the headers of a request to the context of a command (API-03, API-05).
"""

from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from attrs import evolve, frozen
from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.params import HeaderParameter, QueryParameter
from msgspec import UNSET, UnsetType

from fieldops_core.access.context import Context
from fieldops_core.app.door import Identified, Unauthenticated
from fieldops_core.app.fieldops import FieldOps, Preview
from fieldops_core.app.ports import Receipt
from fieldops_core.customers.model import CustomerId
from fieldops_core.customers.views import FileView
from fieldops_core.kernel.context import Source
from fieldops_core.kernel.errors import Stale
from fieldops_core.kernel.time import zone_info
from fieldops_core.login.model import SessionId
from fieldops_http.engine import known
from fieldops_http.problems import Malformed, StaleHeader, VersionMissing
from fieldops_http.requests import ApiRequest, Version, bearer, command_id, language, matched
from fieldops_http.sessions import CSRF_HEADER, changes, meant, session_of


class New(Protocol):
    """
    What has just been made: it has an id.
    """

    @property
    def id(self) -> UUID: ...


A = TypeVar("A")
C = TypeVar("C")
N = TypeVar("N", bound=New)

BY_ITSELF = "by_itself"
"""
Marks handlers that browsers ask again and again, whether anybody sits there or not.
"""
ZoneQuery = Annotated[
    str | None,
    QueryParameter(
        name="zone",
        required=False,
        description="A zone that answers are told in besides the location's, such as `America/Denver`; by default that "
        "of the token's user.",
    ),
]
ZoneHeader = Annotated[
    str | None, HeaderParameter(name="Time-Zone", required=False, description="As `zone`, for every request alike.")
]
LanguageHeader = Annotated[
    str | None, HeaderParameter(name="Accept-Language", required=False, description="The language of sentences.")
]
KeyHeader = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key",
        required=False,
        description="Your own name for this request, 1 to 200 printable characters. Sent again under the same name it "
        "answers what the first answered, and changes nothing.",
    ),
]
MatchHeader = Annotated[
    str | None,
    HeaderParameter(
        name="If-Match",
        required=False,
        description='The ETag of the version that the change is meant for, such as `"3"`; `*` means any. Needed unless '
        "`version` says it.",
    ),
]


async def authenticated(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """
    Lets a request pass whose bearer token, or else whose session, is known in the company that its path names.

    Raises:
        Unauthenticated: where it has neither, or one that is not, or no longer, valid.
        CrossSite: where it would change something in a session, and may come from a page of others.
        NotFound: where the token or session is another company's.
    """
    identify = identification(connection, used=not handler.opt.get(BY_ITSELF, False))
    engine = connection.app.state.engine
    connection.scope["auth"] = await sync_to_thread(identify) if engine.threads else identify()


def identification(connection: ASGIConnection[Any, Any, Any, Any], *, used: bool = True) -> Callable[[], Identified]:
    """
    What tells who sends a request; asked again, it tells whether they may still. Their session is *used* by that, or,
    by what a browser asks by itself, is not.

    Raises:
        Unauthenticated, CrossSite: as :func:`authenticated`.
    """
    fieldops, slug = connection.app.state.engine.fieldops, connection.path_params["company"]
    if token := bearer(connection.headers.get("authorization")):
        return partial(fieldops.identify, slug=slug, token=token)
    session = session_of(connection)
    if session is None:
        raise Unauthenticated("This needs a token, as `Authorization: Bearer fo_…`, or a session: log in.")
    if changes(connection):
        meant(connection, session, connection.headers.get(CSRF_HEADER))
    return partial(fieldops.door.identify, slug=slug, session=session, used=used)


@frozen(kw_only=True)
class Caller:
    """
    Whoever sends a request, and what they said beside their command. *version* is what If-Match named; *versioned* says
    that what they do needs one. *session* is the browser's that it was sent in.
    """

    fieldops: FieldOps
    company: str
    context: Context
    version: Version = None
    versioned: bool = False
    session: SessionId | None = None

    def ask(self, question: object, answer: type[A]) -> Response[A]:
        """
        The answer to a question, with its ETag where it has a version.
        """
        return tagged(known(self.fieldops.ask(question, self.context), answer))

    def create(
        self, command: C, answer: type[N], *, at: str, through: Callable[[C, Context], Receipt] | None = None
    ) -> Response[N]:
        """
        Carry out a command that makes something new, which is found below *at* from then on; *through* as
        :meth:`tell`.
        """
        return self.made(self.execute(command, answer, through=through), at=at)

    def made(self, response: Response[N], *, at: str) -> Response[N]:
        """
        An answer that says where what was made is found.
        """
        response.headers["Location"] = f"/v1/{self.company}/{at}/{response.content.id}"
        return response

    def execute(
        self,
        command: C,
        answer: type[A],
        *,
        version: int | UnsetType = UNSET,
        through: Callable[[C, Context], Receipt] | None = None,
    ) -> Response[A]:
        """
        Carry out a command. *version* is the one that its body names.

        Raises:
            VersionMissing: where a change names no version.
            StaleHeader, Stale: where If-Match, or the body, names an old one.
        """
        return self.tell(command, lambda receipt: known(receipt.answer, answer), version=version, through=through)

    def tell(
        self,
        command: C,
        told: Callable[[Receipt], A],
        *,
        version: int | UnsetType = UNSET,
        through: Callable[[C, Context], Receipt] | None = None,
    ) -> Response[A]:
        """
        As :meth:`execute`, of a command whose answer is *told* with what policies added to it. *through* asks somebody
        outside before it carries the command out.
        """
        context = evolve(self.context, expected_version=self._expected(version))
        try:
            receipt = (through or self.fieldops.execute)(command, context)
        except Stale as stale:
            raise StaleHeader(stale) if self.version is not None else stale from None
        return tagged(told(receipt))

    def upload(self, customer: CustomerId, name: str, content: bytes) -> Response[FileView]:
        """
        Keep a file on a record.
        """
        receipt = self.fieldops.upload(customer, name, content, self.context)
        return self.made(tagged(known(receipt.answer, FileView)), at="files")

    def preview(self, command: object, *, version: int | UnsetType = UNSET) -> Preview:
        """
        What a command would answer, or what would refuse it. It changes nothing, and needs no version.

        Raises:
            Stale: where the body names an old version.
        """
        return self.fieldops.preview(command, evolve(self.context, expected_version=self._expected(version)))

    def _expected(self, told: int | UnsetType) -> int | None:
        header, body = self.version, None if isinstance(told, UnsetType) else told
        if header is None and body is None and self.versioned:
            raise VersionMissing(
                "Say which version the change is meant for: send its ETag as If-Match, or its `version`."
            )
        if isinstance(header, int) and body is not None and header != body:
            raise Malformed("version.ambiguous", "If-Match and `version` name two versions.", field="version")
        return header if isinstance(header, int) else body


TheCaller = NamedDependency[Caller]
"""
How an operation takes whoever sends its request.
"""


def tagged(view: A) -> Response[A]:
    """
    A view as an answer, with its ETag where it has a version.
    """
    version = getattr(view, "version", None)
    return Response(view, headers={} if version is None else {"ETag": f'"{version}"'})


def asked(
    request: ApiRequest, zone: ZoneQuery = None, zone_header: ZoneHeader = None, languages: LanguageHeader = None
) -> Caller:
    """
    Who asks a question.
    """
    who: Identified = request.auth
    told = zone or zone_header
    if told is not None:
        zone_info(told)
    source = Source.API if who.session is None else Source.WEB
    context = Context(company=who.company, actor=who.actor, source=source, zone=told, language=language(languages))
    fieldops, slug = request.app.state.engine.fieldops, request.path_params["company"]
    return Caller(fieldops=fieldops, company=slug, context=context, session=who.session)


def repeatable(asked: TheCaller, key: KeyHeader = None) -> Caller:
    """
    Who sends a command that may be sent again.
    """
    return evolve(asked, context=evolve(asked.context, command_id=command_id(key)))


def changing(asked: TheCaller, if_match: MatchHeader = None) -> Caller:
    """
    Who changes what has a version.
    """
    return evolve(asked, version=matched(if_match), versioned=True)


def changing_repeatably(asked: TheCaller, key: KeyHeader = None, if_match: MatchHeader = None) -> Caller:
    """
    Who changes what has a version, by a command that may be sent again.
    """
    return changing(repeatable(asked, key), if_match)
