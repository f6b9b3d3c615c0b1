"""Finds the price models by listing the folder they stand in; there is no list to edit.

A module of `services.rating.pricing` is a price model when it has a `MODEL`, and the module's name is the word that a
price says in its `model` field.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from services.rating.pricing.engine.contract import RecurringModel, UsageModel
from services.rating.pricing.engine.listing import exported

Model = UsageModel[Any] | RecurringModel[Any]

_PACKAGE: Final = "services.rating.pricing"

# Every word of the public contract, each of which has a file.
CONTRACT_WORDS: Final = frozenset(
    {
        "flat",
        "one_time",
        "per_unit",
        "graduated",
        "volume",
        "package",
        "percentage",
        "graduated_percentage",
        "dynamic",
        "matrix",
        "capacity",
        "time_weighted",
        "percentile",
        "rated_call",
    }
)


@cache
def models() -> Mapping[str, Model]:
    """Every price model by its word, in the order of the alphabet."""
    return exported(_PACKAGE, "MODEL", UsageModel, RecurringModel)
