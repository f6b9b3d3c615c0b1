"""What is known of sources, and which of them has an address: reference data, in partition 0."""

from __future__ import annotations

from typing import ClassVar

from services.usage.source.messages import SourceTerms
from shared.kernel.decider import Home, State


class Source(State, frozen=True, kw_only=True):
    KEY_FIELD = "source_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    source_id: str
    terms: SourceTerms
    version: int = 1


class SourceAddress(State, frozen=True, kw_only=True):
    """An address or a network, and the source whose packets come from it."""

    KEY_FIELD = "address"
    HOME: ClassVar[Home] = Home.REFERENCE

    address: str
    source_id: str
