"""One reading of a request for everybody who routes it: the entry and the service behind it see the same path.

A path is put into its normal form before anything looks at it (RFC 3986, 6.2.2): what needs no percent sign loses it,
hexadecimal digits are capitals. What could be read in two ways is refused, 400: the steps `.` and `..`, as they are or
encoded, with `;` or a backslash; empty segments; control characters; bytes that are no UTF-8; a header that may come
once and comes twice.

>>> normal_path(b"/v1/%61ccounts/a%2fb")
b'/v1/accounts/a%2Fb'
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, unquote, unquote_to_bytes

from starlette.types import Scope

from shared.kernel.errors import Rejection
from shared.kernel.ids import STEPS

_UNRESERVED: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE: Final = re.compile(rb"%([0-9A-Fa-f]{2})")
_BAD_ESCAPE: Final = re.compile(rb"%(?![0-9A-Fa-f]{2})")
# RFC 3986, 3.3: pchar and the slash. A backslash is none of them.
_PATH: Final = re.compile(rb"/[A-Za-z0-9\-._~%!$&'()*+,;=:@/]*")
_SEPARATORS: Final = re.compile(r"[/\\]")

ONCE: Final = frozenset(
    {
        b"authorization",
        b"content-encoding",
        b"content-length",
        b"content-type",
        b"cookie",
        b"host",
        b"idempotency-key",
        b"if-match",
        b"origin",
        b"position",
        b"sec-fetch-site",
        b"traceparent",
        b"transfer-encoding",
    }
)
"""Headers of which there is one at most: one reader would take the first, another the last."""


def settle(scope: Scope) -> None:
    """Put the path of a request into its normal form. Raises `Rejection` (400) for what has two readings."""
    raw: bytes = scope.get("raw_path") or quote(scope["path"]).encode()
    path = normal_path(raw.partition(b"?")[0])
    scope["raw_path"], scope["path"] = path, unquote(path.decode("ascii"))
    try:
        unquote_to_bytes(scope["query_string"]).decode()
    except UnicodeDecodeError:
        raise _refused("the query is not UTF-8; encode it as UTF-8") from None
    names = [name for name, _ in scope["headers"] if name in ONCE]
    if len(names) != len(set(names)):
        twice = next(name for name in names if names.count(name) > 1)
        raise _refused(f"the header {twice.decode('ascii')} comes twice; send it once", code="malformed")


@lru_cache(maxsize=4096)
def normal_path(raw: bytes) -> bytes:
    """The normal form of a path as sent. Raises `Rejection` (400)."""
    if _PATH.fullmatch(raw) is None or _BAD_ESCAPE.search(raw) is not None:
        raise _refused("a path begins with / and has only ASCII as of RFC 3986; percent-encode everything else")
    try:
        text = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise _refused("the path is not UTF-8; encode it as UTF-8") from None
    if any(ord(character) < 32 or ord(character) == 127 for character in text):
        raise _refused("a path has no control characters; remove them")
    if b"//" in raw:
        raise _refused("a path has no empty segments; write one slash")
    if any(segment.partition(";")[0].strip() in STEPS for segment in _SEPARATORS.split(text)):
        raise _refused("a path has no . or .. between slashes; send the path that is meant")
    return _ESCAPE.sub(_normal_escape, raw)


def _normal_escape(match: re.Match[bytes]) -> bytes:
    octet = int(match[1], 16)
    return bytes((octet,)) if octet in _UNRESERVED else match[0].upper()


def _refused(detail: str, *, code: str = "invalid_path") -> Rejection:
    return Rejection(code, detail, status=400)
