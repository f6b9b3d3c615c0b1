"""Which states a message about numbers will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.numbering_series.messages import AssignNumber
from services.invoicing.numbering_series.state import Numbered, Series, numbered_key
from shared.kernel.decider import State


def preload(message: AssignNumber) -> Sequence[tuple[type[State], str]]:
    return (Series, message.series_id), (Numbered, numbered_key(message.series_id, message.document))
