"""
The OpenAPI document, and a page to read it and to try it on, served from here alone.
"""

import json
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from litestar import MediaType, Response, get
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect
from litestar.router import Router
from litestar.static_files import create_static_files_router

from fieldops_http.openapi import document
from fieldops_http.operations import Operation

# Nothing may be loaded from another host. Swagger UI sets styles inline and draws its icons as data.
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'"

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>fieldops API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/assets/stylesheets/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/assets/javascripts/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""

START = """SwaggerUIBundle({
  url: "/schema/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  validatorUrl: null,
});
"""


def routes_of(operations: tuple[Operation, ...]) -> list[HTTPRouteHandler | Router]:
    """
    ``/schema``, ``/schema/openapi.json`` and ``/docs`` of some operations.
    """

    @lru_cache(maxsize=1)
    def body() -> bytes:
        return json.dumps(document(operations), ensure_ascii=False).encode()

    @get(["/schema", "/schema/openapi.json"], include_in_schema=False, sync_to_thread=False)
    def schema() -> Response[bytes]:
        return Response(body(), media_type=MediaType.JSON)

    assets = Path(str(files("mkdocs_swagger_ui_tag"))) / "swagger-ui"
    return [schema, front, page, start, create_static_files_router("/docs/assets", [assets], include_in_schema=False)]


@get("/", include_in_schema=False, sync_to_thread=False)
def front() -> Redirect:
    """
    Whoever comes to the bare address looks for where to begin.
    """
    return Redirect("/docs")


@get("/docs", include_in_schema=False, sync_to_thread=False)
def page() -> Response[str]:
    """
    The documentation page.
    """
    return Response(PAGE, media_type=MediaType.HTML, headers={"Content-Security-Policy": POLICY})


@get("/docs/start.js", include_in_schema=False, sync_to_thread=False)
def start() -> Response[str]:
    """
    What the page runs: scripts written into it are not allowed.
    """
    return Response(START, media_type="text/javascript")
