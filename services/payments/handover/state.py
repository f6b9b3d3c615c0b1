"""What of an account is with a collection agency."""

from __future__ import annotations

import msgspec

from services.payments.handover.messages import HandedPart
from shared.kernel.decider import State


class Handover(msgspec.Struct, frozen=True, kw_only=True):
    """So much of these invoices is to be collected by the agency. A part of which nothing is left stays, with zero: it
    may be owed again while others are open."""

    handover_id: str
    agency: str
    parts: tuple[HandedPart, ...]


class Handovers(State, frozen=True, kw_only=True):
    """Those that are not withdrawn, in their order; `count` is how many there were. None is no state until one was."""

    account_id: str
    count: int = 0
    given: tuple[Handover, ...] = ()
