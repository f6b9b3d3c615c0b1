"""Whether a browser makes a request of its own page, or was sent here by another one.

    Sec-Fetch-Site: same-origin               ours
    Sec-Fetch-Site: same-site | cross-site    not ours, whatever else is said
    Origin: https://billing.example.net       ours, if that is the host that is asked

A session cookie is SameSite=Strict already; this also stops a page of a sibling domain or another port. A write with a
session must bring one of the two headers: every browser sends them, and a program uses an API key.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

from shared.kernel.errors import Rejection

_OURS: Final = ("same-origin", "none")


def check_origin(request: Request, *, proof_needed: bool) -> None:
    """Raises a 403 `Rejection` for another site's request; with `proof_needed` also for one that says nothing."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site not in _OURS:
        raise _cross_site("this request was made by a page of another origin; use an API key")
    if origin is not None and _host(origin) != request.headers.get("host", "").lower():
        raise _cross_site("a session is good for requests of the console itself; use an API key")
    if proof_needed and site is None and origin is None:
        raise _cross_site("a write with a session says where it comes from (Origin); a program uses an API key")


def _host(origin: str) -> str:
    try:
        return urlsplit(origin).netloc.lower()
    except ValueError:
        return ""


def _cross_site(detail: str) -> Rejection:
    return Rejection("cross_site", detail, status=403)
