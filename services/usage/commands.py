"""Every command of usage, by its name; found in the `messages.py` of the aggregates."""

from __future__ import annotations

from typing import Final

from shared.kernel.folders import commands_of

COMMANDS: Final = commands_of("services.usage")
