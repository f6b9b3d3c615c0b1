"""Which states a message about numbers will ask for."""

from __future__ import annotations

from collections.abc import Sequence

from services.invoicing.numbering_series.messages import AssignNumber, AssignNumbers, OpenNumberingSeries
from services.invoicing.numbering_series.state import Numbered, Series, numbered_key
from shared.kernel.decider import Asked


def preload(message: AssignNumber | AssignNumbers | OpenNumberingSeries) -> Sequence[Asked]:
    series = (Series, message.series_id)
    match message:
        case OpenNumberingSeries():
            return (series,)
        case AssignNumber():
            return series, (Numbered, numbered_key(message.series_id, message.document))
        case AssignNumbers():
            return series, (Numbered, [numbered_key(message.series_id, asked.document) for asked in message.documents])
