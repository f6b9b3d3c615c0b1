"""Every command of payments, by its name; found in the `messages.py` of the aggregates.

`RecordPayment` comes from people and scripts, the others are decided in place when rating and invoicing report.
"""

from __future__ import annotations

from typing import Final

from shared.kernel.folders import commands_of

COMMANDS: Final = commands_of("services.payments")
