"""Headers that keep a browser from being used against us, on every answer of the origin.

The policy admits scripts from this origin only; inline styles are allowed because the component library makes its own.
"""

from __future__ import annotations

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)

_ALWAYS: Final = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
_OVER_TLS: Final = (b"strict-transport-security", b"max-age=31536000")
# What a customer's link opens says to nobody where its reader came from; the link itself is behind a # all the same.
_OF_CUSTOMERS: Final = ("/customer-page", "/v1/customer-page", "/v1/payment-links/")
_NO_REFERRER: Final = (b"referrer-policy", b"no-referrer")
_SAME_ORIGIN: Final = (b"referrer-policy", b"same-origin")
# Bills and names must not stay in a shared computer's cache.
_PRIVATE: Final = (b"cache-control", b"no-store")


class SecurityHeaders:
    """A plain ASGI middleware; what an answer says itself is kept."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message["headers"])
                said = {name.lower() for name, _ in headers}
                headers.extend(header for header in _headers(scope) if header[0] not in said)
            await send(message)

        await self._app(scope, receive, secured)


def _headers(scope: Scope) -> tuple[tuple[bytes, bytes], ...]:
    tls = (_OVER_TLS,) if scope["scheme"] == "https" else ()
    path = scope["path"]
    of_customers = path.startswith(_OF_CUSTOMERS)
    private = (_PRIVATE,) if of_customers or path.startswith("/v1/") else ()
    return (*_ALWAYS, _NO_REFERRER if of_customers else _SAME_ORIGIN, *tls, *private)
