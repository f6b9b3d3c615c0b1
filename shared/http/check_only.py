"""A write that is only looked at: everything is checked that the API itself can check, and nothing is asked of the log.

    PUT /v1/accounts/acc-1/allocation   {"allocation": "newest"}, Check-Only: 1   ->   422, as it would be
    PUT /v1/accounts/acc-1/allocation   {"allocation": "pro_rata"}, Check-Only: 1   ->   204, and nothing has changed

What the state of the aggregate decides, its owner decides when it is really asked. Only routes that declare it take it:
they do nothing beside their commands.
"""

from __future__ import annotations

from typing import Any, Final

from fastapi import Depends, Request, Response

from shared.kernel.errors import Rejection

HEADER: Final = "Check-Only"


class Checked(Exception):
    """There is nothing to refuse before the command is decided: 204."""


async def _check_only(request: Request) -> None:
    said = request.headers.get(HEADER)
    if said not in (None, "0", "1"):
        raise Rejection("invalid", f"{HEADER} is 1, or left out", status=400)
    request.state.check_only = said == "1"


CHECKABLE: Final[Any] = Depends(_check_only)
"""Among the dependencies of a route, behind its roles."""

CHECKED: Final[dict[int | str, dict[str, Any]]] = {204: {"description": "Checked only: nothing has changed."}}
"""What such a route may answer besides."""


def stop_if_only_checked(request: Request) -> None:
    """Before the first command of a request. Raises `Checked`."""
    if getattr(request.state, "check_only", False):
        raise Checked


def on_checked(_request: Request, _error: Exception) -> Response:
    return Response(status_code=204)
