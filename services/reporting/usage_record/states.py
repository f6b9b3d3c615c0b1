"""What may have become of a usage record (README, "What the words mean here")."""

from __future__ import annotations

from typing import Final

STATES: Final = (
    *("accepted", "rated", "billed", "duplicate", "conflict"),
    *("quarantined", "late_settled", "retracted", "corrected", "not_billable"),
)
ASIDE: Final = ("duplicate", "conflict")
ACCEPTED: Final = tuple(state for state in STATES if state not in (*ASIDE, "quarantined"))
"""Those of records that belong to an account."""
