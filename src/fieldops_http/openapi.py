"""
The OpenAPI 3.1 document: what Litestar reads off the handlers, with problems, examples, headers and tags beside it.
"""

from importlib.metadata import version
from inspect import cleandoc
from typing import Any

import msgspec
from litestar import Litestar
from litestar.openapi import OpenAPIConfig

from fieldops_http.examples import EXAMPLES, Example
from fieldops_http.operations import Operation
from fieldops_http.problems import MEDIA_TYPE, Problem
from fieldops_http.requests import ApiRequest

Node = dict[str, Any]

REFERENCE = "#/components/schemas/{name}"
SUMMARY = "Field-service scheduling: who is free, near enough and allowed, and the visits booked with them."
TAGS = {
    "appointments": "Visits: booked, moved, resized, reassigned, cancelled.",
    "holds": "Users' time, taken for a while.",
    "field work": "A visit's day: on the way, on site, done.",
    "day grid": "Who is free, near enough and allowed.",
    "work orders": "Jobs at customers, with the visits that they take.",
    "appointment sheet": "The PDF that a technician takes to the site.",
    "messages": "What is sent to customers and users, and how far it is.",
    "repairs": "Visits that are pending reassignment, moved together.",
    "bulk schedule": "Many visits for one work order at once, and the series they make.",
    "customers": "Customers and leads.",
    "notes and tickets": "Texts on a record, and what is to be done by whom and when.",
    "contacts": "Whom to call about a record, and whom first.",
    "tags": "What marks a record, from a catalog.",
    "at risk": "That a record may be lost, and why.",
    "connections": "Accounts at central stations and at providers of interactive services.",
    "credit": "What credit bureaus answered about a record, and which of it was applied.",
    "regulations": "What the government asks of records, by state and city, and what of it is fulfilled.",
    "purchase orders": "What is ordered for technicians, and received.",
    "equipment": "What stands at customers, and what technicians carry.",
    "files": "Files on a record.",
    "users": "The people of the company, and when they work.",
    "absences": "When they do not: absences of users, holidays of locations.",
    "company": "Settings and locations.",
    "catalogs": "What can be chosen from.",
    "login": "Sessions of browsers, passwords, invitations.",
    "roles": "Named sets of grants.",
    "tokens": "Bearer tokens for programs.",
    "overview": "What you may do here, and why not the rest.",
    "server": "How the server is.",
}
DESCRIPTION = """
Times are answered in the zone of the location, with its offset, beside the `zone`. A request's time without an offset
is local to the location; of two equal local times `fold` 1 means the second. Durations are minutes, distances meters.

Errors are `application/problem+json`. A refusal lists every rule that refuses, with code, sentence and facts.

Every resource has a `version`, which is its ETag. A change says which it is meant for: `If-Match`, or `version`. Any
POST may carry an `Idempotency-Key`: sent again, it answers what the first answered.

Answers may be kept nowhere (`Cache-Control: private, no-store`): what is told depends on who asks.
"""
PROBLEMS: dict[int, tuple[str, str]] = {
    400: ("Malformed", "The request does not have the form of one; `field` names what is wrong."),
    401: ("Unauthenticated", "No token, or one that is not, or no longer, valid."),
    403: ("Forbidden", "The token's user may not do this, or not here; the code is `permission.denied`."),
    404: ("NotFound", "There is no such thing in this company, or the token is another company's."),
    409: ("Stale", "The `version` that was named is no longer the newest, or what a preview listed has changed."),
    412: ("StaleHeader", "The version that If-Match named is no longer the newest."),
    413: ("TooLarge", "The body is larger than 1 MB, or a file than 25 MB."),
    422: ("Refused", "A rule refuses; `violations` lists every one that does."),
    428: ("VersionMissing", "The change does not say which version it is meant for."),
    429: ("Slowed", "Too many attempts; try again after `Retry-After` seconds."),
    500: ("Failed", "Something went wrong here; the request id leads to it."),
    503: ("Unavailable", "Others are changing the same things; try again after `Retry-After` seconds."),
}
HEADERS: Node = {
    "ETag": {"description": "The version, in quotes.", "schema": {"type": "string"}},
    "Location": {"description": "Where it is found from now on.", "schema": {"type": "string"}},
    "X-Request-Id": {"description": "The request's id, as in the server's log.", "schema": {"type": "string"}},
    "WWW-Authenticate": {"description": "How to authenticate.", "schema": {"type": "string"}},
    "Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}},
}
BYTES: Node = {"schema": {"type": "string", "format": "binary"}}
UPLOAD: Node = {"application/octet-stream": BYTES}
DOWNLOAD: Node = UPLOAD | {"*/*": BYTES}
"""
A file is answered as what it is; the first is what generated clients read bytes by.
"""
STREAM: Node = {"schema": {"type": "string", "description": "Server-sent events; the data of each `change` is JSON."}}
OF_PROBLEM = {401: "WWW-Authenticate", 429: "Retry-After", 503: "Retry-After"}


