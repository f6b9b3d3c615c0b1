"""What is known of a network element: in partition 0, read everywhere."""

from __future__ import annotations

from typing import ClassVar

from services.usage.network_element.messages import ElementTerms
from shared.kernel.decider import Home, State
from shared.kernel.sealed import SealedSecret


class NetworkElement(State, frozen=True, kw_only=True):
    """An element; each change is a new version."""

    KEY_FIELD = "element_id"
    HOME: ClassVar[Home] = Home.REFERENCE

    element_id: str
    terms: ElementTerms
    secret: SealedSecret | None = None
    version: int = 1
