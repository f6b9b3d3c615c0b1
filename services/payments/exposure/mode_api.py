"""How an account pays, and what another way would mean for it.

POST /v1/accounts/acc-1/payment-mode/preview {"mode": "prepaid"}
-> {"refusals": [], "before": {...}, "after": {"available": {"amount": "-12.00", ...}}, "would_restrict": true}
PUT  /v1/accounts/acc-1/payment-mode {"mode": "prepaid", "reason": "wants to"}
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from msgspec.structs import replace
from pydantic import BaseModel, Field

from services.payments.balance.state import Payer
from services.payments.dunning.asking import asked
from services.payments.exposure.api import shown
from services.payments.exposure.decide import refusals
from services.payments.exposure.figures import figures, in_force
from services.payments.exposure.looking import wants_restriction
from services.payments.exposure.messages import AskUnbilled, PaymentMode, SetPaymentMode
from services.payments.exposure.shapes import ExposureShape, FiguresShape, figures_shape
from services.payments.exposure.state import Exposure, credit_settings, exposure_of
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.problems import not_found
from shared.http.waiting import until
from shared.kernel.bodies import Body, PrintableText
from shared.kernel.calendar import local_date
from shared.kernel.decider import View


class PaymentModeBody(Body):
    """How the account pays from now on, and why."""

    mode: PaymentMode
    reason: Annotated[PrintableText, Field(max_length=500)] = ""


class PreviewBody(Body):
    mode: PaymentMode


class RefusalShape(BaseModel):
    """Why it would be refused now."""

    code: str
    detail: str


class ModePreviewShape(BaseModel):
    """What would be so if the account paid by `mode` from this moment on: nothing is changed.

    `complete` is false where rating or invoicing have not said within some seconds what is unbilled; ask again.
    `would_restrict`: its lines would be blocked, until there is something available.
    """

    account_id: str
    mode: PaymentMode
    mode_before: PaymentMode
    before: FiguresShape
    after: FiguresShape
    restricted: bool
    would_restrict: bool
    refusals: list[RefusalShape]
    complete: bool


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = "/v1/accounts/{account_id}/payment-mode"

    @routes.put(one, response_model=ExposureShape, dependencies=[api.roles(*WRITERS)])
    async def set_payment_mode(account_id: str, body: PaymentModeBody, request: Request) -> Response:
        """From now on. What of it is open stays open; the wallet is the credit that the account has."""
        await _known(api, account_id)
        await api.command(request, SetPaymentMode(account_id=account_id, mode=body.mode, reason=body.reason))
        return Answer(await shown(api, account_id))

    @routes.post(f"{one}/preview", response_model=ModePreviewShape, dependencies=[api.roles(*WRITERS)])
    async def preview_payment_mode(account_id: str, body: PreviewBody, request: Request) -> Response:
        """What is unbilled is asked of rating and invoicing, where it is not followed anyway."""
        await _known(api, account_id)
        await api.command(request, AskUnbilled(account_id=account_id))
        preview = _previewed(api, account_id, body.mode)
        return Answer(await until(lambda: asked(api, account_id, preview), lambda found: bool(found["complete"])))

    return routes


def _previewed(api: Api, account_id: str, mode: PaymentMode) -> Callable[[View], dict[str, Any]]:
    def preview(view: View) -> dict[str, Any]:
        payer = view.get(Payer, account_id)
        if payer is None:
            raise not_found("account", account_id)
        return _preview(exposure_of(account_id, view), payer, mode, api, view)

    return preview


def _preview(account: Exposure, payer: Payer, mode: PaymentMode, api: Api, view: View) -> dict[str, Any]:
    now, settings = api.clock.now(), credit_settings(view).terms
    today, then = local_date(now, payer.time_zone), replace(account, mode=mode)
    terms, terms_then = in_force(account, settings, payer.currency), in_force(then, settings, payer.currency)
    why_not = refusals(account, payer, today, view) if mode == "prepaid" != account.mode else []
    restricts = then.limited and wants_restriction(figures(then, payer, terms_then, today), terms_then)
    return {
        "account_id": account.account_id,
        "mode": mode,
        "mode_before": account.mode,
        "before": figures_shape(account, payer, terms, now),
        "after": figures_shape(then, payer, terms_then, now),
        "restricted": account.restricted,
        "would_restrict": account.known and restricts,
        "refusals": [{"code": one.code, "detail": one.detail} for one in why_not],
        "complete": account.known,
    }


async def _known(api: Api, account_id: str) -> None:
    await known_account(api, account_id, "select account_id from payer_row where account_id = $1")
