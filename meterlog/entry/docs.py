"""`/docs`: the interactive OpenAPI page, with all its parts served from here, so that it works without the internet,
and the JSON Schema of every message.

The assets are those that the package `fastapi-offline` carries (Swagger UI); they are found without importing it.
"""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from shared.kernel.errors import Rejection

_ASSETS: Final = {
    "swagger-ui-bundle.js": "text/javascript",
    "swagger-ui.css": "text/css",
    "favicon.png": "image/png",
}

_SCHEMAS: Final = Path(__file__).parents[2] / "docs" / "events"
_SCHEMA_NAME: Final = re.compile(r"[a-z]+\.[A-Za-z]+\.v[0-9]+\.json", re.ASCII)

_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Meterlog API</title>
<link rel="icon" href="/docs/favicon.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="page"></div>
<noscript>This page needs JavaScript; the document itself is <a href="/openapi.json">openapi.json</a>.</noscript>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""

# A file of its own, because the content security policy admits no inline script.
_START: Final = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#page",
  deepLinking: true,
  docExpansion: "none",
  filter: true,
  persistAuthorization: false,
  validatorUrl: null,
});
"""


async def page(_request: Request) -> Response:
    return Response(_PAGE, media_type="text/html", headers={"Cache-Control": "no-cache"})


async def asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "start.js":
        return Response(_START, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
    folder = _folder()
    if name not in _ASSETS or folder is None:
        raise Rejection("not_found", f"there is nothing at {request.url.path}", status=404)
    return FileResponse(folder / name, media_type=_ASSETS[name], headers={"Cache-Control": "max-age=86400"})


async def schema(request: Request) -> Response:
    """`/docs/events/invoicing.InvoiceIssued.v1.json`: the schema that the header `ce_dataschema` names."""
    name = request.path_params["name"]
    file = _SCHEMAS / name
    if _SCHEMA_NAME.fullmatch(name) is None or not file.is_file():
        raise Rejection("not_found", f"no message is called {name}; docs/events lists them all", status=404)
    return FileResponse(file, media_type="application/schema+json", headers={"Cache-Control": "max-age=86400"})


def _folder() -> Path | None:
    spec = importlib.util.find_spec("fastapi_offline")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "static"
