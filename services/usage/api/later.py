"""What the contract names under usage and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.runtime.auth import WRITERS
from shared.runtime.http.edge import Edge
from shared.runtime.http.later import Later, refusals

LATER: Final = (
    Later("/v1/usage/sessions", "sessions", ("GET",)),
    Later("/v1/sources", "the register of sources", ("GET",)),
    Later("/v1/sources/{source}", "the register of sources", ("GET",)),
    Later("/v1/usage/retractions", "retracting usage", ("POST",), WRITERS),
    Later("/v1/usage/corrections", "correcting usage", ("POST",), WRITERS),
    Later("/v1/usage/files", "usage files", ("POST",), WRITERS),
    Later("/v1/usage/quarantine/recycle", "recycling quarantined records", ("POST",), WRITERS),
    Later("/v1/usage/quarantine/discard", "discarding quarantined records", ("POST",), WRITERS),
    Later("/v1/sources", "the register of sources", ("POST",), WRITERS),
)


def router(edge: Edge) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(edge, LATER)
