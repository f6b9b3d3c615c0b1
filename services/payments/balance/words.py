"""What a balance says to the customer: a positive one is owed (R47).

>>> words(Decimal("36.04")), words(Decimal("-3.96")), words(Decimal("0.00"))
('you_owe', 'in_your_favour', 'settled')
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

Words = Literal["you_owe", "in_your_favour", "settled"]


def words(balance: Decimal) -> Words:
    if not balance:
        return "settled"
    return "you_owe" if balance > 0 else "in_your_favour"
