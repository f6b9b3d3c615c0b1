"""What may have become of a usage record (README, "What the words mean here")."""

from __future__ import annotations

from typing import Final

STATES: Final = (
    *("accepted", "rated", "billed", "duplicate", "conflict"),
    *("quarantined", "late_settled", "retracted", "corrected", "not_billable"),
)
ASIDE: Final = ("duplicate", "conflict")
RECORDED_AS: Final = ("accepted", "quarantined", "not_billable", *ASIDE)
"""What usage decided, whatever rating made of it since."""
