"""
Pages as answers: escaped, and told to load nothing but what lies here.
"""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Response
from litestar.response import Redirect

from fieldops_core.kernel.errors import Forbidden, InvalidValue, NotFound, Stale
from fieldops_core.kernel.rules import Refused, Violation
from fieldops_core.kernel.time import local
from fieldops_http.pages.wording import MODES, STATUSES, money, plain
from fieldops_http.problems import RETRY_SECONDS

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not `no-referrer`: browsers would then not say of a form where it comes from.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    # What one user saw is not shown to the next one who goes back.
    "Cache-Control": "no-store",
}

_TEMPLATES = Environment(
    loader=PackageLoader("fieldops_http.pages"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

SENT = "This was saved already, as the form stood when it was sent before. If that is not what you mean, send it again."

STATIC = Path(__file__).parent / "static"


@cache
def asset(name: str) -> str:
    """
    The address of a static file: another one when it changes, so that browsers may keep it for good.
    """
    file = STATIC / name
    return f"/pages/{name}?{sha256(file.read_bytes()).hexdigest()[:12]}" if file.is_file() else f"/pages/{name}"


_TEMPLATES.globals["asset"] = asset
_TEMPLATES.filters["local"] = local
_TEMPLATES.filters["plain"] = plain
_TEMPLATES.filters["money"] = money
_TEMPLATES.globals["STATUSES"] = STATUSES
_TEMPLATES.globals["MODES"] = MODES


def page(template: str, *, status: int = 200, headers: dict[str, str] | None = None, **values: object) -> Response[str]:
    """
    A page. *problems* are sentences by the field that they are about, "" for those about none.
    """
    told: dict[str, Any] = {"problems": {}, "notice": None, "company": None, **values}
    body = _TEMPLATES.get_template(template).render(told)
    own = {"Retry-After": RETRY_SECONDS} if status == 503 else {}
    return Response(body, status_code=status, media_type=MediaType.HTML, headers=HEADERS | own | (headers or {}))


def refused(error: Refused, fields: Iterable[str]) -> dict[str, list[str]]:
    """
    What refuses a form, by its fields.
    """
    known, told = frozenset(fields), dict[str, list[str]]()
    for each in error.violations:
        told.setdefault(_field(each, known), []).append(each.sentence)
    return told


def against(error: Exception, fields: tuple[str, ...]) -> tuple[int, dict[str, list[str]]]:
    """
    The status of what refuses a form, and its sentences by the field that they are about.
    """
    match error:
        case Refused() if sent_before(error):
            return 409, {"": [SENT]}
        case Refused():
            return 422, refused(error, fields)
        case InvalidValue():
            name = (error.field or "").rpartition(".")[2] if error.field not in fields else error.field
            return 422, {name if name in fields and name else "": [str(error)]}
        case Stale():
            return 409, {"": [str(error)]}
        case Forbidden():
            return 403, {"": [str(error)]}
    return 503, {"": [str(error)]}


def sent_before(error: Refused) -> bool:
    """
    Whether a form is refused because it was sent already, with something else in it (API-03).
    """
    return any(each.code == "idempotency.key_reused" for each in error.violations)


def sentence(error: Exception) -> str:
    """
    What refuses something, as people read it: they know no ids.
    """
    if isinstance(error, NotFound):
        return f"There is no such {error.kind.replace('_', ' ')}, or none that you may see."
    return str(error)


def _field(violation: Violation, known: frozenset[str]) -> str:
    return violation.field if violation.field in known and violation.field is not None else ""


def see_other(address: str) -> Redirect:
    """
    After a form: a page to look at, which can be loaded again.
    """
    return Redirect(address, status_code=303, headers=HEADERS)
