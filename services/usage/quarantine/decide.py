"""What rating gives back is always taken: it goes to quarantine.

Whose records these are is known to the rows alone; no decision depends on it, and so there is no state.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.quarantine.messages import ReturnUsage, UsageReturned


def decide_quarantine(command: ReturnUsage) -> Sequence[UsageReturned]:
    return (UsageReturned(seq=command.seq, items=command.items, account_id=command.account_id),)
