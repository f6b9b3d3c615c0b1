"""What discounts take off an invoice, as invoicing and reporting show it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec
from pydantic import BaseModel

from shared.http.money import money
from shared.kernel.decimals import format_decimal
from shared.kernel.money import MoneyBody


class AllowanceShape(BaseModel):
    """`amount` off the net, before tax: by discount `discount_id`, of coupon `coupon_id` where that gave it.

    `reason` is what the document prints, `code` why the discount was given; `percent` of `base`, where it is one.
    """

    discount_id: str
    coupon_id: str | None
    reason: str
    code: str
    percent: str | None
    base: MoneyBody
    amount: MoneyBody


def allowance_shapes(stored: str | None, currency: str) -> list[dict[str, Any]]:
    """The column `allowances` as `AllowanceShape`s."""
    return [_shape(one, currency) for one in (msgspec.json.decode(stored) if stored else [])]


def _shape(one: dict[str, Any], currency: str) -> dict[str, Any]:
    percent = one.get("percent")
    return {
        **{name: one.get(name) for name in ("discount_id", "coupon_id", "reason", "code")},
        "percent": None if percent is None else format_decimal(Decimal(percent)),
        **{name: money(Decimal(one[name]), currency) for name in ("base", "amount")},
    }
