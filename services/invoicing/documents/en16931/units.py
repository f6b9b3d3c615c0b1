"""Codes of units as electronic invoices have them: UN/ECE Recommendation 20 (EN 16931, BT-130).

>>> unit_code("octets", Decimal(10**9)), unit_code("seconds", Decimal(60)), unit_code("messages", Decimal(1))
('E34', 'MIN', 'C62')
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from shared.kernel.units import multiple_of

ONE: Final = "C62"
"""A thing that is counted, whatever it is."""

_CODES: Final = {
    **{"octet": "AD", "octets": "AD", "byte": "AD", "bytes": "AD"},
    **{"kB": "2P", "MB": "4L", "GB": "E34", "TB": "E35", "PB": "E36"},
    **{"second": "SEC", "seconds": "SEC", "s": "SEC", "min": "MIN", "h": "HUR", "minutes": "MIN", "hours": "HUR"},
    **{"day": "DAY", "days": "DAY", "month": "MON", "months": "MON", "kWh": "KWH"},
}


def unit_code(unit: str, size: Decimal) -> str | None:
    """The code of `size` units; `None` where such a multiple has none."""
    name = multiple_of(unit, size)
    return _CODES.get(name) or (ONE if name == unit else None)
