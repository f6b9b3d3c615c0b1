"""Every event of invoicing, by the name it has in the log; found in the `messages.py` of the aggregates."""

from __future__ import annotations

from typing import Final

from shared.kernel.folders import events_of

EVENTS: Final = events_of("services.invoicing")
