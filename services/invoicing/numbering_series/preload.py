"""Which states a message about numbers will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.numbering_series.messages import AssignNumber, OpenNumberingSeries
from services.invoicing.numbering_series.state import Numbered, Series, numbered_key
from shared.kernel.decider import State


def preload(message: AssignNumber | OpenNumberingSeries) -> Sequence[tuple[type[State], str]]:
    series = (Series, message.series_id)
    if isinstance(message, OpenNumberingSeries):
        return (series,)
    return series, (Numbered, numbered_key(message.series_id, message.document))
