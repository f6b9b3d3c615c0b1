"""Usage that is retracted, or comes again, after it has been rated."""

from __future__ import annotations

from typing import Final

from services.rating.usage_retraction.decide import decide_usage_retraction, evolve_usage_retraction
from services.rating.usage_retraction.places_loading import record_places
from services.rating.usage_retraction.react import react_guided_retraction, react_retraction_rated
from services.rating.usage_retraction.state import RecordPlaces, WaitingRetraction, WaitingRetractions
from shared.engine.aggregate import Aggregate

AGGREGATE: Final = Aggregate(
    decides=(decide_usage_retraction,),
    folds=(evolve_usage_retraction,),
    follows=(react_guided_retraction, react_retraction_rated),
    states=(WaitingRetraction, WaitingRetractions, RecordPlaces),
    loaders={RecordPlaces: record_places},
)
