"""The session's cookie, read in one way by the entry and by reporting.

>>> session_of("theme=dark; {broken; meterlog_session=s_1")
's_1'
>>> session_of("theme=dark") is None
True
"""

from __future__ import annotations

from typing import Final

from shared.kernel.errors import Rejection

SESSION_COOKIE: Final = "meterlog_session"


def session_of(header: str) -> str | None:
    """The secret in a `Cookie` header (RFC 6265, 5.4). Raises `Rejection` (400) where two sessions are given."""
    return cookie_of(header, SESSION_COOKIE)


def cookie_of(header: str, wanted: str) -> str | None:
    """The same of any cookie of ours. Cookies of others that break the rules don't matter."""
    pairs = (part.strip().partition("=") for part in header.split(";"))
    found = {value.strip('"') for name, sign, value in pairs if sign and name == wanted}
    if len(found) > 1:
        raise Rejection("malformed", "two sessions in one request; delete this site's cookies, log in", status=400)
    return found.pop() if found else None
