"""What the contract names under usage and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.auth import WRITERS
from shared.http.unsupported import Unsupported, refusals

LATER: Final = (
    Unsupported("/v1/usage/retractions", "retracting usage", ("POST",), WRITERS),
    Unsupported("/v1/usage/corrections", "correcting usage", ("POST",), WRITERS),
)


def router(api: Api) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(api, LATER)
