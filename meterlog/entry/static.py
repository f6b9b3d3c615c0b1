"""The console's files at `/`: precompressed where the build made it so, cached by name, with every page being one page.

    GET /assets/index-DeYgszbu.js   Accept-Encoding: gzip, br
    200 Content-Type: text/javascript   Content-Encoding: br   Vary: Accept-Encoding   ETag: "9f0c…"

Files under `assets/` carry a hash of their content in their name and may be kept for ever; `index.html` is asked for
again each time. A path without a file is a page of the console: the browser gets `index.html` and the console's router
finds its way. Reads below `/v1` never come here.
"""

from __future__ import annotations

import os
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path, PurePosixPath
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

_ENCODINGS: Final = (("br", ".br"), ("gzip", ".gz"))
# Said here and not asked of the machine, whose list may lack them or call JavaScript plain text.
_MEDIA_TYPES: Final = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
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
        request = Headers(scope=scope)
        original = Path(full_path)
        sent, encoding = _smallest(original, request.get("accept-encoding", ""))
        stat = stat_result if encoding is None else sent.stat()
        headers = {
            "Cache-Control": _FOR_EVER if original.parent.name == "assets" else _ASK_AGAIN,
            "ETag": f'"{_digest(sent, stat.st_mtime_ns, stat.st_size)}"',
            "Vary": "Accept-Encoding",
        }
        if encoding is not None:
            headers["Content-Encoding"] = encoding
        media_type = _MEDIA_TYPES.get(original.suffix)
        response = FileResponse(sent, status_code, headers, media_type, stat_result=stat)
        return NotModifiedResponse(response.headers) if self.is_not_modified(response.headers, request) else response

    def _page(self, scope: Scope) -> Response:
        return self.file_response(self._index, self._index.stat(), scope)


def _smallest(original: Path, accepted: str) -> tuple[Path, str | None]:
    """The smallest form of a file that the reader takes, and its encoding; the file itself where there is none."""
    for encoding, suffix in _ENCODINGS:
        compressed = original.with_name(original.name + suffix)
        if accepts(accepted, encoding) and compressed.is_file():
            return compressed, encoding
    return original, None


def accepts(accepted: str, encoding: str) -> bool:
    """Whether an `Accept-Encoding` takes an encoding (RFC 9110, 12.5.3): named, or by `*`, and not with a weight of 0.

    >>> accepts("gzip, br;q=0.5", "br"), accepts("br;q=0, *", "br"), accepts("*", "br"), accepts("x-brotli", "br")
    (True, False, True, False)
    """
    weights = dict(_weighted(part) for part in accepted.lower().split(","))
    return weights.get(encoding, weights.get("*", 0.0)) > 0.0


def _weighted(part: str) -> tuple[str, float]:
    name, _, parameters = part.partition(";")
    weight = parameters.replace(" ", "").removeprefix("q=")
    try:
        return name.strip(), float(weight) if weight else 1.0
    except ValueError:
        return name.strip(), 0.0


@lru_cache(maxsize=512)
def _digest(path: Path, _changed_ns: int, _size: int) -> str:
    """Of the content, read once for each state of a file: an image may give all its files one time and one length."""
    return blake2b(path.read_bytes(), digest_size=12).hexdigest()


def _wants_page(scope: Scope) -> bool:
    return "text/html" in Headers(scope=scope).get("accept", "")
