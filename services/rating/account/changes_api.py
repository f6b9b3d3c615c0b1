"""What is decided about an account: a hold, its end.

POST /v1/accounts/acc-1/hold    {"reason": "the contract is being checked", "until"?: "2026-12-15"}
POST /v1/accounts/acc-1/release
POST /v1/accounts/acc-1/close
POST /v1/accounts/acc-1/reopen

If-Match takes the account's version. Its cycle is changed in cycle_change/api.py, which shows what that costs.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.rating.account.messages import CloseAccount, HoldAccount, ReleaseAccount, ReopenAccount
from services.rating.account.shapes import AccountShape, shown_account
from services.rating.fields import Body
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.kernel.bodies import BillingDate, PrintableText


class HoldBody(Body):
    """Why billing runs pass the account by, and until which day (excluded); without one until it is released."""

    reason: Annotated[PrintableText, Field(min_length=1, max_length=200)]
    until: BillingDate | None = None


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    writers = [api.roles(*WRITERS)]

    @routes.post("/v1/accounts/{account_id}/hold", response_model=AccountShape, dependencies=writers)
    async def hold_account(account_id: str, body: HoldBody, request: Request) -> Response:
        await api.command(request, HoldAccount(account_id=account_id, reason=body.reason, until=body.until))
        return Answer(await shown_account(api, request, account_id))

    @routes.post("/v1/accounts/{account_id}/release", response_model=AccountShape, dependencies=writers)
    async def release_account(account_id: str, request: Request) -> Response:
        await api.command(request, ReleaseAccount(account_id=account_id))
        return Answer(await shown_account(api, request, account_id))

    @routes.post("/v1/accounts/{account_id}/close", response_model=AccountShape, dependencies=writers)
    async def close_account(account_id: str, request: Request) -> Response:
        await api.command(request, CloseAccount(account_id=account_id))
        return Answer(await shown_account(api, request, account_id))

    @routes.post("/v1/accounts/{account_id}/reopen", response_model=AccountShape, dependencies=writers)
    async def reopen_account(account_id: str, request: Request) -> Response:
        await api.command(request, ReopenAccount(account_id=account_id))
        return Answer(await shown_account(api, request, account_id))

    return routes
