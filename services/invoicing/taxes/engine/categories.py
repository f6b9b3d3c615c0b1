"""The categories of VAT that a line may have (UNCL 5305, as EN 16931 takes them), and which rates fit them.

S    standard or reduced rate      above zero      BR-S-05
Z    zero rated                    0               BR-Z-05
E    exempt                        0               BR-E-05
AE   reverse charge                0               BR-AE-05
K    intra-community supply        0               BR-IC-05
G    export                        0               BR-G-05
O    not subject to VAT            none            BR-O-05
L    IGIC, Canary Islands          0 or more       BR-IG-05
M    IPSI, Ceuta and Melilla       0 or more       BR-IP-05
B    split payment, Italy          above zero      BR-B-01
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, NamedTuple

Category = Literal["S", "Z", "E", "AE", "K", "G", "O", "L", "M", "B"]


class Rates(NamedTuple):
    """What a document calls the category, and whether its rate may be zero or above."""

    name: str
    zero: bool
    above_zero: bool


CATEGORIES: Final[dict[str, Rates]] = {
    "S": Rates("Standard rate", zero=False, above_zero=True),
    "Z": Rates("Zero rated", zero=True, above_zero=False),
    "E": Rates("Exempt from tax", zero=True, above_zero=False),
    "AE": Rates("Reverse charge", zero=True, above_zero=False),
    "K": Rates("Intra-community supply", zero=True, above_zero=False),
    "G": Rates("Export", zero=True, above_zero=False),
    "O": Rates("Not subject to VAT", zero=True, above_zero=False),
    "L": Rates("Canary Islands general indirect tax", zero=True, above_zero=True),
    "M": Rates("Ceuta and Melilla tax", zero=True, above_zero=True),
    "B": Rates("Split payment", zero=False, above_zero=True),
}


def why_not(category: str, rate: Decimal | None) -> str | None:
    """What is wrong with the rate in percent (`None`: none given), `None` where it fits the category.

    >>> why_not("S", Decimal(0))
    'category S has a rate above 0; category Z is zero rated, E is exempt'
    """
    rates = CATEGORIES[category]
    if rate is None:
        return None if not rates.above_zero else f"category {category} has a rate; give it in percent"
    if rate and not rates.above_zero:
        return f"category {category} has a rate of 0, not {rate}; category S has rates above 0"
    if not rate and not rates.zero:
        return f"category {category} has a rate above 0; category Z is zero rated, E is exempt"
    return None
