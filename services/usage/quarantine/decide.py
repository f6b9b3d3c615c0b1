"""What rating gives back is always taken: it goes to quarantine.

Whose records these are is known to the rows alone; no decision depends on it, and so there is no state.
"""

from __future__ import annotations

from collections.abc import Sequence

from services.usage.quarantine.messages import ReturnUsage, UsageReturned
from shared.kernel.decider import Context, View


def decide_quarantine(command: ReturnUsage, view: View, context: Context) -> Sequence[UsageReturned]:
    return (UsageReturned(seq=command.seq, items=command.items, account_id=command.account_id),)