def document(operations: tuple[Operation, ...]) -> Node:
    """
    The document of some operations.
    """
    found, known = _read(operations), {each.id: each for each in operations}
    for path in found["paths"].values():
        for method in path.values():
            _complete(method, known[method["operationId"]])
    return {
        "openapi": found["openapi"],
        "info": {
            "title": "fieldops",
            "version": version("fieldops"),
            "summary": SUMMARY,
            "description": cleandoc(DESCRIPTION),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name, "description": text} for name, text in TAGS.items()],
        "paths": found["paths"],
        "components": {
            "schemas": dict(sorted(_schemas(found, operations).items())),
            "responses": {name: _problem(status, text) for status, (name, text) in PROBLEMS.items()},
            "headers": HEADERS,
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token: `fo_…`, made by POST /tokens."},
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-fieldops_session",
                    "description": "A browser's session, opened by PUT /session. What changes something carries its "
                    "`csrf_token`, too, as X-CSRF-Token. Without TLS the name has no prefix.",
                },
            },
        },
    }


def _read(operations: tuple[Operation, ...]) -> Node:
    """
    What Litestar makes of the handlers.
    """
    app = Litestar(
        [each.handler(threads=False) for each in operations],
        request_class=ApiRequest,
        openapi_config=OpenAPIConfig(title="fieldops", version="1"),
        logging_config=None,
    )
    found: Node = app.openapi_schema.to_schema()
    return found


def _schemas(found: Node, operations: tuple[Operation, ...]) -> Node:
    """
    Answers as Litestar tells them; bodies as msgspec does, which reads them: it knows their limits, and that nothing
    else may be in them.
    """
    types = {each.body for each in operations if each.body} | {each.answer for each in operations} | {Problem}
    _, exact = msgspec.json.schema_components(types, schema_hook=_anything, ref_template=REFERENCE)
    schemas = {name: _tidy(schema) for name, schema in exact.items()}
    for name, schema in found["components"]["schemas"].items():
        if schemas.get(name, {}).get("additionalProperties", True):
            exactly = schemas.get(name, {})
            schemas[name] = _tidy(schema | {key: exactly[key] for key in ("description",) if key in exactly})
    return schemas


def _anything(kind: type) -> Node:
    if kind is not object:
        raise NotImplementedError(kind)
    return {"description": "Any JSON value."}


def _complete(method: Node, operation: Operation) -> None:
    example = EXAMPLES.get(operation.id, Example())
    for parameter in method.get("parameters", ()):
        _complete_parameter(parameter, example)
    if operation.body:
        method["requestBody"]["content"]["application/json"]["example"] = example.body
    if operation.uploads:
        method["requestBody"] = {"required": True, "description": "The file.", "content": UPLOAD}
    done = method["responses"][str(operation.status)]
    if operation.downloads:
        done["content"] = UPLOAD | {operation.media: BYTES} if operation.media else DOWNLOAD
    if operation.streams:
        done["content"] = {"text/event-stream": STREAM}
    has_version = not operation.streams and "version" in getattr(operation.answer, "__annotations__", ())
    headers = ["X-Request-Id"] + ["Location"] * operation.creates + ["ETag"] * has_version
    done["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    done["description"] = "Made." if operation.creates else "Done." if operation.method != "GET" else "Found."
    method["responses"] = {str(operation.status): done} | {
        str(status): {"$ref": f"#/components/responses/{PROBLEMS[status][0]}"} for status in _problems_of(operation)
    }
    if operation.id == "ready":
        method["responses"]["503"] = done | {"description": "Not ready."}
    if not operation.public:
        method["security"] = [{"token": []}, {"session": []}]
    method.pop("deprecated", None)


def _complete_parameter(parameter: Node, example: Example) -> None:
    name, place = parameter["name"], parameter["in"]
    if place == "path":
        parameter["description"] = "The company's short name." if name == "company" else "Its id."
    given = {"path": example.path, "query": example.query, "header": example.headers}[place]
    if name in given:
        parameter["example"] = given[name]
    for empty in ("allowEmptyValue", "allowReserved", "deprecated"):
        parameter.pop(empty, None)
    schema = parameter["schema"]
    schema.pop("description", None)
    if "oneOf" in schema:  # what is left out is no null
        schema["oneOf"] = [each for each in schema["oneOf"] if each != {"type": "null"}]
    parameter["schema"] = _tidy(schema)


def _problems_of(operation: Operation) -> list[int]:
    if operation.public:
        return sorted({*operation.problems, 500})
    statuses = [400, 401, 403, 404, 422, 500]
    if operation.body or operation.uploads:
        statuses.append(413)
    if operation.method != "GET" or operation.downloads:
        statuses.append(503)
    if operation.versioned:
        statuses += [409, 412, 428]
    return sorted({*statuses, *operation.problems})


def _problem(status: int, text: str) -> Node:
    headers = ["X-Request-Id"] + ([OF_PROBLEM[status]] if status in OF_PROBLEM else [])
    return {
        "description": text,
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in headers},
        "content": {MEDIA_TYPE: {"schema": {"$ref": REFERENCE.format(name="Problem")}}},
    }


def _tidy(node: Any) -> Any:
    """
    Without what is only Python's: indented docstrings and what they say is raised, a choice of one; and with a number
    that is 0 or 1 told as one, because generators make names of what is enumerated.
    """
    if isinstance(node, list):
        return [_tidy(each) for each in node]
    if not isinstance(node, dict):
        return node
    tidy = {key: _tidy(value) for key, value in node.items()}
    if len(tidy.get("oneOf", ())) == 1:
        tidy |= tidy.pop("oneOf")[0]
    if isinstance(tidy.get("description"), str):
        tidy["description"] = cleandoc(tidy["description"]).partition("\n\nRaises:")[0]
    if tidy.get("enum") == [0, 1]:
        del tidy["enum"]
        tidy |= {"type": "integer", "minimum": 0, "maximum": 1}
    return tidy
