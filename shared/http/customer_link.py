"""What a customer reads by the link that he was given: kept by nobody on the way, and sent again where it has changed.

    @routes.get("/v1/customer-page", dependencies=[api.roles(CUSTOMER)])
    async def page(request: Request) -> Response:
        return fresh(request, {"owed": …})         # 304 for an If-None-Match that has it already

The token travels in `Authorization`, never in a path or a query.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, Final

from fastapi import Request, Response

from shared.http.answer import Answer
from shared.http.api import caller_of

PREFIX: Final = "mc_"
"""How a customer's link begins, as an API key does with `mk_`."""
PAGES: Final = "/v1/customer-page"
"""Where all that a link opens is, in whichever service."""
HEADERS: Final = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


def own_account(request: Request) -> str:
    """The one account that the caller's link is of."""
    account_id = caller_of(request).account_id
    assert account_id is not None, "only routes of customers ask this"
    return account_id


def fresh(request: Request, content: Any) -> Response:
    """The answer with its tag, or that nothing has changed. What is told may not hold the time at which it was told."""
    answer = Answer(content, headers=HEADERS)
    tag = f'"{blake2b(answer.body, digest_size=12).hexdigest()}"'
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if tag in known:
        return Response(status_code=304, headers={**HEADERS, "ETag": tag})
    answer.headers["ETag"] = tag
    return answer
