"""No card number comes in here, whatever path it is sent to: a body that holds one is refused before it is read.

    routers = guarded(PARTS.routers)

POST /v1/payments/pay-1/refunds {"reason": "card 4111 1111 1111 1111"}       422 card_number

The refusal says neither where nor what it was; no log has bodies. What a gateway sends by itself is signed and read by
its own file, and files of banks are sealed: neither is JSON of a caller's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable

from fastapi import APIRouter, Depends, Request

from services.payments.bank_statement.limits import UPLOADS
from services.payments.payment_method.card_numbers import holds_card_number
from shared.http.api import Api
from shared.kernel.errors import Rejection

Router = Callable[[Api], APIRouter]


def guarded(routers: Iterable[Router]) -> tuple[Router, ...]:
    """The same routes, each behind `no_card_number`."""
    return tuple(_behind(router) for router in routers)


async def no_card_number(request: Request) -> None:
    """Raises `Rejection`: `card_number`."""
    path = request.url.path
    if request.method not in ("POST", "PUT", "PATCH") or path.endswith("/webhook") or path in UPLOADS:
        return
    if not request.headers.get("content-type", "").startswith("application/json"):
        return
    try:
        body = json.loads(await request.body() or b"null")
    except (ValueError, RecursionError):
        return  # told by whoever reads the body
    if holds_card_number(body):
        detail = "there is a card number in the body, which may never come here; send the gateway's token"
        raise Rejection("card_number", detail, status=422)


def _behind(router: Router) -> Router:
    def routes(api: Api) -> APIRouter:
        behind = APIRouter(dependencies=[Depends(no_card_number)])
        behind.include_router(router(api))
        return behind

    return routes
