"""A comparison customer by customer, in the order of partition, account and subscription, a page at a time."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import msgspec
from pydantic import BaseModel

from services.rating.what_if.comparing import Compared, Reason
from services.rating.what_if.reading import Place
from shared.http.money import money
from shared.http.periods import period
from shared.kernel.bodies import PeriodBody
from shared.kernel.errors import Rejection
from shared.kernel.json_keys import NOT_JSON
from shared.kernel.money import MoneyBody


class CustomerShape(BaseModel):
    """A period of a subscription. Where it can't be computed there is a `reason`, and neither of the last amounts."""

    account_id: str
    subscription_id: str
    period: PeriodBody
    charged: MoneyBody
    candidate: MoneyBody | None
    difference: MoneyBody | None
    reason: Reason | None
    meter: str | None


class WhatIfPage(BaseModel):
    items: list[CustomerShape]
    next_cursor: str | None


def page_shape(compared: Sequence[Compared], currency: str, following: Place | None) -> dict[str, Any]:
    """`following`: the place of the last subscription, where there are more."""
    return {
        "items": [_customer(one, currency) for one in compared],
        "next_cursor": None if following is None else base64.urlsafe_b64encode(msgspec.json.encode(following)).decode(),
    }


def place_in(cursor: str) -> Place:
    """Where the page before ended. Raises `Rejection` for what is no cursor of this list."""
    try:
        place: Place = msgspec.json.decode(base64.urlsafe_b64decode(cursor), type=Place)
    except (ValueError, *NOT_JSON) as error:
        detail = "this is no cursor of this list; take next_cursor from its last answer"
        raise Rejection("invalid", detail, pointer="/cursor") from error
    return place


def _customer(one: Compared, currency: str) -> dict[str, Any]:
    computed = one.reason is None and one.candidate is not None
    return {
        "account_id": one.account_id,
        "subscription_id": one.subscription_id,
        "period": period(one.period.start, one.period.end),
        "charged": money(one.charged, currency),
        "candidate": money(one.candidate, currency) if computed else None,
        "difference": money(one.difference, currency) if computed else None,
        "reason": one.reason,
        "meter": one.meter,
    }
