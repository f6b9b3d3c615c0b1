"""What an account owes and will owe, and what it may, over HTTP.

GET /v1/accounts/acc-1/exposure
-> {"mode": "prepaid", "credit": {...}, "unbilled": {...}, "earmarked": {...}, "available": {"amount": "6.00", ...}}
PUT /v1/accounts/acc-1/credit-terms {"credit_limit": {"amount": "100.00", "currency": "EUR"}, "at_limit": "restrict",
                                     "alerts": ["20.00", "5.00"]}                  If-Match takes its version
GET /v1/accounts/acc-1/credit-alerts      what was told of it, the latest first
GET /v1/exposures?standing=over           accounts with a limit or a wallet, those with the least left first
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final, get_args

from fastapi import APIRouter, Request, Response
from pydantic import Field

from services.payments.balance.state import Payer
from services.payments.dunning.asking import asked
from services.payments.exposure.messages import AtLimit, ChangeCreditTerms, CreditTerms, PaymentMode, Standing
from services.payments.exposure.shapes import (
    ALERT,
    LISTED,
    CreditAlertShape,
    ExposureShape,
    ListedExposure,
    exposure_shape,
    listed_shape,
)
from services.payments.exposure.state import credit_settings, exposure_of
from services.payments.known_account import known_account
from shared.http.answer import Answer
from shared.http.api import Api
from shared.http.auth import READERS, WRITERS
from shared.http.check_only import CHECKABLE, CHECKED
from shared.http.listing import Filter, Listing, Totals
from shared.http.pages import Page, Total
from shared.http.parameters import listed
from shared.http.problems import not_found
from shared.kernel.bodies import Body
from shared.kernel.decider import View
from shared.kernel.errors import Rejection
from shared.kernel.money import MoneyBody, PriceString


class CreditTermsBody(Body):
    """All of the account's terms; null is as the operator's settings have it, and no limit. `alerts`: at how much
    available somebody is told, in the account's currency."""

    credit_limit: MoneyBody | None = None
    at_limit: AtLimit | None = None
    alerts: Annotated[list[PriceString], Field(max_length=50)] | None = None
    earmark: MoneyBody | None = None


class ExposureTotal(Total):
    exposure: str


class ExposurePage(Page):
    items: list[ListedExposure]
    totals: Sequence[ExposureTotal]


class CreditAlertPage(Page):
    items: list[CreditAlertShape]


_TOP_UP_OFF: Final = (
    "exists (select from automatic_top_up_row r where r.account_id = exposure_row.account_id and r.off_reason <> '')"
)
EXPOSURES: Final = Listing(
    source="exposure_row",
    columns=(*LISTED.columns,),
    filters={
        "account_id": Filter("account_id"),
        "mode": Filter("mode", one_of=get_args(PaymentMode)),
        "standing": Filter("standing", one_of=get_args(Standing)),
        "restricted": Filter("restricted", kind="boolean"),
        # An account that is prepaid no longer has no use for its rule, and is in no list of those that have a limit.
        "top_up_off": Filter(_TOP_UP_OFF, kind="boolean"),
        "currency": Filter("currency"),
    },
    sorts={"available": "available", "exposure": "exposure", "account_id": "account_id", "moved_at": "moved_at"},
    default_sort="available",
    tiebreak="account_id",
    totals=Totals(sums={"amount": "unbilled", "exposure": "exposure"}),
)
ALERTS: Final = Listing(
    source="credit_alert_row",
    columns=(*ALERT.columns, "seq"),
    sorts={"recorded_at": "recorded_at"},
    default_sort="-recorded_at",
    tiebreak="seq",
)


def router(api: Api) -> APIRouter:
    routes = APIRouter()
    one = "/v1/accounts/{account_id}"

    @routes.get(f"{one}/exposure", response_model=ExposureShape, dependencies=[api.roles(*READERS)])
    async def account_exposure(account_id: str) -> Response:
        return Answer(await shown(api, account_id))

    @routes.put(
        f"{one}/credit-terms",
        response_model=ExposureShape,
        responses=CHECKED,
        dependencies=[api.roles(*WRITERS), CHECKABLE],
    )
    async def change_credit_terms(account_id: str, body: CreditTermsBody, request: Request) -> Response:
        """What the account may owe, at once. `If-Match` takes the version."""
        await _known(api, account_id)
        terms = CreditTerms(
            credit_limit=_amount(body.credit_limit),
            at_limit=body.at_limit,
            alerts=None if body.alerts is None else tuple(body.alerts),
            earmark=_amount(body.earmark),
        )
        command = ChangeCreditTerms(account_id=account_id, terms=terms, currency=_currency(body))
        await api.command(request, command)
        return Answer(await shown(api, account_id))

    @routes.get(f"{one}/credit-alerts", **listed(api, ALERTS, CreditAlertPage))
    async def credit_alerts(account_id: str, request: Request) -> Response:
        await _known(api, account_id)
        return await ALERTS.fetch(request, api, shape=ALERT.values, where={"account_id": account_id})

    @routes.get("/v1/exposures", **listed(api, EXPOSURES, ExposurePage))
    async def exposures(request: Request) -> Response:
        return await EXPOSURES.fetch(request, api, shape=listed_shape, where={"watched": True})

    return routes


async def shown(api: Api, account_id: str) -> dict[str, Any]:
    """The account as the deciders see it. Raises `not_found`."""
    await _known(api, account_id)
    return await asked(api, account_id, _shaped(api, account_id))


def _shaped(api: Api, account_id: str) -> Callable[[View], dict[str, Any]]:
    def shape(view: View) -> dict[str, Any]:
        payer = view.get(Payer, account_id)
        if payer is None:
            raise not_found("account", account_id)
        return exposure_shape(exposure_of(account_id, view), payer, credit_settings(view).terms, api.clock.now())

    return shape


async def _known(api: Api, account_id: str) -> None:
    await known_account(api, account_id, "select account_id from payer_row where account_id = $1")


def _amount(body: MoneyBody | None) -> Any:
    return None if body is None else body.amount


def _currency(body: CreditTermsBody) -> str | None:
    """Of what is said with one. Raises `currency_mismatch` where that is two."""
    said = sorted({one.currency for one in (body.credit_limit, body.earmark) if one is not None})
    if len(said) > 1:
        detail = f"one account has one currency, not {' and '.join(said)}"
        raise Rejection("currency_mismatch", detail, pointer="/earmark/currency")
    return said[0] if said else None
