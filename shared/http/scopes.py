"""What of its role a caller may use: scopes of an API key, or of a role that an administrator has made.

    ["payments:write", "invoices:read"]        payments and what is below them, and reading invoices; nothing else
    ["*:read"]                                 everything that the role reads

A scope is an area, the first part of a path under /v1, with `read` (GET and HEAD) or `write` (every method). So each
endpoint is in exactly one area, and one that is added tomorrow is closed to every scope of today.

>>> admits((frozenset({"payments:write"}),), "GET", "/v1/payments/pay-1")
True
>>> admits((frozenset({"payments:read"}),), "POST", "/v1/payments")
False
"""

from __future__ import annotations

from typing import Final

from shared.kernel.errors import Rejection

ACCESS: Final = ("access-policy", "api-keys", "roles", "users")
"""Areas that say who may do what. Who is held to scopes reads them at most: whoever could write there could give
himself the rest."""

OWN: Final = ("commands", "customer-page", "session", "sessions")
"""One's own session, what became of one's own commands, and what a customer's link opens to who has it: no scope names
it."""

Restrictions = tuple[frozenset[str], ...]
"""Sets of scopes, each of which has to admit a request; empty: everything that the role may."""

NOTHING: Final[Restrictions] = (frozenset(),)
"""Nothing but one's own session."""


def admits(restrictions: Restrictions, method: str, path: str) -> bool:
    """Whether a request is within all of them; `path` is decoded, `/v1/…`."""
    if not restrictions:
        return True
    area = path.removeprefix("/v1/").partition("/")[0]
    if area in OWN:
        return True
    verb = "read" if method in ("GET", "HEAD") else "write"
    return all(admits_verb(scopes, area, verb) for scopes in restrictions)


def out_of_scope(role_name: str) -> Rejection:
    """Of a caller whose role may, and whose scopes don't reach."""
    detail = f"this is outside the scopes of the credential that was used ({role_name}); GET /v1/session lists them"
    return Rejection("out_of_scope", detail, status=403)


def admits_verb(scopes: frozenset[str], area: str, verb: str) -> bool:
    """Whether one set of scopes lets `read` or `write` in an area."""
    if area in ACCESS and verb == "write":
        return False
    wanted = (f"{area}:write", "*:write") if verb == "write" else tuple(f"{a}:{v}" for a in (area, "*") for v in _BOTH)
    return any(scope in scopes for scope in wanted)


_BOTH: Final = ("read", "write")
