"""Money as an answer writes it; the field of a response model is `MoneyBody`.

money(Decimal("12.4"), "EUR")      {"amount": "12.40", "currency": "EUR"}
money(None, "EUR")                 None: an amount that is not known is not zero
"""

from __future__ import annotations

from decimal import Decimal
from typing import overload

from shared.kernel.money import format_amount


@overload
def money(amount: Decimal, currency: str) -> dict[str, str]: ...
@overload
def money(amount: Decimal | None, currency: str) -> dict[str, str] | None: ...
def money(amount: Decimal | None, currency: str) -> dict[str, str] | None:
    """Money on the wire, with at least the currency's decimals."""
    return None if amount is None else {"amount": format_amount(amount, currency), "currency": currency}
