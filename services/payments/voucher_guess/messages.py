"""Codes that no voucher has: counted by account and by caller, so that nobody tries them out.

CountVoucherGuess("account:acc-1", at_most=10)   -> VoucherGuessed(missed=1)
                                        … the tenth in an hour      -> VoucherGuessed(missed=10, locked_until=…)
"""

from __future__ import annotations

from datetime import datetime

from shared.kernel.bounds import Count
from shared.kernel.message import Command, Event


class CountVoucherGuess(Command, frozen=True, kw_only=True):
    """A code was wrong. With so many in an hour (`at_most`) no more are looked at for an hour."""

    KEY_FIELD = "guesser"

    guesser: str
    at_most: Count
    account_id: str


class VoucherGuessed(Event, frozen=True, kw_only=True):
    """So many codes of this guesser were wrong since `since`; none is looked at before `locked_until`."""

    KEY_FIELD = "guesser"

    guesser: str
    account_id: str
    missed: Count
    since: datetime
    locked_until: datetime | None = None
