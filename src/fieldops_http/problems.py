"""
How the API says no: one table from what is raised to ``application/problem+json`` (RFC 9457, API-02).
"""

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import msgspec
import structlog
from attrs import evolve, frozen
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.params import ParameterKwarg
from litestar.typing import FieldDefinition

from fieldops_core.app.door import Unauthenticated
from fieldops_core.customers.ports import ConnectorFailed, CreditFailed, FilesFailed
from fieldops_core.kernel.errors import Conflict, Forbidden, InvalidValue, NotFound, PreviewChanged, Stale, Unavailable
from fieldops_core.kernel.rules import Refused
from fieldops_core.login.rules import Slowed
from fieldops_core.messaging.ports import SheetFailed
from fieldops_http.logs import request_id, where
from fieldops_http.sessions import CrossSite

MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = "1"
BODY_LIMIT = 1_000_000

log = structlog.stdlib.get_logger("fieldops")


class ProblemViolation(msgspec.Struct, kw_only=True):
    """
    One rule that the request would break: told to a person (*sentence*) and to a program (*code* and *facts*). *rule*
    is its number in docs/rules; *field* names the input that caused it, where one did.
    """

    rule: str | None
    code: str
    sentence: str
    facts: Mapping[str, Any]
    field: str | None


class Problem(msgspec.Struct, kw_only=True):
    """
    Why a request was not carried out. *type* is ``/problems/<code>``; *detail* is a sentence for people; *violations*
    lists every rule that refused; *facts* and *field* tell more of other problems, where there is more to tell.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    field: str | msgspec.UnsetType = msgspec.UNSET
    facts: Mapping[str, Any] | msgspec.UnsetType = msgspec.UNSET
    violations: tuple[ProblemViolation, ...] | msgspec.UnsetType = msgspec.UNSET


class Malformed(Exception):
    """
    A request that does not have the form of one: a body that is no JSON, a header that is no version.
    """

    def __init__(
        self, code: str, sentence: str, *, field: str | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.field, self.facts = code, sentence, field, facts or {}


class VersionMissing(Exception):
    """
    A change that does not say which version it is meant for.
    """


class TooManyStreams(Exception):
    """
    Another stream would be one too many.
    """


class StaleHeader(Exception):
    """
    A change whose If-Match header names a version that is no longer the newest.
    """

    def __init__(self, stale: Stale) -> None:
        super().__init__(str(stale))
        self.stale = stale


@frozen(kw_only=True)
class Told:
    """
    A problem before it belongs to a request.
    """

    status: int
    code: str
    detail: str
    field: str | None = None
    facts: Mapping[str, object] | None = None
    violations: tuple[ProblemViolation, ...] | None = None
    headers: Mapping[str, str] = {}


def _refused(error: Refused) -> Told:
    found = tuple(
        ProblemViolation(rule=each.rule, code=each.code, sentence=each.sentence, facts=each.facts, field=each.field)
        for each in error.violations
    )
    return Told(status=422, code=found[0].code, detail=str(error), violations=found)


def _slowed(error: Slowed) -> Told:
    return evolve(_refused(error), status=429, headers={"Retry-After": str(error.seconds)})


def _too_many_streams(error: TooManyStreams) -> Told:
    return Told(status=429, code="streams.too_many", detail=str(error), headers={"Retry-After": "10"})


def _cross_site(error: CrossSite) -> Told:
    return Told(status=403, code="csrf.refused", detail=str(error))


def _invalid(error: InvalidValue) -> Told:
    found = ProblemViolation(
        rule=error.rule, code=error.code, sentence=error.sentence, facts=error.facts, field=error.field
    )
    return Told(status=422, code=error.code, detail=error.sentence, violations=(found,))


def _malformed(error: Malformed) -> Told:
    return Told(status=400, code=error.code, detail=error.sentence, field=error.field, facts=error.facts)


def _unauthenticated(error: Unauthenticated) -> Told:
    return Told(status=401, code="unauthenticated", detail=str(error), headers={"WWW-Authenticate": "Bearer"})


def _forbidden(error: Forbidden) -> Told:
    return Told(status=403, code=error.code, detail=error.sentence)


def _not_found(error: NotFound) -> Told:
    return Told(status=404, code="not_found", detail=str(error), facts={"kind": error.kind, "id": error.id})


def _stale(error: Stale) -> Told:
    facts: dict[str, object] = {"kind": error.kind, "expected": error.expected, "actual": error.actual}
    if error.changes:
        facts["changes"] = error.changes
    return Told(status=409, code="version.stale", detail=str(error), field="version", facts=facts)


def _preview_changed(error: PreviewChanged) -> Told:
    return Told(status=409, code=error.code, detail=error.sentence, field="consent", facts={"preview": error.preview})


def _stale_header(error: StaleHeader) -> Told:
    return evolve(_stale(error.stale), status=412, field="If-Match")


def _version_missing(error: VersionMissing) -> Told:
    return Told(status=428, code="version.missing", detail=str(error))


def _unavailable(error: Unavailable) -> Told:
    return Told(status=503, code="unavailable", detail=str(error), headers={"Retry-After": RETRY_SECONDS})


def _files_failed(_: FilesFailed) -> Told:
    sentence = "The store of files does not answer just now. Please try again."
    return Told(status=503, code="files.unavailable", detail=sentence, headers={"Retry-After": RETRY_SECONDS})


def _connector_failed(error: ConnectorFailed) -> Told:
    return Told(status=503, code="connection.unavailable", detail=str(error), headers={"Retry-After": RETRY_SECONDS})


def _credit_failed(error: CreditFailed) -> Told:
    return Told(status=503, code="credit.unavailable", detail=str(error), headers={"Retry-After": RETRY_SECONDS})


def _sheet_failed(_: SheetFailed) -> Told:
    return Told(status=500, code="pdf.failed", detail="pdf generation failed")


def _conflict(_: Conflict) -> Told:
    return _unavailable(Unavailable("Too many are asking just now. Please try again."))


def _http(error: HTTPException) -> Told:
    status = HTTPStatus(error.status_code)
    match status:
        case HTTPStatus.NOT_FOUND:
            return Told(status=404, code="not_found", detail="There is nothing at this address.")
        case HTTPStatus.METHOD_NOT_ALLOWED:
            allowed = (error.headers or {}).get("allow", "")
            sentence = f"This address knows {allowed}."
            return Told(status=405, code="method.not_allowed", detail=sentence, headers={"Allow": allowed})
        case HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            return _too_large(BODY_LIMIT)
    if status >= 500:
        return _bug(error)
    return Told(status=status, code=status.name.lower(), detail=f"{status.description or status.phrase}.")


def _too_large(limit: int) -> Told:
    sentence = f"A body has at most {limit:,} bytes here."
    return Told(status=413, code="body.too_large", detail=sentence, facts={"limit": limit})


def _bug(_: Exception) -> Told:
    return Told(status=500, code="internal", detail="Something went wrong here. The request id leads us to it.")


# Litestar tells what is missing in words alone.
_MISSING = re.compile(r"Missing required \w+ parameter '([^']+)'")

TABLE: dict[type[Exception], Callable[[Any], Told]] = {
    Slowed: _slowed,
    Refused: _refused,
    CrossSite: _cross_site,
    TooManyStreams: _too_many_streams,
    InvalidValue: _invalid,
    Malformed: _malformed,
    Unauthenticated: _unauthenticated,
    Forbidden: _forbidden,
    NotFound: _not_found,
    Stale: _stale,
    PreviewChanged: _preview_changed,
    StaleHeader: _stale_header,
    VersionMissing: _version_missing,
    Unavailable: _unavailable,
    Conflict: _conflict,
    FilesFailed: _files_failed,
    ConnectorFailed: _connector_failed,
    CreditFailed: _credit_failed,
    SheetFailed: _sheet_failed,
    HTTPException: _http,
    Exception: _bug,
}
"""
The first class of an exception's ancestry that is listed here tells how it is answered.
"""


def told(error: Exception) -> Told:
    """
    How an exception is answered.
    """
    tell = next(TABLE[kind] for kind in type(error).__mro__ if kind in TABLE)
    return tell(error)


def answer_parameters(request: Request[Any, Any, Any], error: ValidationException) -> Response[Problem]:
    """
    The answer to a request whose parameters are not what they should be, under the names that the caller gave them.
    """
    known = request.route_handler.parsed_fn_signature.parameters
    found = [each for each in error.extra or () if isinstance(each, Mapping)]
    facts = {_told_name(known, each.get("key")): str(each.get("message", "invalid")) for each in found}
    if missing := _MISSING.search(error.detail):
        facts = {missing[1]: "Required"}
    if "data" in facts:
        malformed = Malformed("body.missing", "This request needs a body of JSON.")
    else:
        sentence = "; ".join(f"{name}: {what}" for name, what in facts.items())
        malformed = Malformed("parameter.invalid", f"{sentence}.", field=next(iter(facts), None), facts=facts)
    return answer_problem(request, malformed)


def _told_name(known: Mapping[str, FieldDefinition], name: str | None) -> str:
    """
    How a parameter is spelled outside of Python: ``from`` is no name there.
    """
    parameter = known.get(name or "")
    mark = parameter.kwarg_definition if parameter else None
    return (mark.name if isinstance(mark, ParameterKwarg) else None) or name or "request"


def answer_problem(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """
    The answer to a request that raised. What nobody expected is logged with the request's id, and told with that alone.
    """
    this, id = told(error), request_id(request.scope)
    if this.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        this = _too_large(request.route_handler.resolve_request_max_body_size() or BODY_LIMIT)
    if this.status >= 500 and not isinstance(error, Unavailable):
        # Not the message: it may quote what the request held.
        log.error("failed", request_id=id, error=type(error).__qualname__, where=where(error))
    problem = Problem(
        type=f"/problems/{this.code}",
        title=this.code.replace(".", " ").replace("_", " ").capitalize(),
        status=this.status,
        detail=this.detail,
        request_id=id,
        field=this.field or msgspec.UNSET,
        facts=msgspec.UNSET if this.facts is None else this.facts,
        violations=msgspec.UNSET if this.violations is None else this.violations,
    )
    return Response(problem, status_code=this.status, media_type=MEDIA_TYPE, headers=dict(this.headers))
