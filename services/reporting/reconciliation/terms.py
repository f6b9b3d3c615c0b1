"""The terms of the two equations, and what a count of records by term says.

    records_in = accepted + duplicates + conflicts + malformed
    accepted   = billed + allowance + unbilled + parked + not_billable + retracted + in_flight

`in_flight` is what usage has accepted and rating has not come to yet: nothing at a quiet moment, never hidden.
`unplaced` is what should not be: accepted, and in none of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PLACES: Final = ("billed", "allowance", "unbilled", "parked", "not_billable", "retracted")
ACCEPTED: Final = (*PLACES, "in_flight", "unplaced")
ASIDE: Final = ("duplicates", "conflicts", "malformed")
TERMS: Final = (*ACCEPTED, *ASIDE)


def counts(by_term: Mapping[str, int]) -> dict[str, int]:
    """All counts of a statement or of one of its lines.

    >>> shown = counts({"billed": 7, "allowance": 2, "in_flight": 1, "duplicates": 1, "malformed": 1})
    >>> shown["records_in"], shown["accepted"], shown["billed"], shown["retracted"], shown["unplaced"]
    (12, 10, 7, 0, 0)
    """
    accepted = sum(by_term.get(term, 0) for term in ACCEPTED)
    aside = {term: by_term.get(term, 0) for term in ASIDE}
    return {
        "records_in": accepted + sum(aside.values()),
        "accepted": accepted,
        **aside,
        **{term: by_term.get(term, 0) for term in ACCEPTED},
    }
