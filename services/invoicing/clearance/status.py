"""How far an invoice is with a tax authority, and what may follow. Pure.

none, waiting   ->  submitted
submitted       ->  cleared, rejected
rejected        ->  submitted        mended by the integrator and given again, or void, or issued anew
cleared         ->  nothing: it has the authority's number
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

ClearanceStatus = Literal["none", "waiting", "submitted", "cleared", "rejected"]

FOLLOWS: Final[Mapping[str, tuple[str, ...]]] = {
    "none": ("submitted",),
    "waiting": ("submitted",),
    "submitted": ("cleared", "rejected"),
    "rejected": ("submitted",),
    "cleared": (),
}


def may_be_sent(status: str) -> bool:
    """Whether an issued invoice in that state may be delivered to its customer.

    >>> [status for status in FOLLOWS if may_be_sent(status)]
    ['none', 'cleared']
    """
    return status in ("none", "cleared")
