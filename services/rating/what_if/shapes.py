"""A comparison as the API answers it: each winner and loser with its customer, subscription and period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel

from services.rating.plan.state import Plan
from services.rating.what_if.comparing import Compared, Reason
from services.rating.what_if.reading import Asked
from services.rating.what_if.summary import Band, Counts, Summary
from shared.http.money import money
from shared.http.periods import period
from shared.kernel.bodies import PeriodBody
from shared.kernel.money import MoneyBody, format_amount


class TotalShape(BaseModel):
    """Over all periods that could be compared."""

    currency: str
    charged: str
    candidate: str
    difference: str


class CountsShape(BaseModel):
    """A winner would pay less, a loser more."""

    winners: int
    losers: int
    unchanged: int


class CountedShape(BaseModel):
    """What was gone through: `records` are in sums of a day and a meter, of which `usage_days` were read."""

    subscriptions: int
    records: int
    usage_days: int


class BandShape(BaseModel):
    """Periods whose difference lies between so many per cent of what was charged; `null` is without end.

    The bound nearer to zero is not in a band, the one further away is.
    """

    kind: Literal["percent", "unchanged", "nothing_charged"]
    from_percent: str | None
    to_percent: str | None
    periods: int
    difference: MoneyBody


class ComparedShape(BaseModel):
    account_id: str
    subscription_id: str
    period: PeriodBody
    charged: MoneyBody
    candidate: MoneyBody
    difference: MoneyBody


class NotComputableItem(BaseModel):
    account_id: str
    subscription_id: str
    period: PeriodBody
    charged: MoneyBody
    reason: Reason
    meter: str | None


class NotComputableShape(BaseModel):
    """Periods that are in no other number here: `charged` is what they cost. At most `limit` of them are items."""

    periods: int
    by_reason: dict[str, int]
    charged: MoneyBody
    items: list[NotComputableItem]


class WhatIfShape(BaseModel):
    """A candidate beside what was charged; `version` is `null` where prices were given."""

    plan_id: str
    version: int | None
    period: PeriodBody
    totals: list[TotalShape]
    periods: CountsShape
    accounts: CountsShape
    counted: CountedShape
    bands: list[BandShape]
    winners: list[ComparedShape]
    losers: list[ComparedShape]
    not_computable: NotComputableShape
    as_of: datetime


def what_if_shape(
    summary: Summary, plan: Plan, version: int | None, asked: Asked, *, usage_days: int, as_of: datetime
) -> dict[str, Any]:
    """`WhatIfShape` of a comparison that is through."""
    currency = plan.currency
    return {
        "plan_id": plan.plan_id,
        "version": version,
        "period": period(asked.start, asked.end),
        "totals": [
            {
                "currency": currency,
                "charged": format_amount(summary.charged, currency),
                "candidate": format_amount(summary.candidate, currency),
                "difference": format_amount(summary.difference, currency),
            }
        ],
        "periods": _counts(summary.periods),
        "accounts": _counts(summary.accounts),
        "counted": {
            "subscriptions": summary.subscriptions,
            "records": summary.records,
            "usage_days": usage_days,
        },
        "bands": [_band(band, currency) for band in summary.bands],
        "winners": _items(summary.winners.found(), currency),
        "losers": _items(summary.losers.found(), currency),
        "not_computable": {
            "periods": sum(summary.not_computable_by_reason.values()),
            "by_reason": summary.not_computable_by_reason,
            "charged": money(summary.not_computable_charged, currency),
            "items": [
                {**_where(one, currency), "reason": one.reason, "meter": one.meter} for one in summary.not_computable
            ],
        },
        "as_of": as_of,
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {"winners": counts.winners, "losers": counts.losers, "unchanged": counts.unchanged}


def _band(band: Band, currency: str) -> dict[str, Any]:
    return {
        "kind": band.kind,
        "from_percent": _percent(band.over),
        "to_percent": _percent(band.up_to),
        "periods": band.periods,
        "difference": money(band.difference, currency),
    }


def _percent(bound: int | None) -> str | None:
    return None if bound is None else str(bound)


def _items(compared: Sequence[Compared], currency: str) -> list[dict[str, Any]]:
    return [
        {
            **_where(one, currency),
            "candidate": money(one.candidate or Decimal(0), currency),
            "difference": money(one.difference, currency),
        }
        for one in compared
    ]


def _where(one: Compared, currency: str) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "subscription_id": one.subscription_id,
        "period": period(one.period.start, one.period.end),
        "charged": money(one.charged, currency),
    }
