"""Every command of invoicing, by its name; found in the `messages.py` of the aggregates.

`FinaliseInvoice` and `StartBillingRun` come from people and scripts, all others from reactions: those that assemble
drafts are decided in place when rating reports, those that number and walk travel between partitions.
"""

from __future__ import annotations

from typing import Final

from shared.kernel.folders import commands_of

COMMANDS: Final = commands_of("services.invoicing")
