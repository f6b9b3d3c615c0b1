"""Where the console is: what passkeys are bound to, and where a provider of logins sends people back.

It is what the operator has set, never what a request says, or a page that stands between would be bound to itself.
On a machine that nobody has set anything on, `localhost` is good at any port: no other machine can be that.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from fastapi import Request

from shared.engine.settings import Settings
from shared.kernel.errors import Rejection

_LOOPBACK: Final = ("localhost", "127.0.0.1")


def origin_of(settings: Settings, request: Request) -> str:
    """Raises `Rejection` (409): `origin_not_set`."""
    if settings.public_origin:
        return settings.public_origin.lower()
    said = request.headers.get("origin", "")
    if _is_loopback(said):
        return said
    detail = "say where people reach the console: METERLOG_PUBLIC_ORIGIN; without it this works on localhost only"
    raise Rejection("origin_not_set", detail, status=409)


def _is_loopback(origin: str) -> bool:
    """
    >>> _is_loopback("http://localhost:8080"), _is_loopback("http://localhost.evil.org"), _is_loopback("")
    (True, False, False)
    """
    try:
        return urlsplit(origin).scheme in ("http", "https") and urlsplit(origin).hostname in _LOOPBACK
    except ValueError:
        return False
