"""What the contract names under payments and this version does not do: refused by name, never half done."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter

from shared.http.api import Api
from shared.http.unsupported import Unsupported, refusals

LATER: Final = (
    Unsupported("/v1/dunning/policies", "dunning"),
    Unsupported("/v1/dunning/cases", "dunning"),
    Unsupported("/v1/dunning/cases/{case_id}/{action}", "dunning"),
    Unsupported("/v1/dunning/dry-run", "dunning"),
    Unsupported("/v1/promises", "promises to pay"),
)


def router(api: Api) -> APIRouter:
    """Every path of `LATER` answers 422 `unsupported`."""
    return refusals(api, LATER)
