"""Why a direct debit comes back, by ISO 20022: what may work another day, and what never will.

>>> is_hard("AC04"), is_hard("AM04"), is_hard("MS03"), is_hard("ZZ99")
(True, False, False, False)
>>> reason("MD01")
'no mandate'
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

HARD: Final[Mapping[str, str]] = {
    "AC01": "account number is wrong",
    "AC04": "account is closed",
    "AC06": "account is blocked",
    "AC13": "account is a consumer's",
    "AG01": "no direct debits to this account",
    "AG02": "wrong kind of debit",
    "BE05": "creditor is not known",
    "CNOR": "creditor's bank is not in the scheme",
    "DNOR": "debtor's bank is not in the scheme",
    "FF01": "file is wrong",
    "MD01": "no mandate",
    "MD02": "mandate data is wrong",
    "MD07": "debtor has died",
    "RC01": "bank code is wrong",
    "RR01": "debtor's account is missing",
    "SL01": "debtor's bank was told not to",
}
"""What asking again does not mend."""

SOFT: Final[Mapping[str, str]] = {
    "AM04": "not enough money",
    "AM05": "collected twice",
    "DT01": "date is wrong",
    "ED05": "not settled",
    "FOCR": "called back",
    "MD06": "debtor wants it back",
    "MS02": "debtor refuses",
    "MS03": "bank gives no reason",
    "TM01": "too late",
}


def is_hard(code: str) -> bool:
    """Whether the same mandate will not do another time; of a code that nobody knows that is not said."""
    return code in HARD


def reason(code: str) -> str:
    return HARD.get(code) or SOFT.get(code) or "for a reason that only the bank knows"
