"""In which series a document is numbered: those that there always are, others that the operator chose, one a customer.

    series_of("invoice", "acc-1", chosen={}, per_customer=False)                    INV          INV-000042
    series_of("invoice", "acc-1", chosen={"invoice": "NL"}, per_customer=False)     NL           as it was opened
    series_of("invoice", "acc-1", chosen={}, per_customer=True)                     C-acc-1      C-acc-1/000003

A series of a customer opens with its first number. Whatever the account is called, its numbers are no others': the
last part is the count, the first the kind, and what is between them the account; no other series begins so.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

SERIES: Final[Mapping[str, str]] = {"invoice": "INV", "credit_note": "CN", "debit_note": "DN"}
"""Where each kind of document is numbered unless the operator chose another series."""
PATTERNS: Final[dict[str, str]] = {"INV": "INV-{n:06}", "CN": "CN-{n:06}", "DN": "DN-{n:06}"}
"""The patterns that series begin with unless they were opened with another: else their id and six digits."""
OF_CUSTOMERS: Final[Mapping[str, str]] = {"invoice": "C-", "credit_note": "CC-", "debit_note": "CD-"}
"""What the series of customers begin with, and their numbers too."""


def series_of(kind: str, account_id: str, *, chosen: Mapping[str, str], per_customer: bool) -> str:
    """The id of the series that numbers a document of that kind of an account."""
    return f"{OF_CUSTOMERS[kind]}{account_id}" if per_customer else chosen.get(kind, SERIES[kind])


def first_pattern(series_id: str) -> str:
    """How a series is written that nobody opened."""
    return PATTERNS.get(series_id) or f"{series_id}{'/' if is_kept(series_id) else '-'}{{n:06}}"


def is_kept(text: str) -> bool:
    """Whether an id or a pattern begins as those of customers do; small letters count as capitals.

    >>> is_kept("C-acc-1"), is_kept("cc-{n}"), is_kept("CN-{n:06}")
    (True, True, False)
    """
    return text.upper().startswith(tuple(OF_CUSTOMERS.values()))
