"""In which series a document is numbered: those that there always are, others that the operator chose, one a customer.

    series_of("invoice", "acc-1", chosen={}, per_customer=False)                    INV          INV-000042
    series_of("invoice", "acc-1", chosen={"invoice": "NL"}, per_customer=False)     NL           as it was opened
    series_of("invoice", "acc-1", chosen={}, per_customer=True)                     C-acc-1      C-acc-1/000003
    series_of_entity("invoice", "nl")                                               LE-nl        LE-nl/000003

A series of a customer or a legal entity opens with its first number. Whatever it is called, its numbers are no others':
the last part is the count, the first the kind, and what is between them the account; no other series begins so.
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
OF_ENTITIES: Final[Mapping[str, str]] = {"invoice": "LE-", "credit_note": "LEC-", "debit_note": "LED-"}
"""What the series of legal entities begin with unless others were chosen for them, and their numbers too."""


def series_of(kind: str, account_id: str, *, chosen: Mapping[str, str], per_customer: bool) -> str:
    """The id of the series that numbers a document of that kind of an account."""
    return f"{OF_CUSTOMERS[kind]}{account_id}" if per_customer else chosen.get(kind, SERIES[kind])


def series_of_entity(kind: str, legal_entity_id: str) -> str:
    """The id of the series that numbers documents of that kind of a legal entity for which no other was chosen."""
    return f"{OF_ENTITIES[kind]}{legal_entity_id}"


def entity_of(series_id: str) -> str:
    """The legal entity whose usual series that is; "" for other series.

    >>> entity_of("LE-nl"), entity_of("LEC-nl"), entity_of("INV")
    ('nl', 'nl', '')
    """
    found = (series_id.removeprefix(begin) for begin in OF_ENTITIES.values() if series_id.startswith(begin))
    return next(found, "")


def first_pattern(series_id: str) -> str:
    """How a series is written that nobody opened."""
    return PATTERNS.get(series_id) or f"{series_id}{'/' if is_kept(series_id) else '-'}{{n:06}}"


def is_kept(text: str) -> bool:
    """Whether an id or a pattern begins as those of customers or legal entities; small letters count as capitals.

    >>> is_kept("C-acc-1"), is_kept("cc-{n}"), is_kept("CN-{n:06}")
    (True, True, False)
    """
    return text.upper().startswith((*OF_CUSTOMERS.values(), *OF_ENTITIES.values()))
