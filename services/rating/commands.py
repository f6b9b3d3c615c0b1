"""Every command of rating, by its name; found in the `messages.py` of the aggregates.

Cycles, plans and meters are reference data and live in partition 0; everything else belongs to its account.
`RateGuided`, `KnowMeter` and `ClosePeriod` are rating's own: what usage sends sets off the first two, a timer the last.
"""

from __future__ import annotations

from typing import Final

from shared.kernel.folders import commands_of

COMMANDS: Final = commands_of("services.rating")
