"""
What a request says beside its command: its body as bytes, its versions, keys, tokens, zones and languages.
"""

import re
from collections.abc import Iterable
from typing import Any, Final, Literal

import msgspec
from litestar import Request
from litestar.datastructures import State

from fieldops_core.app.door import Identified
from fieldops_http.problems import Malformed

ANY: Final = "*"
Version = int | Literal["*"] | None

_ETAG = re.compile(r'"([1-9][0-9]{0,17})"')
_BEARER = re.compile(r"bearer +(\S+)", re.IGNORECASE)
_KEY = re.compile(r"[\x20-\x7e]{1,200}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,4}")
_WHERE = re.compile(r" - at `\$\.?(?P<path>.*?)`$")


class ApiRequest(Request[None, Identified, State]):
    """
    A request whose body is read strictly, straight into the type that its handler takes.
    """

    async def json(self) -> Any:
        """
        Raises:
            Malformed: where the body is not JSON, or not of that type.
        """
        kind = self.route_handler.parsed_fn_signature.parameters["data"].annotation
        return decode(await self.body(), kind)


def decode(body: bytes, kind: Any) -> Any:
    """
    Raises:
        Malformed: where a body is no UTF-8, no JSON, nested too deep, or not of a type.
    """
    try:
        return msgspec.json.decode(body, type=kind)
    except msgspec.ValidationError as error:
        sentence = str(error)
        at = _WHERE.search(sentence)
        unknown = re.search(r"unknown field `(.*?)`|required field `(.*?)`", sentence)
        path = [at["path"] if at else "", next(filter(None, unknown.groups()), "") if unknown else ""]
        field = ".".join(filter(None, path)) or None
        facts = {"reason": sentence}
        raise Malformed("body.invalid", f"{sentence.replace('`$.', '`')}.", field=field, facts=facts) from None
    except (msgspec.DecodeError, UnicodeError) as error:
        raise Malformed("body.malformed", f"The body is not JSON: {error}.", facts={"reason": str(error)}) from None
    except RecursionError:
        facts = {"reason": "nested too deep"}
        raise Malformed("body.malformed", "The body is nested too deep.", facts=facts) from None


def bearer(header: str | None) -> str | None:
    """
    The token of an Authorization header.
    """
    match = _BEARER.fullmatch(header.strip()) if header else None
    return match[1] if match else None


def command_id(header: str | None) -> str | None:
    """
    The name that the caller gave a command, of an Idempotency-Key header.

    Raises:
        Malformed: where it is no such name.
    """
    if header is not None and not _KEY.fullmatch(header):
        sentence = "An Idempotency-Key has 1 to 200 printable ASCII characters."
        raise Malformed("idempotency.key_invalid", sentence, field="Idempotency-Key")
    return header


def matched(header: str | None) -> Version:
    """
    The version that an If-Match header names.

    Raises:
        Malformed: where it names none.
    """
    if header is None or header.strip() == ANY:
        return None if header is None else ANY
    match = _ETAG.fullmatch(header.strip())
    if match is None:
        sentence = 'If-Match is the ETag of the version that the change is meant for, such as "3", or * for any.'
        raise Malformed("if_match.invalid", sentence, field="If-Match")
    return int(match[1])


def language(header: str | None) -> str:
    """
    The language that an Accept-Language header likes best, or English.
    """
    found = [_weighed(each) for each in (header or "").split(",")[:20]]
    liked = sorted(((weight, tag) for weight, tag in found if _LANGUAGE.fullmatch(tag)), key=lambda each: -each[0])
    return liked[0][1] if liked else "en"


def _weighed(text: str) -> tuple[float, str]:
    tag, _, weight = text.partition(";")
    match = re.fullmatch(r"\s*q=([01](?:\.[0-9]{0,3})?)\s*", weight)
    return (float(match[1]) if match else 1.0), tag.strip()


def only(given: Iterable[str], known: frozenset[str]) -> None:
    """
    Raises:
        Malformed: where a query names what the operation does not know. A slip in the name of a filter would filter
            nothing, and answer what looks right.
    """
    for name in sorted(set(given) - known):
        sentence = f"There is no parameter {name!r} here."
        raise Malformed("parameter.unknown", sentence, field=name)
