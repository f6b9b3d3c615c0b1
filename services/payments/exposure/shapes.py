"""How an account's exposure is answered: the figures of this moment, its terms and whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Final

import asyncpg
from pydantic import BaseModel

from services.payments.balance.state import Payer
from services.payments.exposure.figures import Terms, figures, in_force, paid_for
from services.payments.exposure.messages import AtLimit, CreditSettingsTerms, PaymentMode, Standing
from services.payments.exposure.rows import CreditAlertRow, ExposureRow, Kind
from services.payments.exposure.state import Exposure
from shared.http.actions import ActionShape, action
from shared.http.money import money
from shared.http.row_shape import RowShape
from shared.kernel.calendar import local_date
from shared.kernel.money import MoneyBody

LISTED: Final = RowShape(ExposureRow, hidden=("at_limit", "alerts", "earmark", "version", "watched"))
ALERT: Final = RowShape(CreditAlertRow, hidden=("currency", "seq"))


class FiguresShape(BaseModel):
    """`exposure` = owed - credit + unbilled + earmarked; `available` is what is left of the limit, null without one.
    `unbilled` is with tax, which is a forecast for what is not drafted yet; null until rating and invoicing have said
    it, and then so is what follows from it. `paid_for` is the part of it that accounts will cost that it pays for."""

    owed: MoneyBody
    credit: MoneyBody
    unbilled: MoneyBody | None
    paid_for: MoneyBody | None
    earmarked: MoneyBody
    exposure: MoneyBody | None
    available: MoneyBody | None
    standing: Standing


class TermsShape(BaseModel):
    """What holds: the account's own, else the operator's."""

    credit_limit: MoneyBody | None
    at_limit: AtLimit
    alerts: Sequence[MoneyBody]
    earmark: MoneyBody


class OwnTermsShape(BaseModel):
    """What the account says itself; null is as the operator's settings have it."""

    credit_limit: MoneyBody | None
    at_limit: AtLimit | None
    alerts: Sequence[MoneyBody] | None
    earmark: MoneyBody | None


class ExposureShape(FiguresShape):
    """An account and its limit. A prepaid one has none: its `credit` is the wallet, of which `available` is left.
    `sessions` are open on its lines. `restricted`: its lines are blocked because nothing is left. `watched`: what is
    unbilled is followed as it moves. `billed_by` pays for it."""

    account_id: str
    mode: PaymentMode
    currency: str
    sessions: int
    restricted: bool
    watched: bool
    billed_by: str | None
    terms: TermsShape
    own: OwnTermsShape
    version: int
    allowed_actions: list[ActionShape]


@LISTED.model
class ListedExposure(BaseModel):
    """An account with a limit or a wallet, as it stood when something moved last."""

    mode: PaymentMode
    standing: Standing


@ALERT.model
class CreditAlertShape(BaseModel):
    """`low` of a wallet and `near` a limit, by `threshold`; `reached`: nothing was left."""

    kind: Kind


def exposure_shape(account: Exposure, payer: Payer, settings: CreditSettingsTerms, now: datetime) -> dict[str, Any]:
    terms, told = in_force(account, settings, payer.currency), account.told
    why_not = None if account.mode == "postpaid" else "it is prepaid: it has no limit but its wallet"
    return {
        "account_id": account.account_id,
        "mode": account.mode,
        "currency": payer.currency,
        **figures_shape(account, payer, terms, now),
        "sessions": told.sessions if told is not None else 0,
        "restricted": account.restricted,
        "watched": account.watched,
        "billed_by": told.billed_by if told is not None else None,
        "terms": _terms(terms, payer.currency),
        "own": _own(account, payer.currency),
        "version": account.version,
        "allowed_actions": [
            action("update", why_not=None),
            action("set_credit_limit", why_not=why_not),
            action("set_prepaid", why_not="it is prepaid" if account.mode == "prepaid" else None),
            action("set_postpaid", why_not="it is postpaid" if account.mode == "postpaid" else None),
        ],
    }


def figures_shape(account: Exposure, payer: Payer, terms: Terms, now: datetime) -> dict[str, Any]:
    """What is known of it: without the unbilled amount nothing is said that needs it."""
    shown, currency = figures(account, payer, terms, local_date(now, payer.time_zone)), payer.currency
    known = account.known
    return {
        "owed": money(shown.owed, currency),
        "credit": money(shown.credit, currency),
        "unbilled": money(shown.unbilled, currency) if known else None,
        "paid_for": money(paid_for(account, currency), currency) if known else None,
        "earmarked": money(shown.earmarked, currency),
        "exposure": money(shown.exposure, currency) if known else None,
        "available": money(shown.available, currency) if known else None,
        "standing": shown.standing if known else "ok",
    }


def listed_shape(row: asyncpg.Record) -> dict[str, Any]:
    return LISTED.values(row)


def _terms(terms: Terms, currency: str) -> dict[str, Any]:
    return {
        "credit_limit": money(terms.limit, currency),
        "at_limit": terms.at_limit,
        "alerts": _amounts(terms.alerts, currency),
        "earmark": money(terms.earmark, currency),
    }


def _own(account: Exposure, currency: str) -> dict[str, Any]:
    own = account.terms
    return {
        "credit_limit": money(own.credit_limit, currency),
        "at_limit": own.at_limit,
        "alerts": None if own.alerts is None else _amounts(own.alerts, currency),
        "earmark": money(own.earmark, currency),
    }


def _amounts(amounts: Sequence[Decimal], currency: str) -> list[Any]:
    return [money(amount, currency) for amount in amounts]
