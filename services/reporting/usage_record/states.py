"""What may have become of a usage record (README, "What the words mean here")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

STATES: Final = (
    *("accepted", "rated", "billed", "duplicate", "conflict"),
    *("quarantined", "late_settled", "retracted", "corrected", "not_billable"),
)
ASIDE: Final = ("duplicate", "conflict")
RECORDED_AS: Final = ("accepted", "quarantined", "not_billable", *ASIDE)
"""What usage decided, whatever rating made of it since."""
_MANY: Final = frozenset({"accepted", "rated", "billed"})
_OF_USAGE: Final = frozenset({*ASIDE, "quarantined", "retracted", "corrected"})
"""As it is in the record's own row. What rating gives back to usage is `quarantined` there a moment later."""

_FEW: Final = """
(partition, seq, index) in (
    select partition, seq, index from usage_record where state <> 'accepted' and state = any({values})
    union all select usage_partition, seq, index from usage_not_billable where state = any({values})
    union all select usage_partition, usage_seq, index from late_usage where 'late_settled' = any({values})
)
"""
_REASONS: Final = """
(partition, seq, index) in (
    select partition, seq, index from usage_record where state <> 'accepted' and reason = any({values})
    union all select usage_partition, seq, index from usage_not_billable where reason = any({values})
    union all select usage_partition, seq, index from usage_parked where 'account_parked' = any({values})
)
"""


def by_state(states: Sequence[str], values: str) -> str | None:
    """Where records of these states are found without a look at all of them, as a condition on `usage_record_view`;
    `None` for those that most records have."""
    if not _MANY.isdisjoint(states):
        return None
    if _OF_USAGE.issuperset(states):
        return f"recorded_as in ({', '.join(repr(state) for state in states)})"
    return _FEW.format(values=values)


def by_reason(_reasons: Sequence[str], values: str) -> str:
    """Likewise: a record that counts has no reason."""
    return _REASONS.format(values=values)
