"""Bodies that arrive compressed: `Content-Encoding: gzip` or `zstd`, unpacked within the limit of any body.

    Content-Encoding: gzip       a body that is read as if it had come plain, of at most 8 MB once unpacked
    Content-Encoding: br         415; Accept-Encoding says what is taken
    Content-Encoding: gzip       400 where the body is no gzip

The process that a body reaches first unpacks it, so the entry passes it on plain. Nothing is unpacked before the body
is asked for, which is after the caller is known.
"""

from __future__ import annotations

from typing import Final, final

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

from shared.kernel.errors import Rejection
from shared.kernel.unpacking import CODINGS, Bomb, NotPacked, unpacked

ACCEPTED: Final = ", ".join((*CODINGS, "identity"))

_DROPPED: Final = (b"content-encoding", b"content-length")
_ALIASES: Final = {"x-gzip": "gzip"}


@final
class BadEncoding(HTTPException):
    """A body that is not what Content-Encoding says. The framework lets no other exception out of a body's reading."""

    def __init__(self, detail: str) -> None:
        super().__init__(400, detail)


def coding_of(header: str) -> str | None:
    """`gzip`, `zstd`, or `None` for a body that is plain. Raises 415."""
    name = header.strip().lower()
    name = _ALIASES.get(name, name)
    if name in ("", "identity"):
        return None
    if name not in CODINGS:
        raise Rejection("unsupported_encoding", f"Content-Encoding is one of {ACCEPTED}, not {name[:40]!r}", status=415)
    return name


def plain(scope: Scope, receive: Receive, coding: str, *, limit: int) -> Receive:
    """A body as its reader gets it, and the headers that speak of it taken away."""
    scope["headers"] = [(name, value) for name, value in scope["headers"] if name not in _DROPPED]
    given = False

    async def unpacking() -> Message:
        nonlocal given
        packed = bytearray()
        while not given:
            message = await receive()
            if message["type"] != "http.request":
                return message
            packed += message.get("body", b"")
            given = not message.get("more_body", False)
            if given:
                return {"type": "http.request", "body": _content(bytes(packed), coding, limit), "more_body": False}
        return await receive()

    return unpacking


def _content(packed: bytes, coding: str, limit: int) -> bytes:
    if not packed:
        return b""
    try:
        return unpacked(coding, packed, limit=limit)
    except Bomb as error:
        raise HTTPException(413) from error
    except NotPacked as error:
        raise BadEncoding(f"Content-Encoding says {coding}, and the body is not: {error}") from error
