"""The console's files at `/`: precompressed where the build made it so, cached by name, with every page being one page.

Files under `assets/` carry a hash of their content in their name and may be kept for ever; `index.html` is asked for
again each time. A path without a file is a page of the console: the browser gets `index.html` and the console's router
finds its way. Reads below `/v1` never come here.
"""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"

_NOT_BUILT: Final = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Meterlog</title></head>
<body><h1>Meterlog is running</h1>
<p>The console is not built here. Build it with <code>make console</code> and reload, or use the
<a href="/docs">API</a>.</p></body></html>
"""


class Console(StaticFiles):
    """A folder that `npm run build` made; it may be missing, and may appear later."""

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory.resolve(), check_dir=False)
        self.config_checked = True  # or a missing folder would be an error of the first request
        self._index = directory.resolve() / "index.html"

    async def get_response(self, path: str, scope: Scope) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405)
        if not self._index.is_file():
            return HTMLResponse(_NOT_BUILT, 404 if path not in (".", "") else 200)
        name = PurePosixPath(path)
        if path in (".", "") or (not name.suffix and name.parts[0] != "assets"):
            return self._page(scope)
        try:
            return await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code == 404 and name.parts[0] != "assets" and _wants_page(scope):
                return self._page(scope)
            raise

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(*_best(full_path, stat_result, scope), scope, status_code)
        return _finished(response, Path(full_path))

    def _page(self, scope: Scope) -> Response:
        return self.file_response(self._index, self._index.stat(), scope)


def _best(
    path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope
) -> tuple[str | os.PathLike[str], os.stat_result]:
    """The smallest form of a file that the browser understands."""
    accepted = _header(scope, b"accept-encoding")
    for encoding, suffix in _ENCODINGS:
        compressed = Path(f"{os.fspath(path)}{suffix}")
        if encoding in accepted and compressed.is_file():
            return compressed, compressed.stat()
    return path, stat_result


def _finished(response: Response, original: Path) -> Response:
    response.headers["Cache-Control"] = _FOR_EVER if original.parent.name == "assets" else _ASK_AGAIN
    response.headers["Vary"] = "Accept-Encoding"
    if isinstance(response, FileResponse):
        sent = Path(response.path)
        for encoding, suffix in _ENCODINGS:
            if sent.name == original.name + suffix:
                response.headers["Content-Encoding"] = encoding
                response.headers["Content-Type"] = FileResponse(original).headers["Content-Type"]
    return response


def _wants_page(scope: Scope) -> bool:
    return "text/html" in _header(scope, b"accept")


def _header(scope: Scope, name: bytes) -> str:
    return next((value.decode("latin-1") for header, value in scope["headers"] if header == name), "")
