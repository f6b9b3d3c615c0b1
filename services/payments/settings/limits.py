"""How much a role may give or take at a time, as the operator's settings say. Pure.

support, adjustment limit 50.00 EUR      50.00 goes through, 50.01 is refused; in a currency that is not named: nothing
billing, nothing said                    any amount; admin always any
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from shared.kernel.errors import Rejection

_UNLIMITED: Final = ("admin", "billing")
"""Roles that may as much as they like where nobody has set them a limit; the first of them always may."""

Limits = Mapping[str, Mapping[str, Decimal]]
"""By role and currency."""


def check_limit(limits: Limits, role: str, amount: Decimal, currency: str, *, verb: str, pointer: str) -> None:
    """`verb` says what is done: "adjust", "refund". Raises `Rejection`: `above_approval_limit` (403)."""
    if role == "admin":
        return
    limit = limits.get(role, {}).get(currency, None if role in _UNLIMITED else Decimal(0))
    if limit is not None and amount > limit:
        detail = f"{role} may {verb} up to {limit} {currency} at a time; ask somebody who may do more"
        raise Rejection("above_approval_limit", detail, pointer=pointer, status=403)
